"""A review: its page, what contributed, what is taken along, and all of it as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from upswing import moments
from upswing.record import drafts
from upswing.record.models import Draft
from upswing.strategies.reviews import actions, drawing, reads, rules, telling
from upswing.strategies.reviews.catalogue.review import EXERCISE, FACTORS_AT, LESSONS_AT
from upswing.strategies.reviews.models import Factor, Lesson, Review
from upswing.strategies.reviews.telling import Whole
from upswing.web import calm, days, exercises, markdown, pictures
from upswing.web.factor_forms import FactorForm, SharesForm, typed_factor
from upswing.web.forms import attempt, draft_of, typed
from upswing.web.looking import looking, remember
from upswing.web.once import once
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.unwritten import given_back


@require_safe
def review(request: PersonRequest, id: UUID) -> HttpResponse:
    """A review, whole: the answers, the tree, the lessons, and what lies outside one's hands."""
    found = reads.review(owner=request.owner, id=id)
    whole = telling.whole(found)
    return exercises.page(
        request,
        found,
        "review.html",
        tree=pictures.tree(drawing.tree(whole.factors)) if whole.factors else None,
        factors=_lines(whole),
        outside=_outside(whole),
        lessons=_taken(request, whole),
        shared=whole.shared,
        heavier=whole.heavier,
    )


def _lines(whole: Whole) -> list[dict[str, Any]]:
    """The factors as rows, each with its numbers."""
    return [
        {
            "title": one.item.title,
            "href": reverse("factor", args=[one.pk]),
            "fact": "" if one.share is None else one.share,
            "why": facts(one, [name for _, name in whole.seen_by[one.pk]]),
            "html": markdown.html(one.item.body),
        }
        for one in whole.factors
    ]


def facts(one: Factor, names: list[str]) -> str:
    """What is said of a factor, in one line."""
    parts = [
        f"{one.held} ({one.control} of 10)" if one.control is not None else "",
        one.lasting,
        KNOWN.get(one.known, ""),
        f"{one.confidence} of 100 sure" if one.confidence is not None else "",
        f"seen by {', '.join(names)}" if names else "",
    ]
    return " · ".join(part for part in parts if part)


KNOWN = {
    "yes": "could be known then",
    "partly": "could partly be known then",
    "no": "could not be known then",
}


def _outside(whole: Whole) -> list[dict[str, Any]]:
    return [
        {
            "title": one.item.title,
            "href": reverse("factor_way", args=[one.pk]),
            "why": one.way or "How do you accept it, or plan around it?",
        }
        for one in whole.outside
    ]


def _taken(request: PersonRequest, whole: Whole) -> list[dict[str, Any]]:
    found = [one for some in whole.lessons.values() for one in some]
    return [lesson_row(request, one) for one in found]


def lesson_row(request: PersonRequest, one: Lesson) -> dict[str, Any]:
    """A lesson as a row, with the day on which it comes back."""
    today = moments.lived_day(request.now, request.zone)
    return {
        "title": one.item.title,
        "href": reverse("lesson", args=[one.pk]),
        "fact": standing(one, today),
    }


def standing(one: Lesson, today: Any) -> str:
    """Where a lesson stands, in a few words."""
    if one.retired_at:
        return "retired"
    if one.became or one.due is None:
        return str(one.get_became_display())
    return "today" if one.due <= today else f"back {days.short(one.due, today)}"


