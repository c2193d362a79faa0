"""Controls for text of one's own. Only what stands in them is looked at, and asked about.

Each tells its name in a hidden field `own-text`, and has room for questions right below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from upswing.journeys.second_look import Asked


class OwnWords(forms.Widget):
    """A control with own text in it. `asked` are the questions, by the name of the HTML field."""

    asked: Mapping[str, Sequence[Asked]] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the questions about a control that is one field."""
        context = super().get_context(name, value, attrs)
        context["widget"]["asked"] = self.asked.get(name, ())
        return context


class TextInput(OwnWords, forms.TextInput):
    """A line of one's own words."""

    template_name = "parts/own_line.html"


class Textarea(OwnWords, forms.Textarea):
    """A text of one's own."""

    template_name = "parts/own_text.html"
