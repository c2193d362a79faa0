"""Forms that are only looked at, and words worth a second look beside them. Nothing is kept.

A form's button named `look` never writes: it shows the page again as it was, with what it asked
for: "words" the questions, "off" none for this text, "again" some after all, "never" none at all
from now on. The form says in `own-text` which of its fields hold own text, and in `quiet` whether
it is quiet for this text; that alone is kept, with the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from upswing.accounts.actions import set_second_look
from upswing.journeys import second_look
from upswing.journeys.second_look import Asked, Looked
from upswing.moments import lived_day
from upswing.record.actions import ask_about_words
from upswing.record.models import Item
from upswing.web.own_words import OwnWords
from upswing.web.person import PersonRequest

WORDS, OFF, AGAIN, NEVER = "words", "off", "again", "never"
OWN, QUIET = "own-text", "quiet"
MOST_FIELDS = 60


def looking(request: PersonRequest) -> bool:
    """Whether a form was sent only to be looked at. "never" is remembered on the way."""
    if request.method != "POST" or "look" not in request.POST:
        return False
    if request.POST["look"] == NEVER and request.owner.second_look:
        set_second_look(owner=request.owner, on=False)
        request.owner.second_look = False
    return True


def sent(request: PersonRequest) -> QueryDict | None:
    """What was posted to be written, if it was."""
    return request.POST if request.method == "POST" and not looking(request) else None


def typed_now(request: PersonRequest, form_class: type[forms.Form]) -> dict[str, Any]:
    """What stands in a form that was only looked at, as its initial values."""
    if not looking(request):
        return {}
    fields = form_class.base_fields
    several = {
        name for name, field in fields.items() if isinstance(field, forms.MultipleChoiceField)
    }
    # Of several choices with none taken nothing at all is posted.
    return {name: [] for name in several} | {
        name: values if name in several else values[-1]
        for name, values in request.POST.lists()
        if name in fields
    }


def remember(request: PersonRequest, item: Item) -> None:
    """Let an item stay quiet, or not, as the form was that its text came with."""
    if request.owner.second_look and QUIET in request.POST:
        ask_about_words(item, on=not request.POST[QUIET])


def beside(request: PersonRequest, values: Mapping[str, Any]) -> dict[str, Any]:
    """For parts/second_look.html: what stands beside the form of a page with these `values`.

    Its questions go into its controls. Where the calm panel stands, nothing is asked.
    """
    controls = _controls(values.get("writing", values.get("form")))
    said, calm = request.POST.get("look", ""), values.get("calm")
    if not controls or (calm and calm.whole) or not (request.owner.second_look or said):
        return {}
    told = bool({"look", QUIET} & request.POST.keys())
    found = answer(request) if told else _opened(values)
    for control in controls:
        control.asked = found["by_field"]
    return {"asks": True, **found}


def _controls(form: Any) -> list[OwnWords]:
    widgets = [field.widget for field in getattr(form, "fields", {}).values()]
    return [widget for widget in widgets if isinstance(widget, OwnWords)]


def _opened(values: Mapping[str, Any]) -> dict[str, Any]:
    """A page that was only opened. What was not sent is newer than what was kept."""
    draft = values.get("draft") or values.get("earlier")
    text = values.get("text")
    kept = text is not None and not text.second_look
    return {"quiet": bool(draft.fields.get(QUIET)) if draft else kept, "by_field": {}}


def answer(request: PersonRequest, default: str = "") -> dict[str, Any]:
    """What a look at the posted form comes to; `default` is what it asks for if it does not say."""
    asked = request.POST.get("look", default)
    quiet = asked != AGAIN and (asked == OFF or bool(request.POST.get(QUIET)))
    looked = _look(request) if asked in (WORDS, AGAIN) and not quiet else None
    return {
        "quiet": quiet,
        "second_look": looked,
        "by_field": _by_field(looked, _own(request)),
    }


def _own(request: PersonRequest) -> list[str]:
    """The names of the fields with own text."""
    names = dict.fromkeys(request.POST.getlist(OWN))
    return [name for name in names if name in request.POST][:MOST_FIELDS]


def _look(request: PersonRequest) -> Looked | None:
    if not request.owner.second_look:
        return None
    own = _own(request)
    today = lived_day(request.now, request.zone)
    texts = [str(request.POST[name]) for name in own]
    return second_look.look(texts, owner=request.owner, today=today, beside=_beside(request, own))


def _beside(request: PersonRequest, own: Iterable[str]) -> list[str]:
    """Everything else that was posted: words that are being answered, a name, a search."""
    mine = set(own)
    return [str(each) for name, some in request.POST.lists() if name not in mine for each in some]


def _by_field(looked: Looked | None, own: list[str]) -> Mapping[str, list[Asked]]:
    found: dict[str, list[Asked]] = {name: [] for name in own}
    for one in looked.asked if looked else ():
        found[own[one.text]].append(one)
    return found
