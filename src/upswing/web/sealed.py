"""A form that arrives after the lock: what was typed is sealed into the inbox, not lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from upswing import solo
from upswing.record.rules import LONGEST_BODY
from upswing.vault import seal
from upswing.vault.errors import VaultError
from upswing.web import links, once

NEVER = {"csrfmiddlewaretoken", "draft", "own-text"}


def keep_what_was_typed(request: HttpRequest) -> HttpResponse:
    """Answer 423. The form's fields wait in the sealed inbox and come back as its draft."""
    key = request.POST.get("draft", "")
    kept = links.draft(key) is not None and _seal(_payload(request, key))
    return render(request, "meanwhile.html", {"locked": True, "kept": kept}, status=423)


def _seal(payload: bytes) -> bool:
    """Whether it is sealed. What is longer than a draft can be, or has no vault yet, is not."""
    if len(payload) > LONGEST_BODY:
        return False
    try:
        seal.seal_line(solo.paths(), payload)
    except VaultError:
        return False
    return True


def _payload(request: HttpRequest, key: str) -> bytes:
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NEVER}
    line = {
        "v": 1,
        "word": "draft",
        "key": key,
        "fields": fields,
        "at": datetime.now(UTC).isoformat(),
        "once": once.mark(request),
    }
    return json.dumps(line, ensure_ascii=False).encode()
