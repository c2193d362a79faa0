"""Forms that are only looked at, and words worth a second look beside them. Nothing is kept.

A form's button named `look` never writes: it shows the page again as it was, with what it asked
for: "words" the questions, "off" none for this text, "again" some after all, "never" none at all
from now on.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict

from upswing.accounts.actions import set_second_look
from upswing.journeys import second_look
from upswing.moments import lived_day
from upswing.web.person import PersonRequest

WORDS, OFF, AGAIN, NEVER = "words", "off", "again", "never"
NOT_TEXT = {"csrfmiddlewaretoken", "draft", "setback", "when", "look", "quiet", "tags", "remove"}


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
    return {
        name: values if isinstance(fields[name], forms.MultipleChoiceField) else values[-1]
        for name, values in request.POST.lists()
        if name in fields
    }


def context(request: HttpRequest, default: str = "") -> dict[str, Any]:
    """For parts/second_look.html: whether it is quiet for this text, and what was asked for."""
    asked = request.POST.get("look", default)
    quiet = asked != AGAIN and (asked == OFF or bool(request.POST.get("quiet")))
    looks = asked in (WORDS, AGAIN) and not quiet
    looked = _look(cast(PersonRequest, request)) if looks else None
    return {"quiet": quiet, "looked": looked, "look_said": asked}


def _look(request: PersonRequest) -> second_look.Looked | None:
    if not request.owner.second_look:
        return None
    texts = [value for name, value in request.POST.items() if not _is_no_text(name)]
    today = lived_day(request.now, request.zone)
    return second_look.look(map(str, texts), owner=request.owner, today=today)


def _is_no_text(name: str) -> bool:
    """Whether a field holds no text to look at; harsh lines that are being answered are none."""
    return name in NOT_TEXT or name.endswith("-line")
