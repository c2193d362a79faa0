"""The eight stones of one setback: which were walked, which one is a good next one, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from upswing.record.models import Item, Note, Setback, facets
from upswing.strategies import EIGHT, Strategy
from upswing.strategies.reviews import rules as reviews

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
    """One stone on a setback's path. `state` is walked, next or ahead; never failed.

    done: the kinds of items, of those that strategies add, which lie on it.
    """

    strategy: Strategy
    state: State
    done: frozenset[str] = frozenset()


def order(weight: int | None) -> tuple[str, ...]:
    """The strategies in the order that fits a heaviness of 0-10; untold counts as heavy."""
    return next(keys for floor, keys in BY_WEIGHT if _told(weight) >= floor)


def _told(weight: int | None) -> int:
    return UNTOLD if weight is None else weight


def wait(strategy: str, setback: Setback | None, *, now: datetime) -> str:
    """Why a strategy is not offered yet, in a sentence; "" where it is. Nothing is locked."""
    if strategy != "reviews" or setback is None:
        return ""
    told = setback.item.happened_at
    return reviews.wait(happened_at=told, weight=setback.weight_now, now=now)


def path(*, setback: Setback, now: datetime | None = None) -> list[Standing]:
    """The eight in their own order, each with its state.

    now: with it, no stone is the next one whose time has not come yet; see `wait`.
    """
    done = _done(setback)
    ahead = [key for key in order(setback.weight_now) if key not in done]
    ready = ahead if now is None else [key for key in ahead if not wait(key, setback, now=now)]
    upcoming = next(iter(ready), None)
    return [
        Standing(one, _state(one.key, done, upcoming), frozenset(done.get(one.key, ())))
        for one in EIGHT
    ]


def following(standings: Sequence[Standing]) -> Strategy | None:
    """The strategy whose stone is a good next one; None where all are walked, or have to wait."""
    return next((one.strategy for one in standings if one.state == "next"), None)


def _state(key: str, walked: Collection[str], upcoming: str | None) -> State:
    if key in walked:
        return "walked"
    return "next" if key == upcoming else "ahead"


def _done(setback: Setback) -> dict[str, set[str]]:
    """The stones with something on them, a note of their own, an exercise, or what is written;
    each with the kinds of what strategies add.

    Whether, not how much: counting takes the longer, the more was written about a setback.
    """
    stones = {kind: facet.STONE for kind, facet in facets().items() if facet.STONE}
    rare = [Note.KIND, *(kind for kind in stones if kind not in WRITTEN)]
    mine = Item.objects.of(setback.item.owner_id).kept().filter(setback=setback, kind__in=rare)
    found: dict[str, set[str]] = {}
    for kind, noted in mine.order_by().values_list("kind", "note_facet__stone").distinct():
        found.setdefault(noted or stones[kind], set()).update({kind} - {Note.KIND})
    written = Item.objects.filter(setback=setback, kind__in=WRITTEN).kept()
    if written.exists():
        found.setdefault("coping", set())
    return found


WRITTEN = ("entry", "checkin")  # of which there may be tens of thousands


def notes(*, setback: Setback, stone: str) -> Any:
    """The notes on one stone, newest first."""
    found = Note.objects.filter(
        item__setback=setback, item__trashed_at=None, item__kind=Note.KIND, stone=stone
    )
    return found.select_related("item").order_by("-item__position")
