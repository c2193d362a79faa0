"""Whether the last seven days held three on which it was as hard as can be."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Q

from upswing.exercises.models import Work
from upswing.exercises.questions import Rating
from upswing.exercises.reads import kinds
from upswing.record.rows import Row
from upswing.strategies.coping.models import CheckIn
from upswing.strategies.coping.rules import summary

WINDOW = timedelta(days=6)
ENOUGH = 3
TOP = 10
DISTRESS = "distress"  # ratings of it are named so, and then "_before" or "_after"


def heavy_days(*, owner: Any, today: date) -> bool:
    """Distress of 10 in an exercise, or stress of 10 in a check-in, on three days in seven."""
    lived = {
        "item__owner": owner,
        "item__trashed_at": None,
        "item__day__range": (today - WINDOW, today),
    }
    felt = CheckIn.objects.filter(**lived, item__kind=CheckIn.KIND, stress=TOP)
    rated = Work.objects.filter(_rated_at_top(), **lived, item__kind__in=kinds())
    days = felt.values_list("item__day").union(rated.values_list("item__day"))  # each day once
    return len(days) >= ENOUGH


def at_top(row: Row) -> bool:
    """Whether a line of a list is a check-in with stress of 10, by the title that it has."""
    return row.kind == CheckIn.KIND and summary(None, None, TOP, []).lower() in row.title.lower()


def _rated_at_top() -> Q:
    either = Q(pk__in=[])
    for name in _ratings():
        either |= Q(**{f"answers__{name}": TOP})
    return either


@cache
def _ratings() -> tuple[str, ...]:
    """The names of all ratings of distress that go up to TOP."""
    asked = [each for work in kinds().values() for each in work.EXERCISE.questions.values()]
    names = {
        each.name
        for each in asked
        if isinstance(each, Rating) and each.top == TOP and each.name.startswith(DISTRESS)
    }
    return tuple(sorted(names))
