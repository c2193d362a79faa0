"""Which tables of the record leave, in which columns and in which order. The format of the files.

docs/format.md describes it for others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from upswing.exchange import columns
from upswing.record.models import (
    Attachment,
    Batch,
    Draft,
    Facet,
    Item,
    Link,
    Revision,
    facets,
)

FORMAT, VERSION = "upswing-export", 1
MANIFEST, SUMS, README = "manifest.json", "sha256sums.txt", "README.txt"
RECORD, FILES, MARKDOWN = "record", "files", "markdown"
CHUNK = 200

OUTSIDE = {
    "Tag": "stands with its items",
    "Item_tags": "stands with its items",
    "User": "its settings are account.jsonl; the rest is about the vault",
    "ReportPage": "its rows are batch-rows.jsonl",
    "Receipt": "tells which captured lines this vault has had, and means nothing elsewhere",
}
ACCOUNT = ("username", "zone", "country", "theme", "second_look", "created_at")


@dataclass(frozen=True)
class Table:
    """One table, or the rows of one kind in it: its file is record/<name>.jsonl.

    owner: the way from a row to its owner. items: the ways to the items that have to leave with it.
    leave: columns that stay. order: how the rows are sorted. kind: whose rows, where several kinds
    share the table.
    """

    name: str
    model: type[Model]
    owner: str
    items: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    order: tuple[str, ...] = ("pk",)
    kind: str = ""

    @property
    def file(self) -> str:
        return f"{RECORD}/{self.name}.jsonl"

    @property
    def fields(self) -> list[Any]:
        """The columns that leave."""
        return columns.of(self.model, self.leave)

    def rows(self, owner: Any, *, trash: bool) -> QuerySet[Any]:
        """The owner's rows; without `trash` none of an item that lies there."""
        narrow = Q() if trash else Q(**{f"{way}trashed_at": None for way in self.items})
        narrow &= Q(item__kind=self.kind) if self.kind else Q()
        found = self.model._default_manager.filter(narrow, **{self.owner: owner})
        return found.order_by(*self.order)


ITEMS = Table("items", Item, "owner", ("",), ("owner_id",), ("position",))
BATCHES = Table("batches", Batch, "owner", (), ("owner_id",), ("made_at", "pk"))
LINKS = Table("links", Link, "source__owner", ("source__", "target__"), ("id",))
REVISIONS = Table("revisions", Revision, "item__owner", ("item__",), ("id",))
ATTACHMENTS = Table("attachments", Attachment, "item__owner", ("item__",), ("data",))
DRAFTS = Table("drafts", Draft, "owner", (), ("id", "owner_id"))


def kind(facet: type[Facet]) -> Table:
    """The own columns of one kind of item."""
    return Table(
        f"kind-{facet.KIND}", facet, "item__owner", ("item__",), (), ("item__position",), facet.KIND
    )


def kinds() -> list[Table]:
    """Every kind of item, by name."""
    return [kind(facet) for _, facet in sorted(facets().items())]


def every() -> Iterator[Table]:
    """Every table that leaves, in the order in which it does."""
    yield from (BATCHES, ITEMS, *kinds(), LINKS, REVISIONS, ATTACHMENTS, DRAFTS)
