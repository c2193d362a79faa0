"""Imports as batches: started, reported, undone whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from upswing.record import rules
from upswing.record.actions import erase_all
from upswing.record.models import Batch, Item, ItemQuerySet, Link, ReportPage
from upswing.record.rows import rows

# An export comes back with links to what was there already; nothing tells those from later ones.
BRING_LINKS = {"upswing"}


@dataclass(frozen=True)
class Undone:
    """What an undo took away, and the titles of what it kept because it was changed since."""

    erased: int
    kept: list[str]


def start(*, owner: Any, now: datetime, source: str, file_name: str) -> Batch:
    """Begin a batch; the caller is inside the import's transaction."""
    name = rules.file_name(file_name)
    return Batch.objects.create(owner=owner, source=source, file_name=name, made_at=now)


def write_report(batch_id: UUID, pages: Iterable[Sequence[Any]]) -> None:
    """Keep the report of an import, page by page, after what is kept of it already.

    Each row is as `ReportPage` has it.
    """
    first = ReportPage.objects.filter(batch_id=batch_id).count()
    for number, page in enumerate(pages, start=first):
        ReportPage.objects.create(batch_id=batch_id, number=number, rows=page)


def report(batch: Batch) -> Iterator[Any]:
    """The rows of an import's report, in the order of its file."""
    for page in batch.report_pages.order_by("number").iterator(chunk_size=1):
        yield from page.rows


@transaction.atomic
def undo(batch: Batch, *, now: datetime) -> Undone:
    """Erase what the import brought; what the person has worked on since is theirs, and stays."""
    brought = Item.objects.filter(batch=batch)
    changed = _changed(batch)
    kept = [row.title for row in rows(changed.newest_first())]
    changed.update(batch=None)
    erased = erase_all(brought)
    # the report names each row by its first words, and those are to be gone too
    ReportPage.objects.filter(batch=batch).delete()
    Batch.objects.filter(pk=batch.pk).update(undone_at=now)
    return Undone(erased=erased, kept=kept)


def _changed(batch: Batch) -> ItemQuerySet:
    """What was edited since, got a file, or was joined with something from elsewhere.

    Links inside the batch are the import's own, and so are all links where it brought some.
    """
    links = Link.objects.none() if batch.source in BRING_LINKS else Link.objects.all()
    leading_out = links.filter(source__batch=batch).exclude(target__batch=batch)
    leading_in = links.filter(target__batch=batch).exclude(source__batch=batch)
    about = Item.objects.filter(setback__item__batch=batch).exclude(batch=batch)
    return Item.objects.filter(batch=batch).filter(
        Q(updated_at__gt=batch.made_at)
        | Q(pk__in=leading_out.values("source"))
        | Q(pk__in=leading_in.values("target"))
        | Q(pk__in=about.values("setback"))
    )


def all_of(*, owner: Any) -> list[Batch]:
    """Every import of the owner, newest first."""
    return list(Batch.objects.filter(owner=owner))
