"""Dates read by a declared strftime pattern, then as ISO 8601, and never by guessing. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from upswing.exchange.rows import ImportProblem

SHORTHAND = {
    "F": "%Y-%m-%d",
    "r": "%I:%M:%S %p",
    "T": "%H:%M:%S",
    "R": "%H:%M",
    "D": "%m/%d/%y",
    "e": "%d",
    "h": "%b",
    "k": "%H",
    "l": "%I",
    # Moments without a zone are written with nothing in these two places.
    "z": "",
    "Z": "",
}
SHAPES = {
    "Y": r"(?P<year>\d{4})",
    "y": r"(?P<short_year>\d{2})",
    "m": r"(?P<month>\d{1,2})",
    "d": r"(?P<day>\d{1,2})",
    "H": r"(?P<hour>\d{1,2})",
    "I": r"(?P<hour12>\d{1,2})",
    "M": r"(?P<minute>\d{1,2})",
    "S": r"(?P<second>\d{1,2})",
    "f": r"(?P<fraction>\d{1,6})",
    "p": r"(?P<half>[AaPp]\.?[Mm]\.?)",
    "B": r"(?P<month_name>[^\W\d_]+)",
    "b": r"(?P<short_month>[^\W\d_]+)\.?",
    "A": r"[^\W\d_]+",
    "a": r"[^\W\d_]+\.?",
    "%": "%",
}
ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,6}))?)?"
    r" ?(?P<offset>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jän feb mär apr mai jun jul aug sep okt nov dez",
        "jan feb mrz apr mai jun jul aug sept okt nov dez",
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jänner feber maerz april mai juni juli august september oktober november dezember",
    )
    for number, name in enumerate(names.split(), start=1)
}


class NoSuchDate(ValueError):
    """The text has the shape of a date, but the calendar does not have it."""


@dataclass(frozen=True)
class Written:
    """A date as written. offset: the ISO offset that stood beside it, "" mostly."""

    local: datetime
    offset: str = ""


@dataclass(frozen=True)
class TimeFormat:
    """One strftime pattern, English and German names. Raises ImportProblem for a pattern it cannot
    use."""

    pattern: str

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """The pattern as a regular expression with named parts."""
        expanded = re.sub("%(.)", lambda m: SHORTHAND.get(m[1], m[0]), self.pattern)
        parts = re.split("(%.?)", expanded)
        try:
            text = "".join(SHAPES[part[1:]] if part[:1] == "%" else _spaced(part) for part in parts)
            return re.compile(text)
        except (KeyError, re.error):
            raise ImportProblem(
                f"“{self.pattern}” is not a date format that Upswing can read. "
                "It should look like jrnl's “timeformat”, for example %d.%m.%Y %H:%M."
            ) from None

    @property
    def names_day(self) -> bool:
        """Whether year, month and day are all in the pattern."""
        parts = set(self.shape.groupindex)
        months = {"month", "month_name", "short_month"}
        return bool(parts & {"year", "short_year"} and parts & months and "day" in parts)

    @property
    def names_time(self) -> bool:
        """Whether a time of day is in the pattern."""
        return bool(set(self.shape.groupindex) & {"hour", "hour12"})

    def read(self, text: str) -> Written | None:
        """The moment `text` names; None where its shape is another one. Raises NoSuchDate."""
        found = self.shape.fullmatch(text)
        return _written(found.groupdict(), text) if found else None


def _spaced(literal: str) -> str:
    return r"\s+".join(re.escape(piece) for piece in re.split(r"\s+", literal))


def read_iso(text: str) -> Written | None:
    """As `TimeFormat.read`, for ISO dates with or without a time of day."""
    found = ISO.fullmatch(text)
    return _written(found.groupdict(), text) if found else None


def _written(parts: dict[str, str | None], text: str) -> Written:
    try:
        moment = datetime(  # noqa: DTZ001 - the time on the wall; its zone is not written
            _year(parts),
            _month(parts),
            int(parts.get("day") or 1),
            _hour(parts),
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
            int((parts.get("fraction") or "").ljust(6, "0")),
        )
    except (ValueError, KeyError):
        raise NoSuchDate(f"There is no date “{text}”.") from None
    return Written(moment, parts.get("offset") or "")


def _year(parts: dict[str, str | None]) -> int:
    if short := parts.get("short_year"):
        return int(short) + (1900 if int(short) >= 69 else 2000)
    return int(parts.get("year") or 1900)


def _month(parts: dict[str, str | None]) -> int:
    if name := parts.get("month_name") or parts.get("short_month"):
        return MONTHS[name.casefold()]
    return int(parts.get("month") or 1)


def _hour(parts: dict[str, str | None]) -> int:
    if not (written := parts.get("hour12")):
        return int(parts.get("hour") or 0)
    if not 1 <= int(written) <= 12:
        raise ValueError(written)
    afternoon = (parts.get("half") or "a").casefold().startswith("p")
    return int(written) % 12 + (12 if afternoon else 0)
