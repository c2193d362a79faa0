"""An earlier version of an exercise, back again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from upswing.errors import RuleError
from upswing.exercises import actions, reads
from upswing.record.reads import revision as earlier_version
from upswing.web import exercises, links
from upswing.web.person import PersonRequest


@require_POST
def take_back(request: PersonRequest, id: UUID, revision: int) -> HttpResponse:
    """Let an exercise be answered again as it was before."""
    work = reads.one(owner=request.owner, id=id)
    version = earlier_version(work.item, revision)
    try:
        actions.take_back(work, version, owner=request.owner, now=request.now)
    except RuleError as error:
        work = reads.one(owner=request.owner, id=id)  # as it is, and not as it was to become
        return exercises.page(request, work, "exercise.html", status=422, trouble=error.sentence)
    return redirect(f"{links.to(work.KIND, id)}?done=changed")
