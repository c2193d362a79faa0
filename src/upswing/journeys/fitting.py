"""Which exercise fits now: one for each stone that has any, or what was begun a few days ago.

Said in one sentence, the same for the same record, and never the exercise that was just done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from upswing.exercises.reads import kinds
from upswing.moments import lived_day
from upswing.record.models import Item, Setback
from upswing.record.rules import day_bounds
from upswing.strategies.compassion.models import Break, Letter, Talk
from upswing.strategies.mindset.models import Thought, Verdict
from upswing.strategies.reviews.models import Review
from upswing.strategies.reviews.rules import CALM, REST

MOST = 60
WINDOW = timedelta(days=6)  # a thought comes back by itself on the seventh day
LABEL = "labelling"  # the thinking trap of a verdict about oneself
HEAVY = 7  # from which weight (0-10) on the shortest exercise comes first
SHORT = 80  # signs of one's own words in a title

Why = tuple[str, str]  # the kind of an exercise, and the reason for it in a sentence

VERY_NEW = "It is less than two days old, and two minutes of kindness ask you to explain nothing."
HEAVY_NOW = "On a heavy day the shortest thing counts, and this one asks you to explain nothing."
TWO_MINUTES = "Two minutes are enough for it, wherever you are."
KINDLY = (
    "It still weighs on you, and a fair word to yourself comes well before looking for reasons."
)
OWN_NAME = (
    "Looked at as if it had happened to somebody else, a hard thing is often a little easier to "
    "bear (small laboratory studies)."
)
WEIGHED = "A thought that is written down can be weighed; unwritten, it only goes round."
LABELLED = (
    "In a thought of the last days you found a label, and this turns a verdict about you into "
    "something to find out."
)
FOUND_OUT = "It turns a verdict about you into something that can be found out."
LOOK_BACK = (
    "It has had two days of rest, and looking back in order is one of the better proven ways to "
    "learn; it can be spread over days."
)
YOUR_TEST = (
    "You wrote that this would test the thought, which comes back in a few days; a first small "
    "try is enough."
)


@dataclass(frozen=True)
class SmallThing:
    """One thing to do now. `page` is the address name of the door, `minutes` an honest guess.

    kind: of the exercise that is offered. item: the one that is gone back to.
    """

    title: str
    why: str
    minutes: str
    page: str
    stone: str
    kind: str = ""
    item: UUID | None = None


@dataclass(frozen=True)
class Done:
    """An exercise of the last days: what it is about, and what it left open."""

    kind: str
    item: UUID
    began: date
    ended: date | None
    setback: UUID | None
    test: str
    traps: Sequence[str]


def lately(*, owner: Any, today: date) -> list[Done]:
    """The exercises of the last days, newest first; no more of them than anybody does."""
    # By their places alone, so that an engine reads newest first and stops, and sorts nothing.
    low, _ = day_bounds(today - WINDOW, None)
    mine = Item.objects.of(owner).kept().filter(kind__in=list(kinds()), position__gte=low)
    columns = ("kind", "pk", "day", "work_facet__finished_at", "setback")
    told = ("work_facet__answers__test", "work_facet__answers__traps")
    rows = mine.newest_first().values_list(*columns, *told)[:MOST]
    found = [_done(owner, *row) for row in rows]
    return [one for one in found if today - WINDOW <= one.began <= today]


def _done(
    owner: Any, kind: str, item: UUID, began: date, finished: datetime | None, *rest: Any
) -> Done:
    ended = lived_day(finished, owner.zone) if finished else None
    setback, test, traps = rest
    return Done(kind, item, began, ended, setback, str(test or ""), traps or ())


def just_done(done: Sequence[Done], today: date) -> set[str]:
    """The kinds that were begun or finished today."""
    return {one.kind for one in done if today in (one.began, one.ended)}


def open_test(done: Sequence[Done], setback: Setback, today: date) -> SmallThing | None:
    """What would test a thought about the setback, from the day after it was written down.

    Not where it is heavy: what asks for courage is for a calmer day.
    """
    if _weight(setback) > CALM:
        return None
    for one in _thoughts(done, setback, today):
        if first := one.test.strip().partition("\n")[0]:
            cut = f"{first[: SHORT - 1]}…" if len(first) > SHORT else first
            title = f"Try what you wrote down: {cut}"
            return SmallThing(title, YOUR_TEST, "15", "exercise", "mindset", item=one.item)
    return None


def from_verdict(
    done: Sequence[Done], setback: Setback, today: date, walked: Collection[str]
) -> SmallThing | None:
    """The learning goal, where the person found a label in a thought and has set none yet."""
    labelled = any(LABEL in one.traps for one in _thoughts(done, setback, today))
    if not labelled or Verdict.KIND in walked or _weight(setback) > CALM:
        return None
    return _exercise(Verdict.KIND, LABELLED)


def _thoughts(done: Sequence[Done], setback: Setback, today: date) -> list[Done]:
    """The thoughts about it that were finished before today."""
    about = [one for one in done if (one.kind, one.setback) == (Thought.KIND, setback.pk)]
    return [one for one in about if one.ended and one.ended < today]


def of_stone(
    stone: str, setback: Setback, *, but: Collection[str], now: datetime | None
) -> SmallThing | None:
    """The exercise of a stone that fits; None where it has none, or each was done just now."""
    offered = OFFERED[stone](setback, now) if stone in OFFERED else ()
    return next((_exercise(kind, why) for kind, why in offered if kind not in but), None)


def steadying(but: Collection[str]) -> SmallThing | None:
    """What is shortest and asks for nothing, unless it was done just now."""
    return None if Break.KIND in but else _exercise(Break.KIND, HEAVY_NOW)


def _exercise(kind: str, why: str) -> SmallThing:
    one = kinds()[kind].EXERCISE
    return SmallThing(one.title, why, one.minutes, "exercise_about", one.strategy, kind=kind)


def _weight(setback: Setback) -> int:
    """How heavy it is; untold counts as heavy."""
    return HEAVY if setback.weight_now is None else setback.weight_now


def _compassion(setback: Setback, now: datetime | None) -> Sequence[Why]:
    """First what is shortest, where it is new or heavy; else the letter."""
    letter, talk = (Letter.KIND, KINDLY), (Talk.KIND, OWN_NAME)
    if now is not None and now - setback.item.happened_at < REST:
        return ((Break.KIND, VERY_NEW), talk, letter)
    if _weight(setback) >= HEAVY:
        return ((Break.KIND, HEAVY_NOW), talk, letter)
    return (letter, (Break.KIND, TWO_MINUTES), talk)


OFFERED: dict[str, Callable[[Setback, datetime | None], Sequence[Why]]] = {
    "compassion": _compassion,
    "mindset": lambda setback, now: ((Thought.KIND, WEIGHED), (Verdict.KIND, FOUND_OUT)),
    "reviews": lambda setback, now: ((Review.KIND, LOOK_BACK),),
}
