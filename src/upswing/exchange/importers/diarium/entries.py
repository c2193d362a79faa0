"""Entries of Diarium on their way to rows, whatever kind of file they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from upswing.exchange import hashtags, htmltext, ratings
from upswing.exchange.checked import checked
from upswing.exchange.rows import Options, Row, RowFile, clean

LABEL = "Diarium"
FIRST_TICK = datetime(1, 1, 1)  # noqa: DTZ001 - the time on the wall; Diarium writes no zone
LONGEST_HTML = 2_000_000  # characters; as Markdown it would not fit into one entry
TICKS_A_MICROSECOND = 10
STRANGE_RATING = "Its rating “{rating}” is none of 1 to 5 and was left out."
LONG = "This text is longer than one entry can hold (a million bytes, about 500 pages)."


@dataclass(frozen=True)
class Told:
    """What an entry says. ticks: its time on the wall, in units of 100 ns since the year 1."""

    heading: str
    html: str
    ticks: int | None
    rating: Any = None
    tags: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    files: tuple[RowFile, ...] = ()


@dataclass
class Maker:
    """Makes the rows of one diary. The moment is the name of an entry there, and so its key."""

    options: Options
    seen: Counter[int] = field(default_factory=Counter)

    def rows(self, place: tuple[int, str], told: Told, problem: str = "") -> Iterator[Row]:
        """The entry, and its rating as a check-in beside it."""
        entry = self._entry(place, told, problem)
        if entry.problem or told.rating in (None, 0, ""):
            yield entry
        elif type(told.rating) is int and ratings.LOWEST <= told.rating <= ratings.HIGHEST:
            yield entry
            yield ratings.check_in(entry, told.rating, label=LABEL, options=self.options)
        else:
            yield _with_note(entry, STRANGE_RATING.format(rating=clean(str(told.rating)[:20])[0]))

    def _entry(self, place: tuple[int, str], told: Told, problem: str) -> Row:
        if not problem and len(told.html) > LONGEST_HTML:
            problem = LONG
        heading, odd = clean(htmltext.markdown(told.heading[:LONGEST_HTML]))
        text, odd_text = clean("" if problem else htmltext.markdown(told.html))
        body = "\n\n".join(part for part in (text, *map(_clean, told.further)) if part)
        return checked(
            Row(
                number=place[0],
                where=place[1],
                title=" ".join(heading.split()),
                body=body,
                local=None if problem or told.ticks is None else moment(told.ticks),
                zone=self.options.zone,
                tags=tuple(dict.fromkeys((*map(_tag, told.tags), *hashtags.found(text)))),
                key="" if told.ticks is None else self._key(told.ticks),
                problem=problem,
                notes=odd or odd_text,
                files=told.files,
            )
        )

    def _key(self, ticks: int) -> str:
        self.seen[ticks] += 1
        again = f":{self.seen[ticks]}" if self.seen[ticks] > 1 else ""
        return f"diarium:{ticks}{again}"


def _with_note(row: Row, note: str) -> Row:
    return replace(row, notes=(*row.notes, note))


def _clean(text: str) -> str:
    return clean(text)[0]


def _tag(name: str) -> str:
    return f"#{_clean(name).strip().lstrip('#@').lower()}"


def moment(ticks: int) -> datetime | None:
    """The time on the wall that `ticks` count to; None outside of the calendar."""
    try:
        return FIRST_TICK + timedelta(microseconds=ticks // TICKS_A_MICROSECOND)
    except OverflowError:
        return None


def ticks_of(local: datetime) -> int:
    """The other way round."""
    return (local - FIRST_TICK) // timedelta(microseconds=1) * TICKS_A_MICROSECOND
