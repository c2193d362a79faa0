"""Today: how it is, one small thing, and what was on this day before."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upswing import moments
from upswing.accounts.reads import sheet_is_due
from upswing.journeys import first_hour
from upswing.record import reads, setbacks
from upswing.record.models import Draft, Setback
from upswing.record.rows import Row
from upswing.strategies.coping.reads import latest
from upswing.web import calm, coming_back, days, lessons, links
from upswing.web.checkins import QuickForm
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.small import action, address, small_over


def today(request: PersonRequest) -> HttpResponse:
    """One screen. Somebody who has told nothing yet is led into the first hour."""
    setback = setbacks.current(owner=request.owner)
    if setback is None and not reads.timeline(owner=request.owner, limit=1).rows:
        notice = request.GET.urlencode()
        return redirect(reverse("first_hour") + (f"?{notice}" if notice else ""))
    day = moments.lived_day(request.now, request.zone)
    small = first_hour.one_small_thing(
        owner=request.owner, setback=setback, today=day, beside_check_in=True, now=request.now
    )
    recent = reads.timeline(owner=request.owner, limit=5)
    return show(
        request,
        "today.html",
        page="today",
        over=_over(request, setback),
        setback=setback,
        small=small,
        calm=calm.after_newest(request, recent.rows),
        small_over=small_over(small),
        small_url=address(small, setback),
        small_action=action(small),
        form=QuickForm(now=request.now, zone=request.zone),
        last_words=_last_words(request),
        back=[*coming_back.rows(request), *lessons.due(request)],
        begun=coming_back.begun(request),
        drafts=_waiting(request),
        before=[_row(row) for row in reads.on_this_day(owner=request.owner, today=day)],
        groups=days.groups(recent.rows, day),
        sheet=sheet_is_due(request.owner, now=request.now),
    )


def _over(request: PersonRequest, setback: Setback | None) -> str:
    day = moments.lived_day(request.now, request.zone)
    words = f"{day:%A} {day.day} {day:%B}"
    since = moments.days_between(setback.item.day, day) if setback else 0
    return f"{words} · day {since}" if since > 0 else words


def _last_words(request: PersonRequest) -> str:
    last = latest(owner=request.owner)
    if last is None:
        return ""
    today = moments.lived_day(request.now, request.zone)
    when = days.clock(last.lived_at)
    day = last.lived_at.date()
    return f"last at {when}" if day == today else f"last on {days.short(day, today)}"


def _waiting(request: PersonRequest) -> list[dict[str, object]]:
    """Drafts that wait to be finished, with the page of each."""
    found: dict[str, dict[str, object]] = {}
    for draft in Draft.objects.filter(owner=request.owner).order_by("-saved_at"):
        name, href = links.draft(draft.key) or ("", "")
        told = draft.saved_at.astimezone(ZoneInfo(request.zone))
        fact = f"kept {told.day} {told:%b}, {told:%H:%M}"
        if href:
            found.setdefault(href, {"title": name, "href": href, "fact": fact})
    return list(found.values())[:5]


def _row(row: Row) -> dict[str, object]:
    entry = days.entry(row)
    return {
        "title": entry["title"],
        "href": entry["href"],
        "moment": row.day,
        "fact": f"{row.day.year}",
    }
