"""What the doors call, whatever is brought in: look first, then bring in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from upswing.exchange.plan import Plan, dry_run
from upswing.exchange.rows import Options, Origin, Source
from upswing.exchange.run import Progress, Report, import_rows
from upswing.record.models import Setback


def look(source: Source, owner: Any, origin: Origin, options: Options, *, now: datetime) -> Plan:
    """The dry run: everything judged, nothing written. Raises ImportProblem."""
    if source.whole:
        plan: Plan = source.whole.look(owner, origin)
        return plan
    return dry_run(owner, source.read(origin, options), now=now)


def bring_in(
    source: Source,
    owner: Any,
    origin: Origin,
    options: Options,
    *,
    now: datetime,
    file_name: str,
    setback: Setback | None = None,
    total: int = 0,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Record what is new, all or nothing. Raises ImportProblem.

    total: rows as the dry run counted them, handed to `progress(done, total)`. setback: what all of
    it belongs to; an export of Upswing says so itself.
    """
    about: dict[str, Any] = {
        "now": now,
        "source": source.name,
        "file_name": file_name,
        "total": total,
        "progress": progress,
    }
    if source.whole:
        report: Report = source.whole.bring_in(owner, origin, **about)
        return report
    return import_rows(owner, source.read(origin, options), setback=setback, **about)
