"""Reading exercises: those of a kind, those that wait, and those that come back."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from upswing.exercises.models import Work
from upswing.record import reads
from upswing.record.models import Item, ItemQuerySet, Setback, facets
from upswing.record.rows import Row, rows

SHOWN = 5
DONE = 20


@cache
def kinds() -> dict[str, type[Work]]:
    """Every exercise by its kind, in the order in which its strategies name them."""
    return {kind: facet for kind, facet in facets().items() if issubclass(facet, Work)}


def one(*, owner: Any, id: UUID | str) -> Work:
    """The owner's exercise. Raises NotHere."""
    item = reads.item(owner=owner, id=id)
    if item.kind not in kinds():
        raise reads.NotHere
    work = kinds()[item.kind].objects.get(pk=item.pk)
    work.item = item
    return work


def unfinished(*, owner: Any, limit: int = SHOWN) -> list[Row]:
    """Exercises that wait to be gone on with, newest first."""
    found = _few(owner, Work.objects.filter(finished_at=None))
    return rows(found.order_by((F("position") + 0).desc())[:limit], excerpt=1)


def returning(*, owner: Any, today: date, limit: int = SHOWN) -> list[Row]:
    """Exercises to be rated again, the one that has waited longest first."""
    found = _few(owner, Work.objects.filter(returns_on__lte=today))
    return rows(found.order_by("work_facet__returns_on", "position")[:limit], excerpt=1)


def _few(owner: Any, work: QuerySet[Work]) -> ItemQuerySet:
    """The owner's items of `work`, which is little beside all that there is.

    Compared and ordered are sums, as no index has one: by the bare columns an engine would walk
    through everything of the owner's, and not begin at the little.
    """
    few = Item.objects.kept().annotate(whose=F("owner_id") + 0)
    return few.filter(whose=owner.pk, pk__in=work.values("pk"))


def done_on(*, setback: Setback, stone: str) -> list[Row]:
    """What was done about a setback on one stone: the latest, newest first."""
    own = [kind for kind, work in kinds().items() if stone == work.STONE]
    found = Item.objects.of(setback.item.owner_id).kept().filter(kind__in=own, setback=setback)
    return rows(found.newest_first()[:DONE], excerpt=1)
