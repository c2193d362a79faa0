"""One search over everything, the same on both engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from upswing.errors import RuleError
from upswing.record import index
from upswing.record.models import Item, ItemQuerySet, facets
from upswing.record.query import Query, parse
from upswing.record.rows import Row, rows
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
    found = matching(owner=owner, query=query)
    page = _ordered(found, query, best=best)
    if before is not None and not best:
        page = page.filter(position__lt=before)
    items = rows(page[: limit + 1], excerpt=None if query.terms else 400)
    count = found[: COUNT_CAP + 1].count()
    return Results(
        hits=[_hit(row, query.terms) for row in items[:limit]],
        count=min(count, COUNT_CAP),
        capped=count > COUNT_CAP,
        older=items[limit - 1].position if len(items) > limit and not best else None,
    )


def matching(*, owner: Any, query: Query) -> ItemQuerySet:
    """The items of `owner`, not in the trash, that fit `query`, in no order."""
    found = Item.objects.of(owner).kept()
    if query.kinds:
        found = found.filter(kind__in=query.kinds)
    if query.without_kinds:
        found = found.exclude(kind__in=query.without_kinds)
    for tag in query.tags:
        found = found.filter(tags__name=tag)
    if query.without_tags:
        found = found.exclude(tags__name__in=query.without_tags)
    for words in query.setbacks:
        found = found.filter(setback__in=_setbacks(owner, words))
    if query.after:
        found = found.filter(day__gte=query.after)
    if query.before:
        found = found.filter(day__lt=query.before)
    return _with_words(found, query)


def _setbacks(owner: Any, words: str) -> list[Any]:
    wanted = fold(words)
    titles = Item.objects.of(owner).filter(kind="setback").values_list("pk", "title")
    found = [pk for pk, title in titles if set(wanted) <= set(fold(title))]
    if not found:
        raise RuleError("q", f"No setback has “{words}” in its name.")
    return found


def _with_words(found: ItemQuerySet, query: Query) -> ItemQuerySet:
    if query.terms:
        found = found.where(**index.wanted(query.terms))
    for term in query.without:
        found = found.where(**index.unwanted(term))
    return found


def _ordered(found: ItemQuerySet, query: Query, *, best: bool) -> ItemQuerySet:
    if not query.terms:
        return found.newest_first()
    if best:
        return _by_weight(found, index.match(query.terms))
    # The index reads newest first by itself; a sort on the item would read every hit.
    newest = "position" if index.on_postgresql() else "upswing_words.rowid"
    return cast(ItemQuerySet, found.extra(order_by=[f"-{newest}"]))


def _by_weight(found: ItemQuerySet, match: str) -> ItemQuerySet:
    params = [match] if index.on_postgresql() else []
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
