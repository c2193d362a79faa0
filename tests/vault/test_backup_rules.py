"""When a backup is due, and which are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.vault.backup.rules import DAYS, MONTHS, WEEKS, Stamp, due, kept

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/New_York"])


def daily(count: int, schema: int = 1) -> list[Stamp]:
    """One each day up to NOW, oldest first."""
    return [
        Stamp(f"b{back:03}", NOW - timedelta(days=back), schema) for back in reversed(range(count))
    ]


def days_back(names: set[str]) -> list[int]:
    return sorted(int(name[1:]) for name in names)


def test_seven_days_four_weeks_twelve_months() -> None:
    """On a Sunday: Sundays end the weeks, the last days of months the months."""
    found = days_back(kept(daily(500), verified="b000"))
    assert found[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert {7, 14, 21} <= set(found)
    month_ends = [back for back in found if back > 21]
    ends = [(NOW - timedelta(days=back)).date() for back in month_ends]
    assert ends == [
        date(2026, 10, 31),
        date(2026, 9, 30),
        date(2026, 8, 31),
        date(2026, 7, 31),
        date(2026, 6, 30),
        date(2026, 5, 31),
        date(2026, 4, 30),
        date(2026, 3, 31),
        date(2026, 2, 28),
        date(2026, 1, 31),
        date(2025, 12, 31),
    ]


def test_after_a_long_pause_the_old_ones_are_still_there() -> None:
    old = [Stamp(f"old{n}", NOW - timedelta(days=900 + n), 1) for n in range(5)]
    assert kept([*old, Stamp("new", NOW, 1)], verified="new") == {
        *(one.name for one in old),
        "new",
    }


def test_of_one_day_the_newest_stays() -> None:
    three = [Stamp(f"b{hour}", NOW.replace(hour=hour), 1) for hour in (8, 12, 17)]
    assert kept(three, verified="b17") == {"b17"}
    assert kept(three, verified="b8") == {"b8", "b17"}


def test_the_last_one_before_the_tables_changed_stays() -> None:
    before = [Stamp(f"before{hour}", NOW.replace(hour=hour), 1) for hour in (8, 9)]
    after = daily(400, schema=2)[1:]
    found = kept([*before, *after], verified="b000")
    assert "before9" in found
    assert "before8" not in found


@given(
    st.lists(st.tuples(MOMENTS, st.integers(1, 3)), max_size=60, unique=True),
    st.integers(0, 59),
)
def test_what_always_holds(found: list[tuple[datetime, int]], place: int) -> None:
    stamps = [Stamp(f"b{number}", at, schema) for number, (at, schema) in enumerate(found)]
    verified = stamps[place].name if place < len(stamps) else None
    keep = kept(stamps, verified=verified)
    assert keep <= {one.name for one in stamps}
    assert len(keep) <= DAYS + WEEKS + MONTHS + 3 + 1
    if stamps:
        assert max(stamps, key=lambda one: (one.made_at, one.name)).name in keep
    if verified:
        assert verified in keep
    # A second look removes nothing more, and the order of the list does not matter.
    left = [one for one in stamps if one.name in keep]
    assert kept(left, verified=verified) == keep
    assert kept(reversed(stamps), verified=verified) == keep


@pytest.mark.parametrize(
    ("last", "now", "zone", "wanted"),
    [
        (None, NOW, "UTC", True),
        (NOW - timedelta(hours=17), NOW, "UTC", False),
        (NOW - timedelta(hours=19), NOW, "UTC", True),
        # 22:30 and 23:30 UTC are two days in Berlin, and one in New York.
        (NOW.replace(hour=22, minute=30), NOW.replace(hour=23, minute=30), "Europe/Berlin", True),
        (NOW.replace(hour=22, minute=30), NOW.replace(hour=23), "America/New_York", False),
        # The clock was ten years ahead once, and is right again.
        (NOW + timedelta(days=3650), NOW, "UTC", True),
        (NOW + timedelta(days=3650), NOW + timedelta(days=3650, hours=1), "UTC", False),
    ],
)
def test_one_a_day_by_the_persons_calendar(
    last: datetime | None, now: datetime, zone: str, wanted: bool
) -> None:
    assert due(last=last, trouble=None, now=now, zone=zone) is wanted


def test_after_trouble_it_waits_an_hour() -> None:
    def again(minutes: int) -> bool:
        return due(last=None, trouble=NOW - timedelta(minutes=minutes), now=NOW, zone="UTC")

    assert not again(0)
    assert not again(59)
    assert again(60)
    assert again(-5)  # trouble from the future: the clock went back, and one day must not wait ten


@given(MOMENTS, MOMENTS, ZONES)
def test_once_made_it_is_not_due_again_at_once(last: datetime, now: datetime, zone: str) -> None:
    if due(last=last, trouble=None, now=now, zone=zone):
        assert not due(last=now, trouble=None, now=now, zone=zone)
