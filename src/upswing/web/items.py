"""The page of an item that has no page of its own kind yet."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from upswing.record import reads
from upswing.record.models import Facet, Person
from upswing.web import attachments, links, markdown
from upswing.web.journal import tag_names, when
from upswing.web.opening import opening
from upswing.web.page import show
from upswing.web.person import PersonRequest


@require_safe
def item(request: PersonRequest, id: UUID) -> HttpResponse:
    """One item of any kind; a kind with a page of its own is shown there."""
    found = reads.item(owner=request.owner, id=id)
    if links.PAGES.get(found.kind) != "item":
        return redirect(links.to(found.kind, id))
    facet = reads.facet(found)
    title, text = opening(found.title, found.body)
    return show(
        request,
        "item.html",
        page="timeline",
        item=found,
        over=f"{facet.NOUN} · {when(request, found)}",
        title=title or facet.NOUN.capitalize(),
        prose=markdown.html(text),
        facts=_facts(facet),
        tags=[{"name": name, "href": links.tag(name)} for name in tag_names(found)],
        attachments=attachments.listing(found),
    )


def _facts(facet: Facet) -> list[tuple[str, str]]:
    if not isinstance(facet, Person):
        return []
    found = [("Role", facet.role), ("Organisation", facet.organisation)]
    return [(word, value) for word, value in found if value]
