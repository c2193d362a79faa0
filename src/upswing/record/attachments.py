"""Files that belong to an item. Their bytes lie in the record itself, so they are encrypted too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from upswing.errors import RuleError
from upswing.record import rules
from upswing.record.models import Attachment, Item

LARGEST = 10_000_000
MOST = 20
MOST_BROUGHT = 100  # on one entry by an import: what was kept together elsewhere stays together
AT_ONCE, MOST_AT_ONCE = 4_000_000, 100
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
    file = _file(item, NewFile(name, data))
    if item.attachments.count() >= MOST:
        raise RuleError("files", f"Up to {MOST} files fit on one entry.")
    Item.objects.filter(pk=item.pk).update(updated_at=now)
    file.save(force_insert=True)
    return file


def _file(item: Item, new: NewFile) -> Attachment:
    name = rules.file_name(new.name) or "file"
    fits(name, len(new.data))
    kind = media_type(new.data)
    return Attachment(item=item, name=name, media_type=kind, size=len(new.data), data=new.data)


def fits(name: str, size: int) -> None:
    """Raise RuleError("files", …) where a file of `size` bytes cannot be kept."""
    if not size:
        raise RuleError("files", f"“{name}” is empty.")
    if size > LARGEST:
        raise RuleError("files", f"“{name}” is larger than {LARGEST // 1_000_000} MB.")


class Shelf:
    """Files of many new items, written a few at a time, so that never all are in memory.

    It is used inside the import's transaction, and its items do not count as changed.
    """

    def __init__(self) -> None:
        self._waiting: list[Attachment] = []
        self._bytes = 0

    def put(self, item: Item, file: NewFile) -> None:
        """Take a file. Raises RuleError as `attach` does, except that more fit on one entry."""
        self._waiting.append(_file(item, file))
        self._bytes += len(file.data)
        if self._bytes >= AT_ONCE or len(self._waiting) >= MOST_AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what was taken."""
        Attachment.objects.bulk_create(self._waiting)
        self._waiting, self._bytes = [], 0


def put_back(id: UUID, item_id: UUID, *, name: str, data: bytes) -> None:
    """Keep a file that comes back from an export, under the id that it had."""
    Attachment.objects.create(
        id=id,
        item_id=item_id,
        name=rules.file_name(name) or "file",
        media_type=media_type(data),
        size=len(data),
        data=data,
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
