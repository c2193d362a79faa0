"""diary.db, the SQLite file in which Diarium itself keeps its entries; only ever read.

A file from elsewhere is no program of ours to run: two plain tables are read and nothing else, and
every statement has a bound.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from upswing.exchange.importers.diarium.entries import Maker, Told
from upswing.exchange.rows import ImportProblem, Origin, Row, RowFile

MAGIC = b"SQLite format 3\0"
WRITE_AHEAD = slice(18, 20)  # bytes of the header; 2 = with a log beside it, 1 = without
MOST_STEPS = 50  # calls of the guard, each after a million steps of SQLite's machine
STEPS = 1_000_000
LONGEST_VALUE = 64_000_000
ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
FUNCTIONS = {"count", "length"}
ENTRIES = "SELECT DiaryEntryId, Heading, Text, Rating FROM Entries ORDER BY DiaryEntryId"
MEDIA = """SELECT DiaryEntryId, rowid, length(Data) FROM Media WHERE Data IS NOT NULL
    ORDER BY DiaryEntryId, "Index", rowid"""
ONE_FILE = "SELECT Data FROM Media WHERE rowid = ?"
PLAIN = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
TAGGED = "SELECT count(*) FROM EntryTags"

NOT_DIARIUM = "This database is not Diarium's: it has no table of entries."
DAMAGED = "This database is damaged and cannot be read. Make a JSON export in Diarium instead."
OPEN_STILL = (
    "Diarium still has changes beside this file ({name}). Close Diarium, so that it writes them "
    "into the file, and try again."
)
BAD_ENTRY = "It has no text and moment as Diarium writes them."
NO_TAGS = (
    "Tags, people and places are not read from diary.db. Diarium's JSON export has them; bring "
    "that in instead, before this file."
)


def is_database(start: bytes) -> bool:
    """Whether a file with this start is Diarium's database."""
    return start.startswith(MAGIC) and b"DiaryEntryId" in start


def read(origin: Origin, maker: Maker) -> Iterator[Row]:
    """Every entry, oldest first. Raises ImportProblem."""
    database = _Database(origin)
    if not database.has("Entries"):
        raise ImportProblem(NOT_DIARIUM)
    files, number = _files(database), 0
    for number, found in enumerate(database.all(ENTRIES), start=1):
        yield from _rows(maker, number, found, files)
    if database.has("EntryTags") and any(count for (count,) in database.all(TAGGED)):
        yield from maker.rows((number + 1, "the whole file"), Told("", "", None), NO_TAGS)


class _Database:
    """The open file; it stays so while a row's file may still be read from it."""

    def __init__(self, origin: Origin) -> None:
        self._connection = _opened(origin)
        _guard(self._connection)

    def __del__(self) -> None:
        if hasattr(self, "_connection"):
            self._connection.close()

    def all(self, statement: str, *values: Any) -> Iterator[Any]:
        """What a statement finds. Raises ImportProblem, also while iterated."""
        try:
            yield from self._connection.execute(statement, values)
        except (sqlite3.Error, OverflowError, UnicodeDecodeError):
            raise ImportProblem(DAMAGED) from None

    def has(self, table: str) -> bool:
        """Whether there is such a table: no view, and none that a module of SQLite makes."""
        made = [str(sql).upper().split()[:2] for (sql,) in self.all(PLAIN, table)]
        return made == [["CREATE", "TABLE"]]

    def data(self, row: int) -> bytes:
        """The file in a row of `Media`."""
        (found,) = (each for (each,) in self.all(ONE_FILE, row))
        return found if isinstance(found, bytes) else str(found).encode()


def _opened(origin: Origin) -> sqlite3.Connection:
    """The database in memory, or on the disk, where it is opened so that it cannot be changed."""
    try:
        if isinstance(origin, Path):
            _no_log(origin)
            place = f"file:{quote(str(origin.absolute()))}?mode=ro&immutable=1"
            return sqlite3.connect(place, uri=True, isolation_level=None)
        database = sqlite3.connect(":memory:", isolation_level=None)
        database.deserialize(_without_log(origin))
        return database
    except (sqlite3.Error, OverflowError):
        raise ImportProblem(DAMAGED) from None


def _no_log(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    if log.is_file() and log.stat().st_size:
        raise ImportProblem(OPEN_STILL.format(name=log.name))


def _without_log(data: bytes) -> bytes:
    """SQLite opens no database in memory whose header speaks of a log beside it."""
    return data[: WRITE_AHEAD.start] + b"\1\1" + data[WRITE_AHEAD.stop :]


def _guard(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA trusted_schema = OFF")
    steps = iter(range(MOST_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, STEPS)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    database.set_authorizer(_allowed)


def _allowed(action: int, first: str | None, second: str | None, *_: Any) -> int:
    if action == sqlite3.SQLITE_FUNCTION and second not in FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY


def _files(database: _Database) -> dict[Any, tuple[RowFile, ...]]:
    """The media of each entry; Diarium gives them no names."""
    found: dict[Any, tuple[RowFile, ...]] = {}
    for entry, row, size in database.all(MEDIA) if database.has("Media") else ():
        here = found.get(entry, ())
        file = RowFile(f"file-{len(here) + 1}", size, partial(database.data, row))
        found[entry] = (*here, file)
    return found


def _rows(
    maker: Maker, number: int, found: Any, files: dict[Any, tuple[RowFile, ...]]
) -> Iterator[Row]:
    ticks, heading, html, rating = found
    place = (number, f"entry {number}")
    heading, html = heading or "", html or ""
    if not (isinstance(ticks, int) and isinstance(heading, str) and isinstance(html, str)):
        yield from maker.rows(place, Told("", "", None), BAD_ENTRY)
        return
    yield from maker.rows(place, Told(heading, html, ticks, rating, files=files.get(ticks, ())))
