"""How the person is on each day: drops, slow and uneven recovery, a weekly rhythm. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from random import Random

from upswing.demo.days import Year
from upswing.strategies.coping.rules import FEELINGS

USUAL = 6.5
DROPS = {"rejection": (1.9, 16.0), "review": (2.4, 18.0), "layoff": (3.5, 24.0)}  # depth, days
RELAPSES = {"layoff+11": 0.8, "layoff+12": 1.5, "layoff+13": 1.2, "layoff+30": 1.3, "review+5": 0.7}
WEEK = (-0.4, -0.1, 0.0, 0.1, 0.4, 0.4, -0.3)  # Monday to Sunday
TIRING = (0.6, 0.3, 0.0, 0.0, -0.3, -1.2, -0.8)
STICKY, NOISE = 0.55, 0.5  # a mood drags on into the next day


@dataclass(frozen=True)
class Felt:
    """One look at oneself, 1-10; None where it was left out."""

    mood: int
    energy: int | None
    stress: int | None


def course(year: Year, rng: Random) -> dict[date, float]:
    """The level of mood of every day."""
    levels: dict[date, float] = {}
    drift = 0.0
    for day in year.days():
        drift = STICKY * drift + rng.gauss(0, NOISE)
        levels[day] = level(year, day) + drift
    return levels


def level(year: Year, day: date) -> float:
    """The level of a day without chance."""
    relapse = sum(depth for mark, depth in RELAPSES.items() if year.day(mark) == day)
    return USUAL + WEEK[day.weekday()] + _lifts(year, day) - _weighs(year, day) - relapse


def _weighs(year: Year, day: date) -> float:
    passed = {name: year.since(name, day) for name in DROPS}
    felt = sum(
        depth * math.exp(-passed[name] / days)
        for name, (depth, days) in DROPS.items()
        if passed[name] >= 0
    )
    rumours = 0.6 if -41 <= passed["layoff"] < 0 else 0.0
    return felt + rumours + (1.4 if year.during("sick", day) else 0.0)


def _lifts(year: Year, day: date) -> float:
    after_holiday = 0.6 if 10 <= year.since("holiday", day) < 18 else 0.0
    return after_holiday + (0.9 if year.during("lisbon", day) else 0.0)


def look(year: Year, day: date, hour: int, around: float, rng: Random) -> Felt:
    """What the person would say at that hour of a day whose level is `around`."""
    mood = around + rng.gauss(0, 0.6) - (0.4 if hour < 9 else 0.0)
    energy = 5.8 + 0.55 * (mood - 6) + rng.gauss(0, 1.0) - (0.8 if hour > 20 else 0.0)
    energy -= 2.5 if year.during("sick", day) else 0.0
    stress = 5.0 - 0.6 * (mood - 6) + TIRING[day.weekday()] + rng.gauss(0, 1.0)
    short = rng.random() < 0.14  # on some days two taps were all
    return Felt(_scale(mood), None if short else _scale(energy), None if short else _scale(stress))


def _scale(value: float) -> int:
    return max(1, min(10, round(value)))


def words(felt: Felt, rng: Random) -> tuple[str, ...]:
    """Feeling words that fit, mostly one or two, often none."""
    count = rng.choices((0, 1, 2, 3), (0.42, 0.26, 0.23, 0.09))[0]
    return tuple(rng.sample(FEELINGS[_quadrant(felt, rng)][1], count))


def _quadrant(felt: Felt, rng: Random) -> str:
    pleasant = felt.mood + rng.gauss(0, 0.7) >= 5.5
    stirred = (felt.stress or 5) + (felt.energy or 5) >= (11 if pleasant else 10)
    if pleasant:
        return "lively" if stirred else "calm"
    return "stirred" if stirred else "heavy"
