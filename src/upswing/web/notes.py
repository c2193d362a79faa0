"""One free note on a stone: read and changed on the same page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upswing.record import actions, drafts, reads
from upswing.record.models import Item, Note
from upswing.strategies import BY_KEY
from upswing.web import calm
from upswing.web.forms import attempt, draft_of, typed
from upswing.web.looking import remember, sent, typed_now
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.stone import NoteForm
from upswing.web.unwritten import given_back


@given_back
def edit(request: PersonRequest, id: UUID) -> HttpResponse:
    """Read and change a note."""
    item = reads.item(owner=request.owner, id=id, kind=Note.KIND)
    key = f"note-{id}"
    draft = draft_of(request, key)
    initial = {"body": item.body} | typed(draft, NoteForm) | typed_now(request, NoteForm)
    form = NoteForm(sent(request), initial=initial)
    if form.is_bound and attempt(request, form, lambda: _change(request, item, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{reverse('note', args=[id])}?done=changed")
    stone = BY_KEY[Note.objects.get(pk=item.pk).stone]
    return show(
        request,
        "note.html",
        page="setbacks",
        form=form,
        item=item,
        strategy=stone,
        draft=draft,
        draft_key=key,
        text=item,
        calm=calm.after(request, item.body),
    )


def _change(request: PersonRequest, item: Item, form: NoteForm) -> bool:
    actions.change(item, now=request.now, body=form.cleaned_data["body"])
    remember(request, item)
    return True
