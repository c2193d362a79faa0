"""Reading the spine. The only module that fetches an item by its id, and only for its owner."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from string import hexdigits
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection
from django.db.models import Count, F, Model, Q, QuerySet

from upswing.record import index
from upswing.record.models import (
    Attachment,
    Batch,
    Facet,
    Item,
    ItemQuerySet,
    Link,
    Revision,
    Setback,
    facets,
)
from upswing.record.rows import Row, rows
from upswing.record.rules import tag_name

Found = TypeVar("Found", bound=Model)

# How a relation reads from its target; "written with" is shown by the entry itself.
BACKWARDS = {
    "a second voice to": "answered in a second voice",
    "written with": "written with",
    "evidence against": "speaks against",
    "shown by": "shows",
    "named in": "its factors",
    "taken from": "lessons",
    "seen by": "saw",
}
PAGE = 30
MEMORIES = 10
SHORTEST_ID, LONGEST_ENDING, ALIKE = 4, 12, 1000


class NotHere(Exception):
    """No such item, or somebody else's: the answer is the same."""


@dataclass(frozen=True)
class Page:
    """One page of a list; `older` is the position to go on below, None at the end."""

    rows: list[Row]
    older: int | None


def item(*, owner: Any, id: UUID | str, kind: str | None = None) -> Item:
    """The owner's item. Raises NotHere."""
    found = Item.objects.of(owner).select_related("setback__item", "owner")
    return _only(found.filter(kind=kind) if kind else found, id)


def _only(found: QuerySet[Found], id: UUID | str | int) -> Found:
    try:
        return found.get(pk=id)
    except (ObjectDoesNotExist, ValidationError):  # not there; not an id at all
        raise NotHere from None


def facet(item: Item) -> Facet:
    """The item's own columns."""
    return facets()[item.kind].objects.select_related("item").get(pk=item.pk)


def attachment(*, owner: Any, id: UUID | str) -> Attachment:
    """The owner's file. Raises NotHere."""
    return _only(Attachment.objects.filter(item__owner=owner).select_related("item"), id)


def files(item: Item) -> list[Attachment]:
    """The item's files in the order in which they came, without their bytes."""
    return list(item.attachments.defer("data").order_by("pk"))


def revision(item: Item, id: int) -> Revision:
    """How the item read before one of its changes. Raises NotHere."""
    return _only(item.revisions.select_related("item"), id)


def ties(item: Item) -> list[tuple[str, list[Row]]]:
    """The items joined to this one: the words of the relation, read from here, and its rows."""
    kept = Q(source__trashed_at=None, target__trashed_at=None)
    joined = Link.objects.filter(Q(source=item) | Q(target=item), kept).order_by("pk")
    found: dict[str, list[UUID]] = {}
    for source, target, relation in joined.values_list("source", "target", "relation"):
        out = source == item.pk
        words = relation if out else BACKWARDS.get(relation, f"{relation}: for")
        found.setdefault(words, []).append(target if out else source)
    ids = [pk for some in found.values() for pk in some]
    own = {row.id: row for row in rows(Item.objects.filter(pk__in=ids))} if ids else {}
    return [(words, [own[pk] for pk in some]) for words, some in found.items()]


def linked(item: Item, *, relation: str) -> list[Row]:
    """The items from which a link of this `relation` leads to `item`."""
    sources = list(item.links_in.filter(relation=relation).values_list("source", flat=True))
    return rows(Item.objects.of(item.owner).kept().filter(pk__in=sources).newest_first())


def batch(*, owner: Any, id: UUID | str) -> Batch:
    """The owner's import. Raises NotHere."""
    return _only(Batch.objects.filter(owner=owner), id)


def by_ending(*, owner: Any, ending: str) -> Item:
    """The owner's item whose id is, or ends with, `ending` (four or more signs). Raises NotHere."""
    plain = ending.lower()
    if len(plain) > LONGEST_ENDING:
        return item(owner=owner, id=plain)
    if len(plain) < SHORTEST_ID or not set(plain) <= set(hexdigits):
        raise NotHere
    # First over the ids alone, which costs no look at any item.
    alike = list(Item.objects.filter(pk__endswith=plain).values_list("pk", flat=True)[:ALIKE])
    found = Item.objects.of(owner).filter(pk__in=alike).values_list("pk", flat=True)
    if len(found) != 1:
        raise NotHere
    return item(owner=owner, id=found[0])


