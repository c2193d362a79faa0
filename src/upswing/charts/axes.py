"""Where the marks of an axis go: round numbers, and days, months or years that people count in."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil, floor, log10

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_STEPS = (1, 2, 7, 14)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def nice(low: float, high: float, most: int) -> list[float]:
    """Return at most `most` round numbers from `low` to `high`, both looked at as inclusive.

    Raises ValueError unless low < high and most >= 2.
    """
    if not low < high or most < 2:
        raise ValueError("nice() needs low < high and room for two marks")
    size = 10.0 ** floor(log10((high - low) / most))
    for factor in (1, 2, 2.5, 5, 10, 20, 25, 50):
        step = size * factor
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        if last - first + 1 <= most:
            break
    return [round(step * at, 10) for at in range(first, last + 1)]


def days(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """Return at most `most` dates from `first` to `last` with their words ("3 Nov", "Nov", "2027").

    Short spans count in days from the first one, longer ones in months or years from their starts.
    """
    span = (last - first).days
    for step in DAY_STEPS:
        if span // step + 1 <= most:
            marks = [first + timedelta(days=at) for at in range(0, span + 1, step)]
            return [(mark, f"{mark.day} {MONTHS[mark.month - 1]}") for mark in marks]
    return _months(first, last, most)


def long_day(day: date) -> str:
    """Write a day as "3 Nov 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _months(first: date, last: date, most: int) -> list[tuple[date, str]]:
    start = first.year * 12 + first.month - 1 + (first.day > 1)
    end = last.year * 12 + last.month - 1
    step = next((step for step in MONTH_STEPS if _fits(start, end, step, most)), MONTH_STEPS[-1])
    marks = [date(at // 12, at % 12 + 1, 1) for at in range(start, end + 1) if at % step == 0]
    return [(mark, _month(mark, step)) for mark in marks]


def _fits(start: int, end: int, step: int, most: int) -> bool:
    return sum(at % step == 0 for at in range(start, end + 1)) <= most


def _month(mark: date, step: int) -> str:
    if step >= 12:
        return str(mark.year)
    return f"{MONTHS[mark.month - 1]} {mark.year}" if mark.month == 1 else MONTHS[mark.month - 1]
