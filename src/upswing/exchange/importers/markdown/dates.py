"""On which day a Markdown note was written: by its properties, its name or its folders. Pure.

A date counts where it stands alone or at the beginning of a name, and where it can mean one day
only. 03-02-2026 can mean two; which of them is for a declared format to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from upswing.exchange.checked import EARLIEST, LATEST, NOON, local_of
from upswing.exchange.rows import ImportProblem, Options
from upswing.exchange.timeformat import MONTHS, NoSuchDate, TimeFormat, Written, read_iso
from upswing.exchange.zones import zone

WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
]
WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)})\b[., _-]*)?"
MONTH = r"(?P<month>[^\W\d_]{3,9})\.?"
CLOCK = r"(?:T(?P<hour>\d{2})[-_.:]?(?P<minute>\d{2})(?:[-_.:]?(?P<second>\d{2}))?)?"
CLOCK_AT_END = r"(?:[ _-]+(?P<hour2>\d{2})[-_.:](?P<minute2>\d{2})(?:[-_.:](?P<second2>\d{2}))?$)?"
SHAPES = tuple(
    re.compile(f"{WEEKDAY}{shape}(?![^\\W_])", re.IGNORECASE)
    for shape in (
        rf"(?P<year>\d{{4}})([-_.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?!\d)"
        rf"{CLOCK}{CLOCK_AT_END}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        r"(?:[T_-]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?(?!\d)",
        rf"(?P<year>\d{{4}})[-_. ]+{MONTH}[-_. ]+(?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[-_ ]+{MONTH}[-_, ]+(?P<year>\d{{4}})",
        rf"{MONTH}[-_ ]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-_, ]+(?P<year>\d{{4}})",
    )
)
A_TIME = re.compile(r"\d{1,2}:\d{2}")
EITHER = re.compile(r"\d{1,2}[-_./ ]\d{1,2}[-_./ ]\d{4}(?!\d)")
FOLDERS = re.compile(r"(?:^|/)(?P<year>\d{4})/(?P<month>\d{2})(?!\d)[^/]*/(?P<day>\d{2})(?!\d)")

TWO_DAYS = "“{text}” can mean two days. Say with the date format which is meant."
NO_DAY = "“{pattern}” does not say year, month and day, so no note would have a date."


@dataclass(frozen=True)
class When:
    """local: naive, as written, noon where only the day is; moment: aware, where an offset is."""

    local: datetime
    day_only: bool = False
    moment: datetime | None = None


@dataclass(frozen=True)
class Dates:
    """Reads the dates of one import. Raises ImportProblem for a format without year and day."""

    options: Options

    def __post_init__(self) -> None:
        if self.declared and not self.declared.names_day:
            raise ImportProblem(NO_DAY.format(pattern=self.options.timeformat))

    @cached_property
    def declared(self) -> TimeFormat | None:
        """The format that was given for this import."""
        return TimeFormat(self.options.timeformat) if self.options.timeformat else None

    def of_value(self, text: str) -> When | None:
        """The date of a property; None where it is none. Raises NoSuchDate."""
        text = text.strip().removeprefix("[[").removesuffix("]]")
        if when := self._declared(text):
            return when
        if written := read_iso(text):
            return self._when(written, day_only=len(text) <= len("2026-03-14"))
        when, rest = self.of_name(text)
        return when if not rest or A_TIME.match(rest) else None

    def _declared(self, text: str) -> When | None:
        written = self.declared.read(text) if self.declared else None
        if not written or not self.declared:
            return None
        return self._when(written, day_only=not self.declared.names_time)

    def _when(self, written: Written, *, day_only: bool) -> When | None:
        if day_only:
            return When(written.local.replace(hour=NOON), day_only=True)
        if not written.offset:
            return When(written.local)
        moment = _moved(written)
        local = local_of(moment, zone(self.options.zone)) if moment else None
        return When(local, moment=moment) if local else None

    def of_name(self, name: str) -> tuple[When | None, str]:
        """The date with which a name begins, and the rest of it. Raises NoSuchDate."""
        if when := self._declared(name):
            return when, ""
        for shape in SHAPES:
            if (found := shape.match(name)) and (when := _named(found)):
                return when, _rest(name[found.end() :])
        if found := EITHER.match(name):
            raise NoSuchDate(TWO_DAYS.format(text=found[0]))
        return None, name

    def of_folders(self, path: str) -> When | None:
        """The date that folders and name give together: 2026/03/14. Raises NoSuchDate."""
        found = FOLDERS.search(path)
        return _named(found) if found else None


def _moved(written: Written) -> datetime | None:
    """The moment of a time with its offset; None beyond the calendar."""
    sign, digits = written.offset[0], written.offset[1:].replace(":", "")
    if sign == "Z":
        return written.local.replace(tzinfo=UTC)
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    try:
        return (written.local - (ahead if sign == "+" else -ahead)).replace(tzinfo=UTC)
    except OverflowError:
        return None


def _named(found: re.Match[str]) -> When | None:
    """The date in a name; None where its month or year is none. Raises NoSuchDate."""
    parts = found.groupdict()
    month = MONTHS.get(parts["month"].casefold()) or _number(parts["month"])
    if not month or not EARLIEST <= int(parts["year"]) <= LATEST:
        return None
    clock = [parts.get(name) or parts.get(f"{name}2") for name in ("hour", "minute", "second")]
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        local = datetime(int(parts["year"]), month, int(parts["day"]), hour, minute, second)  # noqa: DTZ001
    except ValueError:
        raise NoSuchDate(f"There is no date “{found[0]}”.") from None
    return When(local) if clock[0] else When(local.replace(hour=NOON), day_only=True)


def _number(month: str) -> int:
    return int(month) if month.isdecimal() and month.isascii() else 0


def _rest(text: str) -> str:
    rest = text.strip(" \t-_–—,.:")
    return "" if rest.casefold() in WEEKDAYS else rest
