"""The full-text index: FTS5 in the vault, a tsvector on PostgreSQL, fed the same folded words.

Both engines get the words that `words.fold` makes, so they find the same items; neither stems.
The FTS5 table keeps no copy of the text: its row number is the item's position, which makes
"newest first" the order in which it reads. Beside the words it holds a mark for kind, setback and
each tag, so that it can tell by itself which of the hits are wanted. A tsvector forgets where words
stand in a long text, so PostgreSQL also keeps the folded text and proves a phrase on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection

from upswing.record.models import Item, ItemQuerySet, facets
from upswing.record.words import Term, fold

LAST_PLACE = 16383  # PostgreSQL keeps no higher place of a word
MOST_PLACES = 255  # nor more places of one word
MOST_BYTES = 900_000  # nor much more than this in one tsvector
MARK = "¤"  # no word holds it, and FTS5 takes it for a letter
LAST_SIGN = "\U0010ffff"
MOST_ENDINGS = 100
FIRST, LAST = -(2**63), 2**63 - 1
AT_ONCE = 100  # hits whose items are looked at together
MAKE_FTS5 = """CREATE VIRTUAL TABLE upswing_words USING fts5(
    title, body, marks, tokenize='ascii', content='', contentless_delete=1)"""
MAKE_TERMS = "CREATE VIRTUAL TABLE upswing_terms USING fts5vocab(upswing_words, row)"
MAKE_TSVECTOR = (
    "ALTER TABLE upswing_item ADD COLUMN words tsvector, ADD COLUMN folded text",
    "CREATE INDEX upswing_item_words ON upswing_item USING gin (words)",
)
HEAVIEST = """SELECT rowid FROM upswing_words
    WHERE upswing_words MATCH %s AND rowid >= %s AND rowid < %s
    ORDER BY bm25(upswing_words, 4.0, 1.0, 0.0), rowid DESC"""
WEIGHT_TSVECTOR = "ts_rank(upswing_item.words, %s::tsquery)"
HITS = "SELECT rowid FROM upswing_words WHERE upswing_words MATCH %s"
# The plus keeps SQLite from walking over items and asking the index about each of them.
JOINED = "+upswing_words.rowid = upswing_item.position"
FITS = "upswing_item.words @@ %s::tsquery"
PHRASE = "upswing_item.folded LIKE %s"


def on_postgresql() -> bool:
    """Whether the record lies in PostgreSQL rather than in a vault."""
    return connection.vendor == "postgresql"


@dataclass(frozen=True)
class Extra:
    """What facet and tags of an item add to its words."""

    words: str
    tags: Sequence[str]


def put(items: Iterable[Item], extra: dict[object, Extra]) -> None:
    """Index items anew; `extra` has something for each item's id."""
    rows = [(item, *_words(item, extra[item.pk])) for item in items]
    with connection.cursor() as cursor:
        if on_postgresql():
            cursor.executemany(
                "UPDATE upswing_item SET words = %s::tsvector, folded = %s WHERE id = %s",
                [(_tsvector(*words), _folded(*words), item.pk) for item, *words in rows],
            )
            return
        cursor.executemany(
            "INSERT OR REPLACE INTO upswing_words (rowid, title, body, marks)"
            " VALUES (%s, %s, %s, %s)",
            [
                (item.position, " ".join(title), " ".join(body), _marks(item, extra[item.pk].tags))
                for item, title, body in rows
            ],
        )


def drop(positions: Sequence[int]) -> None:
    """Take items out of the index; on PostgreSQL their words go with the row."""
    if on_postgresql():
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM upswing_words WHERE rowid = %s", [(position,) for position in positions]
        )


def added(item: Item) -> Extra:
    """What the item's facet and tags, as they are recorded, add to its words."""
    facet = facets()[item.kind].objects.get(pk=item.pk)
    return Extra(facet.words(), list(item.tags.values_list("name", flat=True)))


def _words(item: Item, extra: Extra) -> tuple[list[str], list[str]]:
    return fold(item.title), fold(f"{item.body}\n{extra.words} {' '.join(extra.tags)}")


def _marks(item: Item, tags: Sequence[str]) -> str:
    marks = [kind_mark(item.kind), *map(tag_mark, tags)]
    return " ".join(marks if item.setback_id is None else [*marks, setback_mark(item.setback_id)])


def kind_mark(kind: str) -> str:
    return f"{MARK}kind{kind}"


def setback_mark(id: Any) -> str:
    return f"{MARK}setback{id.hex}"


def tag_mark(name: str) -> str:
    """A tag as one word of the index, whatever signs it holds."""
    signs = (sign if sign.isalnum() else f"{MARK}{ord(sign):x}{MARK}" for sign in name)
    return f"{MARK}tag{''.join(signs)}"


def _folded(title: Sequence[str], body: Sequence[str]) -> str:
    return f" {' '.join(title)} | {' '.join(body)} "


def _tsvector(title: Sequence[str], body: Sequence[str]) -> str:
    words = [(word, "A") for word in title] + [(word, "D") for word in body]
    places: dict[str, list[str]] = {}
    for place, (word, weight) in enumerate(words, start=1):
        places.setdefault(word, []).append(f"{min(place, LAST_PLACE)}{weight}")
    room = MOST_BYTES
    lexemes = []
    for word, at in places.items():
        room -= len(word.encode()) + 2 * len(at[:MOST_PLACES]) + 4
        if room < 0:
            break
        lexemes.append(f"'{word}':{','.join(at[:MOST_PLACES])}")
    return " ".join(lexemes)


