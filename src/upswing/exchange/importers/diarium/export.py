"""Diarium's JSON export: a file, or a zip of one or many with their media."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from upswing.exchange import archives, jsonfile, jsonstream, textfile
from upswing.exchange.archives import Files
from upswing.exchange.htmltext import markdown
from upswing.exchange.importers.diarium.entries import Maker, Told, moment, ticks_of
from upswing.exchange.rows import ImportProblem, Origin, Row, RowFile, clean
from upswing.exchange.timeformat import NoSuchDate, read_iso

MEDIA = re.compile(r"(?:^|/)media/(\d{4}-\d{2}-\d{2}_\d{9})/[^/]+$", re.ASCII)
DATE = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,7}))?", re.ASCII)
MARKS = (b'"heading"', b'"html"', b'"date"')
LOOK, HARDLY_ANY = 1_000_000, 100

NOT_DIARIUM = "This JSON file is not Diarium's: it has no entries with heading, html and date."
NO_ENTRIES = "No entry of Diarium is in this zip file."
BAD_ENTRY = "It has no text and date as Diarium writes them."
BAD_DATE = "“{date}” is not a date as Diarium writes it."


def reads_like_it(start: bytes) -> bool:
    """Whether a file with this start is an export of Diarium."""
    begin = textfile.beginning(start)
    return begin.startswith((b"[", b"{")) and all(mark in begin for mark in MARKS)


def holds_entries(origin: Origin) -> bool:
    """Whether a zip has such a file. Raises ImportProblem for a zip that will not be opened."""
    files = archives.files(origin)
    names = list(_json_names(files))
    return bool(names) and reads_like_it(_start(files, names[0]))


def _start(files: Files, name: str, length: int = LOOK) -> bytes:
    with files.stream(name) as stream:
        return stream.read(length)


def _json_names(files: Files) -> Iterator[str]:
    """The files with entries: JSON that lies beside the folder `media`, not in it."""
    for name in files.names():
        parts = name.lower().split("/")
        if parts[-1].endswith(".json") and not {"media", "__macosx"} & set(parts[:-1]):
            yield name


def read_file(origin: Origin, maker: Maker) -> Iterator[Row]:
    """Every entry of a JSON file; its media are not with it. Raises ImportProblem."""
    found = False
    for number, entry in enumerate(_alone(origin), start=1):
        found = found or _like_entry(entry)
        yield from _rows(maker, (number, f"entry {number}"), entry, {})
    if not found:
        raise ImportProblem(NOT_DIARIUM)


def _alone(origin: Origin) -> Iterator[Any]:
    if textfile.beginning(textfile.head(origin, HARDLY_ANY)).startswith(b"{"):
        yield jsonfile.parsed(textfile.whole(origin))
        return
    with textfile.opened(origin) as stream:
        yield from jsonstream.members(stream, "")


def read_zip(origin: Origin, maker: Maker) -> Iterator[Row]:
    """Every entry of a zip, each with what lies in its folder of media. Raises ImportProblem."""
    files = archives.files(origin)
    media, number, found = _media(files), 0, False
    for name in _json_names(files):
        for entry in _entries(files, name):
            number, found = number + 1, found or _like_entry(entry)
            where = f"{archives.shown(name)}, entry {number}"
            yield from _rows(maker, (number, where), entry, media)
    if not found:
        raise ImportProblem(NO_ENTRIES)


def _entries(files: Files, name: str) -> Iterator[Any]:
    if textfile.beginning(_start(files, name, HARDLY_ANY)).startswith(b"{"):
        yield jsonfile.parsed(files.read(name))
        return
    with files.stream(name) as stream:
        yield from jsonstream.members(stream, "")


def _media(files: Files) -> dict[str, tuple[RowFile, ...]]:
    """The files of each moment, as the folders of `media` are named: to the millisecond."""
    found: dict[str, tuple[RowFile, ...]] = {}
    for name in files.names():
        if match := MEDIA.search(name):
            file = RowFile(name.rpartition("/")[2], files.size(name), partial(files.read, name))
            found[match[1]] = (*found.get(match[1], ()), file)
    return found


def _like_entry(entry: Any) -> bool:
    texts = ("date", "heading", "html")
    return isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in texts)


def _rows(
    maker: Maker, place: tuple[int, str], entry: Any, media: dict[str, tuple[RowFile, ...]]
) -> Iterator[Row]:
    if not _like_entry(entry):
        yield from maker.rows(place, Told("", "", None), BAD_ENTRY)
        return
    ticks, problem = _ticks(entry["date"])
    told = Told(
        heading=entry["heading"],
        html=entry["html"],
        ticks=ticks,
        rating=entry.get("rating"),
        tags=tuple(_words(entry, "tags")),
        further=tuple(_further(entry)),
        files=media.get(_folder(ticks), ()) if ticks is not None else (),
    )
    yield from maker.rows(place, told, problem)


def _ticks(text: str) -> tuple[int | None, str]:
    match, bad = DATE.fullmatch(text), BAD_DATE.format(date=clean(text[:40])[0])
    try:
        written = read_iso(match[1]) if match else None
    except NoSuchDate as none:
        return None, str(none)
    if not match or not written:
        return None, bad
    digits = (match[2] or "").ljust(7, "0")
    return ticks_of(written.local) + int(digits), ""


def _folder(ticks: int) -> str:
    local = moment(ticks)
    return f"{local:%Y-%m-%d_%H%M%S}{local.microsecond // 1000:03}" if local else ""


def _words(entry: dict[str, Any], key: str) -> Iterator[str]:
    for word in jsonfile.listed(entry.get(key)):
        if isinstance(word, str) and word.strip():
            yield " ".join(word.split())


def _further(entry: dict[str, Any]) -> Iterator[str]:
    """What stands beside the text and has no place of its own here, as a line below it."""
    if people := list(_words(entry, "people")):
        yield f"People: {', '.join(people)}"
    for line in _words(entry, "tracker"):
        yield markdown(line)
