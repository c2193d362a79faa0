"""Reading and bringing in made-up files, as the tests of every importer do it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest

from upswing.accounts.models import User
from upswing.exchange.importers import recognise, source
from upswing.exchange.plan import Plan
from upswing.exchange.rows import ImportProblem, Options, Origin, Row, RowFile
from upswing.exchange.run import Report, import_rows

BERLIN = Options("Europe/Berlin")
RATED = Options("UTC", best=5)


def read(name: str, origin: Origin, options: Options = BERLIN) -> list[Row]:
    """The rows that the source of that name makes of a file."""
    return list(source(name).read(origin, options))


def refusal(name: str, origin: Origin, options: Options = BERLIN) -> str:
    """The sentence with which it refuses the file."""
    with pytest.raises(ImportProblem) as raised:
        read(name, origin, options)
    return str(raised.value)


def bring(
    owner: User, name: str, origin: Origin, now: datetime, options: Options = BERLIN
) -> Report:
    """Bring the file in."""
    rows = source(name).read(origin, options)
    return import_rows(owner, rows, now=now, source=name, file_name="x")


def counts(plan: Plan) -> tuple[int, int, int]:
    """New, there already, left out."""
    return plan.new, plan.there, plan.skipped


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def read_or_refused(
    name: str, origin: Origin, file_name: str = "file", options: Options = RATED
) -> bool:
    """Whether a file is read to its end. Nothing but ImportProblem may come of any bytes; and a row
    has a reason or a key.
    """
    with suppress(ImportProblem):
        recognise(origin, file_name)
    try:
        for row in source(name).read(origin, replace(options, file_name=file_name)):
            assert row.problem or (row.key and row.local)
            _open(row.files)
    except ImportProblem:
        return False
    return True


def _open(files: Iterable[RowFile]) -> None:
    for file in files:
        with suppress(ImportProblem):
            file.read()
