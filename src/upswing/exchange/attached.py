"""The attachments as files of an export, one in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator

from upswing.exchange import naming
from upswing.exchange.members import Member, Order
from upswing.exchange.tables import ATTACHMENTS, FILES
from upswing.record.models import Attachment

PIECE = 1 << 20


def name(file: Attachment) -> str:
    """The name of the file in the export."""
    return f"{FILES}/{naming.file(file.name, file.media_type, file.pk)}"


def files(order: Order) -> Iterator[Member]:
    """Every attachment."""
    found = ATTACHMENTS.rows(order.owner, trash=order.trash)
    for file in found.defer("data").iterator():
        yield Member(name(file), _pieces(file), packed=file.media_type in naming.ENDINGS)
        order.tick()


def _pieces(file: Attachment) -> Iterator[bytes]:
    data = memoryview(Attachment.objects.values_list("data", flat=True).get(pk=file.pk))
    for start in range(0, len(data), PIECE):
        yield bytes(data[start : start + PIECE])
