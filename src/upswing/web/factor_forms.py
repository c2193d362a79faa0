"""The forms of factors: one of them, the influence shared out, and a way around one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from upswing.strategies.reviews import reads, rules
from upswing.strategies.reviews.models import Factor
from upswing.web import own_words
from upswing.web.exercise_widgets import Number
from upswing.web.forms import Judged
from upswing.web.widgets import Scale


class Name(own_words.TextInput):
    """A line with suggestions that follow what is typed, and a button for where no script runs."""

    template_name = "parts/factor_name.html"
    suggestions: Sequence[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = self.suggestions
        return context


class People(forms.TextInput):
    """Names, with those that are known at hand."""

    template_name = "parts/people.html"
    known: Sequence[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["known"] = self.known
        return context


class FactorForm(forms.Form):
    """Something that contributed. What was typed is judged by the verb."""

    name = Judged(
        label="What contributed?",
        widget=Name(attrs={"autocomplete": "off"}),
        help_text="One thing, by skill, by chance or by others. An earlier one can be taken again.",
    )
    control = Judged(
        label="How much of it was in your hands?",
        widget=Scale(low_word="not at all", high_word="all of it"),
    )
    lasting = Judged(
        label="Is it passing or lasting?",
        required=False,
        widget=forms.Select(choices=Factor.Lasting.choices),
    )
    known = Judged(
        label="Could you have known it then?",
        help_text="Then, not now that you know how it went.",
        required=False,
        widget=forms.Select(choices=Factor.Known.choices),
    )
    confidence = Judged(
        label="How sure are you that it mattered, 0 to 100?", required=False, widget=Number(100)
    )
    evidence = forms.CharField(
        label="What shows it?",
        required=False,
        strip=False,
        widget=own_words.Textarea(attrs={"rows": 3}),
    )
    advice = forms.CharField(
        label="What would you tell a colleague about it?",
        required=False,
        strip=False,
        widget=own_words.Textarea(attrs={"rows": 3}),
    )
    seen_by = forms.CharField(
        label="Who saw it?",
        required=False,
        widget=People(attrs={"autocomplete": "off"}),
        help_text="Names with commas between them. They stay in your record; nobody is told.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        control: Any = self.fields["control"].widget
        control.choices = Scale.choices_for(0, 10)
        self.again: list[str] = []

    def offer(self, *, owner: Any, words: str = "") -> None:
        """Have earlier factors and known people at hand."""
        self.again = reads.names(owner=owner, words=words)
        self.fields["name"].widget.suggestions = self.again
        self.fields["seen_by"].widget.known = reads.known_people(owner=owner)

    @property
    def basic(self) -> list[forms.BoundField]:
        """The fields that are asked at once."""
        return [self["name"], self["control"]]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that are folded away until they are wanted."""
        return [self[name] for name in self.fields if name not in ("name", "control")]

    @property
    def unfolded(self) -> bool:
        """Whether there is something in them."""
        return any(field.value() or field.errors for field in self.more)


def typed_factor(form: FactorForm) -> dict[str, Any]:
    """What was typed, as the verbs take it."""
    values = dict(form.cleaned_data)
    values["seen_by"] = values["seen_by"].split(",")
    return values


class Shares(forms.Widget):
    """A number for each factor."""

    template_name = "parts/shares.html"
    use_fieldset = True

    def __init__(self, factors: Sequence[Factor]) -> None:
        super().__init__()
        self.factors = factors

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {str(one.pk): data.get(f"{name}-{one.pk}", "") for one in self.factors}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        given = value or {}
        rows = [(one, given.get(str(one.pk), "")) for one in self.factors]
        context["widget"] |= {"rows": rows, "sum": _sum([share for _, share in rows])}
        return context


def _sum(shares: Sequence[Any]) -> int:
    numbers = [str(share).strip() for share in shares]
    return sum(int(each) for each in numbers if each.isdecimal() and len(each) < 9)


class SharesForm(forms.Form):
    """The influence, shared out among the factors."""

    shares = forms.Field(
        label="How much did each contribute?",
        help_text="All the influence there was is 100. A rough guess is fine.",
        error_messages={"required": rules.NOTHING_NAMED},
    )

    def __init__(self, factors: Sequence[Factor], data: Any = None) -> None:
        shares = {str(one.pk): "" if one.share is None else one.share for one in factors}
        super().__init__(data, initial={"shares": shares})
        self.fields["shares"].widget = Shares(factors)


class WayForm(forms.Form):
    """What to do with what is not in one's hands."""

    way = forms.CharField(
        label="How do you accept it, or plan around it?",
        help_text="“It is so” is an answer. Or: what would make you depend on it less?",
        required=False,
        strip=False,
        widget=own_words.Textarea(attrs={"rows": 4}),
    )
