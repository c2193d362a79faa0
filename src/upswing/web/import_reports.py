"""What imports brought: their list, each one's report row by row, and taking one back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from upswing import moments
from upswing.exchange.importers import source
from upswing.record import batches, reads
from upswing.record.models import Batch
from upswing.web import days
from upswing.web.lists import number, onwards
from upswing.web.page import show
from upswing.web.person import PersonRequest

PAGE = 100
OUTCOMES = {"new": "brought in", "there": "already there", "skipped": "left out"}


def past(request: PersonRequest) -> list[dict[str, Any]]:
    """The imports, newest first, as parts/rows.html takes them."""
    today = _today(request)
    return [
        {
            "title": batch.file_name,
            "href": reverse("import_report", args=[batch.pk]),
            "moment": batch.made_at,
            "fact": days.short(_here(batch.made_at, request).date(), today),
            "why": f"{_counts(batch)}{' · undone' if batch.undone_at else ''}",
        }
        for batch in batches.all_of(owner=request.owner)
    ]


def _here(moment: datetime, request: PersonRequest) -> datetime:
    return moment.astimezone(ZoneInfo(request.zone))


def _counts(batch: Batch) -> str:
    counted = (batch.added, batch.there, batch.skipped)
    pairs = zip(counted, OUTCOMES.values(), strict=True)
    return (
        " · ".join(f"{number(count)} {word}" for count, word in pairs if count) or "nothing in it"
    )


def _today(request: PersonRequest) -> date:
    return moments.lived_day(request.now, request.zone)


def line(where: str, outcome: str, reason: str, label: str, **words: str) -> dict[str, str]:
    """One row of a file as parts/rows.html takes it; `words` say an outcome in another way."""
    told = [where[:1].upper() + where[1:] if label else "", reason]
    return {
        "title": label or where,
        "fact": words.get(outcome, OUTCOMES[outcome]),
        "why": ". ".join(filter(None, told)),
    }


def paged(request: PersonRequest, lines: list[dict[str, str]]) -> dict[str, Any]:
    """One page (?rows=2) of the lines, and the ways to the others."""
    text = request.GET.get("rows", "1")
    last = max(1, -(-len(lines) // PAGE))
    here = min(last, max(1, int(text) if text.isdecimal() and len(text) < 9 else 1))
    return {
        "lines": lines[(here - 1) * PAGE : here * PAGE],
        "many": number(len(lines)),
        "earlier_url": onwards(request, rows=here - 1) if here > 1 else "",
        "further_url": onwards(request, rows=here + 1) if here < last else "",
    }


@require_safe
def report(request: PersonRequest, id: UUID) -> HttpResponse:
    """What became of each row of one import; ?show=… narrows it to one outcome."""
    batch = reads.batch(owner=request.owner, id=id)
    wanted = request.GET.get("show", "")
    lines = [
        line(where, outcome, reason, label)
        for where, outcome, reason, label in batches.report(batch)
        if wanted not in OUTCOMES or wanted == outcome
    ]
    return show(
        request,
        "imports_report.html",
        page="settings",
        batch=batch,
        label=source(batch.source).label,
        made=days.words(_here(batch.made_at, request).date(), _today(request)),
        counts=_counts(batch),
        brought=number(batch.added),
        can_undo=batch.undone_at is None and batch.items.exists(),
        ways=_ways(request, batch, wanted),
        **paged(request, lines),
    )


def _ways(request: PersonRequest, batch: Batch, wanted: str) -> list[dict[str, Any]]:
    counted = (batch.added, batch.there, batch.skipped)
    ways = [("", "All", sum(counted))]
    ways += [
        (key, word.capitalize(), count)
        for (key, word), count in zip(OUTCOMES.items(), counted, strict=True)
        if count
    ]
    return [
        {
            "href": onwards(request, show=key, rows=None),
            "words": f"{word} {number(count)}",
            "here": key == (wanted if wanted in OUTCOMES else ""),
        }
        for key, word, count in ways
    ]


@require_POST
def undo(request: PersonRequest, id: UUID) -> HttpResponse:
    """Take an import back whole; what was changed since is the person's own, and is named."""
    batch = reads.batch(owner=request.owner, id=id)
    kept = batches.undo(batch, now=request.now).kept if batch.undone_at is None else []
    if not kept:
        return redirect(f"{reverse('import_report', args=[id])}?done=undone")
    return show(request, "imports_undone.html", page="settings", batch=batch, kept=kept)
