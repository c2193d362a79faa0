"""What every template knows, and the one way to answer with a page."""

from __future__ import annotations

import re
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from upswing.web import looking
from upswing.web.days import kept_at
from upswing.web.person import PersonRequest

# Said after an action, named in the address (?done=…): no text of the person ever stands there.
NOTICES = {
    "saved": "Kept.",
    "enough": "Enough for today. It waits where you left it.",
    "again": "Kept. Below stands how it moved.",
    "skipped": "Fine. Nothing is noted of it.",
    "finished": "Kept. That was the last step.",
    "changed": "Changed. How it read before is in its history.",
    "trashed": "Moved to the trash.",
    "restored": "It is back.",
    "erased": "Erased for good.",
    "removed": "The file is gone.",
    "closed": "Laid down. You can take it up again at any time.",
    "reopened": "Taken up again.",
    "settings": "Your settings are kept.",
    "passphrase": "The new passphrase opens the vault from now on.",
    "sheet": "The recovery sheet works. Keep it away from this machine.",
    "slot": "Done. The ways in are listed below.",
    "backup": "The backup is made. It was read back whole, and every bit of it is right.",
    "backup-sound": "Every bit of that backup is as it was written.",
    "undone": "The import was undone.",
    "import-left": "Nothing was written, and the file is forgotten.",
    "import-gone": "That file is no longer held here. Choose it again.",
    "discarded": "The draft is gone.",
}

UNWRITTEN = "unwritten"  # the code of a form's error where the disk or the database is the reason

ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def context(request: HttpRequest) -> dict[str, Any]:
    """Theme, lock state and notice for base.html."""
    open_here = getattr(request, "in_session", False)
    owner = getattr(request, "owner", None)
    return {
        "locked": not open_here,
        "theme": owner.theme if owner else "",
        "notice": _notice(request),
        "owner": owner,
    }


def _notice(request: HttpRequest) -> dict[str, str] | None:
    done = request.GET.get("done", "")
    if done not in NOTICES:
        return None
    undo = request.GET.get("undo", "")
    undo_url = reverse("restore", args=[undo]) if done == "trashed" and ID.fullmatch(undo) else ""
    return {"text": NOTICES[done], "undo_url": undo_url, "undo_label": "Undo"}


def show(request: HttpRequest, template: str, status: int = 200, **values: Any) -> HttpResponse:
    """The page `template`; 422 where a form in it has errors, 503 where it could not be written.

    `text` is the item whose text stands in the form, where it is there already; `writing` the form
    with own text in it, where `form` may be another one; `earlier` a draft of it that was sent.
    """
    form, draft = values.get("form"), values.get("draft")
    if draft is not None:
        values.setdefault("draft_when", kept_at(draft.saved_at, request.now, request.zone))  # type: ignore[attr-defined]
        values["here"] = request.path
    if getattr(request, "in_session", False):
        values |= looking.beside(cast(PersonRequest, request), values)
    if form is not None and form.is_bound and form.errors:
        status = 503 if form.has_error(NON_FIELD_ERRORS, UNWRITTEN) else 422
    return render(request, template, values, status=status)
