"""The page on which an item of each kind is shown."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse

PAGES = {
    "setback": "setback",
    "entry": "entry",
    "checkin": "checkin",
    "note": "note",
    "person": "item",
}


def to(kind: str, id_: UUID) -> str:
    """The address of an item."""
    return reverse(PAGES[kind], args=[id_])


def tag(name: str) -> str:
    """The search for everything that carries a tag."""
    asked = f'tag:"{name}"' if " " in name else f"tag:{name}"
    return found(asked)


def found(asked: str) -> str:
    """The search page with a question."""
    return f"{reverse('search')}?{urlencode({'q': asked})}"


def draft(key: str) -> tuple[str, str] | None:
    """What a draft is called, and the page of its form; None for a key that no form has."""
    try:
        return _draft(key)
    except (KeyError, NoReverseMatch):
        return None


def _draft(key: str) -> tuple[str, str]:
    name, _, id_ = key.partition("-")
    if key.startswith("first-hour"):
        return "What happened", reverse("first_hour")
    if name == "stone":
        stone, _, setback = id_.partition("-")
        return "A note on a stone", reverse("stone", args=[setback, stone])
    page, words = DRAFTS[name]
    if not id_ or id_ == "new":
        return words, reverse(f"{page}_new")
    edit = f"{page}_edit" if page in ("entry", "setback") else page
    return words, reverse(edit, args=[id_])


DRAFTS = {
    "entry": ("entry", "A journal entry"),
    "checkin": ("checkin", "A check-in"),
    "setback": ("setback", "What happened"),
    "note": ("note", "A note on a stone"),
}
