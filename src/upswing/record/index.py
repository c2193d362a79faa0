"""The full-text index: FTS5 in the vault, a tsvector on PostgreSQL, fed the same folded words.

Both engines get the words that `words.fold` makes, so they find the same items; neither stems.
The FTS5 table keeps no copy of the text: its row number is the item's position, which makes
"newest first" the order in which it reads. A tsvector forgets where words stand in a long text, so
PostgreSQL also keeps the folded text and proves a phrase on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from upswing.record.models import Item, facets
from upswing.record.words import Term, fold

LAST_PLACE = 16383  # PostgreSQL keeps no higher place of a word
MOST_PLACES = 255  # nor more places of one word
MOST_BYTES = 900_000  # nor much more than this in one tsvector
PHRASE = "upswing_item.folded LIKE %s"
MAKE_FTS5 = """CREATE VIRTUAL TABLE upswing_words USING fts5(
    title, body, tokenize='ascii', content='', contentless_delete=1)"""
MAKE_TSVECTOR = (
    "ALTER TABLE upswing_item ADD COLUMN words tsvector, ADD COLUMN folded text",
    "CREATE INDEX upswing_item_words ON upswing_item USING gin (words)",
)


def on_postgresql() -> bool:
    """Whether the record lies in PostgreSQL rather than in a vault."""
    return connection.vendor == "postgresql"


def put(items: Iterable[Item], extra: dict[object, str]) -> None:
    """Index items anew; `extra` maps item ids to the words of facet and tags."""
    rows = [
        (item, fold(item.title), fold(f"{item.body}\n{extra.get(item.pk, '')}")) for item in items
    ]
    with connection.cursor() as cursor:
        if on_postgresql():
            cursor.executemany(
                "UPDATE upswing_item SET words = %s::tsvector, folded = %s WHERE id = %s",
                [(_tsvector(*words), _folded(*words), item.pk) for item, *words in rows],
            )
            return
        cursor.executemany(
            "INSERT OR REPLACE INTO upswing_words (rowid, title, body) VALUES (%s, %s, %s)",
            [(item.position, " ".join(title), " ".join(body)) for item, title, body in rows],
        )


def drop(positions: Sequence[int]) -> None:
    """Take items out of the index; on PostgreSQL their words go with the row."""
    if on_postgresql():
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM upswing_words WHERE rowid = %s", [(position,) for position in positions]
        )


def facet_words(item: Item) -> str:
    """The words that the item's facet and tags add."""
    facet = facets()[item.kind].objects.get(pk=item.pk)
    tags = " ".join(item.tags.values_list("name", flat=True))
    return f"{facet.words()} {tags}"


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


def match(terms: Sequence[Term]) -> str:
    """The terms in the words of the engine, all of them wanted: an FTS5 MATCH or a tsquery."""
    return (" & " if on_postgresql() else " AND ").join(map(_one, terms))


def _one(term: Term) -> str:
    if on_postgresql():
        return " & ".join(f"'{word}'" for word in term.words) + (":*" if term.prefix else "")
    return f'"{" ".join(term.words)}"' + ("*" if term.prefix else "")


def wanted(terms: Sequence[Term]) -> dict[str, Any]:
    """What narrows a query on items (`extra`) to those that hold every term."""
    if on_postgresql():
        phrases = [term for term in terms if len(term.words) > 1]
        where = ["upswing_item.words @@ %s::tsquery"] + [PHRASE] * len(phrases)
        return {"where": where, "params": [match(terms), *map(_like, phrases)]}
    return {
        "tables": ["upswing_words"],
        "where": ["upswing_words MATCH %s", "upswing_words.rowid = upswing_item.position"],
        "params": [match(terms)],
    }


def unwanted(term: Term) -> dict[str, Any]:
    """What narrows a query on items (`extra`) to those that do not hold the term."""
    if on_postgresql():
        where = f"NOT (upswing_item.words @@ %s::tsquery AND {PHRASE})"
        return {"where": [where], "params": [match([term]), _like(term)]}
    hits = "SELECT rowid FROM upswing_words WHERE upswing_words MATCH %s"
    return {"where": [f"upswing_item.position NOT IN ({hits})"], "params": [match([term])]}


def _like(term: Term) -> str:
    return f"% {' '.join(term.words)}" + ("%" if term.prefix else " %")
