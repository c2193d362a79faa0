"""The questions of the first hour at the terminal, and the options that answer them."""

from __future__ import annotations

from typing import Any

from upswing.cli import asking, door, when
from upswing.cli.asking import Question
from upswing.errors import RuleError
from upswing.record.models import Setback
from upswing.record.rules import title


def _weight(typed: str) -> int:
    if not typed.strip().isdecimal() or int(typed) > 10:
        raise RuleError("weight", "How heavy it is goes from 0 to 10.")
    return int(typed)


def _sentence(typed: str) -> str:

    return title(typed)


def questions(*, zone: str) -> list[Question]:
    """Every question, in the order in which it is asked."""

    def moment(typed: str) -> Any:
        return door.moment(typed, zone=zone)

    courses = [(key, str(words)) for key, words in Setback.Course.choices if key]
    sorts, losses = Setback.Sort.choices, Setback.Loss.choices
    return [
        Question(
            "title", "What happened?", _sentence, hint="One sentence is enough.", required=True
        ),
        Question("body", "Would you like to say more?"),
        Question("sort", "What kind of thing was it?", asking.one_of(sorts), sorts),
        Question("happened_at", "When was it?", moment, hint="“last friday” or 2026-03-14"),
        Question("weight", "How heavy is it now, from 0 to 10?", _weight),
        Question(
            "losses",
            "What is lost, or shaken?",
            asking.some_of(losses),
            losses,
            hint="Several numbers are fine, with commas.",
        ),
        Question("course", "Does it still go on?", asking.one_of(courses), courses),
    ]


def read(options: dict[str, Any], *, zone: str) -> dict[str, Any]:
    """The answers among the options. Raises RuleError for one that does not fit."""
    reads = {question.name: question.read for question in questions(zone=zone)}
    return {name: reads[name](typed) for name, typed in options.items() if typed is not None}


def ask(given: dict[str, Any], *, zone: str) -> dict[str, Any]:
    """Ask what is not given yet."""
    return asking.ask([one for one in questions(zone=zone) if one.name not in given])


def ask_again(setback: Setback, *, zone: str) -> dict[str, Any]:
    """Ask everything, and say what stands there; only new answers come back."""
    item = setback.item
    there = {
        "title": item.title,
        "body": item.body,
        "sort": setback.get_sort_display() if setback.sort else "",
        "happened_at": when.long_day(item.day),
        "weight": "" if setback.weight_now is None else str(setback.weight_now),
        "losses": ", ".join(setback.losses),
        "course": setback.get_course_display() if setback.course else "",
    }
    return asking.ask(
        [
            Question(one.name, one.words, one.read, one.choices, f"Now: {there[one.name] or '—'}")
            for one in questions(zone=zone)
        ]
    )
