"""Moments as people write them ("yesterday 18:00"), and the day on which something was lived."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from upswing.errors import RuleError

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(
    r"\d:\d\d|\d\s*[ap]\.?m\b|\b(ago|now|vor|jetzt|hours?|minutes?|noon|midnight|uhr)\b", re.I
)
SPAN = re.compile(
    r"\s*(now|jetzt)\s*|(?=.*\b(ago|vor)\b).*(?<![a-z])"
    r"(h|hours?|hrs?|min|minutes?|mins|s|sec|seconds?|secs|stunden?|minuten?|sekunden?)\b.*",
    re.I,
)
ZONE = re.compile(r"[a-z][\w+-]*(/[\w+-]+){0,2}", re.ASCII | re.IGNORECASE)
EARLIEST = 1900


def parse(text: str, *, now: datetime, zone: str) -> datetime:
    """The moment that `text` names, in UTC; a day without a time means noon of it, or by now.

    `now` is aware; `zone` is the IANA name in which `text` is meant.
    Raises ValueError with a sentence for the person.
    """
    here = now.astimezone(zone_of(zone))
    local = _iso(text.strip(), here) if ISO.match(text.strip()) else _natural(text, here)
    if not EARLIEST <= local.year <= here.year + 1:
        raise ValueError(f"“{text}” is outside the years that Upswing keeps ({EARLIEST} to now).")
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _iso(text: str, here: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            moment = moment.astimezone(here.tzinfo).replace(tzinfo=None)
    except (ValueError, OverflowError):  # beyond the years 1 and 9999, in the other zone
        raise ValueError(f"There is no date “{text}”.") from None
    return moment if len(text) > len("2026-01-01") else _noon(moment, here)


def _natural(text: str, here: datetime) -> datetime:
    import dateparser  # dear to import, and only needed when a date is written in words

    # Hours and minutes pass also while the clocks are changed; days are those of the calendar.
    spent = SPAN.fullmatch(text) is not None
    base = here.astimezone(UTC) if spent else here
    found: datetime | None = dateparser.parse(
        text,
        languages=["en", "de"],
        settings={
            "RELATIVE_BASE": base.replace(tzinfo=None),
            "PREFER_DATES_FROM": "past",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if found is None:
        raise ValueError(f"“{text}” is not a date that I can read. Try “yesterday 18:00”.")
    if spent:
        return found.replace(tzinfo=UTC).astimezone(here.tzinfo).replace(tzinfo=None)
    return found if TIME.search(text) else _noon(found, here)


def _noon(day: datetime, here: datetime) -> datetime:
    """Noon of a day; of today, before its noon, it is now."""
    noon = day.replace(hour=12, minute=0, second=0, microsecond=0)
    return min(noon, here.replace(tzinfo=None)) if noon.date() == here.date() else noon


def lived_day(moment: datetime, zone: str) -> date:
    """The calendar day of `moment` (aware) in `zone`. Raises RuleError where no such zone is."""
    return moment.astimezone(zone_of(zone)).date()


def zone_of(name: str) -> ZoneInfo:
    """The time zone by its IANA name. Raises RuleError("zone", …)."""
    try:
        # Looked for by its shape first: a name full of dots would be imported, package by package.
        return ZoneInfo(name if ZONE.fullmatch(name) else "")
    except (KeyError, ValueError, OSError):  # unknown; not a name at all; the name of a folder
        raise RuleError(
            "zone", f"There is no time zone “{name}”. One example: Europe/Berlin."
        ) from None


def days_between(earlier: date, later: date) -> int:
    """Whole days from `earlier` to `later`."""
    return (later - earlier) // timedelta(days=1)
