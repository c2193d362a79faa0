"""jrnl's JSON export. The files in data/ were written by jrnl 4.6 itself."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.exchange.importers import recognise, source
from upswing.exchange.rows import ImportProblem, Options, Row

DATA = Path(__file__).parent / "data"
BERLIN = Options("Europe/Berlin")
PLAIN: dict[str, Any] = {
    "title": "Title",
    "body": "Text @work",
    "date": "2024-03-01",
    "time": "10:00",
    "tags": ["@Work"],
    "starred": False,
}


def read(origin: Path | bytes) -> list[Row]:
    return list(source("jrnl").read(origin, BERLIN))


def one(**changed: Any) -> Row:
    (row,) = read(json.dumps({"tags": {}, "entries": [PLAIN | changed]}).encode())
    return row


def refusal(data: bytes) -> str:
    with pytest.raises(ImportProblem) as raised:
        read(data)
    return str(raised.value)


def test_the_export_gives_the_rows_of_the_journal() -> None:
    def parts(row: Row) -> tuple[Any, ...]:
        return row.key, row.local, row.title, row.body, row.starred, sorted(row.tags)

    rows, text = read(DATA / "default.json"), read(DATA / "default.txt")
    assert [parts(row) for row in rows] == [parts(row) for row in text]
    assert [row.where for row in rows[:2]] == ["entry 1", "entry 2"]


def test_entries_of_day_one_keep_their_ids() -> None:
    rows = read(DATA / "dayone.json")
    assert [row.key for row in rows] == [
        "jrnl:1272b8a0e65711f188eb02fc00000001",
        "jrnl:12d2c6dce65711f1863e02fc00000001",
    ]
    assert "laptop" not in repr(rows)


def test_a_file_of_one_entry_alone() -> None:
    (row,) = read(DATA / "one-entry.json")
    assert (row.title, row.starred) == ("Gelaufen, fünf Kilometer!", True)


def test_tags_are_taken_from_the_text_where_the_export_has_none() -> None:
    entry = {key: value for key, value in PLAIN.items() if key != "tags"}
    (row,) = read(json.dumps({"entries": [entry]}).encode())
    assert (row.tags, one().tags, one(tags=[]).tags) == (("@work",), ("@work",), ())


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"date": "2024-02-30"}, "There is no date “2024-02-30 10:00”."),
        ({"time": "24:00"}, "There is no date “2024-03-01 24:00”."),
        ({"date": "yesterday"}, "“yesterday 10:00” is not a date as jrnl writes it."),
        ({"title": " ", "body": "\n"}, "There is nothing written in this entry."),
        ({"date": "0999-01-01"}, "The year 999 is outside the years that Upswing keeps."),
    ],
)
def test_a_row_that_cannot_be_kept_says_why(changed: dict[str, str], problem: str) -> None:
    row = one(**changed)
    assert (row.problem, row.local, row.key) == (problem, None, "")


@pytest.mark.parametrize("entry", [PLAIN | {"body": 3}, [], None, "text", {"title": "x"}])
def test_one_broken_entry_does_not_lose_the_others(entry: Any) -> None:
    rows = read(json.dumps({"entries": [PLAIN, entry, PLAIN | {"time": "11:00"}]}).encode())
    assert [row.problem for row in rows] == [
        "",
        "It has no title, text, date and time as jrnl writes them.",
        "",
    ]
    assert rows[1].where == "entry 2"


def test_characters_that_cannot_be_stored_are_shown_and_told() -> None:
    row = one(title="a\0b", body="\ud83d")
    assert (row.title, row.body) == ("a\ufffdb", "\ufffd")
    assert len(row.notes) == 1


def test_line_ends_do_not_change_the_key() -> None:
    assert one(body="a\r\nb").key == one(body="a\nb").key
    assert one(body="a\nb").key != one(body="a\nc").key != one(body="a\nc", starred=True).key


def test_an_empty_export_has_no_rows() -> None:
    assert read(b'{"tags": {}, "entries": []}') == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{}", "not jrnl's"),
        (b'[{"title": "x"}]', "not jrnl's"),
        (b'{"entries": [{"uuid": "A", "creationDate": "2024-01-01T00:00:00Z"}]}', "not jrnl's"),
        (b'{"metadata": {}, "entries": {}}', "not jrnl's"),
        (b'{"entries": [\n{"title": \n', "broken at line 3"),
        (b'{"entries":\n ["\xff"]}', "Line 2 is not valid UTF-8"),
        (b'{"a":' * 100_000, "not jrnl's"),
        (b'{"entries": ' + b"1" * 5000 + b"}", "not jrnl's"),
    ],
)
def test_json_that_is_not_jrnls_is_refused(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_only_jrnls_json_is_recognised() -> None:
    assert recognise((DATA / "default.json").read_bytes(), "x.json") is source("jrnl")
    assert recognise(b'{"entries": [{"uuid": "A"}]}', "journal.json") is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
FIELDS = st.fixed_dictionaries(
    {key: st.just(value) | st.text() | JSON for key, value in PLAIN.items()},
    optional={"uuid": st.text() | JSON},
)


@given(entries=st.lists(FIELDS | JSON, max_size=4))
def test_any_json_is_read_or_refused(entries: list[Any]) -> None:
    try:
        rows = read(json.dumps({"entries": entries}).encode())
    except ImportProblem:
        return
    assert len(rows) == len(entries)
    assert all(row.local and row.key if not row.problem else not row.key for row in rows)


@given(moment=st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))
def test_the_written_time_is_kept_to_the_minute(moment: datetime) -> None:
    row = one(date=f"{moment:%Y-%m-%d}", time=f"{moment:%H:%M}")
    assert row.local == moment.replace(second=0, microsecond=0)
