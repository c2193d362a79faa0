"""Test data by keyword, through the real verbs. What a test does not name is not its matter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from upswing.accounts.models import User
from upswing.record import setbacks
from upswing.record.models import Item, Setback
from upswing.strategies.coping import actions

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def moment(text: str) -> datetime:
    """An ISO moment in UTC: "2026-11-22 18:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def entry(owner: User, body: str = "They said no.", *, at: str = "", **more: Any) -> Item:
    """A journal entry, lived `at` (UTC) or now."""
    given: dict[str, Any] = {"now": NOW, "zone": "UTC", "happened_at": _at(at)} | more
    return actions.write_entry(owner=owner, body=body, **given)


def check_in(owner: User, *, mood: int | None = 4, at: str = "", **more: Any) -> Item:
    """A check-in, lived `at` (UTC) or now."""
    given: dict[str, Any] = {"now": NOW, "zone": "UTC", "happened_at": _at(at)} | more
    return actions.check_in(owner=owner, mood=mood, **given)


def setback(owner: User, title: str = "Forty of us, one invitation", **more: Any) -> Setback:
    """A setback, told now."""
    given: dict[str, Any] = {"now": NOW, "zone": "UTC"} | more
    return setbacks.tell(owner=owner, title=title, **given)


def _at(text: str) -> datetime | None:
    return moment(text) if text else None
