"""Words worth a second look in what somebody is writing, unless it is no time for that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from upswing.care.signs import Sign, sign
from upswing.journeys.heavy_days import heavy_days
from upswing.strategies.compassion.wording.marking import MOST, Mark, language_of, marks

DEFAULT = "en"


@dataclass(frozen=True)
class Asked:
    """A question beside a line: its number from 1, and the words it is about.

    text: which of the texts that were given it is in, from 0. at: where the words begin, in UTF-16
    units and with one sign for the end of a line, as a browser counts.
    """

    words: str
    question: str
    name: str
    line: int
    text: int = 0
    at: int = 0


@dataclass(frozen=True)
class Looked:
    """What came of a look. silent: no question is asked today, whatever the words are."""

    asked: tuple[Asked, ...] = ()
    silent: bool = False


def look(texts: Iterable[str], *, owner: Any, today: date, beside: Iterable[str] = ()) -> Looked:
    """The questions about own texts, MOST of them at the most. Nothing is kept or counted.

    beside: what else was written there. It is asked nothing about, but may call for silence.
    """
    own = list(texts)
    if sign(*own, *beside) is Sign.PANEL or heavy_days(owner=owner, today=today):
        return Looked(silent=True)
    found = (_asked(text, mark, place) for place, text in enumerate(own) for mark in _marks(text))
    return Looked(tuple(one for one, _ in zip(found, range(MOST), strict=False)))


def _marks(text: str) -> list[Mark]:
    return marks(text, language_of(text, DEFAULT)) if text.strip() else []


def _asked(text: str, mark: Mark, place: int) -> Asked:
    before = text[: mark.start].replace("\r\n", "\n")
    return Asked(
        words=text[mark.start : mark.end],
        question=mark.question,
        name=mark.rule.name,
        line=before.count("\n") + 1,
        text=place,
        at=len(before.encode("utf-16-le", "surrogatepass")) // 2,
    )
