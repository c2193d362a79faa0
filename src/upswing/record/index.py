"""The full-text index: FTS5 in the vault, a tsvector on PostgreSQL, fed the same folded words.

Both engines get the words that `words.fold` makes, so they find the same items; neither stems.
The FTS5 table keeps no copy of the text: its row number is the item's position, which makes
"newest first" the order in which it reads. A tsvector forgets where words stand in a long text, so
PostgreSQL also keeps the folded text and proves a phrase on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from upswing.record.models import Item, facets
from upswing.record.words import Term, fold

LAST_PLACE = 16383  # PostgreSQL keeps no higher place of a word
MOST_PLACES = 255  # nor more places of one word
MOST_BYTES = 900_000  # nor much more than this in one tsvector
MAKE_TERMS = "CREATE VIRTUAL TABLE upswing_terms USING fts5vocab(upswing_words, row)"
LAST_SIGN = "\U0010ffff"
MOST_ENDINGS = 100
HITS = "SELECT rowid FROM upswing_words WHERE upswing_words MATCH %s"
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


@dataclass(frozen=True)
class Match:
    """Terms in the words of the engine, an FTS5 MATCH or a tsquery: all of them are wanted.

    `streams`: the index can give the hits newest first without reading all of them.
    """

    terms: tuple[Term, ...]
    text: str
    streams: bool


def match(terms: tuple[Term, ...]) -> Match:
    """The terms for the engine at hand."""
    if on_postgresql():
        return Match(terms, " & ".join(map(_tsquery, terms)), streams=False)
    known = [_endings(term) for term in terms]
    text = " AND ".join(map(_fts5, terms, known))
    return Match(terms, text, streams=None not in known)


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
        return f'"{" ".join(term.words)}"*'
    phrases = (f'"{" ".join((*term.words[:-1], word))}"' for word in endings)
    return f"({' OR '.join(phrases)})"


def wanted(match: Match, *, joined: bool) -> dict[str, Any]:
    """What narrows a query on items (`extra`) to those that fit.

    `joined`: the full-text table takes part in the query, for its order or its weights.
    """
    if on_postgresql():
        phrases = [term for term in match.terms if len(term.words) > 1]
        where = ["upswing_item.words @@ %s::tsquery"] + [PHRASE] * len(phrases)
        return {"where": where, "params": [match.text, *map(_like, phrases)]}
    if joined:
        where = ["upswing_words MATCH %s", "upswing_words.rowid = upswing_item.position"]
        return {"tables": ["upswing_words"], "where": where, "params": [match.text]}
    return {"where": [f"upswing_item.position IN ({HITS})"], "params": [match.text]}


def unwanted(term: Term) -> dict[str, Any]:
    """What narrows a query on items (`extra`) to those that do not hold the term."""
    text = match((term,)).text
    if on_postgresql():
        where = f"NOT (upswing_item.words @@ %s::tsquery AND {PHRASE})"
        return {"where": [where], "params": [text, _like(term)]}
    return {"where": [f"upswing_item.position NOT IN ({HITS})"], "params": [text]}


def _like(term: Term) -> str:
    return f"% {' '.join(term.words)}" + ("%" if term.prefix else " %")
