"""The record as pages of Markdown for people: a file for each item, one a month for check-ins.

The front matter is YAML that Obsidian shows as properties. Texts in it are quoted as JSON does it,
which YAML reads too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from upswing.exchange import columns, naming
from upswing.exchange.members import Member, Order
from upswing.exchange.tables import CHUNK, FILES, ITEMS
from upswing.record.models import Attachment, Facet, Item, Setback, facets
from upswing.strategies.coping.models import CheckIn

# Signs that end a line, or are not allowed, in a quoted text of YAML.
UNQUOTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
IN_LINK = re.compile(r"([\[\]\\])")
MONTH_PAGE = "{month}/{name}-check-ins.md"


@dataclass
class Pages:
    """The pages of one order. root: how deep they lie below the folder that holds `files/`."""

    order: Order
    root: int = 0
    _setbacks: dict[UUID, str] = field(init=False)

    def __post_init__(self) -> None:
        owners = Setback.objects.filter(item__owner=self.order.owner).select_related("item")
        self._setbacks = {one.pk: stem(one.item) for one in owners}

    def members(self) -> Iterator[Member]:
        """Every page, one after the other."""
        found = ITEMS.rows(self.order.owner, trash=self.order.trash)
        for chunk in _chunks(found.exclude(kind=CheckIn.KIND)):
            yield from self._chunk(chunk)
        felt = found.filter(kind=CheckIn.KIND).order_by("day", "position").iterator(CHUNK)
        for month, items in groupby(felt, key=lambda item: f"{item.day:%Y/%m}"):
            name = MONTH_PAGE.format(month=month, name=month.replace("/", "-"))
            yield Member(name, self.order.counted(self._month(month, items)))

    def _chunk(self, chunk: list[Item]) -> Iterator[Member]:
        own, files = _own(chunk), _files(chunk)
        for item in chunk:
            text = self._page(item, own[item.pk], files.get(item.pk, []))
            yield Member(path(item), self.order.counted([text.encode()]))

    def _month(self, month: str, items: Iterator[Item]) -> Iterator[bytes]:
        """The check-ins of one month."""
        before = front_matter({"kind": "check-ins", "month": month.replace("/", "-")}) + "\n"
        while chunk := list(islice(items, CHUNK)):
            files = _files(chunk)
            for item in chunk:
                text = _felt(item, self._links(files.get(item.pk, []), month.count("/") + 1))
                yield f"{before}\n{text}\n".encode()
                before = ""

    def _links(self, files: list[Attachment], depth: int) -> str:
        """A link for each file, from a page that lies `depth` folders deep."""
        up = "../" * (depth + self.root)
        return "\n".join(_link(file, up) for file in files)

    def _page(self, item: Item, facet: Facet, files: list[Attachment]) -> str:
        head = front_matter(self._head(item, facet))
        text = "\n\n".join((head, item.body, self._links(files, path(item).count("/"))))
        return text.rstrip() + "\n"

    def _head(self, item: Item, facet: Facet) -> dict[str, Any]:
        """What stands over the text; a time of day is the one on the wall."""
        head: dict[str, Any] = {"id": str(item.pk), "kind": facet.NOUN}
        head |= {"title": item.title} if item.title else {}
        head |= {"date": Bare(f"{item.lived_at:%Y-%m-%dT%H:%M:%S}"), "zone": item.zone}
        head |= {"tags": sorted(tag.name for tag in item.tags.all())}
        if about := self._setbacks.get(item.setback_id) if item.setback_id else None:
            head["setback"] = f"[[{about}]]"
        head |= _said(facet)
        moments = (item.created_at, item.updated_at, item.trashed_at)
        for name, moment in zip(("created", "updated", "trashed"), moments, strict=True):
            head |= {name: _bare(moment)} if moment else {}
        return head


class Bare(str):
    """A value that stands in the front matter as it is."""

    __slots__ = ()


def _bare(moment: datetime) -> Bare:
    return Bare(f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")


def _said(facet: Facet) -> dict[str, Any]:
    """The own columns of a kind that say something."""
    values = {each.name: getattr(facet, each.attname) for each in columns.of(type(facet))}
    del values["item"]
    return {
        name: _bare(value) if isinstance(value, datetime) else columns.outward(value)
        for name, value in values.items()
        if value not in (None, "", [], False)
    }


def front_matter(head: dict[str, Any]) -> str:
    """Names and values between the lines that Obsidian looks for."""
    lines = [f"{name}: {_yaml(value)}" for name, value in head.items()]
    return "\n".join(["---", *lines, "---"])


def _yaml(value: Any) -> str:
    if isinstance(value, Bare):
        return value
    return UNQUOTABLE.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _escaped(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign.group()):04x}"


def stem(item: Item) -> str:
    """The name of the item's page, without ending."""
    return naming.page(item.day, item.title or item.body.lstrip()[:200], item.pk)


def path(item: Item) -> str:
    """The item's page in the folder of its month."""
    return f"{item.day:%Y/%m}/{stem(item)}.md"


def _link(file: Attachment, up: str) -> str:
    mark = "!" if file.media_type in naming.ENDINGS else ""
    name = IN_LINK.sub(r"\\\1", file.name)
    return f"{mark}[{name}]({up}{FILES}/{naming.file(file.name, file.media_type, file.pk)})"


def _felt(item: Item, links: str) -> str:
    """One check-in on the page of its month."""
    away = " (in the trash)" if item.trashed_at else ""
    head = f"## {item.lived_at:%Y-%m-%d %H:%M}{away}"
    return "\n\n".join(filter(None, (head, item.title, item.body.rstrip(), links)))


def _chunks(found: QuerySet[Any]) -> Iterator[list[Item]]:
    rows = found.prefetch_related("tags").iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _own(chunk: list[Item]) -> dict[UUID, Facet]:
    """The own columns of each item."""
    found: dict[UUID, Facet] = {}
    for kind in {item.kind for item in chunk}:
        ids = [item.pk for item in chunk if item.kind == kind]
        found |= facets()[kind].objects.in_bulk(ids)
    return found


def _files(chunk: list[Item]) -> dict[UUID, list[Attachment]]:
    """The files of each item, without their bytes."""
    found: dict[UUID, list[Attachment]] = {}
    rows = Attachment.objects.filter(item__in=chunk).defer("data").order_by("pk")
    for file in rows:
        found.setdefault(file.item_id, []).append(file)
    return found
