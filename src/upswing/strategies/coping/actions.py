"""Writing and checking in. Every door calls these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from upswing.errors import RuleError, all_at_once
from upswing.record import actions
from upswing.record.attachments import NewFile, attach, detach
from upswing.record.models import Attachment, Item, Revision, Setback
from upswing.strategies.coping import rules
from upswing.strategies.coping.models import CheckIn, Entry
from upswing.strategies.coping.reads import own_tags


@transaction.atomic
def write_entry(
    *,
    owner: Any,
    now: datetime,
    zone: str,
    body: str,
    title: str = "",
    happened_at: datetime | None = None,
    setback: Setback | None = None,
    tags: Iterable[str] = (),
    starred: bool = False,
    files: Iterable[NewFile] = (),
) -> Item:
    """Write a journal entry with its files. #words in the text become tags. Times are aware."""
    with all_at_once() as ask:
        ask(_not_empty, title, body)
        ask(rules.lived, happened_at, now)
        item = ask(
            actions.add,
            Entry(starred=starred),
            owner=owner,
            now=now,
            zone=zone,
            title=title,
            body=body,
            happened_at=happened_at,
            setback=setback,
            tags=[*tags, *rules.hashtags(body)],
        )
    _attach(item, now, files)
    return item


def _attach(item: Item, now: datetime, files: Iterable[NewFile]) -> None:
    for file in files:
        attach(item, now=now, name=file.name, data=file.data)


def _not_empty(title: str, body: str) -> None:
    if not title.strip() and not body.strip():
        raise RuleError("body", "There is nothing written yet. One word is enough.")


@transaction.atomic
def edit_entry(
    item: Item,
    *,
    now: datetime,
    title: str,
    body: str,
    happened_at: datetime,
    zone: str,
    setback: Setback | None,
    tags: Iterable[str],
    files: Iterable[NewFile] = (),
    remove: Iterable[Attachment] = (),
) -> None:
    """Change an entry; how it read before is kept in its history. `remove` goes for good."""
    with all_at_once() as ask:
        ask(_not_empty, title, body)
        ask(_lived, item, happened_at, now)
        ask(
            actions.change,
            item,
            now=now,
            title=title,
            body=body,
            happened_at=happened_at,
            zone=zone,
            setback=setback,
            tags=[*tags, *rules.hashtags(body)],
        )
    for file in remove:
        detach(file)
    _attach(item, now, files)


def _lived(item: Item, happened_at: datetime, now: datetime) -> None:
    """A new moment has to be behind; one that stands there already stays as it came."""
    if happened_at != item.happened_at:
        rules.lived(happened_at, now)


def take_back(revision: Revision, *, now: datetime) -> None:
    """Let an entry read as it did before; how it reads now joins its history."""
    item = revision.item
    edit_entry(
        item,
        now=now,
        title=revision.title,
        body=revision.body,
        happened_at=item.happened_at,
        zone=item.zone,
        setback=item.setback,
        tags=own_tags(item),
    )


def star(item: Item, *, now: datetime, starred: bool) -> None:
    """Mark an entry, or take the mark away."""
    facet = Entry.objects.get(pk=item.pk)
    facet.starred = starred
    actions.change(item, now=now, facet=facet)


def _check_in_values(
    body: str,
    *,
    mood: int | None,
    energy: int | None,
    stress: int | None,
    feelings: Iterable[str],
) -> dict[str, Any]:
    """The columns of a check-in. Raises RuleError, also where nothing at all is said."""
    with all_at_once() as ask:
        ask(rules.scales, {"mood": mood, "energy": energy, "stress": stress})
        words = ask(rules.feelings, feelings)
    values = {"mood": mood, "energy": energy, "stress": stress, "feelings": words}
    _says_something(values, body)
    return values


def check_in(
    *,
    owner: Any,
    now: datetime,
    zone: str,
    mood: int | None = None,
    energy: int | None = None,
    stress: int | None = None,
    feelings: Iterable[str] = (),
    body: str = "",
    happened_at: datetime | None = None,
    setback: Setback | None = None,
    tags: Iterable[str] = (),
) -> Item:
    """Record how it is: any of mood, energy, stress (1-10), feeling words, a line of text."""
    given = {"mood": mood, "energy": energy, "stress": stress, "feelings": feelings}
    with all_at_once() as ask:
        values = ask(_check_in_values, body, **given)
        ask(rules.lived, happened_at, now)
    return actions.add(
        CheckIn(**values),
        owner=owner,
        now=now,
        zone=zone,
        title=rules.summary(mood, energy, stress, values["feelings"]),
        body=body,
        happened_at=happened_at,
        setback=setback,
        tags=[*tags, *rules.hashtags(body)],
    )


def _says_something(values: dict[str, Any], body: str) -> None:
    if not body.strip() and not any(values.values()):
        raise RuleError("mood", "Choose one number or one word, or write a line.")


@transaction.atomic
def edit_check_in(
    item: Item,
    *,
    now: datetime,
    mood: int | None,
    energy: int | None,
    stress: int | None,
    feelings: Iterable[str],
    body: str,
    happened_at: datetime,
    zone: str,
    setback: Setback | None,
) -> None:
    """Change a check-in. Tags that the old text brought go with it; tags given by hand stay."""
    given = {"mood": mood, "energy": energy, "stress": stress, "feelings": feelings}
    with all_at_once() as ask:
        values = ask(_check_in_values, body, **given)
        ask(_lived, item, happened_at, now)
    actions.read_again(item)
    facet = CheckIn.objects.get(pk=item.pk)
    brought = rules.hashtags(item.body)
    by_hand = item.tags.exclude(name__in=brought).values_list("name", flat=True)
    for name, value in values.items():
        setattr(facet, name, value)
    actions.change(
        item,
        now=now,
        facet=facet,
        title=rules.summary(mood, energy, stress, values["feelings"]),
        body=body,
        happened_at=happened_at,
        zone=zone,
        setback=setback,
        tags=[*by_hand, *rules.hashtags(body)],
    )
