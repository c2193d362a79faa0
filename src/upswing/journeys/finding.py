"""Own items that an exercise can be answered with: what one looks for, and what comes to mind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from upswing.errors import RuleError
from upswing.record import setbacks
from upswing.record.models import Item
from upswing.record.rows import Row, rows
from upswing.record.search import search
from upswing.strategies.compassion.catalogue.voices import OTHER_VOICE
from upswing.strategies.coping.reads import entries
from upswing.strategies.reviews.catalogue.review import SHOWN_BY

SHOWN = 8
TELLING = ("entry", "note", "thought")  # kinds that tell what happened


def offered(
    *, owner: Any, relation: str, words: str, chosen: Sequence[str], but: UUID | None
) -> list[Row]:
    """The chosen items, then up to SHOWN others: hits for `words`, or what fits the relation."""
    ids = [each for each in map(_id, chosen) if each]
    mine = Item.objects.of(owner).kept().filter(pk__in=ids).newest_first()
    kept = rows(mine)
    there = {row.id for row in kept} | {but}
    more = _hits(owner, words) if words.strip() else _at_hand(owner, relation, but)
    return kept + [row for row in more if row.id not in there][:SHOWN]


def _id(text: str) -> UUID | None:
    """What was chosen as an id; None for what a form cannot have sent."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _about(owner: Any, work: UUID | None) -> list[Row]:
    """What was written about the setback of the item `work`, or about the newest open one."""
    if work is not None:
        own = Item.objects.of(owner).filter(pk=work).values_list("setback", flat=True).first()
    else:
        current = setbacks.current(owner=owner)
        own = current.pk if current else None
    kept = Item.objects.of(owner).kept().filter(setback=own, kind__in=TELLING)
    return rows(kept.newest_first()[: 2 * SHOWN]) if own else []


def _hits(owner: Any, words: str) -> list[Row]:
    try:
        return [hit.row for hit in search(owner=owner, text=words, limit=2 * SHOWN).hits]
    except RuleError:  # half a query, such as one quotation mark: there is nothing to offer for it
        return []


def _at_hand(owner: Any, relation: str, work: UUID | None) -> list[Row]:
    """What often serves: entries that are starred, and lessons; nothing for a second voice.

    To a review it is what was written about the same setback.
    """
    if relation == OTHER_VOICE:
        return []
    if relation == SHOWN_BY:
        return _about(owner, work)
    kept = Item.objects.of(owner).kept()
    starred = entries(owner=owner, starred=True).rows[: 2 * SHOWN]
    lessons = kept.filter(kind="lesson").newest_first()[:SHOWN]
    found = [*starred, *rows(lessons)]
    return sorted(found, key=lambda row: -row.position)
