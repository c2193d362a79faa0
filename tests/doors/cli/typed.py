"""What somebody types at the terminal for the questions of an exercise, read from walks.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import walks
from upswing.cli.review_steps import PLAN, USE
from upswing.exercises import questions as ask
from upswing.exercises.questions import Question, Step
from upswing.strategies.compassion.catalogue import lines
from upswing.strategies.reviews.catalogue.review import FACTORS
from walks import FACTORS_NAMED, Walk

Asked = tuple[str, list[str]]  # a question, and the lines that are typed for it
KEEP = ""  # Enter: what stands there stays, and what is asked may be left out


def step(walk: Walk, number: int, *, stands: int = 0) -> Iterator[Asked]:
    """All questions of a step; the first `stands` of them are answered already."""
    one = walk.exercise.steps[number - 1]
    if one.place:
        yield from place(one, stands=bool(stands))
    for at, question in enumerate(one.questions):
        if question.name not in walk.told or at < stands:
            value = walk.given.get(question.name)
            yield question.asked(walk.given), answer(question, value, walk, kept=at < stands)


def again(walk: Walk) -> list[Asked]:
    """What is asked when an exercise comes back."""
    questions = walk.exercise.again.questions if walk.exercise.again else ()
    return [
        (question.ask, answer(question, walk.again[question.name], walk)) for question in questions
    ]


def half(walk: Walk, number: int) -> list[Asked]:
    """What is answered of a step that is left in its middle."""
    one = walk.exercise.steps[number - 1]
    if one.place:
        both, second = list(place(one)), list(place(one, stands=True))
        return both[: len(both) - len(second)]
    return list(step(walk, number))[: walks.half(one.questions)]


def place(one: Step, *, stands: bool = False) -> Iterator[Asked]:
    """A step of a review that records items of its own; `stands`: the first of them is there."""
    yield from _factors(stands) if one.place == FACTORS else _lessons(stands)


def _factors(stands: bool) -> Iterator[Asked]:
    for at, one in enumerate(FACTORS_NAMED):
        if at or not stands:
            yield "else contributed?" if at else walks.NAME, [one.name]
            for question, value in one.answers:
                yield question.ask, answer(question, value)
    yield "else contributed?", [KEEP]
    for one in FACTORS_NAMED:
        yield one.name, [str(one.share)]


def _lessons(stands: bool) -> Iterator[Asked]:
    if not stands:
        yield PLAN.ask, [walks.PLAN["when"], walks.PLAN["then"]]
        yield USE.ask, [KEEP]
    yield "It is outside your hands.", [walks.AROUND, KEEP]


def answer(
    question: Question, value: Any, walk: Walk | None = None, *, kept: bool = False
) -> list[str]:
    """The lines for one question; `kept`: its answer stands there and is left as it is."""
    if isinstance(question, ask.Again | lines.Replies):
        return [KEEP if kept else str(row.get("strength", row.get("kind"))) for row in value]
    if kept or value is None:
        return [KEEP]
    put = next(put for kind, put in TYPED if isinstance(question, kind))
    return put(question, value, walk)


def _one(question: Question, value: Any, walk: Walk | None) -> list[str]:
    return [str(value)]


def _text(question: Question, value: str, walk: Walk | None) -> list[str]:
    return [*value.split("\n"), ""]


def _option(question: Any, value: str, walk: Walk | None) -> list[str]:
    return [str([option.key for option in question.options].index(value) + 1)]


def _options(question: Any, value: list[str], walk: Walk | None) -> list[str]:
    return [" ".join(_option(question, each, walk)[0] for each in value)]


def _rows(question: Question, value: list[dict[str, Any]], walk: Walk | None) -> list[str]:
    return [*(f"{row['word']} {row['strength']}" for row in value), ""]


def _plan(question: Question, value: dict[str, str], walk: Walk | None) -> list[str]:
    return [value["when"], value["then"]]


def _found(question: Question, value: list[str], walk: Walk | None) -> list[str]:
    """Words to look for, the number of what is found, and Enter."""
    return [walks.SOUGHT, "1", ""]


def _marked(question: Any, value: list[str], walk: Walk | None) -> list[str]:
    there = question.lines(walk.given if walk else {})
    return [" ".join(str(there.index(line) + 1) for line in value)]


TYPED: tuple[tuple[type[Question], Callable[[Any, Any, Walk | None], list[str]]], ...] = (
    (ask.Text, _text),
    (ask.Line, _one),
    (ask.Rating, _one),
    (ask.Choice, _option),
    (ask.Choices, _options),
    (ask.Strengths, _rows),
    (ask.IfThen, _plan),
    (ask.Finds, _found),
    (lines.Harsh, _marked),
)
