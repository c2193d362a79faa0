"""The two controls that Django does not have: a numbered scale and the feelings picker."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt


class Scale(forms.RadioSelect):
    """Radios from ``low`` to ``high`` as 44 px steps, with words for both ends.

    Give it to a ``TypedChoiceField(coerce=int)``; ``Scale.choices_for(1, 10)`` makes the choices.
    """

    template_name = "parts/scale.html"

    def __init__(self, *, low_word: str = "", high_word: str = "") -> None:
        super().__init__()
        self.low_word = low_word
        self.high_word = high_word

    @staticmethod
    def choices_for(low: int, high: int) -> list[tuple[str, str]]:
        """Return one choice for each whole number from ``low`` to ``high``, both included."""
        return [(str(step), str(step)) for step in range(low, high + 1)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the number of steps, the first and the last, and their words."""
        context = super().get_context(name, value, attrs)
        steps = [label for _, label in self.choices]
        context["widget"] |= {
            "radios": [
                radio for _, radios, _ in context["widget"]["optgroups"] for radio in radios
            ],
            "steps": len(steps),
            "low": steps[0],
            "high": steps[-1],
            "low_word": self.low_word,
            "high_word": self.high_word,
        }
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One step, its attributes written out; a template for each of them made a page slow."""
        made = super().create_option(*args, **kwargs)
        return made | {"written": flatatt(made["attrs"])}


class Feelings(forms.CheckboxSelectMultiple):
    """Checkboxes as chips; the field's choices are grouped, one group a quadrant."""

    template_name = "parts/feelings.html"
