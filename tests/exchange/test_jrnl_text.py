"""jrnl's text. The files in data/ were written by jrnl 4.6 itself."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from upswing.exchange.importers import source, sources
from upswing.exchange.rows import ImportProblem, Options, Origin, Row

DATA = Path(__file__).parent / "data"
BERLIN = Options("Europe/Berlin")


def read(origin: Origin | str, options: Options = BERLIN) -> list[Row]:
    data = origin.encode() if isinstance(origin, str) else origin
    return list(source("jrnl").read(data, options))


def refusal(origin: Origin | str, options: Options = BERLIN) -> ImportProblem:
    with pytest.raises(ImportProblem) as raised:
        read(origin, options)
    return raised.value


def said(row: Row) -> tuple[str, str, str, bool, tuple[str, ...]]:
    return (f"{row.local:%Y-%m-%d %H:%M}", row.title, row.body, row.starred, row.tags)


def test_sources_are_found_by_walking_the_package() -> None:
    ours = {"dayone", "diarium", "jrnl", "markdown", "memos", "mini_diary"}
    assert {each.name for each in sources()} >= ours


def test_a_journal_as_jrnl_writes_it_out_of_the_box() -> None:
    rows = read(DATA / "default.txt")
    assert [said(row) for row in rows] == [
        (
            "2024-03-01 10:00",
            "They said no @work/search #interview",
            "The mail came at ten. I asked @petra what she thinks.\n\n- [x] todo: write back\n"
            "[x] todo at the start of a line\n[1] a footnote",
            False,
            ("@work/search", "#interview", "@petra"),
        ),
        (
            "2024-03-01 10:00",
            "Second thought in the same minute.",
            "It was not about me.",
            False,
            (),
        ),
        ("2024-03-01 10:00", "Same words twice.", "", False, ()),
        ("2024-03-01 10:00", "Same words twice.", "", False, ()),
        ("2024-03-02 07:30", "Gelaufen, fünf Kilometer!", "", True, ()),
        (
            "2024-03-02 21:15",
            "Größe zeigen: Straße, Café, 今日は, @c++ and @søren",
            "Ein langer Tag.\n\n    indented code\n> a quote",
            True,
            ("@c++", "@søren"),
        ),
        ("2024-03-31 02:30", "In the hour that did not exist.", "", False, ()),
        ("2024-10-27 02:30", "In the hour that came twice.", "", False, ()),
        ("2025-01-01 08:00", "## New year", "No body worth the name @done", False, ("@done",)),
    ]
    assert {row.zone for row in rows} == {"Europe/Berlin"}
    assert [row.where for row in rows][:3] == ["line 1", "line 8", "line 11"]
    assert not any(row.problem or row.notes for row in rows)


@pytest.mark.parametrize(
    ("name", "timeformat"),
    [
        ("plain.txt", ""),
        ("plain.txt", "%Y-%m-%d %H:%M"),
        ("german.txt", "%d.%m.%Y %H:%M"),
        ("days", ""),
    ],
)
def test_the_same_journal_in_other_clothes_gives_the_same_keys(name: str, timeformat: str) -> None:
    rows = read(DATA / name, Options("Europe/Berlin", timeformat))
    assert [row.key for row in rows] == [row.key for row in read(DATA / "default.txt")]
    assert len({row.key for row in rows}) == 9


def test_true_doubles_are_numbered_and_stay_so() -> None:
    once = "[2024-03-01 10:00] Same words.\n\n"
    keys = [row.key for row in read(once * 3)]
    assert len(set(keys)) == 3
    assert [row.key for row in read(once * 2)] == keys[:2]


@pytest.mark.parametrize("blob", ["yesterday evening", "x", "1", "todo", "monday", "March", "2024"])
def test_brackets_that_are_no_date_stay_text(blob: str) -> None:
    (row,) = read(f"[2024-03-01 10:00] Title\nText\n\n[{blob}] more\n")
    assert row.body == f"Text\n\n[{blob}] more"


def test_a_date_at_the_start_of_a_line_begins_an_entry_as_in_jrnl() -> None:
    first, second = read("[2024-03-01 10:00] One\nText\n[2024-01-02 10:00] quoted\n")
    assert (first.body, second.title, second.number) == ("Text", "quoted", 3)
    assert second.notes == (
        "It begins right below other text, without an empty line between; jrnl reads it so too.",
    )
    assert not first.notes


def test_a_line_of_blanks_is_an_empty_line() -> None:
    assert not any(row.notes for row in read("[2024-03-01] One\n \t\n[2024-03-02] Two\n"))


@pytest.mark.parametrize("line", ["[01.03.2024 11:00] Other format", "[2024-03-01 11:00]"])
def test_a_line_that_only_looks_like_an_entry_is_told(line: str) -> None:
    (row,) = read(f"[2024-03-01 10:00] Title\n\n{line}\n")
    assert row.body == line
    assert row.notes[0].startswith("Line 3 begins with [")


@pytest.mark.parametrize(
    "blob", ["2024-02-30 10:00", "2024-13-01", "2023-02-29 08:00:00 AM", "2024-03-01 25:00"]
)
def test_a_date_that_does_not_exist_is_reported_and_swallows_nothing(blob: str) -> None:
    first, wrong, last = read(
        f"[2024-03-01 10:00] One\nText\n\n[{blob}] Wrong\nIts text\n\n[2024-03-03 10:00] Three\n"
    )
    assert (first.title, first.body, last.title) == ("One", "Text", "Three")
    assert (wrong.where, wrong.local, wrong.problem) == (
        "line 4",
        None,
        f"There is no date “{blob}”.",
    )


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("[2024-03-01] Day alone", datetime(2024, 3, 1)),
        ("[2024-03-01T10:11:12] T", datetime(2024, 3, 1, 10, 11, 12)),
        ("[2024-03-01 12:05:00 AM] Night", datetime(2024, 3, 1, 0, 5)),
        ("[2024-03-01 12:05:00 PM] Noon", datetime(2024, 3, 1, 12, 5)),
        ("[2024-03-01T23:30+09:00] Tokyo", datetime(2024, 3, 1, 23, 30)),
    ],
)
def test_iso_dates_and_jrnls_own_are_read_without_being_told(text: str, moment: datetime) -> None:
    (row,) = read(text)
    assert row.local == moment
    assert bool(row.notes) == ("+09:00" in text)


@pytest.mark.parametrize(
    ("timeformat", "text", "moment"),
    [
        ("%d/%m/%Y %H:%M", "[02/01/2024 10:00] x", datetime(2024, 1, 2, 10)),
        ("%m/%d/%Y %H:%M", "[02/01/2024 10:00] x", datetime(2024, 2, 1, 10)),
        ("%d. %B %Y %H:%M", "[3. März 2024 07:05] x", datetime(2024, 3, 3, 7, 5)),
        ("%A, %d %b %Y %I:%M %p", "[Sunday, 03 Mar 2024 07:05 pm] x", datetime(2024, 3, 3, 19, 5)),
        ("%F %T", "[2024-03-03 07:05:09] x", datetime(2024, 3, 3, 7, 5, 9)),
        ("%d.%m.%y %R", "[03.03.24 07:05] x", datetime(2024, 3, 3, 7, 5)),
    ],
)
def test_the_declared_format_decides(timeformat: str, text: str, moment: datetime) -> None:
    (row,) = read(text, Options("Europe/Berlin", timeformat))
    assert row.local == moment


@pytest.mark.parametrize("timeformat", ["%Q", "%", "%d %d", "%H:%M", "nothing", "%j %Y"])
def test_a_format_that_cannot_date_entries_is_refused(timeformat: str) -> None:
    assert timeformat in str(refusal("[2024-03-01 10:00] x", Options("UTC", timeformat)))


def test_another_format_is_named_but_never_guessed() -> None:
    problem = refusal("[13.03.2024 10:00] Eins\n\n[14.03.2024 10:00] Zwei\n")
    assert problem.formats == ("%d.%m.%Y %H:%M",)
    assert "[13.03.2024 10:00]" in str(problem)
    assert refusal("[03/04/2024 10:00] Which?").formats == ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")


def test_text_before_the_first_entry_is_reported() -> None:
    before, entry = read("\nMy journal\n\n[2024-03-01 10:00] One\n")
    assert (before.number, before.local, entry.title) == (2, None, "One")
    assert before.problem == "This text stands before the first dated entry, so it belongs to none."


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "  \r\n"])
def test_an_empty_journal_has_no_rows(text: str) -> None:
    assert read(text) == []


def test_an_entry_with_nothing_in_it_is_skipped() -> None:
    (row,) = read("[2024-03-01 10:00] \n\n")
    assert (row.problem, row.key) == ("There is nothing written in this entry.", "")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_byte_order_mark_change_nothing(end: str) -> None:
    plain = (DATA / "plain.txt").read_text()
    dressed = "\ufeff" + plain.replace("\n", end)
    assert [(r.key, r.number, r.body) for r in read(dressed)] == [
        (r.key, r.number, r.body) for r in read(plain)
    ]


def test_a_one_line_entry_is_cut_at_its_first_sentence_as_jrnl_does() -> None:
    first, second = read("[2024-03-01 10:00] Done. At last.\n[2024-03-02 10:00] No cut. Here\n")
    assert (first.title, first.body) == ("Done.", "At last.")
    assert (second.title, second.body) == ("No cut. Here", "")


@pytest.mark.parametrize(
    ("symbols", "tags"),
    [
        ("@", ("@work", "@c++", "@a/b-c")),
        ("#", ("#b#1",)),
        ("", ()),
        ("@#", ("@work", "#b#1", "@c++", "@a/b-c")),
        ("+", ()),
    ],
)
def test_tags(symbols: str, tags: tuple[str, ...]) -> None:
    text = "[2024-03-01 10:00] @Work #b#1\nme@example.org @work\n## Heading @c++ (@no) @a/b-c, + @"
    (row,) = read(text, Options("UTC", tag_symbols=symbols))
    assert row.tags == tags


def test_the_star_is_the_end_of_the_title_line_only() -> None:
    starred, plain = read(
        "[2024-03-01 10:00] Star *\nText *\n\n[2024-03-01 10:01] None\nText *\n\n"
    )
    assert (starred.starred, starred.title, starred.body) == (True, "Star", "Text *")
    assert (plain.starred, plain.body) == (False, "Text *")


def test_years_out_of_reach_are_reported() -> None:
    (row,) = read("[0001-01-01 00:00] Dawn\n")
    assert row.problem == "The year 1 is outside the years that Upswing keeps."


def test_an_unknown_zone_is_refused() -> None:
    assert "Mars/Olympus" in str(refusal("[2024-03-01 10:00] x", Options("Mars/Olympus")))
