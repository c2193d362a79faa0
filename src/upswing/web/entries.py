"""Writing a journal entry, and changing one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upswing.record import drafts, reads
from upswing.record.attachments import LARGEST, MOST, NewFile
from upswing.record.models import Attachment, Draft, Item
from upswing.record.rules import LONGEST_BODY
from upswing.strategies.coping import actions
from upswing.strategies.coping.models import Entry
from upswing.strategies.coping.reads import own_tags
from upswing.web import days, own_words
from upswing.web.forms import SetbackField, WhenForm, attempt, draft_of, local, typed
from upswing.web.lists import size
from upswing.web.looking import remember, sent, typed_now
from upswing.web.once import once
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.unwritten import given_back
from upswing.web.uploads import LARGEST_REQUEST

NEW = "entry-new"
TOO_MUCH = (
    f"Together these files are larger than {LARGEST_REQUEST // 1_000_000} MB, so none was kept. "
    "Your words are all here. Add the files a few at a time."
)

AGAIN = "Choose the files again: a browser does not keep them when a form comes back."


class FilesInput(forms.FileInput):
    """The browser's own control for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Any number of files; how many and how large is for the record to say."""

    widget = FilesInput

    def clean(self, value: Any) -> list[NewFile]:
        return [NewFile(name=file.name, data=file.read()) for file in value]


class EntryForm(WhenForm):
    """An entry: its text, and where it belongs."""

    title = forms.CharField(
        label="Title", required=False, widget=own_words.TextInput(attrs={"autocomplete": "off"})
    )
    body = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        help_text="Markdown works, and a #word becomes a tag.",
        widget=own_words.Textarea(attrs={"rows": 14, "class": "long page", "autofocus": True}),
    )
    setback = SetbackField()
    tags = forms.CharField(
        label="Tags",
        required=False,
        help_text="With commas or spaces between them.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    uploads = FilesField(
        label="Pictures and files",
        required=False,
        help_text=f"Up to {MOST}, of {LARGEST // 1_000_000} MB each. They are encrypted too.",
    )
    remove = forms.MultipleChoiceField(
        label="Files to take away", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, too_much: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_much = too_much
        self.fields["when"].help_text = "Empty means now."

    def offer_files(self, files: Sequence[Attachment]) -> None:
        """Offer to take away the files that are there."""
        self.by_key = {str(file.pk): file for file in files}
        choices = [(str(file.pk), f"{file.name} ({size(file.size)})") for file in files]
        self.fields["remove"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["remove"]

    def clean_uploads(self) -> list[NewFile]:
        if self.too_much:
            raise forms.ValidationError(TOO_MUCH)
        return self.cleaned_data["uploads"]  # type: ignore[no-any-return]

    def values(self) -> dict[str, Any]:
        """The cleaned form as the verbs take it."""
        clean = self.cleaned_data
        return {
            "title": clean["title"],
            "body": clean["body"],
            "happened_at": clean["when"],
            "setback": clean["setback"],
            "tags": split_tags(clean["tags"]),
            "files": clean["uploads"],
            "remove": [self.by_key[key] for key in clean.get("remove", [])],
        }


def split_tags(text: str) -> list[str]:
    """Tags as typed: with commas where there is one, so that a tag can have two words."""
    return text.split(",") if "," in text else text.split()


def join_tags(names: Sequence[str]) -> str:
    """Tags for the field, so that they are read again as they are."""
    alone = len(names) == 1 and len(names[0].split()) > 1
    return f"{names[0]}," if alone else ", ".join(names)


@given_back
@once
def new(request: PersonRequest) -> HttpResponse:
    """Write an entry; ?setback=… says what it is about."""
    draft = draft_of(request, NEW)
    initial = {"setback": request.GET.get("setback", ""), **_begun(request, draft)}
    form = _form(request, initial, request.zone)
    form.fields["setback"].offer(request.owner)  # type: ignore[attr-defined]
    form.offer_files([])
    if form.is_bound and (item := attempt(request, form, lambda: _write(request, form))):
        drafts.drop(owner=request.owner, key=NEW)
        return redirect(f"{reverse('entry', args=[item.pk])}?done=saved")
    return _page(request, form, draft, NEW)


def _form(request: PersonRequest, initial: dict[str, Any], zone: str) -> EntryForm:
    posted = sent(request)
    return EntryForm(
        posted,
        None if posted is None else request.FILES,
        initial=initial,
        now=request.now,
        zone=zone,
        too_much=getattr(request, "upload_too_large", False),
    )


def _begun(request: PersonRequest, draft: Draft | None) -> dict[str, Any]:
    """What stands in the form already."""
    return typed(draft, EntryForm) | typed_now(request, EntryForm)


def _write(request: PersonRequest, form: EntryForm) -> Item:
    values = form.values()
    del values["remove"]
    item = actions.write_entry(owner=request.owner, now=request.now, zone=request.zone, **values)
    remember(request, item)
    return item


@given_back
@once
def edit(request: PersonRequest, id: UUID) -> HttpResponse:
    """Change an entry, add files to it, take files away."""
    item = reads.item(owner=request.owner, id=id, kind=Entry.KIND)
    key = f"entry-{id}"
    draft = draft_of(request, key)
    form = _form(request, _values(item) | _begun(request, draft), item.zone)
    form.fields["when"].help_text = ""
    form.fields["setback"].offer(request.owner, item.setback)  # type: ignore[attr-defined]
    form.offer_files(reads.files(item))
    if form.is_bound and attempt(request, form, lambda: _change(request, item, form)):
        drafts.drop(owner=request.owner, key=key)
        return redirect(f"{reverse('entry', args=[id])}?done=changed")
    return _page(request, form, draft, key, item)


def _values(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "body": item.body,
        "when": local(item),
        "setback": str(item.setback_id or ""),
        "tags": join_tags(own_tags(item)),
    }


def _change(request: PersonRequest, item: Item, form: EntryForm) -> bool:
    values = form.values()
    values["happened_at"] = values["happened_at"] or item.happened_at
    actions.edit_entry(item, now=request.now, zone=item.zone, **values)
    remember(request, item)
    return True


def _page(
    request: PersonRequest, form: EntryForm, draft: Draft | None, key: str, item: Item | None = None
) -> HttpResponse:
    if request.FILES and (form.errors or not form.is_bound):
        form["uploads"].help_text = AGAIN
    return show(
        request,
        "entry_form.html",
        page="journal",
        form=form,
        item=item,
        draft_key=key,
        longest=LONGEST_BODY,
        draft=draft,
        draft_when=_kept_at(request, draft) if draft else "",
        text=item,
        back_url=reverse("entry", args=[item.pk]) if item else reverse("journal"),
    )


def _kept_at(request: PersonRequest, draft: Draft) -> str:
    here = ZoneInfo(request.zone)
    saved, today = draft.saved_at.astimezone(here), request.now.astimezone(here).date()
    day = "" if saved.date() == today else f"{days.words(saved.date(), today)} at "
    return f"{day or 'at '}{days.clock(saved)}"
