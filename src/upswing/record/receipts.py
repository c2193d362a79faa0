"""What came in under a name of its own counts once, however often it comes."""

from __future__ import annotations

from datetime import datetime

from upswing.record.models import Receipt


def first_time(id: str, *, now: datetime) -> bool:
    """Whether `id` (at most 64 characters) comes for the first time; from now on it is known.

    Call it in the transaction that writes what `id` stands for: then both are kept, or neither.
    """
    return Receipt.objects.get_or_create(id=id, defaults={"delivered_at": now})[1]


def known(id: str) -> bool:
    """Whether what `id` stands for was written."""
    return Receipt.objects.filter(pk=id).exists()
