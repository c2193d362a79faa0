"""Local times and the moments that they were."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.exchange.rows import ImportProblem
from upswing.exchange.zones import settle, zone

BERLIN = ZoneInfo("Europe/Berlin")


def test_an_ordinary_time() -> None:
    settled = settle(datetime(2024, 7, 1, 10, 0), BERLIN)
    assert (settled.utc, settled.note) == (datetime(2024, 7, 1, 8, 0, tzinfo=UTC), "")


def test_a_time_that_the_clocks_jumped_over() -> None:
    settled = settle(datetime(2024, 3, 31, 2, 30), BERLIN)
    assert settled.utc == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
    assert settled.note == (
        "On 2024-03-31 the clocks in Europe/Berlin went forward over 02:30; it is kept as 03:30."
    )


def test_a_time_that_the_clocks_showed_twice() -> None:
    settled = settle(datetime(2024, 10, 27, 2, 30), BERLIN)
    assert settled.utc == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert "showed 02:30 twice" in settled.note


@given(
    local=st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)),
    name=st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
    ),
)
def test_the_written_time_comes_back_or_is_told(local: datetime, name: str) -> None:
    settled = settle(local, ZoneInfo(name))
    back = settled.utc.astimezone(ZoneInfo(name)).replace(tzinfo=None)
    assert back == local or "went forward" in settled.note


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "a\0b"])
def test_a_zone_that_does_not_exist(name: str) -> None:
    with pytest.raises(ImportProblem, match="is not a time zone"):
        zone(name)
