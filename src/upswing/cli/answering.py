"""One question of an exercise, asked at the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from upswing.cli import editor, say, voice_lines
from upswing.cli.door import short
from upswing.errors import RuleError
from upswing.exercises import questions as ask
from upswing.exercises.questions import Answers, Question
from upswing.journeys import finding
from upswing.strategies.compassion.catalogue import lines

BACK, ENOUGH, EDIT = "<", ".", "e"


class Back(Exception):
    """The person wants to see the question before."""


class Enough(Exception):
    """The person wants to stop here.

    typed: what was answered in this step. partly: what stood already in the question left.
    """

    def __init__(self) -> None:
        self.typed: dict[str, Any] = {}
        self.partly: Any = None


def ask_all(
    questions: Sequence[Question], answers: Answers, given: Mapping[str, Any], *, owner: Any
) -> dict[str, Any]:
    """The answers to the questions of one step. Raises Back before its first, and Enough."""
    typed: dict[str, Any] = {}
    place = 0
    while place < len(questions):
        question = questions[place]
        if _stands_already(question, answers, given, typed):
            place += 1
            continue
        place += _ask_one(question, answers, typed, owner, first=place == 0)
    return typed


def _stands_already(
    question: Question, answers: Answers, given: Mapping[str, Any], typed: dict[str, Any]
) -> bool:
    """Take the answer that came with the command, the first time and where it is one."""
    known = {**answers, **typed}
    if question.name not in given or question.name in known:
        return False
    try:
        typed[question.name] = question.clean(given[question.name], known)
    except RuleError as error:
        click.echo(error.sentence)
        return False
    return True


def _ask_one(
    question: Question, answers: Answers, typed: dict[str, Any], owner: Any, *, first: bool
) -> int:
    """Ask one question; 1 to go on, -1 to go back, 0 to ask it again."""
    known = {**answers, **typed}
    before = known.get(question.name)
    try:
        raw = _put(question, known, before, owner)
        typed[question.name] = question.clean(before if raw is None else raw, known)
    except Back:
        if first:
            raise
        return -1
    except Enough as left:
        left.typed = typed | _begun(question, left.partly, known)
        raise
    except RuleError as error:
        click.echo(error.sentence)
        return 0
    return 1


def _begun(question: Question, partly: Any, known: Answers) -> dict[str, Any]:
    """The answer that was begun when the person stopped, where it can stand by itself."""
    if not partly:
        return {}
    try:
        return {question.name: question.clean(partly, known)}
    except RuleError:
        return {}


def _more(partly: Any) -> str:
    """One more line of an answer. Enough takes what stands there with it."""
    try:
        return line()
    except Enough as left:
        left.partly = partly
        raise


def _put(question: Question, known: Answers, before: Any, owner: Any) -> Any:
    """Show the question and read what is typed; None where nothing was."""
    say.heading(question.asked(known))
    if question.help:
        say.note(question.help)
    if before not in (None, "", []):
        say.note(f"Now: {say.one_line(question.told(before))[:120]} (Enter keeps it)")
    read = next(read for kind, read in READ if isinstance(question, kind))
    return read(question, known, owner)


def line(prompt: str = "") -> str:
    """One typed line. Raises Back and Enough for their signs."""
    try:
        typed: str = click.prompt(prompt, default="", show_default=False, prompt_suffix="> ")
    except click.Abort:  # Ctrl-D or Ctrl-C: stop, and lose nothing
        raise Enough from None
    if typed.strip() == BACK:
        raise Back
    if typed.strip() == ENOUGH:
        raise Enough
    return typed


def _text(question: Any, known: Answers, owner: Any) -> str | None:
    """Lines up to an empty one, or what the editor gives back."""
    say.note("An empty line ends it.")
    lines: list[str] = []
    while typed := _text_line(lines):
        if typed.strip() == EDIT and not lines:
            return editor.edited(str(known.get(question.name) or ""))
        lines.append(typed)
    if lines and question.words:
        say.note(ask.counted("\n".join(lines), question.words))
    return "\n".join(lines) or None


def _text_line(lines: list[str]) -> str:
    return _more("\n".join(lines))


def _line(question: Any, known: Answers, owner: Any) -> str | None:
    return line() or None


def _rating(question: Any, known: Answers, owner: Any) -> str | None:
    low = f"0: {question.low}. {question.top}: {question.high}." if question.low else ""
    say.note(low or f"0 to {question.top}")
    return line() or None


def _options(question: Any) -> None:
    for number, option in enumerate(question.options, 1):
        click.echo(f"  {number:2}  {say.clean(option.name)}")
        if option.about:
            say.lines(option.about, indent="      ", dim=True)


def _choice(question: Any, known: Answers, owner: Any) -> str | None:
    _options(question)
    typed = line().strip()
    return _key(question, typed) if typed else None


def _choices(question: Any, known: Answers, owner: Any) -> list[str] | None:
    _options(question)
    say.note("Numbers, with blanks between them.")
    typed = line().replace(",", " ").split()
    return [_key(question, one) for one in typed] or None


def _key(question: Any, typed: str) -> str:
    options = question.options
    if typed.isdecimal() and 1 <= int(typed) <= len(options):
        return str(options[int(typed) - 1].key)
    return typed


def _strengths(question: Any, known: Answers, owner: Any) -> list[dict[str, str]] | None:
    """Lines such as “ashamed 70”, up to an empty one."""
    say.note("A word and its strength from 0 to 100, such as: ashamed 70. An empty line ends it.")
    rows: list[dict[str, str]] = []
    while typed := _more(rows).split():
        number = typed.pop() if typed[-1].isdecimal() else ""
        rows.append({"word": " ".join(typed), "strength": number})
    return rows or None


def _again(question: Any, known: Answers, owner: Any) -> list[dict[str, str]]:
    before = {row["word"]: str(row["strength"]) for row in known.get(question.name) or []}
    rows: list[dict[str, str]] = []
    for row in known.get(question.of) or []:
        try:
            typed = line(f"{say.one_line(row['word'])} ")
        except Enough as left:
            left.partly = rows
            raise
        rows.append({"word": row["word"], "strength": typed or before.get(row["word"], "")})
    return rows


def _if_then(question: Any, known: Answers, owner: Any) -> dict[str, str] | None:
    when = line(f"{question.when_ask} ")
    then = line(f"{question.then_ask} ") if when else ""
    return {"when": when, "then": then} if when else None


def _finds(question: Any, known: Answers, owner: Any) -> list[str] | None:
    """Words to look for, then the numbers of what is chosen; Enter ends it."""
    chosen = list(known.get(question.name) or [])
    words = " "
    while words:
        rows = finding.offered(
            owner=owner, relation=question.relation, words=words, chosen=chosen, but=None
        )
        for number, row in enumerate(rows, 1):
            mark = "x" if str(row.id) in chosen else " "
            title = say.fit(say.one_line(row.title or row.noun), say.width() - 28).rstrip()
            click.echo(f"  {number:2} [{mark}] {title}  {row.noun} {short(row.id)}")
        say.note("Numbers choose or take away, words look for more, Enter goes on.")
        words = _more(chosen)
        chosen, words = _toggled(chosen, words, [str(row.id) for row in rows])
    return chosen


def _toggled(chosen: list[str], typed: str, ids: Sequence[str]) -> tuple[list[str], str]:
    """The choice after what was typed, and the words that are left to look for."""
    parts = typed.replace(",", " ").split()
    if not parts or not all(part.isdecimal() and 1 <= int(part) <= len(ids) for part in parts):
        return chosen, typed
    for part in parts:
        one = ids[int(part) - 1]
        chosen = [each for each in chosen if each != one] if one in chosen else [*chosen, one]
    return chosen, " "


def _pause(question: Any, known: Answers, owner: Any) -> None:
    """The words stay for a while; Enter goes on at any time."""
    if question.seconds:
        say.note(f"About {question.seconds} seconds, or as long as you like. Enter goes on.")
    line()


READ: tuple[tuple[type[Question], Callable[[Any, Answers, Any], Any]], ...] = (
    (ask.Text, _text),
    (ask.Line, _line),
    (ask.Rating, _rating),
    (ask.Choice, _choice),
    (ask.Choices, _choices),
    (ask.Again, _again),
    (ask.Strengths, _strengths),
    (ask.IfThen, _if_then),
    (ask.Finds, _finds),
    (lines.Harsh, voice_lines.harsh),
    (lines.Replies, voice_lines.replies),
    (ask.Pause, _pause),
)
