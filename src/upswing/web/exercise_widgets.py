"""The controls of the exercises that Django does not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from upswing.exercises.questions import MOST_WORDS, Option
from upswing.record.rows import Row
from upswing.web.own_words import OwnWords

BLANK = 3  # empty rows that are offered at first


class Number(forms.NumberInput):
    """A whole number from 0 to `top`."""

    def __init__(self, top: int) -> None:
        super().__init__(
            {"min": 0, "max": top, "step": 1, "inputmode": "numeric", "autocomplete": "off"}
        )


class One(forms.RadioSelect):
    """One of the options, each with a line about it, and its examples folded away."""

    template_name = "parts/options.html"

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__(choices=[(option.key, option.name) for option in options])
        self.explained = {option.key: option for option in options}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        made = super().create_option(name, value, *args, **kwargs)
        option = self.explained[str(value)]
        return made | {"about": option.about, "examples": option.examples}


class Some(One):
    """Any of the options."""

    allow_multiple_selected = True
    input_type = "checkbox"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return list(data.getlist(name) if isinstance(data, QueryDict) else data.get(name, []))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class Strengths(forms.Widget):
    """Rows of a word and its number. A row is named `name-0-word`, `name-0-strength`, …"""

    template_name = "parts/strengths.html"
    use_fieldset = True

    def __init__(self, suggestions: Sequence[str] = ()) -> None:
        super().__init__()
        self.suggestions = suggestions

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        rows = [
            {part: data.get(f"{name}-{place}-{part}", "") for part in ("word", "strength")}
            for place in range(MOST_WORDS)
        ]
        while rows and not any(rows[-1].values()):
            rows.pop()
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"] |= {"rows": self.rows(value or []), "suggestions": self.suggestions}
        return context

    def rows(self, value: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The rows to show: those that are filled, and some more."""
        more = max(BLANK - len(value), 1)
        return [*value, *({} for _ in range(more))][:MOST_WORDS]


class Again(Strengths):
    """The same words once more, without the numbers that stood there."""

    def __init__(self, before: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        self.words = [str(row["word"]) for row in before]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["fixed"] = True
        return context

    def rows(self, value: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        told = {row["word"]: row["strength"] for row in value}
        return [{"word": word, "strength": told.get(word, "")} for word in self.words]


class IfThen(OwnWords):
    """Two lines: the moment, and what to do then."""

    template_name = "parts/if_then.html"
    use_fieldset = True

    def __init__(self, when_ask: str, then_ask: str) -> None:
        super().__init__()
        self.asks = {"when": when_ask, "then": then_ask}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {half: data.get(f"{name}-{half}", "") for half in self.asks}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-when" not in data and f"{name}-then" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"]["halves"] = [
            (half, ask, (value or {}).get(half, ""), self.asked.get(f"{name}-{half}", ()))
            for half, ask in self.asks.items()
        ]
        return context


class Found(forms.Widget):
    """Own items to choose from. `rows` are offered; those that are chosen stay."""

    template_name = "parts/found.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return list(data.getlist(name) if isinstance(data, QueryDict) else data.get(name, []))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"] |= {"rows": self.rows, "chosen": {str(each) for each in value or []}}
        return context


class Pause(forms.Widget):
    """Some time with the words above it."""

    template_name = "parts/pause.html"
    use_fieldset = True

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds

    def value_from_datadict(self, data: Any, files: Any, name: str) -> None:
        return None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"]["seconds"] = self.seconds
        return context