@require_safe
def as_markdown(request: PersonRequest, id: UUID) -> HttpResponse:
    """The review as a Markdown file to keep."""
    found = reads.review(owner=request.owner, id=id)
    text = telling.markdown(telling.whole(found))
    name = f"review-{found.item.day.isoformat()}.md"
    return HttpResponse(
        text,
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@given_back
@once
def factors(request: PersonRequest, id: UUID) -> HttpResponse:
    """The step in which what contributed is named, and the influence is shared out."""
    found = reads.review(owner=request.owner, id=id)
    if found.reached < FACTORS_AT - 1:
        return redirect("exercise_step", id, found.following)
    named, key = reads.factors_of(found), f"factors-{id}"
    draft = draft_of(request, key)
    form, shares = _naming_form(request, draft), _sharing_form(request, named)
    if shares.is_bound and attempt(request, shares, lambda: _share(request, found, shares)):
        return redirect("exercise_step", id, FACTORS_AT + 1)
    if form.is_bound and attempt(request, form, lambda: _name(request, found, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{reverse('review_factors', args=[id])}?done=saved")
    form.offer(owner=request.owner, words=request.POST.get("name", "") if _looks(request) else "")
    return _factors_page(request, found, named, form, shares, draft=draft, draft_key=key)


def _looks(request: PersonRequest) -> bool:
    """Whether earlier factors are looked for, so that nothing is named yet."""
    return "naming" in request.POST and "earlier" in request.POST


def _naming_form(request: PersonRequest, draft: Draft | None) -> FactorForm:
    """The form that names a factor, with what was typed while one looked for earlier ones."""
    posted, shown = _picked(request), _looks(request) or looking(request)
    return FactorForm(
        posted if "naming" in request.POST and not shown else None,
        initial=posted.dict() if shown else typed(draft, FactorForm),
    )


def _sharing_form(request: PersonRequest, named: Sequence[Factor]) -> SharesForm:
    return SharesForm(named, request.POST if "sharing" in request.POST else None)


def _factors_page(
    request: PersonRequest,
    found: Review,
    named: Sequence[Factor],
    form: FactorForm,
    shares: SharesForm,
    **more: Any,
) -> HttpResponse:
    return _step(
        request,
        found,
        FACTORS_AT,
        "review_factors.html",
        form=shares if shares.is_bound else form,
        naming=form,
        writing=form,
        text=found.item,
        shares=shares,
        looked=form.again if _looks(request) else None,
        tree=pictures.tree(drawing.tree(named)),
        factors=named,
        most=rules.MOST_FACTORS,
        calm=calm.after(request, *_latest(named)),
        **more,
    )


def _latest(named: Sequence[Factor]) -> list[str]:
    """The texts of the factor that was named last."""
    return [text for one in named[-1:] for text in one.own_words]


def _picked(request: PersonRequest) -> QueryDict:
    """What was posted; an earlier factor that was picked from a list is the name."""
    posted = request.POST.copy()
    if picked := posted.get("picked"):
        posted["name"] = picked
    return posted


def _step(
    request: PersonRequest, found: Review, number: int, template: str, **more: Any
) -> HttpResponse:
    return show(
        request,
        template,
        page="setbacks",
        review=found,
        step=EXERCISE.steps[number - 1],
        number=number,
        of=len(EXERCISE.steps),
        back_url=reverse("exercise_step", args=[found.pk, number - 1]),
        leave_url=f"{reverse('review', args=[found.pk])}?done=enough",
        **more,
    )


def _name(request: PersonRequest, found: Review, form: FactorForm) -> bool:
    factor = actions.name_factor(
        found,
        owner=request.owner,
        now=request.now,
        zone=request.zone,
        **typed_factor(form),
    )
    remember(request, factor.item)
    return True


def _share(request: PersonRequest, found: Review, form: SharesForm) -> bool:
    actions.share_out(
        found,
        owner=request.owner,
        now=request.now,
        zone=request.zone,
        shares=form.cleaned_data["shares"],
    )
    return True


@given_back
@once
def lessons(request: PersonRequest, id: UUID) -> HttpResponse:
    """The step in which lessons are taken from what one can influence."""
    found = reads.review(owner=request.owner, id=id)
    if found.reached < LESSONS_AT - 1:
        return redirect("exercise_step", id, found.following)
    if request.method == "POST":
        actions.take_along(found, owner=request.owner, now=request.now, zone=request.zone)
        return redirect("exercise_step", id, LESSONS_AT + 1)
    whole = telling.whole(found)
    teaching = [(one, whole.lessons[one.pk]) for one in whole.teaching]
    return _step(
        request,
        found,
        LESSONS_AT,
        "review_lessons.html",
        teaching=teaching,
        outside=_outside(whole),
        factors_url=reverse("review_factors", args=[id]),
    )
