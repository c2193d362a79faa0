"""Setbacks: the list, one setback with its stones, edit, close, reopen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from upswing import moments
from upswing.journeys import first_hour, stones
from upswing.record import drafts, reads, setbacks
from upswing.record.models import Setback
from upswing.strategies.coping.reads import mood_by_day
from upswing.web import calm, days, markdown, own_words, pictures
from upswing.web.first_hour import noon
from upswing.web.forms import attempt, draft_of, typed
from upswing.web.lessons import for_a_time_like_this
from upswing.web.lists import below
from upswing.web.looking import remember, sent, typed_now
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.small import action, address, small_over
from upswing.web.unwritten import given_back
from upswing.web.widgets import Scale

MOST_DAYS = 90


def listing(request: PersonRequest) -> HttpResponse:
    """All setbacks, open ones first."""
    found = setbacks.all_of(owner=request.owner)
    today = moments.lived_day(request.now, request.zone)
    return show(
        request,
        "setbacks.html",
        page="setbacks",
        open=[_line(one, today) for one in found if not one.closed_at],
        laid_down=[_line(one, today) for one in found if one.closed_at],
    )


def _line(setback: Setback, today: date) -> dict[str, Any]:
    return {
        "title": setback.item.title,
        "href": reverse("setback", args=[setback.pk]),
        "moment": setback.item.day,
        "fact": days.short(setback.item.day, today),
        "why": setback.get_sort_display() if setback.sort else "",
    }


def find(request: PersonRequest, id_: UUID) -> Setback:
    """The person's own setback. Raises NotHere."""
    facet = reads.facet(reads.item(owner=request.owner, id=id_, kind=Setback.KIND))
    assert isinstance(facet, Setback)  # noqa: S101 - the kind was asked for
    return facet


def one(request: PersonRequest, id: UUID) -> HttpResponse:
    """One setback: its stones, its facts, what happened since."""
    setback = find(request, id)
    today = moments.lived_day(request.now, request.zone)
    since = reads.timeline(owner=request.owner, setback=setback, before=below(request))
    standings = stones.path(setback=setback, now=request.now)
    small = first_hour.one_small_thing(
        owner=request.owner, setback=setback, today=today, standings=standings, now=request.now
    )
    return show(
        request,
        "setback.html",
        page="setbacks",
        setback=setback,
        over=_over(setback, today),
        facts=_facts(setback),
        body=markdown.html(setback.item.body),
        stones=pictures.stones(setback, standings),
        stones_words=_stones_words(setback, standings),
        mood=_mood(request, setback, today),
        groups=days.groups(since.rows, today),
        older_url=f"?before={since.older}" if since.older else "",
        lessons=for_a_time_like_this(request, setback),
        small=small,
        calm=calm.after_newest(request, since.rows, *setback.own_words),
        small_over=small_over(small),
        small_url=address(small, setback),
        small_action=action(small),
    )


def _over(setback: Setback, today: date) -> str:
    day = setback.item.day
    told = f"{day.day} {day:%B %Y}"
    sort = f"{setback.get_sort_display()} · " if setback.sort else ""
    since = moments.days_between(day, today)
    return f"{sort}{told} · day {since}" if since > 0 and not setback.closed_at else f"{sort}{told}"


def _facts(setback: Setback) -> list[tuple[str, str]]:
    weight, now = setback.weight, setback.weight_now
    lost = ", ".join(str(Setback.Loss(loss).label) for loss in setback.losses)
    heavy = f"{weight} then, {now} now" if weight is not None and weight != now else str(now)
    return [
        (word, value)
        for word, value in (
            ("Heaviness, 0 to 10", heavy if now is not None else ""),
            ("Lost, or shaken", lost),
            ("Going on", setback.get_course_display() if setback.course else ""),
        )
        if value
    ]


def _stones_words(setback: Setback, standings: list[stones.Standing]) -> str:
    following = stones.following(standings)
    if setback.closed_at or following is None:
        return "Walk them in any order, and come back to any of them."
    return f"Walk them in any order. A good next one is {following.name}. {following.why}"


def _mood(request: PersonRequest, setback: Setback, today: date) -> Any:
    first = max(setback.item.day, today - timedelta(days=MOST_DAYS))
    return pictures.mood(mood_by_day(owner=request.owner, first=first, last=today), first, today)


class EditForm(forms.Form):
    """The facts of a setback."""

    title = forms.CharField(
        label="In one sentence",
        max_length=300,
        widget=own_words.TextInput,
        error_messages={"required": "One sentence is enough. It cannot be empty."},
    )
    body = forms.CharField(
        label="What happened",
        required=False,
        strip=False,
        widget=own_words.Textarea(attrs={"rows": 8}),
    )
    when = forms.DateField(
        label="When was it?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "There is no such date."},
    )
    weight_now = forms.TypedChoiceField(
        label="How heavy is it now?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=Scale.choices_for(0, 10),
        widget=Scale(low_word="I hardly feel it", high_word="as heavy as can be"),
    )
    sort = forms.ChoiceField(
        label="What kind of thing was it?",
        required=False,
        choices=[("", "not said"), *Setback.Sort.choices],
    )
    losses = forms.MultipleChoiceField(
        label="What is lost, or shaken?",
        required=False,
        choices=Setback.Loss.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    course = forms.ChoiceField(
        label="Does it still go on?", required=False, choices=Setback.Course.choices
    )


@given_back
def edit(request: PersonRequest, id: UUID) -> HttpResponse:
    """Change a setback."""
    setback = find(request, id)
    key = f"setback-{id}"
    draft = draft_of(request, key)
    initial = _values(setback) | typed(draft, EditForm) | typed_now(request, EditForm)
    form = EditForm(sent(request), initial=initial)
    if form.is_bound and attempt(request, form, lambda: _change(request, setback, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{reverse('setback', args=[id])}?done=changed")
    return show(
        request,
        "setback_edit.html",
        page="setbacks",
        form=form,
        setback=setback,
        text=setback.item,
        draft=draft,
        draft_key=key,
    )


def _values(setback: Setback) -> dict[str, Any]:
    return {
        "title": setback.item.title,
        "body": setback.item.body,
        "when": setback.item.day.isoformat(),
        "weight_now": setback.weight_now,
        "sort": setback.sort,
        "losses": setback.losses,
        "course": setback.course,
    }


def _change(request: PersonRequest, setback: Setback, form: EditForm) -> bool:
    values = dict(form.cleaned_data)
    day = values.pop("when")
    if day != setback.item.day:
        values["happened_at"] = noon(day, request.now, setback.item.zone)
    setbacks.change(setback, now=request.now, **values)
    remember(request, setback.item)
    return True


class CloseForm(forms.Form):
    """A few words on laying it down."""

    words = forms.CharField(
        label="A few words for later, if you want",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What would you like to remember of it?",
    )


@given_back
def close(request: PersonRequest, id: UUID) -> HttpResponse:
    """Lay a setback down."""
    setback = find(request, id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(request, form, lambda: _close(request, setback, form)):
        return redirect(f"{reverse('setback', args=[id])}?done=closed")
    return show(request, "setback_close.html", page="setbacks", form=form, setback=setback)


def _close(request: PersonRequest, setback: Setback, form: CloseForm) -> bool:
    setbacks.close(setback, now=request.now, words=form.cleaned_data["words"])
    return True


@require_POST
def reopen(request: PersonRequest, id: UUID) -> HttpResponse:
    """Take a setback up again."""
    setbacks.reopen(find(request, id), now=request.now)
    return redirect(f"{reverse('setback', args=[id])}?done=reopened")
