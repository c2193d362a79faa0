"""The calm panel: what stands beside a text that may mean more than it says. Pure.

The order of help is that of evidence.md §7.2, rule 3: danger, a line of the person's country, a
person one trusts, a plan in one's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from upswing.care import helplines
from upswing.care.helplines import Country, Line
from upswing.care.signs import Sign

LINES_SHOWN = 2
PLAN = (
    "How do I notice that such a moment is coming?",
    "What can I do by myself, for half an hour?",
    "With whom, or where, am I among people without having to explain?",
    "Whom can I ring? And which help line or doctor?",
    "What should not lie at hand at home, and who keeps it for me?",
)
WORDS = "Some of these words can mean that it is more than hard right now. If so, here is help."
DAYS = "It was as hard as can be on three days of this week. That is a lot for one person."
SMALL = "If that was more than a way of speaking: help lines are one key away."
HOW = (
    "Upswing looked for certain words and numbers, on this machine, and noted nothing about it. It "
    "misses a lot, and it is often wrong. Nobody is watching, and nobody was told. What you wrote "
    "is kept as it is."
)


@dataclass(frozen=True)
class Panel:
    """What to show. whole: with help; otherwise one small line."""

    whole: bool
    says: str
    danger: str = ""
    country: str = ""
    lines: tuple[Line, ...] = ()
    person: str = helplines.A_PERSON_YOU_TRUST
    plan: tuple[str, ...] = PLAN
    how: str = HOW


def panel(*, sign: Sign, heavy_days: bool, country: Country | None) -> Panel | None:
    """The panel for what was found; None where there was nothing."""
    if sign is Sign.PANEL or heavy_days:
        return _whole(WORDS if sign is Sign.PANEL else DAYS, country)
    return Panel(whole=False, says=SMALL) if sign is Sign.SMALL else None


def _whole(says: str, country: Country | None) -> Panel:
    if country is None:
        return Panel(whole=True, says=says, danger=helplines.EMERGENCY_ELSEWHERE)
    return Panel(
        whole=True,
        says=says,
        danger=country.danger,
        country=country.name,
        lines=country.lines[:LINES_SHOWN],
    )


def country_of(code: str, environ: Mapping[str, str]) -> Country | None:
    """The country whose lines are shown: the person's own, else what the machine suggests."""
    if not code:
        return helplines.likely_country(environ)
    return next((one for one in helplines.countries() if one.code == code), None)


def texts_of(answers: Mapping[str, Any]) -> list[str]:
    """Every text in the answers of an exercise."""
    return [text for value in answers.values() for text in _texts(value)]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inside for text in _texts(each)]


def told(found: Panel) -> Iterator[str]:
    """The panel as paragraphs for a terminal, in the order of help; an empty one parts them."""
    if not found.whole:
        yield f"{found.says} upswing help-now"
        return
    yield from ("", "You come first", found.says, "", found.danger)
    yield from (f"  {line.name}: {_reach(line)}" for line in found.lines)
    yield from ("  All help lines: upswing help-now", "", found.person)
    yield from ("", "A plan for such moments, in your own words")
    yield from (f"  {question}" for question in found.plan)
    yield from ("", found.how)


def _reach(line: Line) -> str:
    if line.dial_as:
        return f"{line.dial_as} ({line.hours})"
    if line.sms:
        return f"text {line.sms.word} to {line.sms.number}".replace("  ", " ")
    return line.chat_url or line.source_url
