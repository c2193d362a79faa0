"""The trash: into it, out of it, and out for good."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from upswing import moments
from upswing.record import actions, reads
from upswing.record.models import Item
from upswing.record.reads import NotHere
from upswing.record.rows import Row
from upswing.web import days, links
from upswing.web.door import the_door
from upswing.web.lists import number
from upswing.web.page import show
from upswing.web.person import PersonRequest

AFTER = {"entry": "journal", "setback": "setbacks"}
DETAIL = {
    "setback": "Its stones and how it was laid down go with it. What you wrote about it stays.",
    "entry": "Its earlier versions, pictures and files go with it. Nothing brings them back.",
}


@require_POST
def trash(request: PersonRequest, id: UUID) -> HttpResponse:
    """Put an item of any kind into the trash, and go to the list in which it stood."""
    item = reads.item(owner=request.owner, id=id)
    actions.trash(item, now=request.now)
    back = _back(request, reverse(AFTER.get(item.kind, "timeline")))
    return redirect(f"{back}?done=trashed&undo={id}")


@require_POST
def restore(request: PersonRequest, id: UUID) -> HttpResponse:
    """Bring an item back, and show it."""
    item = reads.item(owner=request.owner, id=id)
    actions.restore(item)
    return redirect(f"{_back(request, links.to(item.kind, item.pk))}?done=restored")


def _back(request: PersonRequest, otherwise: str) -> str:
    """The path that the form names as the way back, where it is one of ours."""
    back = request.POST.get("back", "").partition("?")[0]
    ours = back and url_has_allowed_host_and_scheme(back, {the_door().host})
    return back if ours else otherwise


@require_safe
def trash_bin(request: PersonRequest) -> HttpResponse:
    """What lies in the trash, the latest first."""
    rows = reads.trashed(owner=request.owner)
    count = reads.in_trash(owner=request.owner)
    return show(
        request,
        "trash.html",
        page="settings",
        rows=[_line(request, row) for row in rows],
        count=f"{number(count)} {'item' if count == 1 else 'items'}",
        shown=number(len(rows)) if len(rows) < count else "",
    )


def _line(request: PersonRequest, row: Row) -> dict[str, Any]:
    today = moments.lived_day(request.now, request.zone)
    return {
        "title": row.title or row.noun,
        "href": links.to(row.kind, row.id),
        "moment": row.day,
        "fact": days.short(row.day, today),
        "why": row.noun,
        "restore_url": reverse("restore", args=[row.id]),
        "erase_url": reverse("erase", args=[row.id]),
        "question": f"Erase this {row.noun} for good?",
        "detail": DETAIL.get(row.kind, "Nothing brings it back."),
    }


@require_POST
def erase(request: PersonRequest, id: UUID) -> HttpResponse:
    """Erase one item that lies in the trash."""
    actions.erase([_in_trash(request, id)])
    return redirect(f"{reverse('trash_bin')}?done=erased")


def _in_trash(request: PersonRequest, id_: UUID) -> Item:
    item = reads.item(owner=request.owner, id=id_)
    if item.trashed_at is None:
        raise NotHere
    return item


@require_POST
def erase_all(request: PersonRequest) -> HttpResponse:
    """Empty the trash."""
    actions.erase_trash(owner=request.owner)
    return redirect(f"{reverse('trash_bin')}?done=erased")
