"""Two voices: its page with both of them side by side, and the way into it from one's own items."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from upswing.exercises import reads
from upswing.journeys import second_voice
from upswing.record.reads import NotHere
from upswing.strategies.compassion.models import Voices
from upswing.web import exercises
from upswing.web.person import PersonRequest


@require_safe
def voices(request: PersonRequest, id: UUID) -> HttpResponse:
    """One exercise: the harsh voice and the kind one, side by side."""
    work = reads.one(owner=request.owner, id=id)
    if not isinstance(work, Voices):
        raise NotHere
    return exercises.page(request, work, "voices.html", rows=second_voice.rows(work.answers))
