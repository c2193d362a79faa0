"""The eight stones of one setback: which were walked, which one is a good next one, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from upswing.record.models import Item, Note, Setback
from upswing.strategies import EIGHT, Strategy

# evidence.md 2.3: what to offer first at which heaviness (0-10).
BY_WEIGHT = (
    (7, ("coping", "network", "compassion", "reviews", "mindset", "feedback", "goals", "action")),
    (4, ("compassion", "reviews", "coping", "mindset", "network", "feedback", "goals", "action")),
    (0, ("reviews", "goals", "action", "mindset", "feedback", "network", "compassion", "coping")),
)
UNTOLD = 7
WHY = {
    7: "On heavy days it comes first to steady yourself and to have somebody near.",
    4: "At this weight, being fair to yourself comes first, then looking at what happened.",
    0: "It has grown light enough to look at what happened and to take a step.",
}


State = Literal["walked", "next", "ahead"]


@dataclass(frozen=True)
class Standing:
    """One stone on a setback's path. `state` is walked, next or ahead; never failed."""

    strategy: Strategy
    state: State
    items: int


def order(weight: int | None) -> tuple[str, ...]:
    """The strategies in the order that fits a heaviness of 0-10; untold counts as heavy."""
    return next(keys for floor, keys in BY_WEIGHT if _told(weight) >= floor)


def why(weight: int | None) -> str:
    """The reason for that order, in one sentence."""
    return next(WHY[floor] for floor, _ in BY_WEIGHT if _told(weight) >= floor)


def _told(weight: int | None) -> int:
    return UNTOLD if weight is None else weight


def path(*, setback: Setback) -> list[Standing]:
    """The eight in their own order, each with its state."""
    counts = _counts(setback)
    following = next((key for key in order(setback.weight_now) if not counts[key]), None)
    return [
        Standing(strategy, _state(strategy.key, counts, following), counts[strategy.key])
        for strategy in EIGHT
    ]


def _state(key: str, counts: dict[str, int], following: str | None) -> State:
    if counts[key]:
        return "walked"
    return "next" if key == following else "ahead"


def _counts(setback: Setback) -> dict[str, int]:
    """Items on each stone: notes by their stone, entries and check-ins on coping."""
    counts = dict.fromkeys((strategy.key for strategy in EIGHT), 0)
    about = Item.objects.filter(setback=setback).kept()
    for kind, stone in about.values_list("kind", "note_facet__stone"):
        if (key := stone or COPING.get(kind)) in counts:
            counts[key] += 1
    return counts


COPING = {"entry": "coping", "checkin": "coping"}


def notes(*, setback: Setback, stone: str) -> Any:
    """The notes on one stone, newest first."""
    found = Note.objects.filter(item__setback=setback, stone=stone, item__trashed_at=None)
    return found.select_related("item").order_by("-item__position")
