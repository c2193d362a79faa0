"""Memos: what the API answers, in its spellings and ages."""

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
from upswing.record.models import Item, Link
from upswing.strategies.coping.models import Entry

QUIET = {
    "name": "memos/aB3x",
    "state": "NORMAL",
    "creator": "users/1",
    "createTime": "2026-03-14T20:05:00Z",
    "updateTime": "2026-03-15T20:05:00Z",
    "content": "# A quiet day\n\nSat on the bench. #bench/park #2024 `#not`",
    "visibility": "PUBLIC",
    "pinned": True,
    "attachments": [],
}


def answer(*memos: Any, **further: Any) -> bytes:
    return json.dumps({"memos": memos, **further}).encode()


def test_everything_of_a_memo_is_read() -> None:
    (row,) = read("memos", answer(QUIET))
    assert (row.title, row.body) == ("A quiet day", "Sat on the bench. #bench/park #2024 `#not`")
    assert (row.local, row.zone) == (datetime(2026, 3, 14, 21, 5), "Europe/Berlin")
    assert row.moment == datetime(2026, 3, 14, 20, 5, tzinfo=UTC)
    assert (row.starred, row.tags, row.key) == (True, ("#bench/park",), "memos:aB3x")
    assert row.notes == ()


def test_it_is_known_by_its_content() -> None:
    data = answer({**QUIET, "content": "x" * 200_000})
    assert recognise(data, "page.txt") is source("memos")


def test_snake_case_and_camel_case_are_the_same() -> None:
    snake = {**QUIET, "create_time": QUIET["createTime"]}
    del snake["createTime"]
    assert read("memos", answer(snake)) == read("memos", answer(QUIET))


def test_the_time_that_memos_shows_is_taken() -> None:
    (row,) = read("memos", answer({**QUIET, "displayTime": "2026-03-01T23:30:00.123456789Z"}))
    assert row.local == datetime(2026, 3, 2, 0, 30, 0, 123456)


def test_the_second_time_the_clocks_show_an_hour_is_kept(owner: User, now: datetime) -> None:
    bring(owner, "memos", answer({**QUIET, "createTime": "2025-10-26T01:30:00Z"}), now)
    assert Item.objects.get().happened_at == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


def test_the_list_of_the_older_api() -> None:
    old = {
        "id": 7,
        "rowStatus": "ARCHIVED",
        "createdTs": 1_700_000_000,
        "content": "Old words. #old",
        "visibility": "PRIVATE",
        "pinned": False,
        "resourceList": [{"filename": "walk.jpg"}],
    }
    data = json.dumps([old]).encode()
    assert recognise(data, "memo.json") is source("memos")
    (row,) = read("memos", data)
    assert row.local == datetime(2023, 11, 14, 23, 13, 20)
    assert row.key == "memos:7@1700000000"
    assert "archived" in row.notes[0]
    assert "walk.jpg" in row.notes[1]


@pytest.mark.parametrize("seconds", [-(10**11) + 1, 10**11 - 1, -(10**10), 10**18])
def test_a_time_outside_the_calendar_is_told_in_its_row(seconds: int) -> None:
    (row,) = read(
        "memos", json.dumps([{**QUIET, "createTime": None, "createdTs": seconds}]).encode()
    )
    assert row.problem
    assert row.local is None


def test_pages_in_a_list_and_a_page_that_is_missing() -> None:
    pages = [{"memos": [QUIET], "nextPageToken": "abc"}, {"memos": [{**QUIET, "name": "memos/z"}]}]
    assert [row.key for row in read("memos", json.dumps(pages).encode())] == [
        "memos:aB3x",
        "memos:z",
    ]
    *_, last = read("memos", answer(QUIET, nextPageToken="abc"))
    assert last.where == "end of the file"
    assert "next page" in last.problem
    assert len(read("memos", answer(QUIET, nextPageToken=""))) == 1


def test_a_next_page_that_is_only_written_about_is_none() -> None:
    talk = {**QUIET, "content": 'They said "nextPageToken": "x" is the way.'}
    assert len(read("memos", answer(talk))) == 1


def test_archived_and_attached_are_told() -> None:
    memo = {**QUIET, "state": "ARCHIVED", "attachments": [{"filename": "a.png"}, {}]}
    (row,) = read("memos", answer(memo))
    assert "archived" in row.notes[0]
    assert "a.png, a file" in row.notes[1]


def test_a_comment_is_joined_to_its_memo(owner: User, now: datetime) -> None:
    comment = {**QUIET, "name": "memos/c", "content": "And today?", "parent": "memos/aB3x"}
    bring(owner, "memos", answer(comment, QUIET), now)
    link = Link.objects.get()
    assert (link.source.body, link.target.title) == ("And today?", "A quiet day")
    assert link.relation == "comment on"


def test_a_memo_that_is_none_is_told() -> None:
    rows = read(
        "memos", answer(QUIET, 5, {**QUIET, "createTime": "soon"}, {**QUIET, "content": ""})
    )
    assert [bool(row.problem) for row in rows] == [False, True, True, True]
    assert "nothing written" in rows[3].problem


@pytest.mark.parametrize(
    "data", [b"{}", b"[]", b'{"memos": []}', b'{"memos": [1]}', b'{"memos": {}}', b'[{"a": 1}]']
)
def test_other_json_is_refused(data: bytes) -> None:
    assert "not an answer of memos" in refusal("memos", data)


@pytest.mark.parametrize("data", [b'{"memos": [', b'{"memos": [{]}', b"\xff{", b""])
def test_a_broken_file_is_refused(data: bytes) -> None:
    assert refusal("memos", data)


def test_it_comes_in_once_and_goes_whole(owner: User, now: datetime) -> None:
    data = answer(QUIET, {**QUIET, "name": "memos/b", "pinned": False})
    report = bring(owner, "memos", data, now)
    assert counts(report.plan) == (2, 0, 0)
    assert Entry.objects.filter(starred=True).count() == 1
    edited = answer({**QUIET, "content": "Other words."})
    assert counts(bring(owner, "memos", edited, now, Options("UTC")).plan) == (0, 1, 0)
    assert batches.undo(report.batch, now=now).erased == 2
    assert not Item.objects.exists()


@given(
    start=st.sampled_from(
        [b"", b'{"memos": [', b'[{"content": "', b'{"memos": [{"content": "a", ']
    ),
    data=st.binary(max_size=300),
)
def test_random_bytes(start: bytes, data: bytes) -> None:
    read_or_refused("memos", start + data, "x.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = ["name", "uid", "id", "createTime", "displayTime", "createdTs", "pinned", "state", "parent"]


@given(memo=st.dictionaries(st.sampled_from([*KEYS, "tags", "attachments"]), JSON))
def test_odd_values(memo: dict[str, Any]) -> None:
    read_or_refused("memos", answer({"content": "words", **memo}))
