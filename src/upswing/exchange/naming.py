"""Names of files in an export: made here, safe on every system, and never two alike. Pure."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from upswing.record.words import fold

WORDS = 8
LONGEST = 40  # characters; in bytes a name has to stay below 255
ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
}
PLAIN_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def slug(text: str) -> str:
    """The first words of `text`, folded, with hyphens between them; "" where it has none."""
    words = fold(text[:200])[:WORDS]
    while len(words) > 1 and len("-".join(words)) > LONGEST:
        words.pop()
    return "-".join(words)[:LONGEST]


def page(day: date, text: str, id_: UUID) -> str:
    """The name of an item's page, without ending: "2026-03-14-they-said-no-9c1f…"."""
    return "-".join(part for part in (day.isoformat(), slug(text), id_.hex[-12:]) if part)


def file(name: str, media_type: str, id_: UUID) -> str:
    """The name of an attachment; a picture's ending says what it is, whatever it was called."""
    found = PLAIN_ENDING.search(name)
    ending = ENDINGS.get(media_type) or (found.group().lower() if found else "")
    stem = slug(name[: found.start()] if found else name) or "file"
    return f"{stem}-{id_}{ending}"
