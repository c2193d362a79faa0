"""Markdown notes: Obsidian, Logseq, Pile, or any folder of notes with a date.

What this rests on. Obsidian: daily notes are named YYYY-MM-DD unless set otherwise, also into
folders (its help); properties, tags and embeds (its help). Logseq: `journals/YYYY_MM_DD.md`,
bullets, `name:: value` (its configuration, and notes by others). Pile: front matter and HTML (its
source). The text stays as it was written; only Pile's HTML becomes Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from upswing.exchange import archives, textfile
from upswing.exchange.importers.markdown.embeds import Shelf, Tree
from upswing.exchange.importers.markdown.notes import Reader
from upswing.exchange.importers.markdown.properties import split
from upswing.exchange.rows import ImportProblem, Options, Origin, Row, Source
from upswing.exchange.zones import zone

ENDINGS = (".md", ".markdown")
OTHERS = (".jsonl",)  # Upswing's own export has its pages as Markdown too, and is more than them
# Logseq keeps its earlier versions here; they are no notes.
EARLIER = ("logseq/bak/", "logseq/.recycle/", "logseq/version-files/")

NO_NOTES = "There is no Markdown note in there."


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Every note, in the order of the names. Raises ImportProblem."""
    zone(options.zone)
    files = _files(origin, options)
    names = _seen(files)
    notes = [name for name in names if name.lower().endswith(ENDINGS)]
    if not notes:
        raise ImportProblem(NO_NOTES)
    reader = Reader(options, Tree(files, set(names)))
    return (reader.row(number, name) for number, name in enumerate(notes, start=1))


def _files(origin: Origin, options: Options) -> Shelf:
    if (isinstance(origin, Path) and origin.is_dir()) or archives.is_zip(origin):
        return archives.files(origin)
    if kind := textfile.other_kind(textfile.head(origin)):
        raise ImportProblem(f"This is {kind}, not a Markdown note.")
    return _Alone(origin, options)


def _seen(files: Shelf) -> list[str]:
    """The files that are not hidden: what begins with a dot is the programs' own."""
    return [name for name in files.names() if not _hidden(name)]


def _hidden(name: str) -> bool:
    parts = name.split("/")
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return True
    return any(f"/{folder}" in f"/{name}" for folder in EARLIER)


class _Alone:
    """One note by itself, as `archives.Files`."""

    def __init__(self, origin: Origin, options: Options) -> None:
        self._origin = origin
        name = origin.name if isinstance(origin, Path) else options.file_name
        self._name = name if name.lower().endswith(ENDINGS) else f"{name or 'note'}.md"
        self._data = textfile.whole(origin)

    def names(self) -> list[str]:
        return [self._name]

    def size(self, name: str) -> int:
        return len(self._data)

    def changed(self, name: str) -> datetime | None:
        if not isinstance(self._origin, Path):
            return None
        return datetime.fromtimestamp(self._origin.stat().st_mtime, UTC)

    def read(self, name: str, *, limit: int = archives.LARGEST_MEMBER) -> bytes:
        return self._data


def recognise(origin: Origin, name: str) -> bool:
    """Whether a file is a note, or a zip holds some. Raises ImportProblem for a bad zip."""
    if archives.is_zip(origin):
        return _holds_notes(origin)
    start = textfile.head(origin)
    if textfile.other_kind(start):
        return False
    return name.lower().endswith(ENDINGS) or bool(split(_roughly(start))[0])


def _roughly(start: bytes) -> str:
    return textfile.beginning(start).decode("utf-8", "replace").replace("\r", "")


def _holds_notes(origin: Origin) -> bool:
    names = [name.lower() for name in _seen(archives.files(origin))]
    return any(name.endswith(ENDINGS) for name in names) and not any(
        name.endswith(OTHERS) for name in names
    )


SOURCE = Source(
    name="markdown",
    label="Markdown",
    recognise=recognise,
    recognise_folder=_holds_notes,
    read=read,
)
