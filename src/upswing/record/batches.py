"""Imports as batches: started, reported, undone whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from upswing.record.actions import erase_all
from upswing.record.models import Batch, Item
from upswing.record.rows import rows


@dataclass(frozen=True)
class Undone:
    """What an undo took away, and the titles of what it kept because it was changed since."""

    erased: int
    kept: list[str]


def start(*, owner: Any, now: datetime, source: str, file_name: str) -> Batch:
    """Begin a batch; the caller is inside the import's transaction."""
    return Batch.objects.create(owner=owner, source=source, file_name=file_name[:255], made_at=now)


@transaction.atomic
def undo(batch: Batch, *, now: datetime) -> Undone:
    """Erase what the import brought; items changed since are the person's own, and stay."""
    brought = Item.objects.filter(batch=batch)
    changed = brought.exclude(updated_at=F("created_at"))
    kept = [row.title for row in rows(changed.newest_first())]
    changed.update(batch=None)
    erased = erase_all(brought)
    Batch.objects.filter(pk=batch.pk).update(undone_at=now)
    return Undone(erased=erased, kept=kept)


def all_of(*, owner: Any) -> list[Batch]:
    """Every import of the owner, newest first, without the rows of its report."""
    return list(Batch.objects.filter(owner=owner).defer("rows"))
