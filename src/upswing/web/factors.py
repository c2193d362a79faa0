"""Factors: one of them, changing it, a way around it, and those that return across reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from upswing import moments
from upswing.record import drafts
from upswing.strategies.reviews import actions, reads, rules
from upswing.strategies.reviews.models import Factor
from upswing.web import calm, days, markdown
from upswing.web.factor_forms import FactorForm, WayForm, typed_factor
from upswing.web.forms import attempt, draft_of, typed
from upswing.web.journal import when
from upswing.web.lists import onwards
from upswing.web.looking import remember, sent, typed_now
from upswing.web.once import once
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.unwritten import given_back


@require_safe
def returned(request: PersonRequest) -> HttpResponse:
    """Which factors came up in more than one review, and in how many; ?below=KEY goes on."""
    today = moments.lived_day(request.now, request.zone)
    below = request.GET.get("below", "")
    page = reads.returned(owner=request.owner, below=below)
    return show(
        request,
        "factors.html",
        page="setbacks",
        fewest=rules.FEWEST_FOR_A_TREND,
        first_url=onwards(request, below=None) if below else "",
        more_url=onwards(request, below=page.more) if page.more else "",
        found=[
            {
                "name": one.name,
                "many": one.many,
                "trend": one.trend,
                "rows": _appearances(one.latest, today),
                "before": one.many - len(one.latest),
            }
            for one in page.found
        ],
    )


def _appearances(factors: Sequence[Factor], today: Any) -> list[dict[str, Any]]:
    return [
        {
            "title": one.item.setback.item.title if one.item.setback else one.item.title,
            "href": reverse("factor", args=[one.pk]),
            "moment": one.item.day,
            "fact": days.short(one.item.day, today),
            "why": " · ".join(
                part
                for part in (
                    "" if one.share is None else f"share {one.share}",
                    one.held if one.control is not None else "",
                )
                if part
            ),
        }
        for one in factors
    ]


@require_safe
def names(request: PersonRequest) -> HttpResponse:
    """Names of earlier factors, for the list under the field while one types."""
    found = reads.names(owner=request.owner, words=request.GET.get("name", ""))
    return render(request, "parts/factor_names.html", {"suggestions": found})


def _find(request: PersonRequest, id_: UUID) -> Factor:
    return reads.factor(owner=request.owner, id=id_)


@require_safe
def factor(request: PersonRequest, id: UUID) -> HttpResponse:
    """One factor: what is said of it, its review, its lessons, and where else it came up."""
    found = _find(request, id)
    today = moments.lived_day(request.now, request.zone)
    lessons = reads.lessons_of([found])[found.pk]
    same = reads.same(found)
    return show(
        request,
        "factor.html",
        page="setbacks",
        factor=found,
        item=found.item,
        over=f"factor · {when(request, found.item)}",
        prose=markdown.html(found.item.body),
        facts=_facts(found),
        review=reads.review_of(found),
        people=reads.witnesses([found])[found.pk],
        lessons=[
            {"title": one.item.title, "href": reverse("lesson", args=[one.pk])} for one in lessons
        ],
        teaches=rules.teaches(found.control),
        elsewhere=_appearances(same[-reads.LATEST :], today) if len(same) > 1 else [],
        many=reads.times(found),
        trend=rules.trend([one.share for one in same]),
        calm=calm.after(request, *found.own_words),
    )


def _facts(one: Factor) -> list[tuple[str, str]]:
    found = [
        ("Share of the influence", "" if one.share is None else f"{one.share} of 100"),
        ("Whose hands", "" if one.control is None else f"{one.held}, {one.control} of 10"),
        ("Passing or lasting", one.lasting),
        ("Could be known then", one.known),
        ("How sure", "" if one.confidence is None else f"{one.confidence} of 100"),
    ]
    return [(word, value) for word, value in found if value]


@given_back
@once
def edit(request: PersonRequest, id: UUID) -> HttpResponse:
    """Change a factor."""
    found = _find(request, id)
    key = f"factor-{id}"
    draft = draft_of(request, key)
    initial = _values(found) | typed(draft, FactorForm) | typed_now(request, FactorForm)
    form = FactorForm(sent(request), initial=initial)
    if form.is_bound and attempt(request, form, lambda: _change(request, found, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{reverse('factor', args=[id])}?done=changed")
    form.offer(owner=request.owner)
    return show(
        request,
        "factor_edit.html",
        page="setbacks",
        form=form,
        factor=found,
        text=found.item,
        draft=draft,
        draft_key=key,
    )


def _values(one: Factor) -> dict[str, Any]:
    names = [name for _, name in reads.witnesses([one])[one.pk]]
    columns = ("control", "lasting", "known", "confidence", "advice")
    return {
        "name": one.item.title,
        "evidence": one.item.body,
        "seen_by": ", ".join(names),
        **{name: getattr(one, name) for name in columns},
    }


def _change(request: PersonRequest, found: Factor, form: FactorForm) -> bool:
    actions.change_factor(found, now=request.now, zone=request.zone, **typed_factor(form))
    remember(request, found.item)
    return True


@given_back
@once
def way(request: PersonRequest, id: UUID) -> HttpResponse:
    """Accept a factor, or plan around it."""
    found = _find(request, id)
    key = f"way-{id}"
    draft = draft_of(request, key)
    form = WayForm(
        sent(request),
        initial={"way": found.way} | typed(draft, WayForm) | typed_now(request, WayForm),
    )
    if form.is_bound and attempt(request, form, lambda: _way(request, found, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{reverse('factor', args=[id])}?done=saved")
    return show(
        request,
        "factor_way.html",
        page="setbacks",
        form=form,
        factor=found,
        text=found.item,
        draft=draft,
        draft_key=key,
    )


def _way(request: PersonRequest, found: Factor, form: WayForm) -> bool:
    actions.plan_around(found, now=request.now, way=form.cleaned_data["way"])
    remember(request, found.item)
    return True
