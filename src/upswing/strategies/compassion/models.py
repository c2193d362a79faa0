"""Exercises in being fair to oneself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from upswing.exercises.models import Work
from upswing.strategies.compassion.catalogue import letter, pause, talk, voices


class Break(Work):
    """Self-compassion break."""

    KIND, NOUN, STONE = "break", "self-compassion break", "compassion"
    EXERCISE = pause.EXERCISE

    class Meta:
        proxy = True


class Talk(Work):
    """Own-name talk."""

    KIND, NOUN, STONE = "talk", "own-name talk", "compassion"
    EXERCISE = talk.EXERCISE

    class Meta:
        proxy = True


class Letter(Work):
    """Kind and honest letter."""

    KIND, NOUN, STONE = "letter", "letter", "compassion"
    EXERCISE = letter.EXERCISE

    class Meta:
        proxy = True


class Voices(Work):
    """Two voices."""

    KIND, NOUN, STONE = "voices", "two voices", "compassion"
    EXERCISE = voices.EXERCISE

    class Meta:
        proxy = True

    def keep(
        self, number: int, typed: Any, *, now: datetime, today: date, enough: bool = False
    ) -> None:
        super().keep(number, typed, now=now, today=today, enough=enough)
        self.answers = voices.settled(self.answers)
