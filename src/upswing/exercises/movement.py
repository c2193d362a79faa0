"""How what was rated in an exercise moved: before, after, and each time it came back. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from upswing.charts.moves import Line, Moves
from upswing.exercises.exercise import Exercise, Move
from upswing.exercises.questions import Answers, Rating

FEWEST = 2  # ratings of one thing, from which on there is a movement to look at


def movement(
    exercise: Exercise, answers: Answers, returns: Sequence[Mapping[str, Any]] = ()
) -> Moves | None:
    """The ratings over the times; None where nothing was rated twice."""
    lines = [Line(move.name, _values(move, answers, returns)) for move in exercise.moves]
    rated = [line for line in lines if any(value is not None for value in line.values)]
    if not any(sum(value is not None for value in line.values) >= FEWEST for line in rated):
        return None
    times = ("before", "after", *(_time(said) for said in returns))
    return Moves(
        name="How it moved", times=times, lines=tuple(rated), high=_top(exercise), ident="moves"
    )


def _values(
    move: Move, answers: Answers, returns: Sequence[Mapping[str, Any]]
) -> tuple[float | None, ...]:
    before, after = answers.get(move.before), answers.get(move.after)
    return (before, after, *(said.get(move.again) for said in returns))


def _time(said: Mapping[str, Any]) -> str:
    days = said.get("days", 0)
    if not days:
        return "later"
    return f"{days} day{'s' if days != 1 else ''}"


def _top(exercise: Exercise) -> int:
    asked = [exercise.questions.get(move.before or move.after) for move in exercise.moves]
    return max(question.top for question in asked if isinstance(question, Rating))
