"""The page of one step as a form. Its fields take what was typed as it is; the verb judges it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from upswing.exercises import questions as ask
from upswing.exercises.questions import Answers, Question, Step
from upswing.record.rows import Row
from upswing.strategies.compassion.catalogue import lines
from upswing.web import exercise_widgets as widgets
from upswing.web import own_words, voice_widgets
from upswing.web.widgets import Scale

LONG = 8  # lines from which on a field is one for writing


class Answer(forms.Field):
    """What was typed for one question, in the shape that the question takes."""

    def clean(self, value: Any) -> Any:
        return value


class StepForm(forms.Form):
    """One step; what a rule says is shown at the question of that name."""

    def __init__(self, step: Step, answers: Answers, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=dict(answers))
        for question in step.questions:
            self.fields[question.name] = _field(question, answers)

    def restore(self, typed: Mapping[str, Sequence[str]]) -> None:
        """Let the fields show a draft."""
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, list(values))
        for name, field in self.fields.items():
            if not field.widget.value_omitted_from_data(data, {}, name):
                self.initial[name] = field.widget.value_from_datadict(data, {}, name)

    def ask_anew(self) -> None:
        """Show no answer that was given earlier."""
        self.initial = {}

    def offer(self, name: str, rows: Sequence[Row]) -> None:
        """Items that can be chosen as the answer `name`."""
        cast(widgets.Found, self.fields[name].widget).rows = list(rows)


def _field(question: Question, answers: Answers) -> Answer:
    widget = next(make for kind, make in WIDGETS if isinstance(question, kind))(question, answers)
    help_text = question.help
    if isinstance(question, ask.Text) and question.words and answers.get(question.name):
        told = ask.counted(str(answers[question.name]), question.words)
        help_text = f"{help_text} Now: {told}".strip()
    if isinstance(question, ask.Rating) and question.top == 100 and question.low:
        help_text = f"{help_text} 0: {question.low}. 100: {question.high}.".strip()
    return Answer(
        label=question.asked(answers),
        help_text=help_text,
        required=bool(question.required),
        widget=widget,
    )


def _text(question: Any, answers: Answers) -> forms.Widget:
    more = {"class": "long"} if question.lines >= LONG else {}
    make = own_words.Textarea if question.own else forms.Textarea
    return make(attrs={"rows": question.lines, **more})


def _line(question: Any, answers: Answers) -> forms.Widget:
    make = own_words.TextInput if question.own else forms.TextInput
    return make(attrs={"autocomplete": "off"})


def _rating(question: Any, answers: Answers) -> forms.Widget:
    if question.top > 10:
        return widgets.Number(question.top)
    scale = Scale(low_word=question.low, high_word=question.high)
    scale.choices = Scale.choices_for(0, question.top)
    return scale


WIDGETS: tuple[tuple[type[Question], Callable[[Any, Answers], forms.Widget]], ...] = (
    (ask.Text, _text),
    (ask.Line, _line),
    (ask.Rating, _rating),
    (ask.Choice, lambda question, _: widgets.One(question.options)),
    (ask.Choices, lambda question, _: widgets.Some(question.options)),
    (ask.Again, lambda question, answers: widgets.Again(answers.get(question.of) or [])),
    (ask.Strengths, lambda question, _: widgets.Strengths(question.suggestions)),
    (ask.IfThen, lambda question, _: widgets.IfThen(question.when_ask, question.then_ask)),
    (ask.Finds, lambda question, _: widgets.Found()),
    (lines.Harsh, voice_widgets.harsh),
    (lines.Replies, voice_widgets.Both),
    (ask.Pause, lambda question, _: widgets.Pause(question.seconds)),
)
