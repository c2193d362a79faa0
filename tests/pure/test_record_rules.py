"""What the spine keeps and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from upswing.errors import RuleError
from upswing.record import rules

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOMENTS = some.datetimes(timezones=some.just(UTC))
LOWEST, HIGHEST = -(2**63), 2**63 - 1


@given(MOMENTS, MOMENTS)
def test_positions_are_in_the_order_of_time(one: datetime, other: datetime) -> None:
    if one - other >= timedelta(milliseconds=1):
        assert rules.first_position(one) >= rules.first_position(other) + rules.PLACES_A_MOMENT


@given(MOMENTS)
def test_every_date_there_can_be_has_a_position_that_a_column_holds(moment: datetime) -> None:
    first = rules.first_position(moment)
    assert LOWEST <= first <= first + rules.PLACES_A_MOMENT - 1 <= HIGHEST


def test_a_position_counts_milliseconds_before_1970_too() -> None:
    assert rules.first_position(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    before = datetime(1969, 12, 31, 23, 59, 59, 999_500, tzinfo=UTC)
    assert rules.first_position(before) == -rules.PLACES_A_MOMENT


def test_a_position_does_not_depend_on_the_zone() -> None:
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    assert rules.first_position(tokyo) == rules.first_position(NOON)


def test_places_within_a_moment_follow_each_other_until_it_is_full() -> None:
    first = rules.first_position(NOON)
    assert rules.place(NOON, None) == first
    assert rules.place(NOON, first + 4) == first + 5
    last = first + rules.PLACES_A_MOMENT - 1
    assert rules.place(NOON, last - 1) == last
    with pytest.raises(RuleError) as refused:
        rules.place(NOON, last)
    assert refused.value.field == "happened_at"


@pytest.mark.parametrize("year", [1, 1899, 2200, 9999])
def test_years_that_are_refused(year: int) -> None:
    with pytest.raises(RuleError, match=f"The year {year} is outside"):
        rules.happened_at(NOON.replace(year=year))


@pytest.mark.parametrize("year", [1900, 2026, 2199])
def test_years_that_are_kept(year: int) -> None:
    moment = NOON.replace(year=year)
    assert rules.happened_at(moment) == moment


def test_a_title_is_one_line() -> None:
    assert rules.title("  They \n said\tno. ") == "They said no."
    assert rules.title("x" * 300) == "x" * 300


def test_a_body_keeps_its_lines_and_is_measured_in_bytes() -> None:
    assert rules.body("one\r\ntwo\n") == "one\ntwo\n"
    assert len(rules.body("é" * 500_000)) == 500_000


@pytest.mark.parametrize(
    ("keep", "field", "part"),
    [
        (lambda: rules.title("x" * 301), "title", "this has 301"),
        (lambda: rules.title("a\x00"), "title", "zero byte"),
        (lambda: rules.body("é" * 500_001), "body", "longer than one entry"),
        (lambda: rules.body("x" * 50_000_000), "body", "longer than one entry"),
        (lambda: rules.body("\udcff"), "body", "not valid UTF-8"),
        (lambda: rules.body("a\x00"), "body", "zero byte"),
        (lambda: rules.long_text("words", "\ud800"), "words", "not valid UTF-8"),
        (lambda: rules.tags(["x" * 81]), "tags", "up to 80"),
        (lambda: rules.tags(["\x00a"]), "tags", "zero byte"),
        (lambda: rules.tags([f"tag{n}" for n in range(51)]), "tags", "these are 51"),
        (lambda: rules.file_name("a\x00.png"), "files", "zero byte"),
    ],
)
def test_what_is_refused(keep: Callable[[], object], field: str, part: str) -> None:
    with pytest.raises(RuleError) as refused:
        keep()
    assert refused.value.field == field
    assert part in refused.value.sentence


def test_tags_are_folded_and_each_is_kept_once() -> None:
    names = ["#Work", "work ", "@Ann", "", " # ", "e\u0301", "é", "Two Words"]
    assert rules.tags(names) == ["work", "ann", "é", "two words"]


def test_the_end_of_a_long_file_name_is_kept() -> None:
    assert rules.file_name(" a\nb.png ") == "a b.png"
    assert rules.file_name("x" * 300 + ".png") == "x" * 251 + ".png"
