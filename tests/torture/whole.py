"""What is in the record after a storm: which texts, how often, and whether anything is torn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.db import connection

from torture.killing import noted, text_of
from upswing import solo
from upswing.record.models import Draft, Item, Tag, facets
from upswing.vault import doctor
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths


def account(paths: VaultPaths, key: VaultKey) -> dict[str, Any]:
    """What was promised in `tried`, `kept` and `changed` beside the vault, against what is there.

    `kept WORD` = acknowledged. `changing`/`changed WORD VERSION` = a change tried, acknowledged.
    `offered WORD` = a form had in it what it was answered to have kept.
    """
    solo.open_record(key)  # delivers what still waits
    beside = paths.home.parent
    tried, kept = noted(beside / "tried"), noted(beside / "kept")
    items = list(Item.objects.exclude(body="").prefetch_related("revisions"))
    there = Counter(_word(item.body) for item in items)
    return {
        "tried": len(tried),
        "kept": len(kept),
        "changed": len(noted(beside / "changed")),
        "unkept": len(set(there) - set(kept)),
        "lost": [word for word in kept if word not in there],
        "doubled": [word for word, often in there.items() if often > 1],
        "unknown": sorted(set(there) - set(tried)),
        "torn": [*torn(paths, key), *_wrong_texts(items, beside), *_unfound(items), *_untagged()],
        "drafts_left": noted(beside / "offered")
        + _drafts({_word(item.body): len(item.revisions.all()) + 1 for item in items}),
    }


def torn(paths: VaultPaths, key: VaultKey) -> list[str]:
    """Sentences on what is not whole: pages, rows, index."""
    found = [*doctor.examine(paths, key).problems, *_rows(), *_index()]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        found += [f"reference: {row}" for row in cursor.fetchall()]
    return found


def _rows() -> list[str]:
    """Items without their own columns, columns without their item."""
    wrong = []
    for kind, facet in facets().items():
        items = set(Item.objects.filter(kind=kind).values_list("pk", flat=True))
        if items != set(facet.objects.values_list("pk", flat=True)):
            wrong.append(f"{kind}: not one row of its own to each item")
    return wrong


def _index() -> list[str]:
    """Whether the index has a row for each item, and is sound in itself."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO upswing_words(upswing_words) VALUES('integrity-check')")
        cursor.execute("SELECT rowid FROM upswing_words")
        indexed = sorted(row for (row,) in cursor.fetchall())
    same = indexed == sorted(Item.objects.values_list("position", flat=True))
    return [] if same else ["index: not one row to each item"]


def _word(body: str) -> str:
    return body.partition(" ")[0]


def _wrong_texts(items: list[Item], beside: Path) -> list[str]:
    """Texts that are no whole version, have not as many earlier ones, or lost a change."""
    tried, kept = _latest(noted(beside / "changing")), _latest(noted(beside / "changed"))
    wrong = []
    for item in items:
        word, version = _word(item.body), len(item.revisions.all()) + 1
        least, most = kept.get(word, 1), tried.get(word, 1)
        if item.body != text_of(word, version) or not least <= version <= most:
            wrong.append(f"{item.body[:60]} … is version {version} of {least} to {most}")
    return wrong


def _latest(lines: list[str]) -> dict[str, int]:
    pairs = (line.split(" ") for line in lines)
    return {word: int(version) for word, version in pairs}


def _unfound(items: list[Item]) -> list[str]:
    """Words that the search does not find just where they stand."""
    places: dict[str, list[int]] = {}
    for item in items:
        places.setdefault(_word(item.body), []).append(item.position)
    return [f"{word}: not found" for word, here in places.items() if _found(word) != sorted(here)]


def _found(word: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM upswing_words WHERE upswing_words MATCH %s", [word])
        return sorted(row for (row,) in cursor.fetchall())


def _untagged() -> list[str]:
    """Entries and check-ins whose #kept did not become a tag."""
    tags = Tag.objects.filter(name="kept")
    without = Item.objects.filter(kind__in=["entry", "checkin"]).exclude(tags__in=tags)
    return [f"{item}: without its tag" for item in without]


def _drafts(versions: dict[str, int]) -> list[str]:
    """Drafts of what stands in the record: they would ask to write it a second time."""
    texts = [str(draft.fields.get("body", [""])[-1]) for draft in Draft.objects.all()]
    parts = [text.split(" ", 2)[:2] for text in texts if text]
    return [
        word
        for word, version in parts
        if int(version.removeprefix("version")) <= versions.get(word, 0)
    ]
