"""What is rated before and after the exercises in being fair to oneself."""

from __future__ import annotations

from upswing.exercises.exercise import Move
from upswing.exercises.questions import Rating

TOP = 10
LOW, HIGH = "not at all", "as hard as can be"
BEFORE = (
    Rating(
        name="distress_before",
        ask="How hard is it right now?",
        label="How hard it was",
        top=TOP,
        low=LOW,
        high=HIGH,
    ),
    Rating(
        name="criticism_before",
        ask="How hard are you on yourself right now?",
        label="How hard on myself",
        top=TOP,
        low=LOW,
        high=HIGH,
    ),
)
AFTER = (
    Rating(
        name="distress_after",
        ask="How hard is it now?",
        label="How hard it is now",
        top=TOP,
        low=LOW,
        high=HIGH,
    ),
    Rating(
        name="criticism_after",
        ask="How hard are you on yourself now?",
        label="How hard on myself now",
        top=TOP,
        low=LOW,
        high=HIGH,
    ),
)
MOVES = (
    Move("how hard it is", "distress_before", "distress_after"),
    Move("how hard on myself", "criticism_before", "criticism_after"),
)
