"""Days and times in words."""

from __future__ import annotations

import re
from datetime import date, datetime

from upswing import moments
from upswing.exercises.reads import kinds
from upswing.record.rows import Row
from upswing.web.links import to
from upswing.web.markdown import plain

LABEL = re.compile(r"(?:^|\n\n)## [^\n]*(?:\n\n|$)")  # above an answer of an exercise


def words(day: date, today: date) -> str:
    """ "Today", "Yesterday", "Sunday 22 November", or with the year where it is another one."""
    back = (today - day).days
    if back in (0, 1):
        return ("Today", "Yesterday")[back]
    name = f"{day:%A} {day.day} {day:%B}"
    return name if day.year == today.year else f"{name} {day.year}"


def short(day: date, today: date) -> str:
    """ "22 Nov", with the year where it is another one."""
    name = f"{day.day} {day:%b}"
    return name if day.year == today.year else f"{name} {day.year}"


def clock(moment: datetime) -> str:
    """ "14:05"."""
    return f"{moment:%H:%M}"


def kept_at(saved: datetime, now: datetime, zone: str) -> str:
    """ "at 14:05", or "Sunday 22 November at 14:05", on the clock of `zone`."""
    here = moments.zone_of(zone)
    day, time = saved.astimezone(here).date(), clock(saved.astimezone(here))
    today = now.astimezone(here).date()
    return f"at {time}" if day == today else f"{words(day, today)} at {time}"


def groups(rows: list[Row], today: date) -> list[dict[str, object]]:
    """Rows by lived day, as parts/timeline.html takes them."""
    found: list[dict[str, object]] = []
    for row in rows:
        if not found or found[-1]["day"] != row.day:
            found.append({"day": row.day, "words": words(row.day, today), "entries": []})
        found[-1]["entries"].append(entry(row))  # type: ignore[attr-defined]
    return found


def entry(row: Row) -> dict[str, object]:
    """One row as parts/entry.html takes it."""
    about = f" · {row.setback}" if row.setback else ""
    return {
        "title": row.title or row.noun,
        "href": to(row.kind, row.id),
        "moment": row.lived_at,
        "time": clock(row.lived_at),
        "what": f"{row.noun}{about}",
        "excerpt": plain(_answers(row) if row.kind in kinds() else row.excerpt),
    }


def _answers(row: Row) -> str:
    """What was answered in an exercise, without what was asked."""
    return " · ".join(words for words in LABEL.split(row.excerpt) if words)
