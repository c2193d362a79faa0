"""What the forms of an exercise send, read from walks.py; and sending it, without script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.test import Client

from doors.web.reading import text
from upswing.exercises import questions as ask
from upswing.exercises.models import Work
from upswing.exercises.questions import Question
from upswing.record.models import Item
from upswing.strategies.compassion.catalogue import lines
from upswing.strategies.reviews import reads
from upswing.strategies.reviews.catalogue.review import FACTORS
from upswing.strategies.reviews.models import Factor, Review
from walks import AROUND, FACTORS_NAMED, PLAN, Contributed, Walk

ROWS = (ask.Strengths, lines.Replies)


def fields(questions: Sequence[Question], given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a form with these answers."""
    sent: dict[str, Any] = {}
    for question in questions:
        sent |= _field(question, given.get(question.name))
    return sent


def _field(question: Question, value: Any) -> dict[str, Any]:
    name = question.name
    if isinstance(question, ROWS):
        rows = enumerate(value or [])
        return {f"{name}-{at}-{part}": each for at, row in rows for part, each in row.items()}
    if isinstance(question, ask.IfThen):
        return {f"{name}-{half}": words for half, words in (value or {}).items()}
    if isinstance(question, ask.Finds):
        found = Item.objects.filter(body__in=value or [])
        return {name: [str(item.pk) for item in found]}
    return {name: [] if value is None else value}


def half_a_step(
    web: Client, work: Work | None, walk: Walk, number: int, answered: int, *, about: str
) -> None:
    """Answer so many questions of a step, and say that it is enough for today."""
    one = walk.exercise.steps[number - 1]
    if one.place:
        assert work is not None
        _half_a_place(web, work, one.place)
        return
    sent = fields(one.questions[:answered], walk.given)
    answer = web.post(address(work, walk, number), {**sent, "setback": about, "enough": "1"})
    assert answer.status_code == 302, text(answer)


def a_step(
    web: Client, work: Work | None, walk: Walk, number: int, *, begun: bool = False, about: str = ""
) -> None:
    """Send a whole step; `begun`: of one that records items of its own, the first are there."""
    one = walk.exercise.steps[number - 1]
    if one.place:
        assert work is not None
        _place(web, work, one.place, begun)
        return
    sent = fields(one.questions, walk.given)
    answer = web.post(address(work, walk, number), {**sent, "setback": about})
    assert answer.status_code == 302, text(answer)


def address(work: Work | None, walk: Walk, number: int) -> str:
    return f"/exercises/{work.pk}/{number}/" if work else f"/exercises/{walk.kind}/begin/"


# --- the steps of a review that record items of their own -----------------------------------------


def _half_a_place(web: Client, work: Work, place: str) -> None:
    if place == FACTORS:
        _name(web, work, FACTORS_NAMED[0])
    else:
        _lesson(web, work)


def _place(web: Client, work: Work, place: str, begun: bool) -> None:
    if not begun:
        _half_a_place(web, work, place)
    if place == FACTORS:
        _name(web, work, FACTORS_NAMED[1])
        shares = dict(zip(_factors(work), FACTORS_NAMED, strict=True))
        sent = {f"shares-{factor.pk}": one.share for factor, one in shares.items()}
        _sent(web, f"/reviews/{work.pk}/factors/", {"sharing": "1", **sent})
    else:
        _sent(web, f"/factors/{_factors(work)[1].pk}/way/", {"way": AROUND})
        _sent(web, f"/reviews/{work.pk}/lessons/", {})


def _factors(work: Work) -> list[Factor]:
    return reads.factors_of(Review.objects.get(pk=work.pk))


def _name(web: Client, work: Work, one: Contributed) -> None:
    _sent(web, f"/reviews/{work.pk}/factors/", {"naming": "1", "name": one.name, **one.said})


def _lesson(web: Client, work: Work) -> None:
    sent = {"cue": PLAN["when"], "response": PLAN["then"]}
    _sent(web, f"/factors/{_factors(work)[0].pk}/lesson/", sent)


def _sent(web: Client, where: str, sent: dict[str, Any]) -> None:
    answer = web.post(where, sent)
    assert answer.status_code == 302, text(answer)
