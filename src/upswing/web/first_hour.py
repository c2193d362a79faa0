"""The first hour: four short pages, one question each; only the first sentence is needed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upswing import moments
from upswing.errors import RuleError
from upswing.journeys import first_hour
from upswing.record import drafts
from upswing.record.actions import ask_about_words
from upswing.record.models import Setback
from upswing.web import own_words
from upswing.web.forms import as_typed, attempt, draft_of, typed
from upswing.web.looking import QUIET, sent, typed_now
from upswing.web.once import once
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.unwritten import given_back
from upswing.web.widgets import Scale

KEY = "first-hour"


class StoryForm(forms.Form):
    title = forms.CharField(
        label="In one sentence",
        max_length=300,
        widget=own_words.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "One sentence is enough. It cannot be empty."},
    )
    body = forms.CharField(
        label="More, if you want",
        required=False,
        strip=False,
        widget=own_words.Textarea(attrs={"rows": 8}),
    )


class KindForm(forms.Form):
    sort = forms.ChoiceField(
        label="What kind of thing was it?",
        required=False,
        choices=Setback.Sort.choices,
        widget=forms.RadioSelect,
    )
    when = forms.DateField(
        label="When was it?",
        required=False,
        help_text="The day is enough. About right is fine.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "There is no such date."},
    )


class WeightForm(forms.Form):
    weight = forms.TypedChoiceField(
        label="How heavy is it now?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=Scale.choices_for(0, 10),
        widget=Scale(low_word="I hardly feel it", high_word="as heavy as can be"),
    )


class LossForm(forms.Form):
    losses = forms.MultipleChoiceField(
        label="What is lost, or shaken?",
        required=False,
        choices=Setback.Loss.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    course = forms.ChoiceField(
        label="Does it still go on?",
        required=False,
        choices=[choice for choice in Setback.Course.choices if choice[0]],
        widget=forms.RadioSelect,
    )


STEPS: list[tuple[type[forms.Form], str]] = [
    (StoryForm, "What happened?"),
    (KindForm, "A little about it"),
    (WeightForm, "How is it now?"),
    (LossForm, "What it touches"),
]


@given_back
@once
def step(request: PersonRequest, number: int = 1) -> HttpResponse:
    """One page of the first hour; "Enough for now" keeps what is there."""
    if not 1 <= number <= len(STEPS):
        raise Http404
    form_class, title = STEPS[number - 1]
    draft = drafts.find(owner=request.owner, key=KEY)
    if number > 1 and (draft is None or not draft.fields.get("title")):
        return redirect("first_hour")
    unsent = draft_of(request, f"{KEY}-{number}")
    before = typed(draft, form_class) | typed(unsent, form_class)
    form = form_class(sent(request), initial=before | typed_now(request, form_class))
    if form.is_bound:
        answer = attempt(request, form, lambda: _go_on(request, number, form.cleaned_data))
        if answer is not None:
            return answer
    return show(
        request,
        "first_hour.html",
        form=form,
        number=number,
        of=len(STEPS),
        title=title,
        back_url=reverse("first_hour_step", args=[number - 1]) if number > 1 else "",
        draft=unsent,
        earlier=draft,
        draft_key=f"{KEY}-{number}",
        last=number == len(STEPS),
    )


def _go_on(request: PersonRequest, number: int, clean: dict[str, Any]) -> HttpResponse:
    before = drafts.find(owner=request.owner, key=KEY)
    own = set(STEPS[number - 1][0].base_fields) | ({QUIET} & request.POST.keys())
    fields = {
        name: values
        for name, values in (before.fields if before else {}).items()
        if name not in own
    }
    fields |= {name: values for name, values in as_typed(request.POST).items() if name in own}
    if clean.get("when"):
        fields["when"] = [clean["when"].isoformat()]
    answers = _answers(fields, request)  # what no rule accepts is said on its own page
    drafts.keep(owner=request.owner, key=KEY, fields=fields, now=request.now)
    drafts.drop(owner=request.owner, key=f"{KEY}-{number}")
    if number < len(STEPS) and "enough" not in request.POST:
        return redirect("first_hour_step", number + 1)
    setback = first_hour.tell(owner=request.owner, now=request.now, zone=request.zone, **answers)
    ask_about_words(setback.item, on=not fields.get(QUIET))
    drafts.drop(owner=request.owner, key=KEY)
    return redirect(f"{reverse('setback', args=[setback.pk])}?done=saved")


def _answers(fields: dict[str, list[str]], request: PersonRequest) -> dict[str, Any]:
    form_values = {name: values[-1] for name, values in fields.items()}
    weight = form_values.get("weight")
    return {
        "title": form_values["title"],
        "body": form_values.get("body", ""),
        "sort": form_values.get("sort", ""),
        "happened_at": noon(form_values.get("when", ""), request.now, request.zone),
        "weight": int(weight) if weight else None,
        "losses": fields.get("losses", []),
        "course": form_values.get("course", ""),
    }


def noon(day: str | date | None, now: datetime, zone: str) -> datetime | None:
    """Noon of a day in `zone`, or the present moment for today; None for no day.

    Raises RuleError for a day outside the years that Upswing keeps.
    """
    if not day:
        return None
    if str(day) == moments.lived_day(now, zone).isoformat():
        return now
    try:
        return moments.parse(str(day), now=now, zone=zone)
    except ValueError as error:
        raise RuleError("happened_at", str(error)) from None
