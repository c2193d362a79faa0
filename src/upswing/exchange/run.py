"""The import itself: one transaction, one batch that can be undone whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from upswing.exchange import enclosed
from upswing.exchange.plan import Judged, Plan, judged
from upswing.exchange.rows import Row
from upswing.record import batches, bulk
from upswing.record.attachments import Shelf
from upswing.record.models import Batch, Item, Setback

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What an import did. plan: its counts and verdicts, "new" meaning brought in."""

    batch: Batch
    plan: Plan


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


@transaction.atomic
def import_rows(
    owner: Any,
    rows: Iterable[Row],
    *,
    now: datetime,
    source: str,
    file_name: str,
    setback: Setback | None = None,
    total: int = 0,
    progress: Progress = _silent,
) -> Report:
    """Record every row that is new, all or nothing, and keep a report with the batch.

    total: rows as the dry run counted them, handed to `progress(done, total)` after each chunk.
    setback: what all of it belongs to. Raises ImportProblem where the file cannot be read.
    """
    batch = batches.start(owner=owner, now=now, source=source, file_name=file_name)
    plan, places, joins = Plan(), bulk.Places(owner), list[bulk.Join]()
    for chunk in judged(owner, rows, now=now):
        new = [each.new for each in chunk if each.new]
        items = bulk.add_many(
            new, owner=owner, now=now, batch=batch, places=places, setback=setback
        )
        joins += _joins(chunk)
        for each in _with_files(chunk, items):
            plan.add(each)
        progress(plan.total, max(total, plan.total))
    bulk.join(joins, owner=owner)
    keep_report(batch, plan)
    return Report(batch, plan)


def _with_files(chunk: list[Judged], items: list[Item]) -> Iterator[Judged]:
    """Keep the files of the new items; a file that turns out unreadable is told at its row."""
    shelf, made = Shelf(), iter(items)
    for each in chunk:
        item = next(made) if each.new else None
        notes = enclosed.keep(each.files, item, shelf) if item else []
        yield _noted(each, notes) if notes else each
    shelf.write()


def _noted(each: Judged, notes: list[str]) -> Judged:
    reason = " ".join(filter(None, (each.verdict.reason, *notes)))
    kept = each.files[: len(each.files) - len(notes)]
    return replace(each, verdict=replace(each.verdict, reason=reason), files=kept)


def _joins(chunk: list[Judged]) -> list[bulk.Join]:
    both = ((each.new, each.joined) for each in chunk)
    return [bulk.Join(new.external_id, *joined) for new, joined in both if new and joined]


def keep_report(batch: Batch, plan: Plan) -> None:
    """Keep counts and verdicts with the batch."""
    batch.added, batch.there, batch.skipped = plan.new, plan.there, plan.skipped
    batch.save()
    batches.write_report(batch.pk, plan.verdicts.pages())
