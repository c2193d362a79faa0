"""Day One: the zip of its JSON export, with one journal or several and their media."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from upswing.exchange import archives, jsonstream, textfile
from upswing.exchange.archives import Files
from upswing.exchange.importers.dayone import export
from upswing.exchange.importers.dayone.entries import Maker
from upswing.exchange.importers.dayone.media import Media
from upswing.exchange.importers.dayone.values import word
from upswing.exchange.rows import ImportProblem, Options, Origin, Row, Source
from upswing.exchange.zones import zone

ENTRIES = re.compile(rb'"entries"\s*:\s*\[')  # with Mini Diary it is no list
JOURNAL = re.compile(r"(?!__MACOSX/)(?:[^/]+/)?[^./][^/]*\.json", re.IGNORECASE)
MOST_JOURNALS = 100
LARGEST_JOURNAL = 4_000_000_000  # bytes; it is read entry by entry

NOT_DAY_ONE = "There is no journal of Day One in it."
UNUSED = "No entry mentions these, so they are left out: {names}."


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Every entry of an export, journal by journal; raises ImportProblem.

    origin: the zip, the folder that it unpacks to, or one journal's JSON alone.
    """
    zone(options.zone)
    if _holds_files(origin):
        return _of_all(archives.files(origin), options)
    return _alone(origin, options)


def recognise(origin: Origin, name: str) -> bool:
    """Whether this is an export of Day One, or one JSON file of it. Raises ImportProblem."""
    if archives.is_zip(origin):
        return bool(_journals(archives.files(origin)))
    return _like_journal(textfile.head(origin, 1_000_000))


def recognise_folder(folder: Path) -> bool:
    """Whether this is the folder of an export."""
    return bool(_journals(archives.files(folder)))


def _holds_files(origin: Origin) -> bool:
    return (isinstance(origin, Path) and origin.is_dir()) or archives.is_zip(origin)


def _journals(files: Files) -> list[str]:
    """The JSON files that are journals, which stand at the top or in the one folder there."""
    names = [name for name in files.names() if JOURNAL.fullmatch(name)]
    return [name for name in names[:MOST_JOURNALS] if _like_journal(_head(files, name))]


def _head(files: Files, name: str) -> bytes:
    with files.stream(name, limit=LARGEST_JOURNAL) as stream:
        return stream.read(textfile.HEAD)


def _like_journal(start: bytes) -> bool:
    known = b'"creationDate"' in start or b'"metadata"' in start
    return textfile.beginning(start)[:1] == b"{" and bool(ENTRIES.search(start)) and known


def _of_all(files: Files, options: Options) -> Iterator[Row]:
    names = _journals(files)
    if not names:
        raise ImportProblem(NOT_DAY_ONE)
    maker, media = Maker("dayone", options), Media(files)
    for name in names:
        title = word(PurePosixPath(name).stem) if len(names) > 1 else ""
        with files.stream(name, limit=LARGEST_JOURNAL) as stream:
            yield from _rows(maker, media, stream, title)
    if media.unused:
        yield _left(media)


def _alone(origin: Origin, options: Options) -> Iterator[Row]:
    with textfile.opened(origin) as stream:
        yield from _rows(Maker("dayone", options), Media(None), stream, "")


def _rows(maker: Maker, media: Media, stream: BinaryIO, journal: str) -> Iterator[Row]:
    """The entries of one journal. journal: its name where there are several, which is kept."""
    for number, entry in enumerate(jsonstream.members(stream, "entries"), start=1):
        where = f"{journal}, entry {number}" if journal else f"entry {number}"
        row = export.row(maker, (number, where), entry, media)
        yield replace(row, tags=(*row.tags, f"#{journal}")) if journal else row


def _left(media: Media) -> Row:
    names = [archives.shown(name) for name in sorted(media.unused)]
    few = ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
    return Row(
        number=0,
        where="media",
        title="Files without an entry",
        body="",
        local=None,
        zone="UTC",
        problem=UNUSED.format(names=few),
    )


SOURCE = Source(
    name="dayone",
    label="Day One",
    recognise=recognise,
    recognise_folder=recognise_folder,
    read=read,
)
