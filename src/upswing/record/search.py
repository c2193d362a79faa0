"""One search over everything, the same on both engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from upswing.errors import RuleError
from upswing.record import index
from upswing.record.models import Item, ItemQuerySet, facets
from upswing.record.query import Query, parse
from upswing.record.rows import EXCERPT, Row, rows
from upswing.record.rules import day_bounds
from upswing.record.words import Piece, Term, fold, snippet

PAGE = 30
COUNT_CAP = 1000
RANK = {
    True: "ts_rank(upswing_item.words, %s::tsquery)",
    False: "-bm25(upswing_words, 4.0, 1.0)",
}


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
    match = index.match(query.terms) if query.terms else None
    narrowed = _narrowed(owner, query)
    found = narrowed if match is None else _with_words(narrowed, query, match)
    if best and match is not None:
        page = _by_weight(narrowed, match)
    else:
        page = _newest_first(found, match, before)
    items = rows(page[: limit + 1], excerpt=None if query.terms else EXCERPT)
    count = found[: COUNT_CAP + 1].count()
    return Results(
        hits=[_hit(row, query.terms) for row in items[:limit]],
        count=min(count, COUNT_CAP),
        capped=count > COUNT_CAP,
        older=items[limit - 1].position if len(items) > limit and not best else None,
    )


def _narrowed(owner: Any, query: Query) -> ItemQuerySet:
    """The items of `owner`, not in the trash, that fit all of `query` but its words."""
    found = Item.objects.of(owner).kept().lived_between(query.after, query.before)
    if query.kinds:
        found = found.filter(kind__in=query.kinds)
    if query.without_kinds:
        found = found.exclude(kind__in=query.without_kinds)
    for tag in query.tags:
        found = found.tagged(tag)
    if query.without_tags:
        found = found.exclude(tags__name__in=query.without_tags)
    for words in query.setbacks:
        found = found.filter(setback__in=_setbacks(owner, words))
    for term in query.without:
        found = found.where(**index.unwanted(term))
    return found


def _setbacks(owner: Any, words: str) -> list[Any]:
    wanted = fold(words)
    titles = Item.objects.of(owner).filter(kind="setback").values_list("pk", "title")
    found = [pk for pk, title in titles if set(wanted) <= set(fold(title))]
    if not found:
        raise RuleError("q", f"No setback has “{words}” in its name.")
    return found


def _with_words(found: ItemQuerySet, query: Query, match: index.Match) -> ItemQuerySet:
    found = found.where(**index.wanted(match, joined=match.streams))
    low, high = day_bounds(query.after, query.before)
    return _rows_between(found, low, high) if match.streams else found


def _rows_between(found: ItemQuerySet, low: int | None, high: int | None) -> ItemQuerySet:
    """The same limits that items have, for the index to begin and end there too."""
    if low is not None:
        found = found.where(where=["upswing_words.rowid >= %s"], params=[low])
    if high is not None:
        found = found.where(where=["upswing_words.rowid < %s"], params=[high])
    return found


def _newest_first(
    found: ItemQuerySet, match: index.Match | None, before: int | None
) -> ItemQuerySet:
    below = found if before is None else found.filter(position__lt=before)
    if match is None or not match.streams:
        return below.newest_first()
    # The index reads newest first by itself; a sort on the item would read every hit.
    below = _rows_between(below, None, before)
    return cast(ItemQuerySet, below.extra(order_by=["-upswing_words.rowid"]))


def _by_weight(found: ItemQuerySet, match: index.Match) -> ItemQuerySet:
    params = [match.text] if index.on_postgresql() else []
    found = found.where(**index.wanted(match, joined=True))
    ranked = found.extra(  # noqa: S610 - both sides are written above, the words are a parameter
        select={"weight": RANK[index.on_postgresql()]}, select_params=params
    )
    return cast(ItemQuerySet, ranked.extra(order_by=["-weight", "-position"]))


def _hit(row: Row, terms: tuple[Term, ...]) -> Hit:
    return Hit(
        row=row,
        title=snippet(row.title, terms, width=200),
        excerpt=snippet(row.excerpt, terms),
    )
