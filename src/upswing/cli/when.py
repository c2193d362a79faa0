"""Moments and days in the words of a person: today, yesterday, Mon 3 Nov. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def day(lived: date, today: date, *, start: bool = False) -> str:
    """“today”, “yesterday”, “Mon 3 Nov”; with the year where it is not this one.

    start: it begins a line, so it has a capital.
    """
    if today - timedelta(days=1) <= lived <= today:
        word = "today" if lived == today else "yesterday"
        return word.capitalize() if start else word
    year = "" if lived.year == today.year else f" {lived.year}"
    return f"{lived:%a} {lived.day} {lived:%b}{year}"


def moment(lived_at: datetime, today: date) -> str:
    """The day and the time that the clock on the wall showed."""
    return f"{day(lived_at.date(), today)} {lived_at:%H:%M}"


def long_day(lived: date) -> str:
    """“Sunday 22 November 2026”."""
    return f"{lived:%A} {lived.day} {lived:%B %Y}"


def minutes(range_: str) -> str:
    """“about a minute”, “about 10 minutes”, “about 5 to 8 minutes”."""
    return "about a minute" if range_ == "1" else f"about {range_} minutes"


def ago(age: timedelta) -> str:
    """“less than an hour ago”, “3 hours ago”, “2 days ago”."""
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour ago"
    count, unit = (hours, "hour") if hours < 48 else (hours // 24, "day")
    return f"{count} {unit}{'s' if count > 1 else ''} ago"
