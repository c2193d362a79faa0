"""What is kept of an exercise. One table for all of them; a kind is a proxy that names its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models

from upswing.errors import RuleError
from upswing.exercises.exercise import Exercise
from upswing.moments import days_between, lived_day
from upswing.record.models import Facet

MOST_DAYS = 100_000
ODD = "Its answers are not as Upswing writes them."


class Work(Facet):
    """One time of doing an exercise; its item's body tells the answers as Markdown.

    answers: by the name of the question. reached: steps answered so far. finished_at: None while
    it waits to be gone on with. returns_on: the day on which it comes back, and `returns` what was
    said then: [{"days": 8, "at": "2026-11-22T18:00:00+00:00", …}, …], days counted from its end.
    """

    EXERCISE: ClassVar[Exercise]

    answers = models.JSONField(default=dict, blank=True)
    reached = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    returns_on = models.DateField(null=True, blank=True)
    returns = models.JSONField(default=list, blank=True)

    class Meta(Facet.Meta):
        indexes: ClassVar = [
            models.Index(
                fields=["item"], condition=models.Q(finished_at=None), name="unfinished_work"
            ),
            models.Index(
                fields=["returns_on"],
                condition=models.Q(returns_on__isnull=False),
                name="returning_work",
            ),
        ]

    def keep(
        self, number: int, typed: Any, *, now: datetime, today: date, enough: bool = False
    ) -> None:
        """Take the answers of a step; the last one finishes. Raises RuleError at the question."""
        if enough:
            self.answers = self.EXERCISE.part(number, typed, self.answers)
            return
        self.answers = self.EXERCISE.answer(number, typed, self.answers)
        self.reached = max(self.reached, number)
        if self.reached == len(self.EXERCISE.steps) and self.finished_at is None:
            self.finished_at = now
            self.finish(today)

    def finish(self, today: date) -> None:
        """What follows from the last step: the day on which it comes back, if it does."""
        first = self.EXERCISE.next_return(0)
        self.returns_on = today + timedelta(days=first) if first else None

    def say(self, typed: Mapping[str, Any], *, now: datetime, today: date, zone: str) -> None:
        """Take what is said when it has come back. Raises RuleError at the question."""
        said = self.EXERCISE.said(typed, self.answers)
        days = self._days(today, zone)
        self.returns = [*self.returns, {"days": days, "at": now.isoformat(), **said}]
        self._return_after(today, zone)

    def skip(self, today: date, zone: str) -> None:
        """Let it come back another time, where there is one."""
        self._return_after(today, zone)

    def _return_after(self, today: date, zone: str) -> None:
        following = self.EXERCISE.next_return(self._days(today, zone))
        ended = self._ended(zone)
        self.returns_on = ended + timedelta(days=following) if following and ended else None

    def _days(self, today: date, zone: str) -> int:
        ended = self._ended(zone)
        return max(0, days_between(ended, today)) if ended else 0

    def _ended(self, zone: str) -> date | None:
        return lived_day(self.finished_at, zone) if self.finished_at else None

    def text(self) -> str:
        """All of it as Markdown."""
        return self.EXERCISE.text(self.answers, self.returns)

    @property
    def following(self) -> int:
        """The step to go on with, from 1; the last one where all are answered."""
        return min(self.reached + 1, len(self.EXERCISE.steps))

    def check_columns(self) -> None:
        exercise = self.EXERCISE
        shaped = isinstance(self.answers, dict) and isinstance(self.returns, list)
        if not shaped or self.reached > len(exercise.steps):
            raise RuleError("answers", ODD)
        self.answers = exercise.sound(self.answers)
        self.returns = [_sound(exercise, row, self.answers) for row in self.returns]


def _sound(exercise: Exercise, row: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    """One thing said again, as `Work.say` writes it. Raises RuleError."""
    given = row if isinstance(row, dict) else {}
    days, at = given.get("days"), given.get("at")
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= MOST_DAYS:
        raise RuleError("returns", ODD)
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError:
        raise RuleError("returns", ODD) from None
    if moment.tzinfo is None:
        raise RuleError("returns", ODD)
    return {"days": days, "at": str(at), **exercise.said(given, answers)}
