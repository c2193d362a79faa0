"""Every change to the spine. Each verb is one transaction: item, facet and index, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from upswing.accounts.models import User
from upswing.errors import RuleError, all_at_once
from upswing.moments import lived_day
from upswing.record import drafts, index, rules
from upswing.record.models import (
    Batch,
    Facet,
    Item,
    ItemQuerySet,
    Link,
    Revision,
    Setback,
    Tag,
)

LAST_POSITIONS = """WITH moments(first) AS (VALUES {rows}) SELECT first, (
    SELECT MAX(position) FROM upswing_item
    WHERE position >= first AND position < first + {places} {narrow}) FROM moments"""
REFERENCES = {"item", "owner", "setback", "batch"}
CHANGED = ("title", "body", "happened_at", "zone", "day", "position", "setback", "updated_at")


@transaction.atomic
def add(
    facet: Facet,
    *,
    owner: Any,
    now: datetime,
    zone: str,
    title: str = "",
    body: str = "",
    happened_at: datetime | None = None,
    setback: Setback | None = None,
    tags: Iterable[str] = (),
    batch: Batch | None = None,
    external_id: str | None = None,
) -> Item:
    """Record something new: `facet` is its own columns, unsaved. Times are aware; zone is IANA.

    Raises RuleError at the field that cannot be kept.
    """
    with all_at_once() as ask:
        names = ask(rules.tags, tags)
        moment = ask(rules.happened_at, happened_at or now)
        title, body = ask(rules.title, title), ask(rules.body, body)
        ask(own, owner.pk, setback)
    item = Item(
        owner=owner,
        kind=facet.KIND,
        title=title,
        body=body,
        happened_at=moment,
        zone=zone,
        day=lived_day(moment, zone),
        position=free_position(owner, moment),
        created_at=now,
        updated_at=now,
        setback=setback,
        batch=batch,
        external_id=external_id,
    )
    _insert(item)
    facet.item = item
    _insert(facet)
    if names:
        item.tags.add(*tags_named(owner, names))
    index.put([item], {item.pk: index.Extra(facet.words(), names)})
    return item


@transaction.atomic
def change(
    item: Item,
    *,
    now: datetime,
    facet: Facet | None = None,
    tags: Iterable[str] | None = None,
    history: bool = True,
    answers: dict[str, Any] | None = None,
    **fields: Any,
) -> None:
    """Change an item; how it read before is kept, unless `history` says that it is still growing.

    answers: of an exercise, what was answered before; with them it is kept whatever its text says.
    `fields` are title, body, happened_at, zone and setback. Raises RuleError as `add` does.
    """
    read_again(item)
    old = (item.title, item.body, item.position)
    with all_at_once() as ask:
        ask(own, item.owner_id, fields.get("setback"))
        names = None if tags is None else ask(rules.tags, tags)
        for name, value in fields.items():
            setattr(item, name, ask(rules.CLEAN.get(name, _as_it_is), value))
    if history and (answers is not None or (item.title, item.body) != old[:2]):
        title, body, _ = old
        Revision.objects.create(item=item, title=title, body=body, answers=answers, replaced_at=now)
    _move(item)
    item.updated_at = now
    _check(item)
    item.save(update_fields=CHANGED)
    if facet is not None:
        _check(facet)
        facet.save(force_update=True)
    if names is not None:
        set_tags(item, names)
    if item.position != old[2]:
        index.drop([old[2]])
    index.put([item], {item.pk: index.added(item)})


def read_again(item: Item) -> None:
    """Let `item` say what is recorded now, and stay so until the transaction ends.

    It was read before the transaction began; what another door wrote since would be overwritten
    without a trace.
    """
    item.refresh_from_db(fields=CHANGED, from_queryset=Item.objects.select_for_update())


def _as_it_is(value: Any) -> Any:
    return value


def _move(item: Item) -> None:
    item.day = lived_day(item.happened_at, item.zone)
    here = item.position // rules.PLACES_A_MOMENT * rules.PLACES_A_MOMENT
    if rules.first_position(item.happened_at) != here:
        item.position = free_position(item.owner, item.happened_at)


def own(owner_id: Any, setback: Setback | None) -> None:
    """Refuse a setback that is somebody else's, or gone meanwhile."""
    if setback is not None:
        own = Setback.objects.filter(pk=setback.pk, item__owner_id=owner_id)
        if not own.exists():
            raise RuleError("setback", "That setback is not here any more.")


