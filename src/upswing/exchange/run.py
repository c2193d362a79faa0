"""The import itself: one transaction, one batch that can be undone whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from upswing.exchange.plan import Plan, judged
from upswing.exchange.rows import Row
from upswing.record import batches, bulk
from upswing.record.models import Batch, Setback

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
    plan, places = Plan(), bulk.Places(owner)
    for chunk in judged(owner, rows, now=now):
        new = [each.new for each in chunk if each.new]
        bulk.add_many(new, owner=owner, now=now, batch=batch, places=places, setback=setback)
        for each in chunk:
            plan.add(each)
        progress(plan.total, max(total, plan.total))
    _report(batch, plan)
    return Report(batch, plan)


def _report(batch: Batch, plan: Plan) -> None:
    batch.added, batch.there, batch.skipped = plan.new, plan.there, plan.skipped
    batch.rows = [[each.where, each.outcome, each.reason, each.label] for each in plan.verdicts]
    batch.save()
