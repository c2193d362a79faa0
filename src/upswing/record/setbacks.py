"""Setbacks: told, changed, closed, opened again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from upswing.errors import RuleError, all_at_once
from upswing.record import actions, rules
from upswing.record.models import Item, Setback
from upswing.record.words import fold

SHORTEST_ID = 4


@transaction.atomic
def tell(
    *,
    owner: Any,
    now: datetime,
    zone: str,
    title: str,
    body: str = "",
    happened_at: datetime | None = None,
    sort: str = "",
    weight: int | None = None,
    losses: Iterable[str] = (),
    course: str = "",
) -> Setback:
    """Record what happened. One sentence (`title`) is enough; `weight` is 0-10, now."""
    with all_at_once() as ask:
        ask(_title, title)
        weight = ask(_weight, "weight", weight)
        chosen = ask(_losses, losses) or []
        facet = Setback(sort=sort, weight=weight, weight_now=weight, losses=chosen, course=course)
        told = {"title": title, "body": body, "happened_at": happened_at}
        ask(actions.add, facet, owner=owner, now=now, zone=zone, **told)
    return facet


def _title(title: str) -> str:
    if not title.strip():
        raise RuleError("title", "One sentence is enough. It cannot be empty.")
    return title


def _weight(field: str, weight: int | None) -> int | None:
    if weight is not None and not 0 <= weight <= 10:
        raise RuleError(field, "How heavy it is goes from 0 to 10.")
    return weight


def _losses(losses: Iterable[str]) -> list[str]:
    chosen = list(dict.fromkeys(losses))
    unknown = [loss for loss in chosen if loss not in Setback.Loss.values]
    if unknown:
        raise RuleError("losses", f"“{unknown[0]}” is not in the list.")
    return chosen


@transaction.atomic
def change(
    setback: Setback,
    *,
    now: datetime,
    losses: Iterable[str] | None = None,
    sort: str | None = None,
    course: str | None = None,
    weight_now: int | None = None,
    **fields: Any,
) -> None:
    """Change a setback; what is not given stays. `fields` are title, body, happened_at, zone."""
    with all_at_once() as ask:
        ask(_title, fields.get("title", setback.item.title))
        weight = ask(_weight, "weight_now", weight_now)
        chosen = ask(_losses, setback.losses if losses is None else losses)
        setback.losses = chosen or []
        setback.sort = setback.sort if sort is None else sort
        setback.course = setback.course if course is None else course
        setback.weight_now = setback.weight_now if weight is None else weight
        ask(actions.change, setback.item, now=now, facet=setback, **fields)


def close(setback: Setback, *, now: datetime, words: str = "") -> None:
    """Lay a setback down, with a few words if there are any. It can be opened again."""
    setback.closing_words = rules.long_text("words", words)
    setback.closed_at = now
    actions.change(setback.item, now=now, facet=setback)


def reopen(setback: Setback, *, now: datetime) -> None:
    """Take a setback up again; the closing words stay."""
    setback.closed_at = None
    actions.change(setback.item, now=now, facet=setback)


def find(*, owner: Any, words: str) -> Setback | None:
    """The setback whose title holds all of `words`, or whose id ends with them.

    Where several fit, an open one comes before a closed one, then the newest. Accents and case
    do not count; None where nothing fits.
    """
    return next((one for one in all_of(owner=owner) if _fits(one.item, words)), None)


def _fits(item: Item, words: str) -> bool:
    title, wanted = " ".join(fold(item.title)), fold(words)
    by_title = bool(wanted) and all(word in title for word in wanted)
    return by_title or (len(words) >= SHORTEST_ID and item.pk.hex.endswith(words.lower()))


def all_of(*, owner: Any) -> list[Setback]:
    """Every setback outside the trash: open ones first, newest first."""
    return sorted(_kept(owner), key=lambda setback: setback.closed_at is not None)


def current(*, owner: Any) -> Setback | None:
    """The newest open setback."""
    return _kept(owner).filter(closed_at=None).first()


def _kept(owner: Any) -> QuerySet[Setback]:
    """Newest first. The kind, which goes without saying, leads the engine to the right index."""
    found = Setback.objects.filter(
        item__owner=owner, item__trashed_at=None, item__kind=Setback.KIND
    )
    return found.select_related("item").order_by("-item__position")
