"""Lessons: taking one from a factor, how it served, and what else it may become."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from upswing import moments
from upswing.errors import RuleError
from upswing.record import drafts
from upswing.record.models import Item, Setback
from upswing.strategies.reviews import actions, reads, rules
from upswing.strategies.reviews.models import Factor, Lesson
from upswing.web import calm, days, own_words
from upswing.web.forms import Judged, attempt, draft_of, typed
from upswing.web.journal import when
from upswing.web.lists import below, onwards
from upswing.web.looking import remember, sent, typed_now
from upswing.web.once import once
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.reviews import lesson_row, standing
from upswing.web.unwritten import given_back

DAYS = ("first_use", "first_check", "second_check")


def _line(label: str, help_text: str = "", *, needed: bool = False) -> Judged:
    return Judged(
        label=label,
        help_text=help_text,
        required=needed,
        widget=own_words.TextInput(attrs={"autocomplete": "off"}),
    )


def _day(label: str, help_text: str = "") -> Judged:
    return Judged(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class LessonForm(forms.Form):
    """A plan, and the days on which it is asked about."""

    cue = _line(
        "When …", "A moment that you will notice: “when I prepare an interview”.", needed=True
    )
    response = _line("… then I will …", "One thing to do that fits into that moment.", needed=True)
    first_use = _day("When will you first use it?")
    first_check = _day("Ask me about it on", "In two weeks, unless you say another day.")
    second_check = _day("And again on", "In two months, unless you say another day.")


@given_back
@once
def new(request: PersonRequest, id: UUID) -> HttpResponse:
    """Take a lesson from a factor that one can influence."""
    factor = reads.factor(owner=request.owner, id=id)
    if not rules.teaches(factor.control):
        return redirect("factor_way", id)
    key = f"lessonof-{id}"
    draft = draft_of(request, key)
    form = LessonForm(
        sent(request),
        initial=_usual(request) | typed(draft, LessonForm) | typed_now(request, LessonForm),
    )
    if form.is_bound and attempt(request, form, lambda: _take(request, factor, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(_after(factor))
    return _form(request, form, factor, draft, key, reverse("factor", args=[id]))


def _usual(request: PersonRequest) -> dict[str, Any]:
    today = moments.lived_day(request.now, request.zone)
    return {"first_check": today + rules.CHECKS[0], "second_check": today + rules.CHECKS[1]}


def _take(request: PersonRequest, factor: Factor, form: LessonForm) -> bool:
    taken = actions.take_lesson(
        factor,
        owner=request.owner,
        now=request.now,
        zone=request.zone,
        **form.cleaned_data,
    )
    remember(request, taken.item)
    return True


def _after(factor: Factor) -> str:
    """Back to the review while it is being done, else to the factor."""
    review = reads.review_of(factor)
    if review is not None and review.finished_at is None:
        return f"{reverse('review_lessons', args=[review.pk])}?done=saved"
    return f"{reverse('factor', args=[factor.pk])}?done=saved"


def _form(
    request: PersonRequest,
    form: LessonForm,
    factor: Factor | None,
    draft: Any,
    key: str,
    back: str,
    text: Item | None = None,
) -> HttpResponse:
    return show(
        request,
        "lesson_form.html",
        page="setbacks",
        form=form,
        factor=factor,
        back_url=back,
        text=text,
        draft=draft,
        draft_key=key,
    )


def _find(request: PersonRequest, id_: UUID) -> Lesson:
    return reads.lesson(owner=request.owner, id=id_)


@given_back
@once
def edit(request: PersonRequest, id: UUID) -> HttpResponse:
    """Change the words or the days of a lesson."""
    found = _find(request, id)
    key = f"lesson-{id}"
    draft = draft_of(request, key)
    initial = {name: getattr(found, name) for name in ("cue", "response", *DAYS)}
    form = LessonForm(
        sent(request),
        initial=initial | typed(draft, LessonForm) | typed_now(request, LessonForm),
    )
    if form.is_bound and attempt(request, form, lambda: _change(request, found, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{reverse('lesson', args=[id])}?done=changed")
    back = reverse("lesson", args=[id])
    return _form(request, form, reads.factor_of(found), draft, key, back, found.item)


def _change(request: PersonRequest, found: Lesson, form: LessonForm) -> bool:
    actions.change_lesson(found, now=request.now, zone=request.zone, **form.cleaned_data)
    remember(request, found.item)
    return True


class SaidForm(forms.Form):
    """How it served, and one line of what happened."""

    said = Judged(
        label="How did it go with it?", widget=forms.RadioSelect(choices=list(rules.SAID.items()))
    )
    line = _line("What happened, in one line?")


@given_back
@once
def lesson(request: PersonRequest, id: UUID) -> HttpResponse:
    """One lesson: how it served so far, and the question how it did this time."""
    found = _find(request, id)
    key = f"said-{id}"
    draft = draft_of(request, key)
    form = SaidForm(sent(request), initial=typed(draft, SaidForm) | typed_now(request, SaidForm))
    if form.is_bound and attempt(request, form, lambda: _say(request, found, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{reverse('lesson', args=[id])}?done=saved")
    today = moments.lived_day(request.now, request.zone)
    return show(
        request,
        "lesson.html",
        page="setbacks",
        lesson=found,
        item=found.item,
        text=found.item,
        over=f"lesson · {when(request, found.item)}",
        standing=standing(found, today),
        facts=_facts(found, today),
        factor=reads.factor_of(found),
        uses=[_use(request, use, today) for use in reversed(found.uses)],
        often=found.forgotten,
        calm=calm.after(request, *found.own_words),
        form=form,
        draft=draft,
        draft_key=key,
    )


def _say(request: PersonRequest, found: Lesson, form: SaidForm) -> bool:
    actions.say(found, now=request.now, zone=request.zone, **form.cleaned_data)
    remember(request, found.item)
    return True


def _facts(one: Lesson, today: Any) -> list[tuple[str, str]]:
    given = [
        ("First use", one.first_use),
        ("Asked about on", one.first_check),
        ("And on", one.second_check),
        ("Comes back", one.due),
    ]
    return [(word, days.short(day, today)) for word, day in given if day is not None]


def _use(request: PersonRequest, use: dict[str, str], today: Any) -> dict[str, Any]:
    day = moments.lived_day(datetime.fromisoformat(use["at"]), request.zone)
    return {
        "title": rules.SAID[use["said"]],
        "why": use["line"],
        "moment": day,
        "fact": days.short(day, today),
    }


@require_POST
def become(request: PersonRequest, id: UUID) -> HttpResponse:
    """Let a lesson become a checklist or a habit, or come back again as a lesson."""
    found = _find(request, id)
    form = request.POST.get("form", "")
    try:
        actions.become(found, now=request.now, zone=request.zone, form=form)
    except RuleError:
        return redirect("lesson", id)
    return redirect(f"{reverse('lesson', args=[id])}?done=saved")


@require_safe
def lessons(request: PersonRequest) -> HttpResponse:
    """The lessons that come back, the next one first; ?resting=1 shows those that are at rest."""
    resting, first = "resting" in request.GET, _last(request)
    if resting:
        found = reads.resting(owner=request.owner, before=below(request))
    else:
        found = reads.coming(owner=request.owner, after=first)
    return show(
        request,
        "lessons.html",
        page="setbacks",
        resting=resting,
        found=[lesson_row(request, one) for one in found.found],
        first_url=onwards(request, **ANEW) if below(request) is not None else "",
        more_url=onwards(request, **_more(found.more)) if found.more else "",
        at_rest=not found.found and not resting and reads.resting(owner=request.owner).found,
    )


ANEW: dict[str, object] = {"before": None, "day": None}


def _last(request: PersonRequest) -> tuple[date, int] | None:
    """The lesson after which the list goes on, by its day and its place; None: the beginning."""
    place = below(request)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
    return None if place is None else (day, place)


def _more(last: Lesson) -> dict[str, object]:
    return {"before": last.item.position, "day": last.due}


def due(request: PersonRequest) -> list[dict[str, Any]]:
    """The lessons that come back today, for the page of today."""
    today = moments.lived_day(request.now, request.zone)
    return [
        lesson_row(request, one) | {"fact": "lesson", "why": "How did it go with it? One tap."}
        for one in reads.returning(owner=request.owner, today=today)
    ]


def for_a_time_like_this(request: PersonRequest, setback: Setback) -> list[dict[str, Any]]:
    """Lessons of setbacks of the same kind, or with shared tags."""
    return [
        {
            "title": one.item.title,
            "href": reverse("lesson", args=[one.pk]),
            "why": "",
        }
        for one in reads.alike(setback=setback)
    ]