def _insert(row: models.Model) -> None:
    _check(row)
    row.save(force_insert=True)


def _check(row: models.Model) -> None:
    """Check the columns. What they refer to is known by now; what is unique is made so."""
    try:
        row.full_clean(exclude=REFERENCES, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        said = [RuleError(field, some[0]) for field, some in error.message_dict.items()]
        raise RuleError(said[0].field, said[0].sentence, said[1:]) from None


def free_position(owner: Any, moment: datetime) -> int:
    """The next place among the items of that moment. Raises RuleError where all are taken."""
    first = rules.first_position(moment)
    return rules.place(moment, last_positions(owner, [first])[first])


def last_positions(owner: Any, firsts: Sequence[int]) -> dict[int, int | None]:
    """For the first position of each moment the last one that is taken there, None where none is.

    The vault asks over all owners, because the row number of its full-text index knows none.
    PostgreSQL asks for one, and holds the owner so that nobody else takes the same place meanwhile.
    """
    rows = ", ".join(["(%s)"] * len(firsts))
    narrow, params = "", list(firsts)
    if index.on_postgresql():
        User.objects.select_for_update().get(pk=owner.pk)
        narrow, params = "AND owner_id = %s", [*firsts, owner.pk]
    sql = LAST_POSITIONS.format(rows=rows, narrow=narrow, places=rules.PLACES_A_MOMENT)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())


def set_tags(item: Item, names: Iterable[str]) -> None:
    """Give the item exactly these tags; names are folded to lower case."""
    item.tags.set(tags_named(item.owner, rules.tags(names)))


def tags_named(owner: Any, names: Sequence[str]) -> list[Tag]:
    """The owner's tags of these names (as `rules.tags` gives them), made where they are new."""
    known = {tag.name: tag for tag in Tag.objects.filter(owner=owner, name__in=names)}
    return [
        known.get(name) or Tag.objects.get_or_create(owner=owner, name=name)[0] for name in names
    ]


@transaction.atomic
def link(source: Item, target: Item, *, relation: str) -> Link:
    """Join two items of one owner. Raises RuleError for items of two owners."""
    if source.owner_id != target.owner_id:
        raise RuleError("", "These two belong to different people.")
    return Link.objects.get_or_create(source=source, target=target, relation=relation)[0]


def unlink(source: Item, target: Item, *, relation: str) -> None:
    """Take a link away; nothing happens where there is none."""
    Link.objects.filter(source=source, target=target, relation=relation).delete()


def ask_about_words(item: Item, *, on: bool) -> None:
    """Let questions stand beside the words of this item, or not. Its text is not changed by it."""
    if item.second_look != on:
        Item.objects.filter(pk=item.pk).update(second_look=on)
        item.second_look = on


def trash(item: Item, *, now: datetime) -> None:
    """Put an item into the trash, whence it can come back."""
    Item.objects.filter(pk=item.pk).update(trashed_at=now)


def restore(item: Item) -> None:
    """Bring an item back from the trash."""
    Item.objects.filter(pk=item.pk).update(trashed_at=None)


def erase(items: Sequence[Item]) -> int:
    """Remove items for good, with all that hangs on them. Returns how many."""
    return erase_all(Item.objects.filter(pk__in=[item.pk for item in items]))


@transaction.atomic
def erase_all(items: ItemQuerySet) -> int:
    """Remove for good what `items` finds: text, facets, links, history, files, drafts and index."""
    found = list(items.values_list("pk", "position"))
    index.drop([position for _, position in found])
    drafts.forget(pk for pk, _ in found)
    items.only("pk").delete()
    transaction.on_commit(_forget_pages)
    return len(found)


def _forget_pages() -> None:
    """The write-ahead log still holds erased pages until it is folded back."""
    if not index.on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase_trash(*, owner: Any) -> int:
    """Empty the trash. Returns how many items went."""
    return erase_all(Item.objects.of(owner).trashed())
