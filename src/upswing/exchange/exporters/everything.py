"""The zip with everything: to read here and elsewhere, and to bring back whole."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any
from uuid import UUID

from upswing.exchange import attached, columns, tables
from upswing.exchange.members import Exporter, Member, Order, json_line
from upswing.exchange.pages import Pages
from upswing.exchange.tables import CHUNK, Table
from upswing.exchange.zipping import Sums
from upswing.record import batches
from upswing.record.models import Attachment, Batch, Item, Setback

ABOUT = """\
This is everything that was in an Upswing vault on {day}, for you to keep and to read.
It is not encrypted: whoever has this file can read all of it.

  markdown/        every entry, setback, note and person as a page of text, by year and month;
                   check-ins are gathered in a page a month
  files/           pictures and files
  record/          the same as data, a line of JSON for each row, with every field
  sha256sums.txt   check it with: sha256sum -c sha256sums.txt
  manifest.json    the version of this format, and how much of everything there is

To bring it back:  upswing import {name}.zip
In an empty vault everything is again as it was. In another one, what is there already stays as it
is, and what is new is added.
{without}"""
NO_TRASH = "\nWhat lay in the trash was left out.\n"


class Taking:
    """One zip on its way out. counts: rows of each table, as they were written."""

    def __init__(self, order: Order) -> None:
        self.order, self.sums = order, Sums()
        self.counts: dict[str, int] = {}

    def members(self) -> Iterator[Member]:
        """Every file; what others are checked by comes last."""
        for member in self._summed():
            yield self.sums.summed(member)
        yield self.sums.summed(Member(tables.SUMS, self._sums()))
        yield Member(tables.MANIFEST, self._manifest())

    def _summed(self) -> Iterator[Member]:
        yield Member(tables.README, [self._about().encode()])
        yield from attached.files(self.order)
        yield Member(f"{tables.RECORD}/account.jsonl", [json_line(self._account())])
        for table in tables.every():
            yield Member(table.file, self._lines(table))
        yield Member(f"{tables.RECORD}/batch-rows.jsonl", self._reports())
        for page in Pages(self.order, root=1).members():
            yield page._replace(name=f"{tables.MARKDOWN}/{page.name}")

    def _about(self) -> str:
        name = EXPORTER.file_name(self.order)
        without = "" if self.order.trash else NO_TRASH
        return ABOUT.format(day=self.order.day, name=name, without=without)

    def _account(self) -> dict[str, Any]:
        owner = self.order.owner
        return {name: columns.outward(getattr(owner, name)) for name in tables.ACCOUNT}

    def _lines(self, table: Table) -> Iterator[bytes]:
        names = [field.attname for field in table.fields]
        more = MORE.get(table.name, _nothing_more)(self)
        rows = table.rows(self.order.owner, trash=self.order.trash)
        self.counts[table.name] = 0
        for row in self.order.counted(_rows(table, rows)):
            line = {name: columns.outward(getattr(row, name)) for name in names}
            yield json_line(line | more(row))
            self.counts[table.name] += 1

    def _reports(self) -> Iterator[bytes]:
        """The reports of the imports row by row, because one may be as long as its journal was."""
        for batch in Batch.objects.filter(owner=self.order.owner).order_by("made_at", "pk"):
            for row in batches.report(batch):
                yield json_line({"batch_id": str(batch.pk), "row": row})

    def _sums(self) -> Iterator[bytes]:
        for name, digest in self.sums.of.items():
            yield f"{digest}  {name}\n".encode()

    def _manifest(self) -> Iterator[bytes]:
        checked = {
            name: digest
            for name, digest in self.sums.of.items()
            if name.startswith(f"{tables.RECORD}/")
        }
        yield json_line(
            {
                "format": tables.FORMAT,
                "version": tables.VERSION,
                "upswing": version("upswing"),
                "made_at": self.order.now.isoformat(),
                "trash": self.order.trash,
                "counts": self.counts,
                "sha256": checked,
            }
        )


def _rows(table: Table, rows: Any) -> Iterator[Any]:
    if table.model is Item:
        rows = rows.prefetch_related("tags")
    if table.model is Attachment:
        rows = rows.defer("data")
    yield from rows.iterator(CHUNK)


def _nothing_more(taking: Taking) -> Any:
    return lambda row: {}


def _of_items(taking: Taking) -> Any:
    """Tags; and without the trash no setback that lies there."""
    away = set[UUID | None]()
    if not taking.order.trash:
        gone = Setback.objects.filter(item__owner=taking.order.owner)
        away = set(gone.exclude(item__trashed_at=None).values_list("pk", flat=True))

    def more(item: Item) -> dict[str, Any]:
        found: dict[str, Any] = {"tags": sorted(tag.name for tag in item.tags.all())}
        return found | ({"setback_id": None} if item.setback_id in away else {})

    return more


def _of_files(taking: Taking) -> Any:
    def more(file: Attachment) -> dict[str, Any]:
        name = attached.name(file)
        return {"file": name, "sha256": taking.sums.of[name]}

    return more


MORE = {"items": _of_items, "attachments": _of_files}


def _work(order: Order) -> int:
    """A piece of work is a row, a page or a file."""
    trash = order.trash
    rows = sum(table.rows(order.owner, trash=trash).count() for table in tables.every())
    again = (tables.ITEMS, tables.ATTACHMENTS)
    return rows + sum(table.rows(order.owner, trash=trash).count() for table in again)


EXPORTER = Exporter(
    name="zip",
    label="Everything",
    holds="All of it in a zip: pages to read, pictures and files, and every field as data. "
    "Upswing can bring it back whole.",
    stem="upswing-export",
    work=_work,
    members=lambda order: Taking(order).members(),
)
