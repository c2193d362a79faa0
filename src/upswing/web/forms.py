"""What forms share: a moment, a setback to belong to, drafts, rules shown at their field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict

from upswing import moments
from upswing.errors import RuleError
from upswing.record import drafts, setbacks
from upswing.record.models import Draft, Item, Setback
from upswing.web.page import UNWRITTEN
from upswing.web.person import PersonRequest

T = TypeVar("T")
FIELD = {"happened_at": "when", "setback_id": "setback", "files": "uploads"}


class WhenInput(forms.DateTimeInput):
    """The browser's own control for a day and a time."""

    input_type = "datetime-local"


class WhenForm(forms.Form):
    """A form with a moment. `now` is aware; `zone` is where the moment was lived."""

    when = forms.CharField(
        label="When",
        required=False,
        max_length=60,
        widget=WhenInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, now: datetime, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.zone = now, zone

    def clean_when(self) -> datetime | None:
        text = self.cleaned_data["when"]
        if not text or "when" not in self.changed_data:
            return None
        try:
            return moments.parse(text, now=self.now, zone=self.zone)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class SetbackField(forms.ChoiceField):
    """Which setback it belongs to; none is fine."""

    def __init__(self, **kwargs: Any) -> None:
        gone = {"invalid_choice": "That setback is not here any more."}
        super().__init__(label="Belongs to", required=False, error_messages=gone, **kwargs)

    def offer(self, owner: Any, chosen: Setback | None = None) -> None:
        """Offer the owner's open setbacks, and the one that is chosen already, wherever it is."""
        found = [one for one in setbacks.all_of(owner=owner) if not one.closed_at]
        found += [chosen] if chosen and chosen not in found else []
        self.by_key = {str(one.pk): one for one in found}
        self.choices = [
            ("", "nothing in particular"),
            *((key, one.item.title) for key, one in self.by_key.items()),
        ]

    def clean(self, value: Any) -> Any:
        return self.by_key.get(super().clean(value))


def local(item: Item) -> str:
    """The item's moment as the control wants it, on the clock where it was lived."""
    return item.lived_at.strftime("%Y-%m-%dT%H:%M")


class Judged(forms.CharField):
    """What was typed in one field, for the verb to judge, also whether it may be empty.

    A form that judges a part by itself shows the nos of the verb only when its own are mended.
    """

    def clean(self, value: Any) -> str:
        return str(self.to_python(value))


def attempt(request: PersonRequest, form: forms.Form, verb: Callable[[], T]) -> T | None:
    """Call `verb` where the form is sound; a rule that says no is shown at its field.

    Where the disk or the database has said no already (see `unwritten`), that is shown instead.
    """
    if not form.is_valid():
        return None
    if request.unwritten:
        form.add_error(None, forms.ValidationError(request.unwritten, code=UNWRITTEN))
        return None
    try:
        return verb()
    except RuleError as error:
        _show_at_fields(form, error)
        return None


def _show_at_fields(form: forms.Form, error: RuleError) -> None:
    """Each sentence at its field, and one that several rules said once."""
    for said in error.all:
        name = FIELD.get(said.field, said.field)
        field = name if name in form.fields else None
        if said.sentence not in form.errors.get(field or NON_FIELD_ERRORS, ()):
            form.add_error(field, said.sentence)


def draft_of(request: PersonRequest, key: str) -> Draft | None:
    """The draft, where the form is opened; a posted form already holds what is newer."""
    return None if request.method == "POST" else drafts.find(owner=request.owner, key=key)


def typed(draft: Draft | None, form_class: type[forms.Form]) -> dict[str, Any]:
    """A draft's fields as the form's initial values."""
    if draft is None:
        return {}
    fields = form_class.base_fields
    return {
        name: values if isinstance(fields[name], forms.MultipleChoiceField) else values[-1]
        for name, values in draft.fields.items()
        if name in fields and values
    }


def as_typed(posted: QueryDict) -> dict[str, list[str]]:
    """A posted form as a draft keeps it."""
    skip = {"csrfmiddlewaretoken", "draft", "own-text"}
    return {
        name: values
        for name, values in posted.lists()
        if name not in skip and any(map(str, values))
    }
