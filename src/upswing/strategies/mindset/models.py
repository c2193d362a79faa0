"""Exercises in seeing a setback for what it is."""

from __future__ import annotations

from upswing.exercises.models import Work
from upswing.strategies.mindset.catalogue import thought, verdict


class Thought(Work):
    """A thought record."""

    KIND, NOUN, STONE = "thought", "thought record", "mindset"
    EXERCISE = thought.EXERCISE

    class Meta:
        proxy = True


class Verdict(Work):
    """From verdict to learning goal."""

    KIND, NOUN, STONE = "verdict", "learning goal", "mindset"
    EXERCISE = verdict.EXERCISE

    class Meta:
        proxy = True
