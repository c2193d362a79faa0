"""The journal: its list, one entry, its star and its history."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from upswing import moments
from upswing.errors import RuleError
from upswing.journeys.capture import WITH
from upswing.record import reads
from upswing.record.models import Item, Revision
from upswing.record.rows import Row
from upswing.strategies.coping import actions
from upswing.strategies.coping.models import Entry
from upswing.strategies.coping.reads import entries, starred
from upswing.web import attachments, calm, days, links, markdown
from upswing.web.lists import below, number, onwards
from upswing.web.opening import opening
from upswing.web.page import show
from upswing.web.person import PersonRequest

TAGS_SHOWN = 24
VERSIONS = 20


@require_safe
def journal(request: PersonRequest) -> HttpResponse:
    """The entries by day; ?starred=1 shows the starred ones."""
    only_starred, before = "starred" in request.GET, below(request)
    today = moments.lived_day(request.now, request.zone)
    page = entries(owner=request.owner, starred=only_starred, before=before)
    return show(
        request,
        "journal.html",
        page="journal",
        groups=_groups(page.rows, today),
        newest_url=onwards(request, before=None) if before is not None else "",
        older_url=onwards(request, before=page.older) if page.older is not None else "",
        starred=only_starred,
        before_years=_before(request, today) if before is None and not only_starred else [],
        tags=tag_links(request),
    )


def _groups(rows: list[Row], today: date) -> list[dict[str, object]]:
    marked = starred(row.id for row in rows)
    groups = days.groups(rows, today)
    lines = [line for group in groups for line in group["entries"]]  # type: ignore[attr-defined]
    for row, line in zip(rows, lines, strict=True):
        line["what"] = " · ".join(
            filter(None, ["starred" if row.id in marked else "", row.setback])
        )
    return groups


def _before(request: PersonRequest, today: date) -> list[dict[str, object]]:
    """What was written on this day of earlier years."""
    return [
        {"title": row.title or row.noun, "href": links.to(row.kind, row.id), "fact": row.day.year}
        for row in reads.on_this_day(owner=request.owner, today=today)
    ]


def tag_links(request: PersonRequest) -> list[dict[str, str]]:
    """The most used tags, each leading to what carries it."""
    found = reads.tags(owner=request.owner)[:TAGS_SHOWN]
    return [{"name": f"{name} {number(uses)}", "href": links.tag(name)} for name, uses in found]


def _find(request: PersonRequest, id_: UUID) -> Item:
    return reads.item(owner=request.owner, id=id_, kind=Entry.KIND)


@require_safe
def entry(request: PersonRequest, id: UUID) -> HttpResponse:
    """One entry, to read."""
    item = _find(request, id)
    title, text = opening(item.title, item.body)
    marked = bool(starred([item.pk]))
    return show(
        request,
        "entry.html",
        page="journal",
        item=item,
        starred=marked,
        over=f"Starred · {when(request, item)}" if marked else when(request, item),
        title=title or "Entry",
        prose=markdown.html(text),
        tags=[{"name": name, "href": links.tag(name)} for name in tag_names(item)],
        written_with=[days.entry(row) for row in reads.linked(item, relation=WITH)],
        attachments=attachments.listing(item),
        changes=item.revisions.count(),
        calm=calm.after(request, item.title, item.body),
    )


def tag_names(item: Item) -> list[str]:
    """The item's tags by name."""
    return list(item.tags.order_by("name").values_list("name", flat=True))


def when(request: PersonRequest, item: Item) -> str:
    """When the item was lived, on the clock of its own zone, which is named where it is another."""
    today = moments.lived_day(request.now, request.zone)
    words = f"{days.words(item.day, today)}, {days.clock(item.lived_at)}"
    return words if item.zone == request.zone else f"{words} · {item.zone.replace('_', ' ')}"


@require_POST
def star(request: PersonRequest, id: UUID) -> HttpResponse:
    """Star an entry, or take the star away."""
    actions.star(_find(request, id), now=request.now, starred=bool(request.POST.get("star")))
    return redirect("entry", id)


@require_safe
def history(request: PersonRequest, id: UUID) -> HttpResponse:
    """How an entry read before each of its changes."""
    return _history(request, _find(request, id))


def _history(request: PersonRequest, item: Item, trouble: str = "") -> HttpResponse:
    before = below(request)
    found = item.revisions.filter(pk__lt=before) if before is not None else item.revisions.all()
    revisions = list(found.order_by("-pk")[: VERSIONS + 1])
    older = revisions[VERSIONS - 1].pk if len(revisions) > VERSIONS else None
    return show(
        request,
        "entry_history.html",
        status=422 if trouble else 200,
        page="journal",
        item=item,
        trouble=trouble,
        revisions=[_version(request, item, one) for one in revisions[:VERSIONS]],
        newest_url=reverse("entry_history", args=[item.pk]) if before is not None else "",
        older_url=onwards(request, before=older) if older is not None else "",
    )


def _version(request: PersonRequest, item: Item, revision: Revision) -> dict[str, Any]:
    replaced = revision.replaced_at.astimezone(moments.zone_of(request.zone))
    today = moments.lived_day(request.now, request.zone)
    return {
        "until": f"{_within(days.words(replaced.date(), today))}, {days.clock(replaced)}",
        "title": revision.title,
        "html": markdown.html(revision.body),
        "same": (revision.title, revision.body) == (item.title, item.body),
        "take_url": reverse("entry_take_back", args=[item.pk, revision.pk]),
    }


def _within(words: str) -> str:
    """A day in words, inside a sentence."""
    return words.lower() if words in ("Today", "Yesterday") else words


@require_POST
def take_back(request: PersonRequest, id: UUID, revision: int) -> HttpResponse:
    """Let an entry read again as it did before."""
    item = _find(request, id)
    try:
        actions.take_back(reads.revision(item, revision), now=request.now)
    except RuleError as error:
        return _history(request, item, trouble=error.sentence)
    return redirect(f"{reverse('entry', args=[id])}?done=changed")
