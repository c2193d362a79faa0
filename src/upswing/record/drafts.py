"""What stands in forms that were not sent yet, kept inside the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from upswing.errors import RuleError
from upswing.record import rules
from upswing.record.models import Draft

LONGEST_KEY = 120
LENGTH_OF_ID = 36


def keep(*, owner: Any, key: str, fields: dict[str, Any], now: datetime) -> None:
    """Keep the fields of the form `key`; an empty form drops its draft."""
    if not any(fields.values()):
        drop(owner=owner, key=key)
        return
    size = sum(len(rules.readable("body", str(value)).encode()) for value in fields.values())
    if size > rules.LONGEST_BODY:
        raise RuleError("body", "This text is longer than one entry can hold.")
    Draft.objects.update_or_create(
        owner=owner, key=_key(key), defaults={"fields": fields, "saved_at": now}
    )


def find(*, owner: Any, key: str) -> Draft | None:
    """The draft of the form `key`, if there is one."""
    return Draft.objects.filter(owner=owner, key=_key(key)).first()


def drop(*, owner: Any, key: str) -> None:
    """Forget the draft of the form `key`."""
    Draft.objects.filter(owner=owner, key=_key(key)).delete()


def forget(ids: Iterable[UUID]) -> None:
    """Forget the drafts of changes to items that are erased; their keys end with the item's id."""
    gone = {str(id_) for id_ in ids}
    keys = Draft.objects.values_list("pk", "key")
    if unsent := [pk for pk, key in keys if key[-LENGTH_OF_ID:] in gone]:
        Draft.objects.filter(pk__in=unsent).delete()


def _key(key: str) -> str:
    return rules.readable("", key)[:LONGEST_KEY]


def waiting(*, owner: Any) -> list[Draft]:
    """Every draft, newest first."""
    return list(Draft.objects.filter(owner=owner).order_by("-saved_at"))
