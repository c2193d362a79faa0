"""The page on which an item of each kind is shown."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from upswing.exercises import reads
from upswing.record.models import Setback

PAGES = {
    "setback": "setback",
    "entry": "entry",
    "checkin": "checkin",
    "note": "note",
    "person": "item",
    "voices": "voices",
    "review": "review",
    "factor": "factor",
    "lesson": "lesson",
}


def to(kind: str, id_: UUID) -> str:
    """The address of an item; an exercise without a page of its own has that of all."""
    return reverse(PAGES.get(kind, "exercise"), args=[id_])


def tag(name: str) -> str:
    """The search for everything that carries a tag."""
    asked = f'tag:"{name}"' if " " in name else f"tag:{name}"
    return found(asked)


def found(asked: str) -> str:
    """The search page with a question."""
    return f"{reverse('search')}?{urlencode({'q': asked})}"


def with_about(address: str, setback: Setback | None, source: str = "") -> str:
    """The address of an exercise with what it is about, and the item whose text it takes along."""
    about = {"setback": str(setback.pk) if setback else "", "from": source}
    asked = urlencode({name: value for name, value in about.items() if value})
    return f"{address}?{asked}" if asked else address


def draft(key: str) -> tuple[str, str] | None:
    """What a draft is called, and the page of its form; None for a key that no form has."""
    try:
        return _draft(key)
    except (KeyError, ValueError, NoReverseMatch):
        return None


def _draft(key: str) -> tuple[str, str]:
    name, _, id_ = key.partition("-")
    if key.startswith("first-hour"):
        return "What happened", reverse("first_hour")
    if name == "stone":
        stone, _, setback = id_.partition("-")
        return "A note on a stone", reverse("stone", args=[setback, stone])
    if name == "again":
        return "A thought that came back", reverse("exercise_again", args=[id_])
    if name == "exercise":
        return _exercise(id_)
    page, words = DRAFTS[name]
    if not id_ or id_ == "new":
        return words, reverse(f"{page}_new")
    edit = f"{page}_edit" if page in ("entry", "setback") else page
    return words, reverse(edit, args=[id_])


def _exercise(rest: str) -> tuple[str, str]:
    """The step of an exercise, or the first one of a kind."""
    number, _, id_ = rest.partition("-")
    if not id_:
        return reads.kinds()[rest].EXERCISE.title, reverse("exercise_begin", args=[rest])
    return "A step of an exercise", reverse("exercise_step", args=[id_, int(number)])


DRAFTS = {
    "entry": ("entry", "A journal entry"),
    "checkin": ("checkin", "A check-in"),
    "setback": ("setback", "What happened"),
    "note": ("note", "A note on a stone"),
    "factors": ("review_factors", "Something that contributed"),
    "factor": ("factor_edit", "Something that contributed"),
    "way": ("factor_way", "A way around something"),
    "lessonof": ("lesson_new", "A lesson"),
    "lesson": ("lesson_edit", "A lesson"),
    "said": ("lesson", "How it went with a lesson"),
}
