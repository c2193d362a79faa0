"""Markdown: the record as pages that any editor and Obsidian read, with its pictures and files."""

from __future__ import annotations

from collections.abc import Iterator

from upswing.exchange.attached import files
from upswing.exchange.members import Exporter, Member, Order
from upswing.exchange.pages import Pages
from upswing.exchange.tables import ATTACHMENTS, ITEMS


def _work(order: Order) -> int:
    tables = (ITEMS, ATTACHMENTS)
    return sum(table.rows(order.owner, trash=order.trash).count() for table in tables)


def _members(order: Order) -> Iterator[Member]:
    yield from Pages(order).members()
    yield from files(order)


EXPORTER = Exporter(
    name="markdown",
    label="Markdown",
    holds="Pages to read in any editor or in Obsidian, by year and month, with pictures and files.",
    stem="upswing-markdown",
    work=_work,
    members=_members,
    folder=True,
)
