"""What comes back on Today, and what was left in the middle."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from upswing import moments
from upswing.exercises import reads
from upswing.record.rows import Row
from upswing.web import days
from upswing.web.person import PersonRequest


def rows(request: PersonRequest) -> list[dict[str, Any]]:
    """Exercises that come back today, with the page on which that takes seconds."""
    today = moments.lived_day(request.now, request.zone)
    found = reads.returning(owner=request.owner, today=today)
    return [_row(request, row, reverse("exercise_again", args=[row.id])) for row in found]


def begun(request: PersonRequest) -> list[dict[str, Any]]:
    """Exercises that wait to be gone on with."""
    found = reads.unfinished(owner=request.owner)
    return [_row(request, row, reverse("exercise", args=[row.id])) for row in found]


def _row(request: PersonRequest, row: Row, href: str) -> dict[str, Any]:
    today = moments.lived_day(request.now, request.zone)
    return {
        "title": row.title or row.noun,
        "href": href,
        "moment": row.day,
        "fact": days.short(row.day, today),
        "why": row.noun,
    }
