"""What was lived before a test, told through the real verbs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from upswing.accounts.models import User
from upswing.record.models import Item
from upswing.strategies.coping import actions


def an_hour_ago() -> datetime:
    """By the real clock: the pages read it themselves and refuse what is still to come."""
    return datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)


def written(owner: User, now: datetime, body: str = "A day.", **fields: Any) -> Item:
    """An entry, lived at `now` in Berlin unless `fields` say otherwise."""
    values: dict[str, Any] = {"zone": "Europe/Berlin", "happened_at": now} | fields
    return actions.write_entry(owner=owner, now=now, body=body, **values)
