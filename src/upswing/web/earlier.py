"""How an exercise read before each of its changes."""

from __future__ import annotations

from django.urls import reverse

from upswing.exercises.models import Work
from upswing.record.models import Revision
from upswing.web import days, markdown
from upswing.web.person import PersonRequest

VERSIONS = 20


def versions(request: PersonRequest, work: Work) -> list[dict[str, str]]:
    """The versions since it was finished, the latest first."""
    return [
        {
            "until": days.kept_at(one.replaced_at, request.now, request.zone),
            "html": markdown.html(one.body),
            "take_url": _take_url(work, one),
        }
        for one in work.item.revisions.all()[:VERSIONS]
    ]


def _take_url(work: Work, one: Revision) -> str:
    """Where a version is taken back; "" for one that cannot be, or says what stands there now."""
    if one.answers is None or one.answers == work.answers:
        return ""
    return reverse("exercise_take_back", args=[work.pk, one.pk])
