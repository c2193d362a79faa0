"""Drafts: what stands in a form is kept inside the vault every few seconds."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from upswing.errors import RuleError
from upswing.record import drafts
from upswing.web import links
from upswing.web.door import the_door
from upswing.web.forms import as_typed
from upswing.web.person import PersonRequest


@require_POST
def keep(request: PersonRequest) -> HttpResponse:
    """Keep the posted form under its key; answers 204, or 413 where it is too long."""
    key = request.POST.get("draft", "")
    if links.draft(key) is None:
        raise Http404
    try:
        drafts.keep(
            owner=request.owner,
            key=key,
            fields=as_typed(request.POST),
            now=request.now,
        )
    except RuleError as error:
        return HttpResponse(error.sentence, status=413, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@require_POST
def discard(request: PersonRequest) -> HttpResponse:
    """Forget a draft and go back to its page, empty."""
    drafts.drop(owner=request.owner, key=request.POST.get("draft", ""))
    back = request.POST.get("back", "/")
    ours = url_has_allowed_host_and_scheme(back, {the_door().host})
    return redirect(f"{back if ours else '/'}?done=discarded")
