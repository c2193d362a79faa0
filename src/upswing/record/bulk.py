"""Many items at once, for imports: the same rows as `actions.add` makes, in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from upswing.moments import lived_day
from upswing.record import index, rules
from upswing.record.actions import last_positions, own, tags_named
from upswing.record.models import Batch, Facet, Item, Link, Setback

JOINED_AT_ONCE = 200


@dataclass(frozen=True)
class New:
    """One item to add, with its unsaved facet."""

    facet: Facet
    happened_at: datetime
    zone: str
    external_id: str
    title: str = ""
    body: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Join:
    """A link between two items, named by their external ids, that is read from source to target."""

    source: str
    target: str
    relation: str


class Places:
    """Free positions for one owner, given out one after the other."""

    def __init__(self, owner: Any) -> None:
        self.owner = owner
        self.last: dict[int, int | None] = {}

    def look(self, moments: Iterable[datetime]) -> None:
        """Ask the record once what is taken at these moments."""
        firsts = {rules.first_position(moment) for moment in moments}
        self.last = last_positions(self.owner, sorted(firsts)) if firsts else {}

    def take(self, moment: datetime) -> int:
        """The next free position at a moment that was looked at. Raises RuleError where none is."""
        first = rules.first_position(moment)
        here = rules.place(moment, self.last[first])
        self.last[first] = here
        return here


def add_many(
    new: Sequence[New],
    *,
    owner: Any,
    now: datetime,
    batch: Batch,
    places: Places,
    setback: Setback | None = None,
) -> list[Item]:
    """Record all of `new` (of one kind) in a few statements. Raises RuleError as `add` does.

    Rules are asked before anything is written. The caller is inside the import's transaction: at a
    savepoint of our own the full-text index would write out all that it has in memory.
    """
    own(owner.pk, setback)
    places.look(one.happened_at for one in new)
    items = [_item(one, owner, now, batch, places, setback) for one in new]
    tags = [rules.tags(one.tags) for one in new]
    Item.objects.bulk_create(items)
    _facets(new, items)
    tag_items(items, tags, owner)
    extra: dict[object, index.Extra] = {
        item.pk: index.Extra(one.facet.words(), names)
        for one, item, names in zip(new, items, tags, strict=True)
    }
    index.put(items, extra)
    return items


def join(joins: Sequence[Join], *, owner: Any) -> None:
    """Link items of the owner; where one of the two is not there, nothing is linked."""
    for at in range(0, len(joins), JOINED_AT_ONCE):
        some = joins[at : at + JOINED_AT_ONCE]
        names = {name for each in some for name in (each.source, each.target)}
        found = Item.objects.filter(owner=owner, external_id__in=names)
        ids = dict(found.values_list("external_id", "pk"))
        Link.objects.bulk_create(
            Link(source_id=ids[each.source], target_id=ids[each.target], relation=each.relation)
            for each in some
            if each.source in ids and each.target in ids
        )


def _item(
    one: New, owner: Any, now: datetime, batch: Batch, places: Places, setback: Setback | None
) -> Item:
    return Item(
        owner=owner,
        kind=one.facet.KIND,
        title=rules.title(one.title),
        body=rules.body(one.body),
        happened_at=rules.happened_at(one.happened_at),
        zone=one.zone,
        day=lived_day(one.happened_at, one.zone),
        position=places.take(one.happened_at),
        created_at=now,
        updated_at=now,
        setback=setback,
        batch=batch,
        external_id=one.external_id,
    )


def _facets(new: Sequence[New], items: Sequence[Item]) -> None:
    for one, item in zip(new, items, strict=True):
        one.facet.item = item
    kinds = {type(one.facet) for one in new}
    for kind in kinds:
        kind.objects.bulk_create([one.facet for one in new if type(one.facet) is kind])


def tag_items(items: Sequence[Item], tags: Sequence[Sequence[str]], owner: Any) -> None:
    """Give each of the items, which have no tags yet, those that `tags` has in its place."""
    names = sorted({name for each in tags for name in each})
    known = {tag.name: tag.pk for tag in tags_named(owner, names)}
    through = Item.tags.through
    through.objects.bulk_create(
        through(item_id=item.pk, tag_id=known[name])
        for item, each in zip(items, tags, strict=True)
        for name in each
    )
