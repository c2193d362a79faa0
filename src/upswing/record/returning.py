"""Items that come back with everything they had: ids, times, places, history.

The caller has checked what it hands over, and holds the one transaction around all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from upswing.record import index, rules
from upswing.record.actions import last_positions
from upswing.record.bulk import tag_items
from upswing.record.models import Facet, Item, ItemQuerySet, Link, Revision, Setback, facets

CHUNK = 200


class Seats:
    """Positions for items that had one before: the same where it is free, else the next."""

    def __init__(self, owner: Any) -> None:
        self._owner = owner
        self._given: set[int] = set()
        self._highest: dict[int, int] = {}

    def take(self, wanted: Sequence[tuple[datetime, int]]) -> list[int]:
        """A position for each moment (aware) and the position it had. Raises RuleError."""
        taken = self._taken([position for _, position in wanted])
        return [self._one(moment, position, taken) for moment, position in wanted]

    def _taken(self, positions: list[int]) -> set[int]:
        found = Item.objects.filter(position__in=positions)
        if index.on_postgresql():  # elsewhere the index has one row a position, whoever it is of
            found = found.of(self._owner)
        return set(found.values_list("position", flat=True))

    def _one(self, moment: datetime, position: int, taken: set[int]) -> int:
        first = rules.first_position(moment)
        of_moment = first <= position < first + rules.PLACES_A_MOMENT
        if not of_moment or position in taken or position in self._given:
            position = self._next(moment, first)
        self._given.add(position)
        self._highest[first] = max(position, self._highest.get(first, position))
        return position

    def _next(self, moment: datetime, first: int) -> int:
        last = (last_positions(self._owner, [first])[first], self._highest.get(first))
        return rules.place(moment, max((one for one in last if one is not None), default=None))


def put_items(
    items: Sequence[Item], tags: Sequence[Sequence[str]], *, owner: Any, seats: Seats
) -> None:
    """Record the items as they are; each gets its place, and the tags that stand in its place."""
    places = seats.take([(item.happened_at, item.position) for item in items])
    for item, place in zip(items, places, strict=True):
        item.position = place
    Item.objects.bulk_create(items)
    tag_items(items, tags, owner)


def put_facets(rows: Sequence[Facet]) -> None:
    """Record the own columns of items, all of one kind."""
    if rows:
        type(rows[0]).objects.bulk_create(rows)


def put_revisions(rows: Sequence[Revision]) -> None:
    """Record how items read before, the oldest first."""
    Revision.objects.bulk_create(rows)


def put_links(rows: Sequence[Link]) -> None:
    """Record links; those that are there already stay as they are."""
    Link.objects.bulk_create(rows, ignore_conflicts=True)


def settle(items: ItemQuerySet, *, owner: Any) -> None:
    """Once all is there: let go of setbacks that did not come along, and index every item."""
    own = Setback.objects.filter(item__owner=owner).values("pk")
    items.exclude(setback=None).exclude(setback__in=own).update(setback=None)
    rows = items.order_by("pk").prefetch_related("tags").iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        index.put(chunk, _extra(chunk))


def _extra(items: Iterable[Item]) -> dict[object, index.Extra]:
    """What facets and tags add to the words of each item."""
    found: dict[object, index.Extra] = {}
    items = list(items)
    for kind, facet in facets().items():
        own = facet.objects.in_bulk([item.pk for item in items if item.kind == kind])
        for item in items:
            if item.pk in own:
                tags = sorted(tag.name for tag in item.tags.all())
                found[item.pk] = index.Extra(own[item.pk].words(), tags)
    return found


def there(*, owner: Any, ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that are items of the owner."""
    return set(Item.objects.of(owner).filter(pk__in=ids).values_list("pk", flat=True))
