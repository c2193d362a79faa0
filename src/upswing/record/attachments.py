"""Files that belong to an item. Their bytes lie in the record itself, so they are encrypted too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from upswing.errors import RuleError
from upswing.record import rules
from upswing.record.models import Attachment, Item

LARGEST = 10_000_000
MOST = 20
IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
SHOWN = {*IMAGES.values(), "image/webp"}


@dataclass(frozen=True)
class NewFile:
    """A file that is to be kept; its name is not believed."""

    name: str
    data: bytes


@transaction.atomic
def attach(item: Item, *, now: datetime, name: str, data: bytes) -> Attachment:
    """Keep a file with `item`, which counts as changed.

    Raises RuleError("files", …) when the file is empty, too large or one too many.
    """
    name = rules.file_name(name) or "file"
    if not data:
        raise RuleError("files", f"“{name}” is empty.")
    if len(data) > LARGEST:
        raise RuleError("files", f"“{name}” is larger than {LARGEST // 1_000_000} MB.")
    if item.attachments.count() >= MOST:
        raise RuleError("files", f"Up to {MOST} files fit on one entry.")
    Item.objects.filter(pk=item.pk).update(updated_at=now)
    return Attachment.objects.create(
        item=item, name=name, media_type=media_type(data), size=len(data), data=data
    )


def media_type(data: bytes) -> str:
    """What the first bytes say: one of four image types, or plain bytes. Names are not believed."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    known = (kind for magic, kind in IMAGES.items() if data.startswith(magic))
    return next(known, "application/octet-stream")


def detach(attachment: Attachment) -> None:
    """Remove a file for good."""
    attachment.delete()
