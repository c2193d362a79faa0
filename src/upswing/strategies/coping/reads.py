"""Reading entries and check-ins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Avg

from upswing.record.models import Item
from upswing.record.reads import Page, page
from upswing.strategies.coping.models import CheckIn, Entry
from upswing.strategies.coping.rules import hashtags


def entries(*, owner: Any, starred: bool = False, before: int | None = None) -> Page:
    """One page of the journal, newest first, below the position `before`."""
    found = Item.objects.of(owner).kept().filter(kind=Entry.KIND)
    if starred:  # named by their places too, which an engine looks up; it would walk over all else
        places = Entry.objects.filter(starred=True).values("item__position")
        found = found.filter(entry_facet__starred=True, position__in=places)
    return page(found, before=before)


def starred(ids: Iterable[UUID]) -> set[UUID]:
    """Those of the entries that are starred."""
    return set(Entry.objects.filter(pk__in=list(ids), starred=True).values_list("pk", flat=True))


def own_tags(item: Item) -> list[str]:
    """The tags that the item carries beside the #words in its text."""
    in_text = hashtags(item.body)
    names = item.tags.order_by("name").values_list("name", flat=True)
    return [name for name in names if name not in in_text]


@dataclass(frozen=True)
class Latest:
    """The newest check-in. `lived_at` is wall-clock time."""

    lived_at: datetime
    mood: int | None
    energy: int | None
    stress: int | None


def latest(*, owner: Any) -> Latest | None:
    """The newest check-in, if there is one."""
    found = CheckIn.objects.filter(
        item__owner=owner, item__trashed_at=None, item__kind=CheckIn.KIND
    )
    values = found.order_by("-item__position").values_list(
        "item__happened_at", "item__zone", "mood", "energy", "stress"
    )
    for happened_at, zone, mood, energy, stress in values[:1]:
        return Latest(happened_at.astimezone(ZoneInfo(zone)), mood, energy, stress)
    return None


def mood_by_day(*, owner: Any, first: date, last: date) -> Sequence[tuple[date, float]]:
    """The mean mood (1-10) of each lived day that has one, in order of days."""
    found = CheckIn.objects.filter(
        item__owner=owner,
        item__trashed_at=None,
        item__kind=CheckIn.KIND,
        item__day__range=(first, last),
        mood__isnull=False,
    )
    days = found.values_list("item__day").annotate(mean=Avg("mood")).order_by("item__day")
    return list(days)
