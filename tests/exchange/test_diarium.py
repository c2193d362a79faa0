"""Diarium: the JSON export, alone and with its media, and diary.db itself."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.trying import bring, counts, read, read_or_refused, refusal, zipped
from upswing.accounts.models import User
from upswing.exchange.htmltext import markdown
from upswing.exchange.importers import recognise, source
from upswing.exchange.rows import Options, Origin
from upswing.record import batches
from upswing.record.models import Attachment, Item, Link
from upswing.strategies.coping.models import CheckIn

PNG = b"\x89PNG\r\n\x1a\n and more"
EVENING = datetime(2026, 3, 14, 21, 5, 30, 123456)
TICKS = (EVENING - datetime(1, 1, 1)) // timedelta(microseconds=1) * 10
KEY = f"diarium:{TICKS}"
QUIET = {
    "date": "2026-03-14T21:05:30.1234560",
    "heading": "A quiet day",
    "html": "<p>Sat on the <strong>bench</strong>.</p><p>Then home &amp; bed. #bench</p>",
    "tags": ["Long walk", ""],
    "people": ["Anna"],
    "tracker": ["<b>Sleep</b>: 7 h"],
    "rating": 4,
    "location": [52.5, 13.4],
    "weather": "Rain",
}
GOOD = Options("Europe/Berlin", best=5)


def export(*entries: Any) -> bytes:
    return json.dumps(entries).encode()


def test_everything_of_an_entry_is_read() -> None:
    data = export(QUIET)
    assert recognise(data, "x.json") is source("diarium")
    row, _ = read("diarium", data)
    assert (row.title, row.local, row.key) == ("A quiet day", EVENING, KEY)
    assert row.body.split("\n\n") == [
        "Sat on the **bench**.",
        "Then home & bed. #bench",
        "People: Anna",
        "**Sleep**: 7 h",
    ]
    assert row.tags == ("#long walk", "#bench")
    assert "52.5" not in repr(row)
    assert "Rain" not in repr(row)


def test_a_rating_waits_until_somebody_says_which_end_is_good(owner: User, now: datetime) -> None:
    report = bring(owner, "diarium", export(QUIET), now)
    assert counts(report.plan) == (1, 0, 1)
    assert "rated 4 of 5" in report.plan.verdicts[1].reason
    assert not CheckIn.objects.exists()
    said = bring(owner, "diarium", export(QUIET), now, GOOD)
    assert counts(said.plan) == (1, 1, 0)
    assert said.plan.check_ins == 1
    felt = CheckIn.objects.get()
    assert (felt.mood, felt.item.title) == (8, "Mood 8")
    assert felt.item.body == "Rated 4 of 5 in Diarium."
    link = Link.objects.get()
    assert (link.source, link.relation, link.target.title) == (
        felt.item,
        "written with",
        "A quiet day",
    )


@pytest.mark.parametrize(("best", "moods"), [(5, [2, 6, 10]), (1, [10, 6, 2])])
def test_both_directions(best: int, moods: list[int]) -> None:
    rated = [{**QUIET, "rating": rating} for rating in (1, 3, 5)]
    rows = read("diarium", export(*rated), Options("UTC", best=best))
    assert [row.mood for row in rows if row.mood] == moods


def test_what_is_no_rating_makes_no_check_in() -> None:
    rated = [{**QUIET, "rating": rating} for rating in (0, None, 6, "4", True, -1, 2.5)]
    rows = read("diarium", export(*rated), GOOD)
    assert not any(row.mood for row in rows)
    assert [bool(row.notes) for row in rows] == [False, False, True, True, True, True, True]


def test_a_zip_brings_the_media_of_each_moment(owner: User, now: datetime) -> None:
    later = {**QUIET, "date": "2026-03-15T08:00:00", "rating": 0}
    data = zipped(
        {
            "Diarium_2026.json": export(QUIET, later),
            "media/2026-03-14_210530123/bench.png": PNG,
            "media/2026-03-14_210530123/list.json": b"{}",
            "media/2026-03-16_210530123/alone.png": PNG,
        }
    )
    assert recognise(data, "x.zip") is source("diarium")
    report = bring(owner, "diarium", data, now, GOOD)
    assert counts(report.plan) == (3, 0, 0)
    found = Attachment.objects.order_by("pk")
    assert [(each.name, each.item.external_id) for each in found] == [
        ("bench.png", KEY),
        ("list.json", KEY),
    ]
    assert bytes(found[0].data) == PNG


def test_a_zip_with_one_file_an_entry() -> None:
    data = zipped({f"e{day}.json": json.dumps({**QUIET, "date": f"2026-03-{day}T08:00:00"})
                   for day in (11, 12)})  # fmt: skip
    rows = [row for row in read("diarium", data) if not row.mood]
    assert [row.where for row in rows] == ["e11.json, entry 1", "e12.json, entry 2"]


def test_entries_that_are_none_are_told() -> None:
    odd = [5, {**QUIET, "date": "14.03.2026"}, {**QUIET, "date": "2026-02-30T08:00:00"}]
    rows = read("diarium", export(QUIET, *odd))
    assert [row.problem for row in rows[2:]] == [
        "It has no text and date as Diarium writes them.",
        "“14.03.2026” is not a date as Diarium writes it.",
        "There is no date “2026-02-30T08:00:00”.",
    ]


def test_two_entries_of_one_moment_are_two(owner: User, now: datetime) -> None:
    data = export(QUIET, {**QUIET, "heading": "Another"})
    assert counts(bring(owner, "diarium", data, now, GOOD).plan) == (4, 0, 0)
    assert counts(bring(owner, "diarium", data, now, GOOD).plan) == (0, 4, 0)


def test_undo_takes_entries_and_check_ins(owner: User, now: datetime) -> None:
    report = bring(owner, "diarium", export(QUIET), now, GOOD)
    assert batches.undo(report.batch, now=now).erased == 2
    assert not Item.objects.exists()
    assert not Link.objects.exists()


@pytest.mark.parametrize("data", [b"[]", b"{}", b'[{"date": "2026-03-14T08:00:00"}]', b"[1]"])
def test_other_json_is_refused(data: bytes) -> None:
    assert "not Diarium's" in refusal("diarium", data)


# diary.db

TABLES = """CREATE TABLE Entries (DiaryEntryId INTEGER PRIMARY KEY, Heading, Text, Rating);
    CREATE TABLE Media (DiaryEntryId INTEGER, Data BLOB, "Index" INTEGER, Type INTEGER);
    CREATE TABLE EntryTags (DiaryEntryId INTEGER, DiaryTagId TEXT);"""


def database(folder: Path, *statements: str, tables: str = TABLES) -> Path:
    path = folder / "diary.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.executescript(tables)
        for statement in statements:
            made.execute(statement)
        made.commit()
    return path


QUIET_ROW = f"INSERT INTO Entries VALUES ({TICKS}, 'A quiet day', '<p>Bench</p>', 4)"  # noqa: S608
PICTURE = f"INSERT INTO Media VALUES ({TICKS}, x'89504e470d0a1a0a', 0, 0)"  # noqa: S608


@pytest.mark.parametrize("way", [lambda path: path, Path.read_bytes], ids=["disk", "bytes"])
def test_the_database_is_read(tmp_path: Path, way: Any) -> None:
    origin: Origin = way(database(tmp_path, QUIET_ROW, PICTURE))
    assert recognise(origin, "diary.db") is source("diarium")
    row, rating = read("diarium", origin, GOOD)
    assert (row.title, row.body, row.local, row.key) == ("A quiet day", "Bench", EVENING, KEY)
    assert [(file.name, file.size, file.read()) for file in row.files] == [("file-1", 8, PNG[:8])]
    assert rating.mood == 8


def test_export_and_database_are_the_same_entries(
    owner: User, now: datetime, tmp_path: Path
) -> None:
    bring(owner, "diarium", export(QUIET), now, GOOD)
    path = database(tmp_path, QUIET_ROW)
    assert counts(bring(owner, "diarium", path, now, GOOD).plan) == (0, 2, 0)


def test_the_file_on_the_disk_is_never_changed(tmp_path: Path) -> None:
    path = database(tmp_path, QUIET_ROW)
    before = path.read_bytes()
    read("diarium", path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["diary.db"]


def test_changes_that_wait_beside_the_file_are_not_missed(tmp_path: Path) -> None:
    path = database(tmp_path, QUIET_ROW)
    (tmp_path / "diary.db-wal").write_bytes(b"waiting")
    assert "Close Diarium" in refusal("diarium", path)


def test_tags_in_the_database_are_told(tmp_path: Path) -> None:
    path = database(tmp_path, QUIET_ROW, "INSERT INTO EntryTags VALUES (1, 'x')")
    assert "JSON export has them" in read("diarium", path)[-1].problem


def test_odd_rows_are_told(tmp_path: Path) -> None:
    path = database(
        tmp_path,
        "INSERT INTO Entries VALUES (1, x'ff', '', 0)",
        f"INSERT INTO Entries VALUES ({2**62}, '', 'text', 0)",  # noqa: S608
        "INSERT INTO Entries VALUES (5, NULL, 'text', NULL)",
    )
    rows = read("diarium", path)
    assert all(row.problem for row in rows)
    assert "as Diarium writes them" in rows[0].problem


ENDLESS = """CREATE VIEW Entries AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
    SELECT x AS DiaryEntryId, '' AS Heading, '' AS Text, 1 AS Rating FROM n"""


@pytest.mark.parametrize(
    "tables",
    ["CREATE TABLE Other (DiaryEntryId)", ENDLESS, "CREATE VIRTUAL TABLE Entries USING fts5(a)"],
)
def test_another_database_is_refused(tmp_path: Path, tables: str) -> None:
    assert "not Diarium's" in refusal("diarium", database(tmp_path, tables=tables))


@given(at=st.integers(0, 16_383), byte=st.integers(0, 255), cut=st.integers(0, 16_384))
def test_a_damaged_database(at: int, byte: int, cut: int) -> None:
    data = bytearray(_sound())
    data[at % len(data)] = byte
    read_or_refused("diarium", bytes(data))
    read_or_refused("diarium", bytes(data[:cut]))


def _sound(made: list[bytes] = []) -> bytes:  # noqa: B006 - made once
    if not made:
        with closing(sqlite3.connect(":memory:")) as one:
            one.executescript(f"{TABLES}{QUIET_ROW};{PICTURE};")
            made.append(one.serialize())
    return made[0]


@given(
    start=st.sampled_from([b"", b'[{"date": "', b'{"heading": "', b"SQLite format 3\0", b"PK\3\4"]),
    data=st.binary(max_size=300),
)
def test_random_bytes(start: bytes, data: bytes) -> None:
    read_or_refused("diarium", start + data)


@given(
    date=st.text(max_size=30),
    rating=st.none() | st.integers() | st.text(max_size=3),
    html=st.text(),
    tags=st.lists(st.text(max_size=9) | st.none()) | st.text(max_size=5),
)
def test_odd_values(date: str, rating: Any, html: str, tags: Any) -> None:
    entry = {**QUIET, "html": html, "rating": rating, "tags": tags, "people": tags}
    read_or_refused("diarium", export({**entry, "date": date}, entry))


# HTML


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ("a <b>b</b> <i>c</i> <del>d</del>", "a **b** *c* ~~d~~"),
        ("<ul><li>a<ol><li>b</li></ol></li><li><p>c</p></li></ul>d", "- a\n  1. b\n- c\n\nd"),
        ("<h2>Over</h2><blockquote><p>said</p></blockquote>", "## Over\n\n> said"),
        ("<pre>  two\n  lines</pre>", "```\n  two\n  lines\n```"),
        ('<a href="https://e.example/?a=1&amp;b">there</a>', "[there](https://e.example/?a=1&b)"),
        ('<a href="javascript:alert(1)">no</a>', "no"),
        ("<script>alert(1)</script><!-- not this --><style>b{}</style>yes<b></b>", "yes"),
        ("1 < 2 &lt;b&gt; <unknown>tag</unknown>", "1 < 2 <b> tag"),
        ("open <b>bold <p>end", "open **bold \n\nend"),
        ("<!-- never closed", ""),
    ],
)
def test_html_becomes_markdown(html: str, text: str) -> None:
    assert markdown(html) == text


@pytest.mark.parametrize("begins", ["<b", "<!", "</b", "< ", "<a href="])
def test_a_tag_without_an_end_takes_no_longer_than_its_length(begins: str) -> None:
    long = begins + "x" * 500_000
    assert len(markdown(f"{long}<p>And more.</p>")) < 600_000  # squared, this takes an hour


@given(html=st.text(st.sampled_from("<>/!-ab pliu&;=\"'\n") | st.characters()))
def test_any_html_is_read(html: str) -> None:
    assert isinstance(markdown(html), str)
