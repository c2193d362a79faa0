"""The whole year as a list of steps: the same for the same day and seed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from upswing.demo import everyday, moods, story
from upswing.demo.days import LENGTH, Year, year_before
from upswing.demo.passages import corpus
from upswing.demo.steps import (
    CheckIn,
    Close,
    Discard,
    Lighten,
    Meet,
    Reword,
    SayAgain,
    Serve,
    Step,
    Tell,
    Work,
    Write,
)

# Kept in a shorter year too, so that the rest can refer.
BACKBONE = (Tell, Lighten, Close, Meet, Work, SayAgain, Serve)
WITH_A_LOOK = 0.22


def plan(*, today: date, seed: int, days: int = LENGTH) -> list[Step]:
    """What the person did in the `days` before `today`, in order of doing it.

    In a shorter year people, setbacks and what was done about them stay; entries and check-ins of
    older days are left out.
    """
    year = year_before(today)
    since = today - timedelta(days=days)
    steps = sorted(_steps(year, Random(seed)), key=lambda step: step.at)  # noqa: S311 - a tale
    return [step for step in steps if isinstance(step, BACKBONE) or _begun(step) >= since]


def _begun(step: Step) -> date:
    """The day of the step, or of the entry that it comes back to."""
    return _day(step.of if isinstance(step, Reword | Discard) else step)


def _day(step: Step) -> date:
    return step.at.astimezone(ZoneInfo(step.zone)).date()


def _steps(year: Year, rng: Random) -> Iterator[Step]:
    texts = corpus()
    levels = moods.course(year, rng)
    lines = everyday.Lines(texts, rng)
    entries = list(story.entries(year, texts, rng))
    taken = {_day(entry) for entry in entries}
    entries += everyday.entries(year, texts, taken, rng)
    yield from story.told(year, texts)
    yield from everyday.check_ins(year, levels, lines, rng)
    for entry in entries:
        yield _with_a_look(year, entry, levels, rng)
        yield from story.second_thoughts(year, entry)


def _with_a_look(year: Year, entry: Write, levels: dict[date, float], rng: Random) -> Write:
    """Beside some entries stands how it was while writing."""
    if rng.random() >= WITH_A_LOOK:
        return entry
    local = entry.at.astimezone(ZoneInfo(entry.zone))
    felt = moods.look(year, local.date(), local.hour, levels[local.date()], rng)
    beside = CheckIn(
        at=entry.at,
        zone=entry.zone,
        lived=entry.at,
        felt=felt,
        words=moods.words(felt, rng),
        line="",
        setback=entry.setback,
    )
    return replace(entry, felt=beside)
