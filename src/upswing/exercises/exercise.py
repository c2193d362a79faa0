"""An exercise as a whole: its steps, its time, and how well it is known to work. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from upswing.errors import all_at_once
from upswing.exercises.questions import EMPTY, Answers, Finds, Question, Step
from upswing.record.rules import LONGEST_TITLE


@dataclass(frozen=True)
class Evidence:
    """What is known about an exercise: the finding, how far it carries, and who found it."""

    says: str
    strength: Literal["good", "some", "weak", "contested"]
    source: str


@dataclass(frozen=True)
class Move:
    """Something that is rated more than once: the names of its answers, "" where it is not asked.

    again: its name when the exercise comes back.
    """

    name: str
    before: str
    after: str
    again: str = ""


@dataclass(frozen=True)
class Exercise:
    """An exercise. `kind` is the kind of its items, `strategy` the stone on which it lies.

    minutes: an honest range in words ("12 to 18"). dose: how often, in words. titled: the answer
    whose first line names the item. returns: the days after its end on which it comes back with
    the step `again`, in order. moves: what is rated more than once. open_answer: the answer that
    stays open until somebody takes it up.
    """

    kind: str
    strategy: str
    title: str
    about: str
    minutes: str
    steps: tuple[Step, ...]
    evidence: tuple[Evidence, ...]
    dose: str = ""
    titled: str = ""
    not_when: str = ""
    returns: tuple[int, ...] = ()
    again: Step | None = None
    moves: tuple[Move, ...] = ()
    open_answer: str = ""

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by the name of its answer."""
        return {each.name: each for step in self.steps for each in step.questions}

    @property
    def finds(self) -> Iterator[Finds]:
        """The questions that are answered with own items."""
        return (each for each in self.questions.values() if isinstance(each, Finds))

    def answer(self, number: int, typed: Mapping[str, Any], before: Answers) -> dict[str, Any]:
        """All answers after step `number` (from 1). Raises RuleError at the question's name."""
        return _cleaned(self.steps[number - 1].questions, typed, before)

    def part(self, number: int, typed: Mapping[str, Any], before: Answers) -> dict[str, Any]:
        """As `answer`, of a step that is left in its middle: nothing is required."""
        answers = dict(before)
        with all_at_once() as ask:
            for question in self.steps[number - 1].questions:
                clean = replace(question, required="").clean
                value = ask(clean, typed.get(question.name), answers)
                if value not in EMPTY:
                    answers[question.name] = value
        return answers

    def sound(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Answers that come from elsewhere. What is not there is not required. Raises RuleError."""
        found: dict[str, Any] = {}
        for name, question in self.questions.items():
            if name in answers:
                found[name] = replace(question, required="").clean(answers[name], found)
        return found

    def said(self, typed: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
        """What is said when it has come back. Raises RuleError at the question's name."""
        questions = self.again.questions if self.again else ()
        known = _cleaned(questions, typed, answers)
        return {question.name: known[question.name] for question in questions}

    def next_return(self, days: int) -> int | None:
        """The day of the next return, `days` after its end; None where all are behind."""
        return next((day for day in self.returns if day > days), None)

    def name(self, answers: Answers) -> str:
        """What the item is called: the first line of the answer that names it."""
        first = str(answers.get(self.titled) or "").strip().partition("\n")[0]
        cut = first[: LONGEST_TITLE - 1] + "…" if len(first) > LONGEST_TITLE else first
        return cut or self.title

    def text(self, answers: Answers, returns: Sequence[Mapping[str, Any]] = ()) -> str:
        """The answers as Markdown, each under its label, and what was said when it came back."""
        return "\n\n".join([*self._told(answers), *self._told_again(answers, returns)])

    def _told_again(self, answers: Answers, returns: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        for said in returns:
            yield f"## {after(said)}"
            for question in self.again.questions if self.again else ():
                value = said.get(question.name)
                if value not in EMPTY:
                    yield f"{question.label or question.asked(answers)}: {question.told(value)}"

    def _told(self, answers: Answers) -> Iterator[str]:
        for name, question in self.questions.items():
            value = answers.get(name)
            if value in EMPTY:
                continue
            if words := question.told(value):
                yield f"## {question.label or question.asked(answers)}\n\n{words}"


def _cleaned(
    questions: Sequence[Question], typed: Mapping[str, Any], before: Answers
) -> dict[str, Any]:
    """All answers with those to `questions`. Raises RuleError with the no of each at its name."""
    answers = dict(before)
    with all_at_once() as ask:
        for question in questions:
            answers[question.name] = ask(question.clean, typed.get(question.name), answers)
    return answers


def after(said: Mapping[str, Any]) -> str:
    """When something was said again: "After 7 days"."""
    days = said.get("days", 0)
    return "On the same day" if days == 0 else f"After {days} day{'s' if days > 1 else ''}"
