"""What an import would do, or did: counts, and row by row."""

from __future__ import annotations

from typing import Any

import click

from upswing.cli import say
from upswing.exchange.ledger import Verdict
from upswing.exchange.plan import Plan

LABEL = 18
WORDS = {"new": "new", "there": "there already", "skipped": "left out"}
MOST_REMARKS = 20
MOST_TAGS = 8


def foretell(plan: Plan, source: str) -> None:
    """Print the counts."""
    say.fact("It comes from", source, LABEL)
    say.fact("New", _new(plan), LABEL)
    say.fact("There already", f"{plan.there:,}", LABEL)
    say.fact("Left out", f"{plan.skipped:,}", LABEL)
    if plan.tags:
        common = ", ".join(tag for tag, _ in plan.tags.most_common(MOST_TAGS))
        more = f" and {len(plan.tags) - MOST_TAGS} more" if len(plan.tags) > MOST_TAGS else ""
        say.fact("Tags", common + more, LABEL)
    if plan.check_ins:
        say.fact("Check-ins in it", f"{plan.check_ins:,}", LABEL)
    if plan.thoughts:
        say.fact("Thought records", f"{plan.thoughts:,}", LABEL)
    if plan.traps:
        traps = ", ".join(f"{name} {count}" for name, count in plan.traps.most_common())
        say.fact("Thinking traps", traps, LABEL)
    if plan.files:
        say.fact("Pictures, files", f"{plan.files:,}", LABEL)
    if plan.starred:
        say.fact("Starred", f"{plan.starred:,}", LABEL)
    click.echo()


def _new(plan: Plan) -> str:
    if not plan.first or not plan.last:
        return f"{plan.new:,}"
    return f"{plan.new:,}, lived from {plan.first:%Y-%m-%d} to {plan.last:%Y-%m-%d}"


def rows(plan: Plan, *, every: bool) -> None:
    """Print every row, or only those about which there is something to say."""
    shown = plan.verdicts if every else plan.told[:MOST_REMARKS]
    for verdict in shown:
        _row(verdict)
    left = len(plan.told) - len(shown)
    if left > 0:
        say.note(f"And {say.amount(left, 'more remark')}: see them with --report")
    if shown:
        click.echo()


def _row(verdict: Verdict) -> None:
    lived = f"{verdict.local:%Y-%m-%d %H:%M}  " if verdict.local else ""
    label = say.one_line(verdict.label)
    say.sides(f"{lived}{label}", f"{WORDS[verdict.outcome]}, {verdict.where}")
    if verdict.reason:
        say.lines(verdict.reason, indent="  ", dim=True)


def data(plan: Plan, batch: str, *, rows: bool) -> dict[str, Any]:
    """The same for `--json`; `batch` is empty for a dry run."""
    told = plan.verdicts if rows else plan.told
    return {
        "batch": batch or None,
        "new": plan.new,
        "there": plan.there,
        "skipped": plan.skipped,
        "first": plan.first.isoformat() if plan.first else None,
        "last": plan.last.isoformat() if plan.last else None,
        "tags": dict(plan.tags),
        "starred": plan.starred,
        "check_ins": plan.check_ins,
        "thoughts": plan.thoughts,
        "traps": dict(plan.traps),
        "files": plan.files,
        "rows": [_data(verdict) for verdict in told],
    }


def _data(verdict: Verdict) -> dict[str, Any]:
    return {
        "where": verdict.where,
        "label": verdict.label,
        "local": verdict.local.isoformat() if verdict.local else None,
        "outcome": verdict.outcome,
        "reason": verdict.reason,
    }
