"""The controls of Two voices: the lines of a text to choose from, and an answer to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from upswing.exercises.questions import Answers, Option
from upswing.strategies.compassion.catalogue.lines import MOST_LINES, Harsh, Replies
from upswing.web.exercise_widgets import Some
from upswing.web.own_words import OwnWords


def harsh(question: Harsh, answers: Answers) -> forms.Widget:
    """A box before each line of the text."""
    return Some([Option(line, line) for line in question.lines(answers)])


class Both(OwnWords):
    """Each marked line with room for the other voice: `name-0-line`, `name-0-kind`, …"""

    template_name = "parts/both_voices.html"
    use_fieldset = True

    def __init__(self, question: Replies, answers: Answers) -> None:
        super().__init__()
        self.question, self.answers = question, answers

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        return [
            {part: data.get(f"{name}-{place}-{part}", "") for part in ("line", "kind")}
            for place in range(2 * MOST_LINES)
            if f"{name}-{place}-line" in data
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        names = [f"{name}-{place}" for place in range(2 * MOST_LINES)]
        context["widget"]["rows"] = [
            {**row, "name": each, "asked": self.asked.get(f"{each}-kind", ())}
            for each, row in zip(names, self.rows(value), strict=False)
        ]
        return context

    def rows(self, value: Sequence[Mapping[str, Any]] | None) -> list[dict[str, str]]:
        """The rows to show, with what stands in them."""
        return self.question.rows(value, self.answers)
