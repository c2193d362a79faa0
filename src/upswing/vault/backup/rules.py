"""When a backup is due, and which ones are kept. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS, WEEKS, MONTHS = 7, 4, 12
TRY_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Stamp:
    """One backup, as far as keeping goes. made_at: UTC; schema: the version of its tables."""

    name: str
    made_at: datetime
    schema: int


def due(*, last: datetime | None, trouble: datetime | None, now: datetime, zone: str) -> bool:
    """Whether today's backup is still to be made.

    last: when the last good one was made; trouble: when one last went wrong, after that. By the
    person's calendar day, whichever way the clock went since; an hour after trouble at the most.
    """
    if trouble is not None and timedelta(0) <= now - trouble < TRY_AGAIN:
        return False
    where = ZoneInfo(zone)
    return last is None or last.astimezone(where).date() != now.astimezone(where).date()


def kept(backups: Iterable[Stamp], *, verified: str | None) -> set[str]:
    """The names of those to keep.

    The newest of each of the last 7 days, 4 weeks and 12 months that have any; the newest before
    each change of the tables; and `verified`, the last one that was read back and found sound.
    """
    newest_first = sorted(backups, key=lambda one: (one.made_at, one.name), reverse=True)
    names = {one.name for one in newest_first if one.name == verified}
    for period, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        names |= _newest_of_each(newest_first, period, count)
    return names | _newest_of_each(newest_first, lambda one: one.schema, len(newest_first))


def _newest_of_each(
    newest_first: list[Stamp], period: Callable[[Stamp], Hashable], count: int
) -> set[str]:
    found: dict[Hashable, str] = {}
    for one in newest_first:
        found.setdefault(period(one), one.name)
    return set(list(found.values())[:count])


def _day(one: Stamp) -> date:
    return one.made_at.date()


def _week(one: Stamp) -> tuple[int, int]:
    return one.made_at.isocalendar()[:2]


def _month(one: Stamp) -> tuple[int, int]:
    return one.made_at.year, one.made_at.month
