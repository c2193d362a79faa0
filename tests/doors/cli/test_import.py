"""Bringing in a journal: look, ask, bring in, once; and take it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from doors.cli.terminal import Upswing
from upswing.accounts.models import User
from upswing.cli import door
from upswing.record import setbacks
from upswing.record.models import Batch, Item

JOURNAL = """\
[2024-03-01 10:00] First day after. @kestrel
It was quiet.

[2024-03-02 09:30] They wrote back. #hope
Good words.

[2024-02-30 09:30] No such day.
"""


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.txt"
    path.write_text(JOURNAL)
    return path


def test_a_dry_run_counts_and_writes_nothing(upswing: Upswing, journal: Path) -> None:
    answer = upswing("import", str(journal), "--dry-run")
    assert answer.code == 0
    assert "2, lived from 2024-03-01 to 2024-03-02" in answer.out
    assert "hope" in answer.out
    assert "There is no date “2024-02-30 09:30”." in answer.out
    assert not Item.objects.exists()
    assert not Batch.objects.exists()


def test_without_a_terminal_it_wants_a_clear_yes(upswing: Upswing, journal: Path) -> None:
    answer = upswing("import", str(journal))
    assert answer.code == 1
    assert "2, lived from" in answer.out
    assert answer.err.endswith("To bring it in without a question: --yes\n")
    assert not Item.objects.exists()


@pytest.mark.usefixtures("someone")
def test_at_a_terminal_it_asks(upswing: Upswing, journal: Path) -> None:
    assert upswing("import", str(journal), typed="n\n").code == 1
    assert not Item.objects.exists()
    answer = upswing("import", str(journal), typed="y\n")
    assert "2 entries brought in." in answer.out
    assert Item.objects.count() == 2


def test_the_same_file_twice_adds_nothing(upswing: Upswing, journal: Path) -> None:
    assert upswing("import", str(journal), "--yes").code == 0
    again = upswing("import", str(journal), "--yes", "--json").data
    assert (again["batch"], again["new"], again["there"], again["skipped"]) == (None, 0, 2, 1)
    assert Batch.objects.count() == 1


def test_zone_and_setback_are_taken(upswing: Upswing, journal: Path, owner: User) -> None:
    now = owner.created_at
    told = setbacks.tell(owner=owner, now=now, zone="UTC", title="Laid off from Kestrel")
    words = ["--zone", "Asia/Tokyo", "--setback", "kestrel", "--yes"]
    assert upswing("import", str(journal), *words).code == 0
    brought = Item.objects.filter(kind="entry")
    assert {(item.zone, item.setback, item.lived_at.hour) for item in brought} == {
        ("Asia/Tokyo", told, 10),
        ("Asia/Tokyo", told, 9),
    }


def test_the_report_names_every_row(upswing: Upswing, journal: Path) -> None:
    out = upswing("import", str(journal), "--dry-run", "--report").out
    assert "2024-03-01 10:00  First day after. @kestrel" in out
    assert out.count("new, line") == 2
    assert "left out, line 7" in out
    rows = upswing("import", str(journal), "--dry-run", "--report", "--json").data["rows"]
    assert [row["outcome"] for row in rows] == ["new", "new", "skipped"]


def test_list_and_undo(
    upswing: Upswing, journal: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    upswing("import", str(journal), "--yes")
    (batch,) = upswing("import", "--list").ids
    assert upswing("import", "--list", "--json").data["imports"][0]["added"] == 2
    edited = Item.objects.order_by("position").last()
    assert edited
    monkeypatch.setattr(door, "now", lambda: now + timedelta(hours=1))
    upswing("edit", str(edited.pk), "--title", "Mine now")
    assert upswing("import", "--undo", batch).code == 1
    answer = upswing("import", "--undo", batch, "--yes")
    assert answer.out.startswith("1 entry taken back.")
    assert "Mine now" in answer.out
    assert upswing("import", "--undo", batch, "--yes").err.startswith("This import was taken back")
    assert "taken back" in upswing("import", "--list").out


def test_nothing_to_list_says_how_to_begin(upswing: Upswing) -> None:
    assert "--dry-run" in upswing("import").out
    assert upswing("import", "--undo", "00000000").code == 1


@pytest.mark.parametrize("data", [b"%PDF-1.7 x", b"root:x:0:0\n", b"\x00\x01\x02"])
def test_a_file_that_is_something_else(upswing: Upswing, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(data)
    answer = upswing("import", str(path), "--yes")
    assert (answer.code, answer.out) == (1, "")
    assert "jrnl" in answer.err
    assert not Item.objects.exists()


def test_a_file_that_is_not_there_and_a_zone_that_is_none(
    upswing: Upswing, journal: Path, tmp_path: Path
) -> None:
    assert upswing("import", str(tmp_path / "nowhere")).code == 2
    answer = upswing("import", str(journal), "--zone", "Moon/Base")
    assert answer.code == 1
    assert "“Moon/Base” is not a time zone." in answer.err


def test_dates_that_could_be_read_two_ways_are_asked_about(
    upswing: Upswing, tmp_path: Path
) -> None:
    path = tmp_path / "slashes.txt"
    path.write_text("[02/03/2024 10:00] One.\n\n[03/02/2024 10:00] Two.\n")
    answer = upswing("import", str(path), "--yes")
    assert answer.code == 1
    assert "--timeformat" in answer.err
    assert "%d/%m/%Y" in answer.err
