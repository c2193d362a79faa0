"""The eight stones of one setback: which were walked, which one is a good next one, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count

from upswing.record.models import Item, Note, Setback
from upswing.strategies import EIGHT, Strategy

# evidence.md 2.3: what to offer first at which heaviness (0-10).
BY_WEIGHT = (
    (7, ("coping", "network", "compassion", "reviews", "mindset", "feedback", "goals", "action")),
    (4, ("compassion", "reviews", "coping", "mindset", "network", "feedback", "goals", "action")),
    (0, ("reviews", "goals", "action", "mindset", "feedback", "network", "compassion", "coping")),
)
UNTOLD = 7

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


def _told(weight: int | None) -> int:
    return UNTOLD if weight is None else weight


def path(*, setback: Setback) -> list[Standing]:
    """The eight in their own order, each with its state."""
    counts = _counts(setback)
    upcoming = next((key for key in order(setback.weight_now) if not counts[key]), None)
    return [
        Standing(strategy, _state(strategy.key, counts, upcoming), counts[strategy.key])
        for strategy in EIGHT
    ]


def following(standings: Sequence[Standing]) -> Strategy | None:
    """The strategy whose stone is a good next one; None where all are walked."""
    return next((one.strategy for one in standings if one.state == "next"), None)


def _state(key: str, counts: dict[str, int], upcoming: str | None) -> State:
    if counts[key]:
        return "walked"
    return "next" if key == upcoming else "ahead"


def _counts(setback: Setback) -> dict[str, int]:
    """Items on each stone: notes by their stone, entries and check-ins on coping."""
    counts = dict.fromkeys((strategy.key for strategy in EIGHT), 0)
    about = Item.objects.filter(setback=setback).kept()
    kinds = about.values_list("kind").annotate(Count("kind")).order_by()
    notes = about.filter(kind=Note.KIND).values_list("note_facet__stone").annotate(Count("kind"))
    for key, items in [*((COPING.get(kind), items) for kind, items in kinds), *notes.order_by()]:
        if key in counts:
            counts[key] += items
    return counts


COPING = {"entry": "coping", "checkin": "coping"}


def notes(*, setback: Setback, stone: str) -> Any:
    """The notes on one stone, newest first."""
    found = Note.objects.filter(
        item__setback=setback, item__trashed_at=None, item__kind=Note.KIND, stone=stone
    )
    return found.select_related("item").order_by("-item__position")
