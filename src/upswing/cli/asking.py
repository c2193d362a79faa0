"""One question at a time, each of which can be left out, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from upswing.cli import heard, say
from upswing.errors import RuleError

BACK = "<"


@dataclass(frozen=True)
class Question:
    """A question for the answer `name`.

    read: turns what was typed into the answer, or raises RuleError.
    choices: (key, words) to choose from by number. required: an empty line is asked again.
    """

    name: str
    words: str
    read: Callable[[str], Any] = str
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""
    required: bool = False


def ask(questions: Sequence[Question]) -> dict[str, Any]:
    """The answers by name; a question that was left out has none."""
    answers: dict[str, Any] = {}
    say.note(f"Enter leaves a question out, {BACK} goes back. Only the first one is needed.")
    place = 0
    while place < len(questions):
        place = max(0, place + _step(questions[place], answers))
    return answers


def _step(question: Question, answers: dict[str, Any]) -> int:
    """Ask one question; 1 to go on, -1 to go back, 0 to ask it again."""
    _put(question, answers)
    typed: str = click.prompt("", default="", show_default=False, prompt_suffix="> ").strip()
    if typed == BACK:
        return -1
    if not typed:
        return 0 if question.required and question.name not in answers else 1
    try:
        answers[question.name] = question.read(heard.keep(typed))
    except RuleError as error:
        click.echo(error.sentence)
        return 0
    return 1


def _put(question: Question, answers: dict[str, Any]) -> None:
    say.heading(question.words)
    if question.hint:
        say.note(question.hint)
    for number, (_, words) in enumerate(question.choices, 1):
        click.echo(f"  {number}  {words}")
    if question.name in answers:
        say.note("It is answered already; Enter keeps the answer.")


def one_of(choices: Sequence[tuple[str, str]]) -> Callable[[str], str]:
    """Reads the number or the key of one of `choices`."""
    keys = [key for key, _ in choices]

    def read(typed: str) -> str:
        if typed.isdecimal() and 1 <= int(typed) <= len(keys):
            return keys[int(typed) - 1]
        if (wanted := typed.lower().replace(" ", "_").replace("-", "_")) in keys:
            return wanted
        raise RuleError("", f"Choose a number from 1 to {len(keys)}.")

    return read


def some_of(choices: Sequence[tuple[str, str]]) -> Callable[[str], list[str]]:
    """Reads numbers or keys, with commas or blanks between them."""
    read = one_of(choices)
    return lambda typed: [read(part) for part in typed.replace(",", " ").split()]
