"""Somebody at a terminal who does an exercise; what they answer stands in walks.py."""

from __future__ import annotations

from doors.cli import typed
from doors.cli.conversation import Conversation
from upswing.exercises.questions import Rating
from walks import Walk


class Person:
    """Somebody who answers what stands on the terminal."""

    def __init__(self, terminal: Conversation, walk: Walk) -> None:
        self.terminal, self.walk = terminal, walk
        self.slipped = False

    def steps(self, first: int, *, stands: int = 0) -> None:
        """Every step from the first on; so many of its questions are answered already."""
        for number in range(first, len(self.walk.exercise.steps) + 1):
            self.step(number, stands=stands if number == first else 0)

    def step(self, number: int, *, stands: int = 0) -> None:
        exercise = self.walk.exercise
        self.terminal.wait(f"{number} of {len(exercise.steps)}  {exercise.steps[number - 1].title}")
        self._slip(number, stands)
        for asked, lines in typed.step(self.walk, number, stands=stands):
            self.terminal.answer(asked, *lines)

    def _slip(self, number: int, stands: int) -> None:
        """The first number of all is typed wrongly once, and asked again."""
        questions = self.walk.exercise.steps[number - 1].questions[stands:]
        if self.slipped or not questions or not isinstance(questions[0], Rating):
            return
        self.slipped = True
        self.terminal.answer(questions[0].asked(self.walk.given), str(questions[0].top + 1))
        self.terminal.wait(f"A whole number from 0 to {questions[0].top}, please.")

    def half(self, number: int) -> int:
        """Answer the first half of a step, and say that it is enough; how much was answered."""
        self.terminal.wait(f"{number} of {len(self.walk.exercise.steps)}")
        answered = typed.half(self.walk, number)
        for asked, lines in answered:
            self.terminal.answer(asked, *lines)
        self.terminal.answer("", ".")
        self.terminal.wait("It waits where you left it.")
        return len(answered)
