"""Diarium: its JSON export (a file, or a zip with media), and its own diary.db.

What this rests on. Tables and columns of `diary.db` (`Entries`, `Media`), and that the text is
HTML: the project's notes on formats. That `DiaryEntryId` counts 100 ns since the year 1, on the
clock on the wall: a reader of that file by one of its users. The keys of the JSON export, its local
times without a zone, and the folders of `media` named by the moment of the entry: three converters
by others, who agree. That a rating is 1 to 5: the notes, and two of the converters, which show it
as stars. Whether 5 is the good end is written nowhere, so it is asked, never guessed.

Not known are the columns of `Tags`, `EntryTags` and `Events`: they are not read, and the report
says so. Place, weather, sun and moon are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from upswing.exchange import archives, textfile
from upswing.exchange.importers.diarium import database, export
from upswing.exchange.importers.diarium.entries import LABEL, Maker
from upswing.exchange.rows import Options, Origin, Row, Source
from upswing.exchange.zones import zone

LOOK = 1_000_000


def recognise(origin: Origin, name: str) -> bool:
    """Whether a file is Diarium's export or database. Raises ImportProblem for a bad zip."""
    if archives.is_zip(origin):
        return export.holds_entries(origin)
    start = textfile.head(origin, LOOK)
    return database.is_database(start) or export.reads_like_it(start)


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Every entry, and every rating beside it. Raises ImportProblem."""
    zone(options.zone)
    maker = Maker(options)
    if archives.is_zip(origin):
        return export.read_zip(origin, maker)
    if textfile.head(origin, len(database.MAGIC)) == database.MAGIC:
        return database.read(origin, maker)
    return export.read_file(origin, maker)


def recognise_folder(folder: Path) -> bool:
    """A folder is brought in as the zip that Diarium wrote."""
    return False


SOURCE = Source(
    name="diarium",
    label=LABEL,
    recognise=recognise,
    recognise_folder=recognise_folder,
    read=read,
)
