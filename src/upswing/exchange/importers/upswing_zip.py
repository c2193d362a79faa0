"""The zip of `upswing export`, or the folder into which it was unpacked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from upswing.exchange import archives
from upswing.exchange.export_file import MOST_MEMBERS, Book, ExportFile, root
from upswing.exchange.homecoming import bring_back
from upswing.exchange.plan import Plan
from upswing.exchange.rows import ImportProblem, Options, Origin, Row, Source, Whole
from upswing.exchange.run import Report
from upswing.exchange.survey import look
from upswing.exchange.tables import MANIFEST

ONLY_WHOLE = "An export of Upswing comes back whole."


def _ours(origin: Origin) -> bool:
    try:
        root(set(archives.files(origin, members=MOST_MEMBERS).names()))
    except ImportProblem:
        return False
    return True


def recognise(origin: Origin, name: str) -> bool:
    """Whether this file is such a zip, by the names in it."""
    return archives.is_zip(origin) and _ours(origin)


def recognise_folder(folder: Path) -> bool:
    """Whether the folder is such a zip, unpacked."""
    return (folder / MANIFEST).is_file() and _ours(folder)


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Its items as rows to look at. They cannot be brought in one by one. Raises ImportProblem."""
    return as_rows(ExportFile(origin), options)


def as_rows(book: Book, options: Options) -> Iterator[Row]:
    """The items of a book as rows, each with the reason why it does not come in alone."""
    for number, line in book.rows("items"):
        yield Row(
            number=number,
            where=f"item {number}",
            title=str(line.get("title", "")),
            body=str(line.get("body", "")),
            local=None,
            zone=options.zone,
            problem=ONLY_WHOLE,
        )


def _look(owner: Any, origin: Origin) -> Plan:
    return look(owner, ExportFile(origin))


def _bring_in(owner: Any, origin: Origin, **about: Any) -> Report:
    return bring_back(owner, ExportFile(origin), **about)


SOURCE = Source(
    name="upswing",
    label="Upswing",
    recognise=recognise,
    recognise_folder=recognise_folder,
    read=read,
    whole=Whole(look=_look, bring_in=_bring_in),
)