def timeline(
    *,
    owner: Any,
    kinds: Sequence[str] = (),
    setback: Setback | None = None,
    tag: str = "",
    year: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> Page:
    """The owner's items, newest first, narrowed by what is given."""
    found = Item.objects.of(owner).kept()
    if kinds:
        found = found.filter(kind__in=kinds)
    if setback is not None:
        found = found.filter(setback=setback)
    if year:
        found = found.lived_between(date(year, 1, 1), date(year + 1, 1, 1))
    return page(found, before=before, limit=limit, tag=tag_name(tag))


def page(found: ItemQuerySet, *, before: int | None, limit: int = PAGE, tag: str = "") -> Page:
    """Up to `limit` of `found`, newest first, below the position `before`; with the tag, if any."""
    below = found if before is None else found.filter(position__lt=before)
    ordered = _tagged(below, tag, before) if tag else below.newest_first()
    read = rows(ordered[: limit + 1])
    older = read[limit - 1].position if len(read) > limit else None
    return Page(rows=read[:limit], older=older)


def _tagged(found: ItemQuerySet, tag: str, before: int | None) -> ItemQuerySet:
    # Read from the full-text index, a rare tag is found as soon as a common one.
    match = index.match(index.Sought(marks=((index.tag_mark(tag),),)))
    return index.newest_first(found.filter(tags__name=tag), match, high=before)


def on_this_day(*, owner: Any, today: date, years: int = 30) -> list[Row]:
    """Entries of this day in earlier years; the last day of February also shows a 29th."""
    days = [day for back in range(1, years + 1) for day in _same_day(today, today.year - back)]
    found = Item.objects.of(owner).kept().filter(kind="entry", day__in=days)
    # A sum, as no index has one: by the bare position an engine would walk back through all. And
    # places alone are sorted, since the engine wipes all memory that whole texts go through.
    newest = found.order_by((F("position") + 0).desc()).values("position")[:MEMORIES]
    return rows(Item.objects.of(owner).filter(position__in=newest).newest_first())


def _same_day(today: date, year: int) -> list[date]:
    if (today.month, today.day) == (2, 29):
        return [date(year, 2, 29)] if isleap(year) else []
    last = (today.month, today.day) == (2, 28) and not isleap(today.year)
    leap_day = [date(year, 2, 29)] if last and isleap(year) else []
    return [today.replace(year=year), *leap_day]


def years(*, owner: Any) -> list[int]:
    """The years in which something was lived, newest first."""
    with connection.cursor() as cursor:
        new_year = NEW_YEAR[connection.vendor == "postgresql"]
        cursor.execute(YEARS.format(new_year=new_year), [owner.pk, owner.pk])
        return [int(str(day)[:4]) for (day,) in cursor.fetchall()]


# One step in the index for each year, instead of a look at every item.
NEW_YEAR = {
    True: "date_trunc('year', newest.day)::date",
    False: "substr(newest.day, 1, 4) || '-01-01'",
}
YEARS = """
    WITH RECURSIVE newest(day) AS (
        SELECT max(day) FROM upswing_item WHERE owner_id = %s AND trashed_at IS NULL
        UNION ALL
        SELECT (
            SELECT max(day) FROM upswing_item
            WHERE owner_id = %s AND trashed_at IS NULL AND day < {new_year}
        ) FROM newest WHERE day IS NOT NULL
    )
    SELECT day FROM newest WHERE day IS NOT NULL"""


def tags(*, owner: Any) -> list[tuple[str, int]]:
    """Tags with the number of items that carry them, most used first."""
    uses = Item.tags.through.objects.filter(tag__owner=owner)
    gone = Counter(uses.filter(item__in=Item.objects.of(owner).trashed()).values_list("tag__name"))
    counted = uses.values_list("tag__name").annotate(uses=Count("*")).order_by()
    kept = [(name, count - gone[(name,)]) for name, count in counted]
    return sorted([use for use in kept if use[1]], key=lambda use: (-use[1], use[0]))


def trashed(*, owner: Any) -> list[Row]:
    """What lies in the trash."""
    return rows(Item.objects.of(owner).trashed().order_by("-trashed_at")[:200])


def in_trash(*, owner: Any) -> int:
    """How many items lie in the trash."""
    return Item.objects.of(owner).trashed().count()


def kept(*, owner: Any) -> int:
    """How many items there are, outside the trash."""
    return Item.objects.of(owner).kept().count()
