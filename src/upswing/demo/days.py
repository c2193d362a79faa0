"""The calendar of the made-up year. Pure: everything is counted back from one day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME = "Europe/Berlin"
AWAY = "Europe/Lisbon"
LENGTH = 370
MARK = re.compile(r"([a-z]+)([+-]\d+)")

# How many days back at least, and on which day of the week (Monday is 0).
ANCHORS = {
    "rejection": (300, 3),
    "sick": (255, 0),
    "review": (172, 2),
    "holiday": (138, 5),
    "lisbon": (104, 5),
    "layoff": (33, 1),
}
LASTS = {"sick": 6, "holiday": 10, "lisbon": 8}
HARD = ("rejection", "review", "layoff")
OFFICE_CLOSED = {(1, 1), (5, 1), (10, 3), (10, 31), *((12, day) for day in range(24, 32))}


@dataclass(frozen=True)
class Year:
    """The year before `today`; nothing happens on `today` itself, which belongs to the visitor."""

    today: date
    anchors: Mapping[str, date]

    @property
    def first(self) -> date:
        return self.anchors["start"]

    @property
    def last(self) -> date:
        return self.today - timedelta(days=1)

    def days(self) -> list[date]:
        """Every day, oldest first."""
        length = (self.last - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(length)]

    def day(self, mark: str) -> date:
        """The day that a mark such as "layoff+3" names. Raises ValueError for another shape."""
        if (shape := MARK.fullmatch(mark)) is None or shape[1] not in self.anchors:
            raise ValueError(f"{mark!r} names no day of the year.")
        return self.anchors[shape[1]] + timedelta(days=int(shape[2]))

    def since(self, anchor: str, day: date) -> int:
        """Days from an anchor to `day`; negative before it."""
        return (day - self.anchors[anchor]).days

    def during(self, what: str, day: date) -> bool:
        """Whether `day` lies in the illness, the holiday or the trip."""
        return 0 <= self.since(what, day) < LASTS[what]

    def is_workday(self, day: date) -> bool:
        """Whether the office was open, while there was an office."""
        is_open = day.weekday() < 5 and (day.month, day.day) not in OFFICE_CLOSED
        return is_open and self.phase(day) == "work"

    def phase(self, day: date) -> str:
        """The word “work” until the evening before the layoff, “free” from then on."""
        return "work" if self.since("layoff", day) < 0 else "free"

    def zone(self, day: date) -> str:
        """Where the person's clock stood on `day`."""
        return AWAY if self.during("lisbon", day) else HOME

    def moment(self, day: date, clock: time) -> datetime:
        """That time on the clock of that day, in UTC."""
        return datetime.combine(day, clock, ZoneInfo(self.zone(day))).astimezone(UTC)


def year_before(today: date) -> Year:
    """The year that ends on the eve of `today`."""
    anchors = {
        name: _on_weekday(today - timedelta(days=back), weekday)
        for name, (back, weekday) in ANCHORS.items()
    }
    for name in HARD:
        while _is_quiet(anchors[name]):
            anchors[name] -= timedelta(days=7)
    anchors["start"] = today - timedelta(days=LENGTH)
    anchors["anniversary"] = _a_year_before(today)
    return Year(today, anchors)


def _on_weekday(latest: date, weekday: int) -> date:
    """The last such weekday on or before `latest`."""
    return latest - timedelta(days=(latest.weekday() - weekday) % 7)


def _is_quiet(day: date) -> bool:
    """Around the turn of the year nobody decides anything, so no setback falls there."""
    return (day.month, day.day) >= (12, 12) or (day.month, day.day) <= (1, 6)


def _a_year_before(today: date) -> date:
    if (today.month, today.day) == (2, 29):
        return date(today.year - 1, 2, 28)
    return today.replace(year=today.year - 1)
