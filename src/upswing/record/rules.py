"""What the spine keeps and what it refuses. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from upswing.errors import RuleError

LONGEST_TITLE = 300
LONGEST_BODY = 1_000_000
LONGEST_TAG = 80
MOST_TAGS = 50
LONGEST_FILE_NAME = 255
PLACES_A_MOMENT = 16384
PLACES_A_DAY = 86_400_000 * PLACES_A_MOMENT
FIRST_YEAR, LAST_YEAR = 1900, 2199
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def first_position(moment: datetime) -> int:
    """Where items of `moment` (aware) begin: whole milliseconds since 1970 times 16384.

    Finer steps would leave the 64 bits of a column within a lifetime; these hold every year.
    """
    return (moment - EPOCH) // timedelta(milliseconds=1) * PLACES_A_MOMENT


def day_bounds(first: date | None, end: date | None) -> tuple[int | None, int | None]:
    """Positions from which and below which all lies that was lived from `first` to before `end`.

    A day of margin on both sides holds every zone. A list that is read in the order of positions
    can so begin and end where the days do.
    """
    low = None if first is None else first_position(_midnight(first)) - PLACES_A_DAY
    high = None if end is None else first_position(_midnight(end)) + PLACES_A_DAY
    return low, high


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def place(moment: datetime, last: int | None) -> int:
    """The position after `last`, the highest that is taken in `moment` (None = none is)."""
    first = first_position(moment)
    following = first if last is None else last + 1
    if following >= first + PLACES_A_MOMENT:
        raise RuleError("happened_at", "This very moment is full. A minute later there is room.")
    return following


def happened_at(moment: datetime) -> datetime:
    """The moment (aware) at which something was lived, checked."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise RuleError(
            "happened_at", f"The year {moment.year} is outside the years that Upswing keeps."
        )
    return moment


def title(text: str) -> str:
    """A title in one line, checked."""
    text = " ".join(readable("title", text).split())
    if len(text) > LONGEST_TITLE:
        raise RuleError(
            "title", f"A title has up to {LONGEST_TITLE} characters; this has {len(text)}."
        )
    return text


def body(text: str) -> str:
    """A text as it is kept, checked: up to a million bytes."""
    return long_text("body", text)


def long_text(field: str, text: str) -> str:
    """Any long text as it is kept, checked; `field` is where an error shows."""
    text = readable(field, text).replace("\r\n", "\n")
    if len(text.encode()) > LONGEST_BODY:
        raise RuleError(
            field,
            "This text is longer than one entry can hold (a million bytes, about 500 pages). "
            "Two entries would hold it.",
        )
    return text


def readable(field: str, text: str) -> str:
    """`text` as it is, where both engines can keep it. Raises RuleError at `field`."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise RuleError(field, "This text is not valid UTF-8, so it cannot be kept.") from None
    if "\x00" in text:
        raise RuleError(field, "This text holds a zero byte, so it is not text.")
    return text


def tags(names: Iterable[str]) -> list[str]:
    """Tag names in lower case without the leading sign, each once, in order."""
    found = list(dict.fromkeys(_tag(name) for name in names if name.strip(" #@,")))
    if len(found) > MOST_TAGS:
        raise RuleError("tags", f"Up to {MOST_TAGS} tags fit on one entry; these are {len(found)}.")
    return found


def tag_name(name: str) -> str:
    """A tag as it is kept and looked for: one composed spelling, lower case, no leading sign."""
    return unicodedata.normalize("NFC", name).strip().lstrip("#@").strip().lower()


def _tag(name: str) -> str:
    short = tag_name(readable("tags", name))
    if len(short) > LONGEST_TAG:
        raise RuleError("tags", f"A tag has up to {LONGEST_TAG} characters.")
    return short


def file_name(name: str) -> str:
    """A file's name in one line, its end where it is too long."""
    return " ".join(readable("files", name).split())[-LONGEST_FILE_NAME:]


CLEAN: dict[str, Callable[[Any], Any]] = {
    "title": title,
    "body": body,
    "happened_at": happened_at,
}
