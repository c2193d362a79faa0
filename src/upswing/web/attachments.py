"""Files of an item: shown, handed out, removed. Whatever they hold, they can do nothing here."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from upswing.record import attachments, reads
from upswing.record.models import Attachment, Item
from upswing.web import links
from upswing.web.lists import size
from upswing.web.person import PersonRequest

PLAIN = "application/octet-stream"


def listing(item: Item) -> list[dict[str, Any]]:
    """The item's files as parts/attachments.html takes them."""
    return [
        {
            "name": file.name,
            "href": reverse("attachment", args=[file.pk]),
            "size": size(file.size),
            "is_image": file.media_type in attachments.SHOWN,
            "remove_url": reverse("attachment_remove", args=[file.pk]),
        }
        for file in reads.files(item)
    ]


@require_safe
def attachment(request: PersonRequest, id: UUID) -> HttpResponse:
    """One file: a picture of a known type as it is, anything else only to save."""
    file = reads.attachment(owner=request.owner, id=id)
    shown = file.media_type in attachments.SHOWN
    response = HttpResponse(bytes(file.data), content_type=file.media_type if shown else PLAIN)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Content-Disposition"] = content_disposition_header(not shown, _name(file)) or ""
    return response


def _name(file: Attachment) -> str:
    """The name without path separators and without signs that are not seen."""
    seen = [char for char in file.name if not unicodedata.category(char).startswith("C")]
    return "".join(seen).replace("/", "_").replace("\\", "_").lstrip(".") or "file"


@require_POST
def attachment_remove(request: PersonRequest, id: UUID) -> HttpResponse:
    """Remove one file for good."""
    file = reads.attachment(owner=request.owner, id=id)
    attachments.detach(file)
    return redirect(f"{links.to(file.item.kind, file.item.pk)}?done=removed")
