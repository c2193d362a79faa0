"""Check-ins: two taps on Today, the whole form, and changing one later."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upswing.record import drafts, reads
from upswing.record.models import Item
from upswing.strategies.coping import actions
from upswing.strategies.coping.models import CheckIn
from upswing.strategies.coping.rules import FEELINGS
from upswing.web import calm
from upswing.web.forms import (
    SetbackField,
    WhenForm,
    attempt,
    draft_of,
    local,
    typed,
)
from upswing.web.looking import remember, sent, typed_now
from upswing.web.once import once
from upswing.web.own_words import Textarea as OwnText
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.unwritten import given_back
from upswing.web.widgets import Feelings, Scale


def _scale(label: str, low: str, high: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=Scale.choices_for(1, 10),
        widget=Scale(low_word=low, high_word=high),
    )


class QuickForm(WhenForm):
    """What Today shows: one or two taps, then keep."""

    mood = _scale("Mood", "very low", "very good")
    energy = _scale("Energy", "worn out", "full of it")


FIELD_ORDER = ("mood", "energy", "stress", "feelings", "own_words", "body", "when", "setback")


class CheckInForm(QuickForm):
    """Everything a check-in can hold; any one of it is enough."""

    stress = _scale("Stress", "at ease", "under great strain")
    feelings = forms.MultipleChoiceField(
        label="Feelings",
        required=False,
        choices=[(label, [(word, word) for word in words]) for label, words in FEELINGS.values()],
        widget=Feelings,
    )
    own_words = forms.CharField(
        label="Other feeling words",
        required=False,
        max_length=200,
        help_text="Separated by commas.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = forms.CharField(
        label="A line about it",
        required=False,
        strip=False,
        widget=OwnText(attrs={"rows": 3}),
    )
    setback = SetbackField()

    field_order = FIELD_ORDER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].help_text = "Empty means now."

    def values(self) -> dict[str, Any]:
        """The cleaned form as the verb takes it."""
        clean = dict(self.cleaned_data)
        own = clean.pop("own_words").split(",")
        when = clean.pop("when")
        return clean | {"feelings": [*clean["feelings"], *own], "happened_at": when}


@given_back
@once
def new(request: PersonRequest) -> HttpResponse:
    """Check in, now or for another time."""
    draft = draft_of(request, "checkin")
    initial = {
        "setback": request.GET.get("setback", ""),
        **typed(draft, CheckInForm),
        **typed_now(request, CheckInForm),
    }
    form = _form(request, initial, request.zone)
    form.fields["setback"].offer(request.owner)  # type: ignore[attr-defined]
    if form.is_bound and (item := attempt(request, form, lambda: _check_in(request, form))):
        return redirect(f"{_after(request, item)}?done=saved")
    return show(request, "checkin.html", page="today", form=form, draft=draft, draft_key="checkin")


def _after(request: PersonRequest, item: Item) -> str:
    """Where to go on. Two taps on Today stay there, and leave a longer one waiting."""
    if not request.POST.get("draft"):
        return reverse("today")
    drafts.drop(owner=request.owner, key="checkin")
    return reverse("setback", args=[item.setback_id]) if item.setback_id else reverse("today")


def _form(request: PersonRequest, initial: dict[str, Any], zone: str) -> CheckInForm:
    return CheckInForm(sent(request), initial=initial, now=request.now, zone=zone)


def _check_in(request: PersonRequest, form: CheckInForm) -> Item:
    item = actions.check_in(
        owner=request.owner, now=request.now, zone=request.zone, **form.values()
    )
    remember(request, item)
    return item


@given_back
def edit(request: PersonRequest, id: UUID) -> HttpResponse:
    """Change a check-in, or move it to the trash."""
    item = reads.item(owner=request.owner, id=id, kind=CheckIn.KIND)
    key = f"checkin-{id}"
    draft = draft_of(request, key)
    initial = _values(item) | typed(draft, CheckInForm) | typed_now(request, CheckInForm)
    form = _form(request, initial, item.zone)
    form.fields["setback"].offer(request.owner, item.setback)  # type: ignore[attr-defined]
    if form.is_bound and attempt(request, form, lambda: _change(request, item, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{reverse('checkin', args=[id])}?done=saved")
    return show(
        request,
        "checkin.html",
        page="timeline",
        form=form,
        item=item,
        text=item,
        draft=draft,
        draft_key=key,
        calm=calm.after(request, item.body),
    )


def _values(item: Item) -> dict[str, Any]:
    facet = CheckIn.objects.get(pk=item.pk)
    offered = {word for _, words in FEELINGS.values() for word in words}
    return {
        "mood": facet.mood,
        "energy": facet.energy,
        "stress": facet.stress,
        "feelings": [word for word in facet.feelings if word in offered],
        "own_words": ", ".join(word for word in facet.feelings if word not in offered),
        "body": item.body,
        "when": local(item),
        "setback": str(item.setback_id or ""),
    }


def _change(request: PersonRequest, item: Item, form: CheckInForm) -> bool:
    values = form.values()
    values["happened_at"] = values["happened_at"] or item.happened_at
    actions.edit_check_in(item, now=request.now, zone=item.zone, **values)
    remember(request, item)
    return True