@dataclass(frozen=True)
class Sought:
    """What is looked for: every term, none of `without`; of each group of marks at least one."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    without_marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """The same for the engine at hand: `text` is an FTS5 MATCH, or a tsquery of the terms alone.

    `streams`: the index can give the hits newest first without reading all of them.
    """

    sought: Sought
    text: str
    streams: bool


def match(sought: Sought) -> Match:
    """The query for the engine at hand."""
    if on_postgresql():
        return Match(sought, " & ".join(map(_tsquery, sought.terms)), streams=False)
    endings = [_endings(term) for term in sought.terms]
    every = [*map(_fts5, sought.terms, endings), *map(_one_of, sought.marks)]
    every = every or [_one_of(map(kind_mark, facets()))]  # FTS5 cannot say “all but”
    text = " AND ".join(every)
    if none := [*map(_without_fts5, sought.without), *map(_quoted, sought.without_marks)]:
        text = f"({text}) NOT ({' OR '.join(none)})"
    return Match(sought, text, streams=None not in endings)


def _tsquery(term: Term) -> str:
    return " & ".join(f"'{word}'" for word in term.words) + (":*" if term.prefix else "")


def _endings(term: Term) -> list[str] | None:
    """The words of the index that a beginning stands for; None where they are too many.

    FTS5 reads the hits of a beginning all at once, which takes seconds for a common one, and those
    of words one by one.
    """
    *_, last = term.words
    if not term.prefix:
        return [last]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT term FROM upswing_terms WHERE term >= %s AND term < %s LIMIT %s",
            (last, last + LAST_SIGN, MOST_ENDINGS + 1),
        )
        found = [word for (word,) in cursor]
    return found or [last] if len(found) <= MOST_ENDINGS else None


def _fts5(term: Term, endings: list[str] | None) -> str:
    if endings is None:
        return _quoted(" ".join(term.words)) + "*"
    return _one_of([" ".join((*term.words[:-1], word)) for word in endings])


def _without_fts5(term: Term) -> str:
    return _fts5(term, _endings(term))


def _one_of(phrases: Iterable[str]) -> str:
    return f"({' OR '.join(map(_quoted, phrases))})"


def _quoted(phrase: str) -> str:
    return f'"{phrase}"'


def wanted(match: Match, *, joined: bool) -> dict[str, Any]:
    """What narrows a query on items (`extra`) to those that fit.

    `joined`: the full-text table takes part in the query, for its order or its weights.
    """
    if on_postgresql():
        fits, holds = _on_postgresql(match.sought.terms)
        lacks, missing = _without_on_postgresql(match.sought.without)
        return {"where": fits + lacks, "params": holds + missing}
    if joined:
        where = ["upswing_words MATCH %s", JOINED]
        return {"tables": ["upswing_words"], "where": where, "params": [match.text]}
    return {"where": [f"upswing_item.position IN ({HITS})"], "params": [match.text]}


def _on_postgresql(terms: Sequence[Term]) -> tuple[list[str], list[str]]:
    phrases = [term for term in terms if len(term.words) > 1]
    where = [FITS] * len(terms) + [PHRASE] * len(phrases)
    return where, [*map(_tsquery, terms), *map(_like, phrases)]


def _without_on_postgresql(terms: Sequence[Term]) -> tuple[list[str], list[str]]:
    each = [_on_postgresql([term]) for term in terms]
    where = [f"NOT ({' AND '.join(where)})" for where, _ in each]
    return where, [param for _, params in each for param in params]


def _like(term: Term) -> str:
    return f"% {' '.join(term.words)}" + ("%" if term.prefix else " %")


def newest_first(
    found: ItemQuerySet, match: Match, *, low: int | None = None, high: int | None = None
) -> ItemQuerySet:
    """Those of `found` that fit, newest first, within positions from `low` to below `high`."""
    if not match.streams:
        return found.where(**wanted(match, joined=False)).newest_first()
    found = found.where(**wanted(match, joined=True))
    if low is not None:
        found = found.where(where=["upswing_words.rowid >= %s"], params=[low])
    if high is not None:
        found = found.where(where=["upswing_words.rowid < %s"], params=[high])
    # The index reads newest first by itself; a sort on the item would read every hit.
    return cast(ItemQuerySet, found.extra(order_by=["-upswing_words.rowid"]))


def heaviest(
    found: ItemQuerySet, match: Match, *, low: int | None, high: int | None, most: int
) -> list[int]:
    """Positions of those of `found` that fit, by weight of the words, then newest first."""
    if on_postgresql():
        ranked = found.where(**wanted(match, joined=True)).extra(  # noqa: S610 - no text of a person
            select={"weight": WEIGHT_TSVECTOR}, select_params=[match.text]
        )
        ordered = ranked.extra(order_by=["-weight", "-position"])
        return list(ordered.values_list("position", flat=True)[:most])
    with connection.cursor() as cursor:
        # Ranked without the items: joined to them, the engine would read the row of every hit.
        bounds = [FIRST if low is None else low, LAST if high is None else high]
        cursor.execute(HEAVIEST, [match.text, *bounds])
        return _fitting(found, [position for (position,) in cursor.fetchall()], most)


def _fitting(found: ItemQuerySet, hits: Sequence[int], most: int) -> list[int]:
    """The first of `hits` that are in `found`, in their order."""
    fits: list[int] = []
    for at in range(0, len(hits), AT_ONCE):
        some = hits[at : at + AT_ONCE]
        inside = set(found.filter(position__in=some).values_list("position", flat=True))
        fits += [position for position in some if position in inside]
        if len(fits) >= most:
            break
    return fits[:most]
