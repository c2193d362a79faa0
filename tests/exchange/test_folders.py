"""Folders of days, on disk and zipped."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from upswing.exchange import folders
from upswing.exchange.importers import recognise, source
from upswing.exchange.rows import ImportProblem, Options, Row

DAYS = Path(__file__).parent / "data" / "days"
UTC = Options("UTC")


def read(origin: Path | bytes, options: Options = UTC) -> list[Row]:
    return list(source("jrnl").read(origin, options))


def refusal(data: bytes) -> str:
    with pytest.raises(ImportProblem) as raised:
        read(data)
    return str(raised.value)


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
    data = zipped({"journal/.DS_Store": "", "../2024/x.txt": "", **members})
    assert recognise(data, "journal.zip") is source("jrnl")
    assert [row.key for row in read(data)] == [row.key for row in read(DAYS)]


def test_a_damaged_file_is_named() -> None:
    with pytest.raises(ImportProblem, match=r"2024/03/01.txt: Line 1 holds a zero byte"):
        read(zipped({"2024/03/01.txt": "\0"}))


def test_members_outside_the_layout_are_never_opened(tmp_path: Path) -> None:
    data = zipped({"../x": "a", "/etc/x": "b", "C:\\x": "c"})
    assert recognise(data, "x.zip") is None
    assert "No day of a journal" in refusal(data)


def test_links_are_not_followed() -> None:
    buffer = io.BytesIO()
    link = zipfile.ZipInfo("2024/03/01.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "No day of a journal" in refusal(buffer.getvalue())


@pytest.mark.parametrize("cut", [10, 60, -30, -4])
def test_a_truncated_zip_is_refused(cut: int) -> None:
    data = zipped({"2024/03/01.txt": "[2024-03-01 10:00] x\n" * 9})
    assert "damaged" in refusal(data[:cut])
    recognise(data[:cut], "x.zip")


def test_a_zip_bomb_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_BYTES", 1_000_000)
    assert "unpacks to more than 1 MB" in refusal(zipped({"2024/03/01.txt": " " * 1_000_001}))


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_MEMBERS", 3)
    members = {f"2024/03/0{day}.txt": "[2024-03-01 10:00] x\n" for day in range(1, 5)}
    assert "more than 3 files" in refusal(zipped(members))


def test_a_zip_with_a_password_is_refused() -> None:
    data = bytearray(zipped({"2024/03/01.txt": "[2024-03-01 10:00] x\n"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal(bytes(data))
