"""Mini Diary: one entry a day."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.trying import bring, counts, read, read_or_refused, refusal
from upswing.accounts.models import User
from upswing.exchange.importers import recognise, source
from upswing.exchange.rows import Options
from upswing.record import batches
from upswing.record.models import Item

METADATA = {"application": "Mini Diary", "version": "3.3.0", "dateUpdated": "Sat Nov 16 2024"}
WALK = {"dateUpdated": "x", "title": "The long way", "text": "Rain, then **none**.\n\n#walk"}


def diary(**entries: Any) -> bytes:
    days = {name.replace("_", "-").strip("-d"): entry for name, entry in entries.items()}
    return json.dumps({"metadata": METADATA, "entries": days}).encode()


def test_everything_of_an_entry_is_read() -> None:
    data = diary(d2026_03_14=WALK)
    assert recognise(data, "x.json") is source("mini_diary")
    (row,) = read("mini_diary", data)
    assert (row.where, row.title, row.body) == (
        "2026-03-14",
        "The long way",
        "Rain, then **none**.\n\n#walk",
    )
    assert (row.local, row.day_only, row.tags) == (datetime(2026, 3, 14, 12), True, ("#walk",))


def test_a_day_without_a_time_is_noon_there(owner: User, now: datetime) -> None:
    bring(owner, "mini_diary", diary(d2026_03_14=WALK), now, Options("Pacific/Auckland"))
    item = Item.objects.get()
    assert item.day.isoformat() == "2026-03-14"
    assert item.happened_at == datetime(2026, 3, 13, 23, tzinfo=UTC)


def test_what_was_written_today_before_noon_is_not_still_to_come(owner: User) -> None:
    morning = datetime(2026, 11, 22, 7, tzinfo=UTC)
    report = bring(owner, "mini_diary", diary(d2026_11_22=WALK, d2026_11_23=WALK), morning)
    assert counts(report.plan) == (1, 0, 1)
    assert Item.objects.get().happened_at == morning
    assert "still to come" in report.plan.verdicts[1].reason
    assert counts(bring(owner, "mini_diary", diary(d2026_11_22=WALK), morning).plan) == (0, 1, 0)


def test_days_that_are_none_and_entries_that_are_none_are_told() -> None:
    rows = read("mini_diary", diary(d2026_02_30=WALK, d2026_2_3=WALK, d2026_03_01=5, now=WALK))
    assert [row.problem for row in rows] == [
        "There is no date “2026-02-30”.",
        "“2026-2-3” is not a day.",
        "It has no title and text as Mini Diary writes them.",
        "“now” is not a day.",
    ]
    (empty,) = read("mini_diary", diary(d2026_03_01={"text": " ", "title": ""}))
    assert "nothing written" in empty.problem


def test_the_encrypted_file_gets_advice() -> None:
    data = b"0123456789abcdef" * 20
    assert recognise(data, "mini-diary.txt") is source("mini_diary")
    assert "export as JSON" in refusal("mini_diary", data)


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"entries": []}', b'{"entries": {"a": 1}}'])
def test_other_json_is_refused(data: bytes) -> None:
    assert "not Mini Diary's" in refusal("mini_diary", data)


def test_broken_json_names_its_line() -> None:
    assert "line 2" in refusal("mini_diary", b'{"entries":\n{"2026')
    assert "Line 2 is not valid UTF-8" in refusal("mini_diary", b'{"a":\n"\xff"}')
    assert "beyond all measure" in refusal("mini_diary", b"[" * 100_000)


def test_it_comes_in_once_and_goes_whole(owner: User, now: datetime) -> None:
    data = diary(d2026_03_14=WALK, d2026_03_15={**WALK, "title": "Again"})
    report = bring(owner, "mini_diary", data, now)
    assert counts(report.plan) == (2, 0, 0)
    assert counts(bring(owner, "mini_diary", data, now).plan) == (0, 2, 0)
    assert batches.undo(report.batch, now=now).erased == 2


@given(
    start=st.sampled_from([b"", b'{"entries": {"2026-03-14": {"text": "', b'{"metadata": {}, ']),
    data=st.binary(max_size=300),
)
def test_random_bytes(start: bytes, data: bytes) -> None:
    read_or_refused("mini_diary", start + data, "mini-diary.txt")


@given(name=st.text(max_size=12), title=st.none() | st.text(), text=st.text())
def test_odd_values(name: str, title: str | None, text: str) -> None:
    entry = {"title": title, "text": text}
    read_or_refused("mini_diary", json.dumps({"entries": {name: entry}}).encode())
