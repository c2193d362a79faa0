"""Moments as people write them, and the day on which something was lived."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from upswing import moments
from upswing.errors import RuleError

NOW = datetime(2026, 11, 22, 18, 0, 30, 123_456, tzinfo=UTC)  # a Sunday; 19:00 in Berlin
ISO = "%Y-%m-%dT%H:%M:%S"


def read(text: str, zone: str = "Europe/Berlin") -> str:
    moment = moments.parse(text, now=NOW, zone=zone)
    assert moment.utcoffset() is not None
    return moment.strftime(ISO)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-22", "2026-11-22T11:00:00"),
        (" 2026-07-01 ", "2026-07-01T10:00:00"),
        ("2026-11-22 18:30", "2026-11-22T17:30:00"),
        ("2026-11-22T18:30:15", "2026-11-22T17:30:15"),
        ("2026-11-22T18:30+09:00", "2026-11-22T09:30:00"),
        ("2026-11-22T18:30Z", "2026-11-22T18:30:00"),
        ("yesterday", "2026-11-21T11:00:00"),
        ("vorgestern", "2026-11-20T11:00:00"),
        ("yesterday 18:00", "2026-11-21T17:00:00"),
        ("yesterday 5 pm", "2026-11-21T16:00:00"),
        ("gestern 18:00", "2026-11-21T17:00:00"),
        ("midnight", "2026-11-21T23:00:00"),
        ("2 hours ago", "2026-11-22T16:00:30"),
        ("monday", "2026-11-16T11:00:00"),
        ("today", "2026-11-22T11:00:00"),
        ("1900-01-01", "1900-01-01T11:00:00"),
    ],
)
def test_what_is_read(text: str, utc: str) -> None:
    assert read(text) == utc


@pytest.mark.parametrize("text", ["today", "heute", "2026-11-22"])
def test_before_its_noon_today_is_by_now(text: str) -> None:
    early = NOW.replace(hour=5)
    assert moments.parse(text, now=early, zone="Europe/Berlin") == early


def test_a_day_in_words_is_its_noon_exactly() -> None:
    assert moments.parse("yesterday", now=NOW, zone="UTC").time().isoformat() == "12:00:00"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2026-02-30", "There is no date “2026-02-30”."),
        ("2026-11-22 25:00", "There is no date"),
        ("0001-01-01T00:00+14:00", "There is no date"),
        ("9999-12-31T23:59-12:00", "There is no date"),
        ("31 february 2026", "not a date that I can read"),
        ("some day", "not a date that I can read"),
        ("", "not a date that I can read"),
        ("1899-12-31", "outside the years"),
        ("2028-01-01", "outside the years"),
    ],
)
def test_what_is_refused(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        read(text)


@given(some.datetimes().map(datetime.isoformat))
def test_any_iso_moment_is_read_or_refused_as_a_value(text: str) -> None:
    with suppress(ValueError):
        read(text)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-29 02:30", "2026-03-29T01:30:00"),  # a time that the clocks jumped over
        ("2026-10-25 02:30", "2026-10-25T00:30:00"),  # a time that came twice: the first
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30:00"),  # and the second, told by its offset
    ],
)
def test_when_the_clocks_change(text: str, utc: str) -> None:
    assert read(text) == utc


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-11-21T15:30:00", "Asia/Tokyo", date(2026, 11, 22)),  # half past midnight
        ("2026-11-21T14:59:59", "Asia/Tokyo", date(2026, 11, 21)),
        ("2026-11-22T04:59:00", "America/New_York", date(2026, 11, 21)),
        ("2026-03-29T00:59:59", "Europe/Berlin", date(2026, 3, 29)),
        ("2026-10-24T22:00:00", "Europe/Berlin", date(2026, 10, 25)),
        ("2024-02-29T12:00:00", "UTC", date(2024, 2, 29)),
        ("1969-12-31T23:30:00", "Europe/Berlin", date(1970, 1, 1)),
    ],
)
def test_the_lived_day(moment: str, zone: str, day: date) -> None:
    assert moments.lived_day(datetime.strptime(moment, ISO).replace(tzinfo=UTC), zone) == day


ODD = ["Mars/Olympus", "../etc/passwd", "/etc/localtime", "", "Europe", "x." * 5_000, "a\0b"]


@pytest.mark.parametrize("zone", ODD)
def test_a_zone_that_does_not_exist(zone: str) -> None:
    with pytest.raises(RuleError) as refused:
        moments.lived_day(NOW, zone)
    assert refused.value.field == "zone"


def test_days_between() -> None:
    assert moments.days_between(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert moments.days_between(date(2026, 1, 2), date(2026, 1, 1)) == -1
