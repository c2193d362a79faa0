"""One search over everything, the same on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from upswing.errors import RuleError
from upswing.record import index
from upswing.record.models import Item, ItemQuerySet, Setback, facets
from upswing.record.query import Query, parse
from upswing.record.rows import EXCERPT, Row, rows
from upswing.record.rules import day_bounds
from upswing.record.words import Piece, Term, fold, snippet

PAGE = 30
COUNT_CAP = 200


@dataclass(frozen=True)
class Hit:
    """A found item and the words around what was looked for."""

    row: Row
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True)
class Results:
    """One page of hits. `count` is exact up to COUNT_CAP; `older` continues the newest first."""

    hits: list[Hit]
    count: int
    capped: bool
    older: int | None


def search(
    *, owner: Any, text: str, best: bool = False, before: int | None = None, limit: int = PAGE
) -> Results:
    """Items that fit the query `text`, newest first or (best) by weight of the words.

    `before` is the position below which to go on. Raises RuleError("q", sentence).
    """
    query = parse(text, kinds=tuple(facets()))
    about = [_setbacks(owner, words) for words in query.setbacks]
    narrowed = _narrowed(owner, query, about)
    match = _match(query, about)
    if best and query.terms and match is not None:
        items = _heaviest(narrowed, match, query, limit + 1)
    else:
        page = _newest_first(narrowed, match, query, before)[: limit + 1]
        items = rows(page, excerpt=None if query.terms else EXCERPT)
    whole = before is None and len(items) <= limit
    count = len(items) if whole else _counted(_newest_first(narrowed, match, query, None))
    return Results(
        hits=[_hit(row, query.terms) for row in items[:limit]],
        count=min(count, COUNT_CAP),
        capped=count > COUNT_CAP,
        older=items[limit - 1].position if len(items) > limit and not best else None,
    )


def _heaviest(found: ItemQuerySet, match: index.Match, query: Query, most: int) -> list[Row]:
    low, high = day_bounds(query.after, query.before)
    places = index.heaviest(found, match, low=low, high=high, most=most)
    page = rows(found.filter(position__in=places), excerpt=None)
    return sorted(page, key=lambda row: places.index(row.position))


def _counted(found: ItemQuerySet) -> int:
    # Read and not counted by the engine: that is a query within a query, and dearer to put.
    return len(found.order_by().values_list("position")[: COUNT_CAP + 1])


def _narrowed(owner: Any, query: Query, about: Sequence[list[UUID]]) -> ItemQuerySet:
    """The items of `owner`, not in the trash, that fit all of `query` but its words."""
    found = Item.objects.of(owner).kept().lived_between(query.after, query.before)
    if query.kinds:
        found = found.filter(kind__in=query.kinds)
    if query.without_kinds:
        found = found.exclude(kind__in=query.without_kinds)
    for tag in query.tags:
        found = found.filter(tags__name=tag)
    if query.without_tags:
        found = found.exclude(tags__name__in=query.without_tags)
    for setbacks in about:
        found = found.filter(setback__in=setbacks)
    return found


def _setbacks(owner: Any, words: str) -> list[UUID]:
    wanted = fold(words)
    titles = Item.objects.of(owner).kept().filter(kind=Setback.KIND).values_list("pk", "title")
    found = [pk for pk, title in titles if set(wanted) <= set(fold(title))]
    if not found:
        raise RuleError("q", f"No setback has “{words}” in its name.")
    return found


def _match(query: Query, about: Sequence[list[UUID]]) -> index.Match | None:
    """What the full-text index is asked; None where the rows of items tell as fast."""
    if not (query.terms or query.without or query.tags):
        return None
    marks = [tuple(map(index.setback_mark, setbacks)) for setbacks in about]
    marks += [(index.tag_mark(tag),) for tag in query.tags]
    if query.kinds:
        marks.append(tuple(map(index.kind_mark, query.kinds)))
    without = [*map(index.kind_mark, query.without_kinds), *map(index.tag_mark, query.without_tags)]
    return index.match(index.Sought(query.terms, query.without, tuple(marks), tuple(without)))


def _newest_first(
    found: ItemQuerySet, match: index.Match | None, query: Query, before: int | None
) -> ItemQuerySet:
    below = found if before is None else found.filter(position__lt=before)
    if match is None:
        return below.newest_first()
    low, high = day_bounds(query.after, query.before)
    ends = [end for end in (high, before) if end is not None]
    return index.newest_first(below, match, low=low, high=min(ends, default=None))


def _hit(row: Row, terms: tuple[Term, ...]) -> Hit:
    return Hit(
        row=row,
        title=snippet(row.title, terms, width=200),
        excerpt=snippet(row.excerpt, terms),
    )
