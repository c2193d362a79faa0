"""What keeps a row from being brought in, whatever source it comes from. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from upswing.exchange.rows import Row

NOON = 12  # the hour of what names a day and no time, as everywhere in Upswing
EARLIEST, LATEST = 1900, 2199
EMPTY = "There is nothing written in this entry."
OUTSIDE = "The year {year} is outside the years that Upswing keeps."
NO_DATE = "It has no date that can be read."


def checked(row: Row) -> Row:
    """`row` as it is, or skipped with the reason why it cannot be kept."""
    problem = row.problem or _problem(row)
    return replace(row, local=None, key="", problem=problem) if problem else row


def _problem(row: Row) -> str:
    if row.local is None:
        return NO_DATE
    if not EARLIEST <= row.local.year <= LATEST:
        return OUTSIDE.format(year=row.local.year)
    return "" if row.title.strip() or row.body.strip() or row.files else EMPTY


def local_of(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """What the clocks of `zone` showed at `moment` (aware), naive; None beyond the calendar."""
    try:
        return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return None
