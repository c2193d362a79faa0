"""Words worth a second look, as one types. Nothing of it is kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from upswing.web import looking
from upswing.web.page import show
from upswing.web.person import PersonRequest


@require_POST
def look(request: PersonRequest) -> HttpResponse:
    """The words beside a form, and the questions of each of its fields."""
    looking.looking(request)
    found = looking.answer(request, default=looking.WORDS)
    return show(request, "parts/second_look_answer.html", **found, live=True)
