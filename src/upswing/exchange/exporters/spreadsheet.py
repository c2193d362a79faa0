"""CSV: entries and check-ins as two tables for a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet

from upswing.exchange.cells import guarded
from upswing.exchange.members import Exporter, Member, Order
from upswing.exchange.tables import CHUNK, ITEMS
from upswing.record.models import Item
from upswing.strategies.coping.models import CheckIn, Entry

Column = Callable[[Item], Any]

WHEN: dict[str, Column] = {
    "id": lambda item: str(item.pk),
    "day": lambda item: item.day.isoformat(),
    "time": lambda item: f"{item.lived_at:%H:%M:%S}",
    "zone": lambda item: item.zone,
}
AROUND: dict[str, Column] = {
    "moment": lambda item: item.happened_at.isoformat(),
    "tags": lambda item: ", ".join(sorted(tag.name for tag in item.tags.all())),
    "setback": lambda item: item.setback.item.title if item.setback else "",
    "created_at": lambda item: item.created_at.isoformat(),
    "updated_at": lambda item: item.updated_at.isoformat(),
    "trashed_at": lambda item: item.trashed_at.isoformat() if item.trashed_at else "",
}
ENTRIES: dict[str, Column] = {
    **WHEN,
    "title": lambda item: item.title,
    "text": lambda item: item.body,
    "starred": lambda item: int(item.entry_facet.starred),
    **AROUND,
}
CHECK_INS: dict[str, Column] = {
    **WHEN,
    "mood": lambda item: item.checkin_facet.mood,
    "energy": lambda item: item.checkin_facet.energy,
    "stress": lambda item: item.checkin_facet.stress,
    "feelings": lambda item: ", ".join(item.checkin_facet.feelings),
    "text": lambda item: item.body,
    **AROUND,
}
SHEETS = {
    "entries.csv": (Entry, "entry_facet", ENTRIES),
    "check-ins.csv": (CheckIn, "checkin_facet", CHECK_INS),
}


def _found(order: Order, kind: str) -> QuerySet[Any]:
    return ITEMS.rows(order.owner, trash=order.trash).filter(kind=kind)


def _work(order: Order) -> int:
    return sum(_found(order, facet.KIND).count() for facet, _, _ in SHEETS.values())


def _members(order: Order) -> Iterator[Member]:
    for name, (facet, own, columns) in SHEETS.items():
        found = _found(order, facet.KIND).select_related(own, "setback__item")
        items = found.prefetch_related("tags").iterator(CHUNK)
        yield Member(name, _lines(order.counted(items), columns))


def _lines(items: Iterator[Item], columns: dict[str, Column]) -> Iterator[bytes]:
    """The lines as RFC 4180 has them, after the mark by which Excel knows UTF-8."""
    yield codecs.BOM_UTF8 + _line(list(columns))
    for item in items:
        yield _line([column(item) for column in columns.values()])


def _line(values: list[Any]) -> bytes:
    out = io.StringIO(newline="")
    cells = [guarded(value) if isinstance(value, str) else value for value in values]
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


EXPORTER = Exporter(
    name="csv",
    label="CSV",
    holds="Entries and check-ins as two tables for a spreadsheet. The rest is not in it.",
    stem="upswing-csv",
    work=_work,
    members=_members,
    folder=True,
)
