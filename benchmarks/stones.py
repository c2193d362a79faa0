"""What was done on the stones of a made-up record: exercises, factors and lessons, all in bulk.

One in a hundred items is a thought record, and there are as many of two voices, of letters, of
factors and of lessons, so that beside a hundred thousand items there are a thousand of each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

CHUNK = 500
FEWEST = 60  # of each, so that the pages of lists are full at every size
FACTORS = 4  # of a review
ZONE = "UTC"
ANSWERS: dict[str, dict[str, Any]] = {
    "thought": {
        "situation": "A mail",
        "thought": "I will never lead again",
        "belief": 80,
        "balanced": "It may be otherwise",
        "belief_after": 40,
    },
    "voices": {
        "words": "Only I was late. I always am.",
        "harsh": ["Only I was late.", "I always am."],
        "replies": [
            {"line": "Only I was late.", "kind": "Three of you were."},
            {"line": "I always am.", "kind": "In May you were first."},
        ],
        "distress_before": 7,
        "distress_after": 5,
    },
    "letter": {"happened": "They said no.", "kindness": "Dear you", "next": "Rest"},
    "review": {"about": "setback", "name": "The last round", "timeline": "They said no."},
}


def walk(owner: Any, setbacks: tuple[Any, Any], count: int, end: datetime) -> None:
    """As many of each as `count` asks for; half of the lessons belong to the second setback."""
    from django.db import transaction

    many = max(FEWEST, count // 100)
    with transaction.atomic():
        desk = _Desk(owner, setbacks[0], end)
        for kind in ("thought", "voices", "letter"):
            desk.add(kind, many, partial(_work, kind, end))
        desk.add("review", many // FACTORS + 1, partial(_work, "review", end))
        desk.add("factor", many, _factor)
        desk.add("lesson", many // 2, partial(_lesson, end))
        desk.setback = setbacks[1]
        desk.add("lesson", many - many // 2, partial(_lesson, end), many // 2)
        _link(owner, many)


class _Desk:
    """Adds many of a kind, each an hour older than the one before."""

    def __init__(self, owner: Any, setback: Any, end: datetime) -> None:
        from upswing.record import batches

        self.setback, self.end = setback, end
        self.batch = batches.start(owner=owner, now=end, source="freecbt", file_name="made up")
        self.owner = owner

    def add(self, kind: str, many: int, made: Callable[[int], Any], first: int = 0) -> None:
        from upswing.record import bulk

        new = [self._new(kind, number, made(number)) for number in range(first, first + many)]
        about = {"owner": self.owner, "now": self.end, "batch": self.batch}
        for start in range(0, many, CHUNK):
            places = bulk.Places(self.owner)
            some = new[start : start + CHUNK]
            bulk.add_many(some, places=places, setback=self.setback, **about)

    def _new(self, kind: str, number: int, facet: Any) -> Any:
        from upswing.record.bulk import New

        title, body = _words(kind, number, facet)
        return New(
            facet=facet,
            happened_at=self.end - timedelta(hours=number),
            zone=ZONE,
            external_id=f"{kind}:{number}",
            title=title,
            body=body,
        )


def _words(kind: str, number: int, facet: Any) -> tuple[str, str]:
    if kind == "factor":
        return _name(number), "The mail shows it."
    if kind == "lesson":
        return f"When {facet.cue}, then I will {facet.response}.", ""
    return f"{facet.EXERCISE.name(facet.answers)} {number}", facet.text()


def _work(kind: str, end: datetime, number: int) -> Any:
    """An exercise: one in fifty was left in the middle, one in fifty comes back today."""
    from upswing.exercises.reads import kinds

    work = kinds()[kind]
    waits, back = number % 50 == 7, number % 50 == 9
    return work(
        answers=ANSWERS[kind],
        reached=2 if waits else len(work.EXERCISE.steps),
        finished_at=None if waits else end,
        returns_on=end.date() if back and kind == "thought" else None,
    )


def _name(number: int) -> str:
    """The names of factors: half of all are the same fifteen, the others occur twice each."""
    return f"asked too late {number % 15}" if number % 2 else f"the market {number // 4}"


def _factor(number: int) -> Any:
    from upswing.strategies.reviews import rules
    from upswing.strategies.reviews.models import Factor

    place = number % FACTORS
    return Factor(key=rules.key(_name(number)), share=25, control=2 + 2 * place, place=place)


def _lesson(end: datetime, number: int) -> Any:
    """A lesson: one in fifty comes back today, one in three is at rest, the others come back."""
    from upswing.strategies.reviews import rules
    from upswing.strategies.reviews.models import Lesson

    due = end.date() + timedelta(days=0 if number % 50 == 3 else 1 + number % 90)
    rests = number % 3 == 1
    card, response = rules.first_card(end), "call Ana the same day"
    uses = [{"at": end.isoformat(), "said": rules.USED, "line": "She had time."}]
    return Lesson(
        cue=f"date {number} moves",
        response=response,
        card=card,
        due=None if rests else due,
        retired_at=end if rests else None,
        uses=uses,
    )


def _link(owner: Any, many: int) -> None:
    """Factors to their reviews, lessons to their factors."""
    from upswing.record.bulk import Join, join
    from upswing.strategies.reviews.models import OF_REVIEW, TAKEN_FROM

    numbers = range(many)
    named = [Join(f"factor:{one}", f"review:{one // FACTORS}", OF_REVIEW) for one in numbers]
    taken = [Join(f"lesson:{one}", f"factor:{one}", TAKEN_FROM) for one in numbers]
    join([*named, *taken], owner=owner)
