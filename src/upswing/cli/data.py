"""What `--json` prints of the record: stable keys, whole ids, ISO times with their offset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from upswing.record.models import Item, Setback
from upswing.record.rows import Row

if TYPE_CHECKING:
    from upswing.journeys.stones import Standing


def row(row: Row) -> dict[str, Any]:
    """One line of a list."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "title": row.title,
        "excerpt": row.excerpt,
        "lived_at": row.lived_at.isoformat(),
        "zone": str(row.lived_at.tzinfo),
        "day": row.day.isoformat(),
        "setback": _about(row.setback_id, row.setback),
    }


def ties(joined: Sequence[tuple[str, Sequence[Row]]]) -> list[dict[str, Any]]:
    """The items joined to another one, by the words of each relation."""
    return [{"words": words, "items": [row(one) for one in rows]} for words, rows in joined]


def _about(setback_id: object, title: str) -> dict[str, str] | None:
    return {"id": str(setback_id), "title": title} if setback_id else None


def item(item: Item) -> dict[str, Any]:
    """One item, whole, without its facet."""
    about = item.setback
    return {
        "id": str(item.pk),
        "kind": item.kind,
        "title": item.title,
        "body": item.body,
        "lived_at": item.lived_at.isoformat(),
        "zone": item.zone,
        "day": item.day.isoformat(),
        "tags": sorted(tag.name for tag in item.tags.all()),
        "setback": _about(about.pk, about.item.title) if about else None,
        "created_at": item.created_at.isoformat(),
        "updated_at": item.updated_at.isoformat(),
        "trashed_at": item.trashed_at.isoformat() if item.trashed_at else None,
    }


def setback(one: Setback) -> dict[str, Any]:
    """A setback with its own columns."""
    return item(one.item) | {
        "sort": one.sort,
        "weight": one.weight,
        "weight_now": one.weight_now,
        "losses": one.losses,
        "course": one.course,
        "closed_at": one.closed_at.isoformat() if one.closed_at else None,
        "closing_words": one.closing_words,
    }


def stones(path: list[Standing]) -> list[dict[str, Any]]:
    """The eight stones in order."""
    return [
        {
            "key": one.strategy.key,
            "name": one.strategy.name,
            "stage": one.strategy.stage,
            "state": one.state,
        }
        for one in path
    ]
