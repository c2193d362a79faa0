"""The tables of `upswing export --format csv`: a folder, a zip of it, or one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from upswing.exchange import archives, sheets
from upswing.exchange.homecoming import bring_back
from upswing.exchange.importers.upswing_zip import as_rows
from upswing.exchange.plan import Plan
from upswing.exchange.rows import Options, Origin, Row, Source, Whole
from upswing.exchange.run import Report
from upswing.exchange.sheets import Sheets
from upswing.exchange.survey import look


def recognise(origin: Origin, name: str) -> bool:
    """Whether it is one of the tables, or a zip with nothing but them."""
    if archives.is_zip(origin):
        return _only_sheets(archives.files(origin))
    return isinstance(origin, bytes) and bool(sheets.kind_of(origin))


def recognise_folder(folder: Path) -> bool:
    """Whether the folder holds nothing but the tables."""
    return any((folder / name).is_file() for name in sheets.SHEETS) and _only_sheets(
        archives.files(folder)
    )


def _only_sheets(files: archives.Files) -> bool:
    names = {name.rpartition("/")[2] for name in files.names()}
    return bool(names) and names <= set(sheets.SHEETS)


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Its items as rows to look at. Raises ImportProblem."""
    return as_rows(Sheets(origin), options)


def _look(owner: Any, origin: Origin) -> Plan:
    return look(owner, Sheets(origin))


def _bring_in(owner: Any, origin: Origin, **about: Any) -> Report:
    return bring_back(owner, Sheets(origin), **about)


SOURCE = Source(
    name="upswing-csv",
    label="Upswing (CSV)",
    recognise=recognise,
    recognise_folder=recognise_folder,
    read=read,
    whole=Whole(look=_look, bring_in=_bring_in, complete=False),
)
