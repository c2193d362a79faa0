"""Words worth a second look in what somebody is writing, unless it is no time for that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from upswing.care.signs import Sign, sign
from upswing.journeys.heavy_days import heavy_days
from upswing.strategies.compassion.wording.marking import MOST, language_of, marks

DEFAULT = "en"


@dataclass(frozen=True)
class Asked:
    """A question beside a line: its number from 1, and the words it is about."""

    words: str
    question: str
    name: str
    line: int


@dataclass(frozen=True)
class Looked:
    """What came of a look. silent: no question is asked today, whatever the words are."""

    asked: tuple[Asked, ...] = ()
    silent: bool = False


def look(texts: Iterable[str], *, owner: Any, today: date) -> Looked:
    """The questions about own texts, MOST of them at the most. Nothing is kept or counted."""
    own = [text for text in texts if text.strip()]
    if sign(*own) is Sign.PANEL or heavy_days(owner=owner, today=today):
        return Looked(silent=True)
    return Looked(tuple(one for text in own for one in _asked(text))[:MOST])


def _asked(text: str) -> list[Asked]:
    found = marks(text, language_of(text, DEFAULT))
    return [
        Asked(
            words=text[mark.start : mark.end],
            question=mark.question,
            name=mark.rule.name,
            line=text.count("\n", 0, mark.start) + 1,
        )
        for mark in found
    ]
