"""Folders of days, on disk and zipped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from upswing.exchange.importers import recognise, source
from upswing.exchange.rows import ImportProblem, Options, Row

DAYS = Path(__file__).parent / "data" / "days"
UTC = Options("UTC")


def read(origin: Path | bytes, options: Options = UTC) -> list[Row]:
    return list(source("jrnl").read(origin, options))


def zipped(members: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def test_a_folder_is_read_day_by_day() -> None:
    rows = read(DAYS)
    assert source("jrnl").recognise_folder(DAYS)
    assert [row.where for row in rows][3:6] == [
        "2024/03/01.txt, line 13",
        "2024/03/02.txt, line 1",
        "2024/03/02.txt, line 3",
    ]


def test_other_folders_are_not_taken_for_a_journal(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("[2024-03-01 10:00] x\n")
    assert not source("jrnl").recognise_folder(tmp_path)
    with pytest.raises(ImportProblem, match="No day of a journal"):
        read(tmp_path)


def test_the_name_of_the_file_is_the_day_as_for_jrnl() -> None:
    data = zipped({"j/2024/03/05.txt": "[08:30] Morning\n\n[2024-03-01 09:00] Moved\n"})
    rows = read(data, Options("UTC", "%H:%M"))
    assert [f"{row.local:%Y-%m-%d %H:%M}" for row in rows] == [
        "2024-03-05 08:30",
        "2024-03-05 09:00",
    ]


def test_a_day_that_does_not_exist_is_reported() -> None:
    (row,) = read(zipped({"2024/02/30.txt": "[2024-02-30 10:00] x\n"}))
    assert (row.where, row.problem) == (
        "2024/02/30.txt, line 1",
        "Its name is not a day of the calendar.",
    )


def test_a_zip_gives_the_rows_of_the_folder() -> None:
    members = {
        f"journal/{path.relative_to(DAYS).as_posix()}": path.read_text()
        for path in DAYS.rglob("*.txt")
    }
    data = zipped({"journal/.DS_Store": "", "journal/x.txt": "", **members})
    assert recognise(data, "journal.zip") is source("jrnl")
    assert [row.key for row in read(data)] == [row.key for row in read(DAYS)]


def test_a_damaged_file_is_named() -> None:
    with pytest.raises(ImportProblem, match=r"2024/03/01.txt: Line 1 holds a zero byte"):
        read(zipped({"2024/03/01.txt": "\0"}))


def test_a_zip_without_days_is_not_a_journal(tmp_path: Path) -> None:
    data = zipped({"notes.txt": "[2024-03-01 10:00] x\n"})
    assert recognise(data, "x.zip") is None
    with pytest.raises(ImportProblem, match="No day of a journal"):
        read(data)
