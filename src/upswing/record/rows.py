"""Items as lists show them: small values, made here, so that templates do nothing dear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField
from django.db.models.functions import Substr

from upswing.record.models import Facet, ItemQuerySet, facets

EXCERPT = 400
FIRST_LINE = 90
SENTENCE = re.compile(r".{8,89}?[.!?…](?=\s)")


@dataclass(frozen=True)
class Row:
    """One line of a list. `lived_at` is the wall-clock time in the zone where it was lived."""

    id: UUID
    kind: str
    noun: str
    title: str
    excerpt: str
    lived_at: datetime
    day: date
    position: int
    setback_id: UUID | None
    setback: str


def rows(items: ItemQuerySet, *, excerpt: int | None = EXCERPT) -> list[Row]:
    """The items as rows, in their order; `excerpt` caps the text in characters (None = all)."""
    text = Substr("body", 1, excerpt, output_field=CharField()) if excerpt else None
    found = items.annotate(excerpt=text) if text is not None else items
    kinds = facets()
    return [
        _row(kinds, *values)
        for values in found.values_list(
            "id",
            "kind",
            "title",
            "excerpt" if text is not None else "body",
            "happened_at",
            "zone",
            "day",
            "position",
            "setback_id",
            "setback__item__title",
        )
    ]


def _row(
    kinds: Mapping[str, type[Facet]],
    id_: UUID,
    kind: str,
    title: str,
    text: str,
    happened_at: datetime,
    zone: str,
    day: date,
    position: int,
    setback_id: UUID | None,
    setback: str | None,
) -> Row:
    heading, rest = (title, text) if title else _first_line(text)
    return Row(
        id=id_,
        kind=kind,
        noun=kinds[kind].NOUN,
        title=heading,
        excerpt=rest,
        lived_at=happened_at.astimezone(ZoneInfo(zone)),
        day=day,
        position=position,
        setback_id=setback_id,
        setback=setback or "",
    )


def _first_line(text: str) -> tuple[str, str]:
    """The first line as a heading, or its first sentence where the line is long; and the rest."""
    line, _, rest = text.strip().partition("\n")
    line = line.lstrip("# ").strip()
    if len(line) <= FIRST_LINE:
        return line, rest.strip()
    sentence = SENTENCE.match(line)
    cut = sentence.end() if sentence else max(line.rfind(" ", 0, FIRST_LINE), 0) or FIRST_LINE
    dots = "" if sentence else " …"
    return line[:cut].strip() + dots, f"{line[cut:].strip()}\n{rest}".strip()
