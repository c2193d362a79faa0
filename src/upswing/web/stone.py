"""One stone of a setback: what it holds, and the free notes on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upswing import moments
from upswing.journeys import first_hour, stones
from upswing.record import drafts
from upswing.record.models import Item, Setback
from upswing.strategies import BY_KEY, EIGHT
from upswing.web import days, markdown
from upswing.web.forms import attempt, draft_of, typed
from upswing.web.once import once
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.setbacks import find
from upswing.web.unwritten import given_back

NOTHING_YET = "There is nothing written yet. One word is enough."


class NoteForm(forms.Form):
    """A free note."""

    body = forms.CharField(
        label="A note",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": NOTHING_YET},
    )

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if not body.strip():
            raise forms.ValidationError(NOTHING_YET)
        return body


@given_back
@once
def stone(request: PersonRequest, id: UUID, key: str) -> HttpResponse:
    """One stone of a setback: what it holds, and free notes."""
    setback = find(request, id)
    if key not in BY_KEY:
        raise Http404
    strategy, draft_key = BY_KEY[key], f"stone-{key}-{id}"
    draft = draft_of(request, draft_key)
    posted = request.POST if request.method == "POST" else None
    form = NoteForm(posted, initial=typed(draft, NoteForm))
    note = (
        attempt(request, form, lambda: _note(request, setback, key, form))
        if form.is_bound
        else None
    )
    if note is not None:
        drafts.drop(owner=request.owner, key=draft_key)
        return redirect(f"{reverse('stone', args=[id, key])}?done=saved")
    return show(
        request,
        "stone.html",
        page="setbacks",
        form=form,
        setback=setback,
        strategy=strategy,
        draft=draft,
        draft_key=draft_key,
        notes=_notes(request, setback, key),
        number=EIGHT.index(strategy) + 1,
    )


def _note(request: PersonRequest, setback: Setback, key: str, form: NoteForm) -> Item:
    return first_hour.note(
        owner=request.owner,
        now=request.now,
        zone=request.zone,
        setback=setback,
        stone=key,
        body=form.cleaned_data["body"],
    )


def _notes(request: PersonRequest, setback: Setback, key: str) -> list[dict[str, Any]]:
    today = moments.lived_day(request.now, request.zone)
    return [
        {
            "day": days.words(note.item.day, today),
            "html": markdown.html(note.item.body),
            "href": reverse("note", args=[note.pk]),
        }
        for note in stones.notes(setback=setback, stone=key)
    ]
