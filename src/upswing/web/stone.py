"""One stone of a setback: what it holds, and the free notes on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upswing import moments
from upswing.exercises.reads import done_on, kinds
from upswing.journeys import first_hour, stones
from upswing.record import drafts
from upswing.record.models import Item, Note, Setback
from upswing.strategies import BY_KEY, EIGHT
from upswing.web import calm, days, markdown, own_words
from upswing.web.forms import attempt, draft_of, typed
from upswing.web.looking import remember, sent, typed_now
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
        widget=own_words.Textarea(attrs={"rows": 7}),
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
    form = NoteForm(sent(request), initial=typed(draft, NoteForm) | typed_now(request, NoteForm))
    note = (
        attempt(request, form, lambda: _note(request, setback, key, form))
        if form.is_bound
        else None
    )
    if note is not None:
        drafts.drop(owner=request.owner, key=draft_key)
        return redirect(f"{reverse('stone', args=[id, key])}?done=saved")
    notes = list(stones.notes(setback=setback, stone=key))
    return show(
        request,
        "stone.html",
        page="setbacks",
        form=form,
        setback=setback,
        strategy=strategy,
        draft=draft,
        draft_key=draft_key,
        notes=_notes(request, notes),
        calm=calm.after(request, *(note.item.body for note in notes[:1])),
        number=EIGHT.index(strategy) + 1,
        exercises=_exercises(setback, key),
        done=[{**days.entry(row), "excerpt": ""} for row in done_on(setback=setback, stone=key)],
    )


def _note(request: PersonRequest, setback: Setback, key: str, form: NoteForm) -> Item:
    item = first_hour.note(
        owner=request.owner,
        now=request.now,
        zone=request.zone,
        setback=setback,
        stone=key,
        body=form.cleaned_data["body"],
    )
    remember(request, item)
    return item


def _exercises(setback: Setback, stone: str) -> list[dict[str, str]]:
    """The exercises of a stone, each with its time, before it starts."""
    found = [one.EXERCISE for one in kinds().values() if one.EXERCISE.strategy == stone]
    return [
        {
            "title": each.title,
            "href": f"{reverse('exercise_about', args=[each.kind])}?setback={setback.pk}",
            "fact": f"{each.minutes} minutes",
            "why": each.about,
        }
        for each in found
    ]


def _notes(request: PersonRequest, notes: Sequence[Note]) -> list[dict[str, Any]]:
    today = moments.lived_day(request.now, request.zone)
    return [
        {
            "day": days.words(note.item.day, today),
            "html": markdown.html(note.item.body),
            "href": reverse("note", args=[note.pk]),
        }
        for note in notes
    ]
