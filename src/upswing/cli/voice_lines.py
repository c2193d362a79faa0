"""The two questions about the lines of a text, at the terminal."""

from __future__ import annotations

from typing import Any

import click

from upswing.cli import answering, say
from upswing.errors import RuleError
from upswing.exercises.questions import Answers


def harsh(question: Any, known: Answers, owner: Any) -> list[str] | None:
    """The lines of the text, each with its number; those that are typed are marked."""
    lines = question.lines(known)
    for number, line in enumerate(lines, 1):
        say.lines(f"{number}  {line}", indent="  ")
    say.note("Numbers, with blanks between them.")
    typed = answering.line().replace(",", " ").split()
    return [_line(lines, one) for one in typed] or None


def _line(lines: list[str], typed: str) -> str:
    if typed.isdecimal() and 1 <= int(typed) <= len(lines):
        return lines[int(typed) - 1]
    raise RuleError("harsh", f"There is no line {typed[:20]}. Choose from the numbers.")


def replies(question: Any, known: Answers, owner: Any) -> list[dict[str, str]] | None:
    """One line to type below each marked line; what stood there stays where nothing is typed."""
    rows = question.rows(known.get(question.name), known)
    for place, row in enumerate(rows):
        say.lines(row["line"], indent="  | ")
        if row["kind"]:
            say.note(f"Now: {say.one_line(row['kind'])} (Enter keeps it)")
        try:
            rows[place] = {**row, "kind": answering.line() or row["kind"]}
        except answering.Enough as left:
            left.partly = rows
            raise
    if not rows:
        click.echo("No line is marked, and that is fine.")
    return rows or None
