"""Every form in which there is something to write, to be looked at and to be kept."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as column
from typing import Any

from django.test import Client

from making import check_in, entry, setback
from reviewing import answered, reviewed
from upswing.accounts.models import User
from upswing.exercises.models import Work
from upswing.record.models import Note

HARSH = "Long day.\nI'm such an idiot."
LINE = "I'm such an idiot."
QUESTION = "Is that all of you, or one thing that happened?"
OWN = re.compile('name="own-text" value="([^"]+)"')


@dataclass(frozen=True)
class Written:
    """A form: its address, the field with own text, and what else has to be sent to keep it."""

    address: str
    field: str
    more: dict[str, Any] = column(default_factory=dict)
    text: str = HARSH

    def sent(self, web: Client, **more: Any) -> dict[str, Any]:
        """The form as a browser sends it: with the text, and with the names of its own fields."""
        return {**self.more, self.field: self.text, "own-text": own(web.get(self.address)), **more}


def own(answer: Any) -> list[str]:
    """The fields that the page says hold own text."""
    return [html.unescape(name) for name in OWN.findall(answer.content.decode())]


def _stone(web: Client, owner: User) -> Written:
    return Written(f"/setbacks/{setback(owner).pk}/stones/compassion/", "body")


def _note(web: Client, owner: User) -> Written:
    web.post(f"/setbacks/{setback(owner).pk}/stones/mindset/", {"body": "A note"})
    return Written(f"/notes/{Note.objects.get().pk}/", "body")


def _step(kind: str, number: int, field: str) -> Callable[..., Written]:
    def make(web: Client, owner: User) -> Written:
        web.post(f"/exercises/{kind}/begin/", {})
        at = f"/exercises/{Work.objects.get().pk}/"
        for before in range(2, number):
            web.post(f"{at}{before}/", {})
        return Written(f"{at}{number}/", field, text=HARSH if kind == "letter" else LINE)

    return make


def _replies(web: Client, owner: User) -> Written:
    web.post("/exercises/voices/begin/", {})
    work = Work.objects.get()
    web.post(f"/exercises/{work.pk}/2/", {"words": "I always do."})
    web.post(f"/exercises/{work.pk}/3/", {"harsh": ["I always do."]})
    more = {"replies-0-line": "I always do."}
    return Written(f"/exercises/{work.pk}/4/", "replies-0-kind", more)


def _named(web: Client, owner: User) -> Written:
    found = answered(owner)
    more = {"naming": "1", "name": "A late start", "control": "8"}
    return Written(f"/reviews/{found.pk}/factors/", "evidence", more)


def _review(place: str, which: int, field: str, **more: Any) -> Callable[..., Written]:
    def make(web: Client, owner: User) -> Written:
        found = reviewed(owner)
        ids = {"factors": found.factors[which].pk, "lessons": found.lesson.pk}
        address = re.sub("(factors|lessons)/", lambda it: f"{it[1]}/{ids[it[1]]}/", place, count=1)
        text = LINE if field in ("cue", "response", "line") else HARSH
        return Written(address, field, more, text)

    return make


# Where the text of an item of that kind is opened again.
OPENED = {
    "entry": "/journal/{}/edit/",
    "note": "/notes/{}/",
    "letter": "/exercises/{}/2/",
    "break": "/exercises/{}/4/",
    "voices": "/exercises/{}/4/",
    "checkin": "/checkins/{}/",
    "setback": "/setbacks/{}/edit/",
    "factor": "/factors/{}/edit/",
    "lesson": "/lessons/{}/edit/",
}
FORMS: dict[str, Callable[..., Written]] = {
    "entry": lambda web, owner: Written("/journal/new/", "body"),
    "entry_edit": lambda web, owner: Written(f"/journal/{entry(owner).pk}/edit/", "body"),
    "stone": _stone,
    "note": _note,
    "step": _step("letter", 2, "happened"),
    "break_line": _step("break", 4, "own"),
    "replies": _replies,
    "checkin": lambda web, owner: Written("/checkins/new/", "body", {"draft": "checkin"}),
    "checkin_edit": lambda web, owner: Written(
        f"/checkins/{check_in(owner).pk}/", "body", {"mood": "4"}
    ),
    "first_hour": lambda web, owner: Written(
        "/first-hour/", "body", {"title": "They said no", "enough": "1"}
    ),
    "setback_edit": lambda web, owner: Written(
        f"/setbacks/{setback(owner).pk}/edit/",
        "body",
        {"title": "They said no", "when": "2026-11-20"},
    ),
    "naming": _named,
    "factor_edit": _review("/factors/edit/", 0, "advice", name="A late start", control="8"),
    "way": _review("/factors/way/", 1, "way"),
    "lesson_new": _review("/factors/lesson/", 0, "response", cue="a date moves"),
    "lesson_edit": _review("/lessons/edit/", 0, "cue", response="call Ana"),
    "lesson_said": _review("/lessons/", 0, "line", said="used"),
}
