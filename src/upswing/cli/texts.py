"""Where a text comes from: the command line, a pipe, the editor, or the prompt."""

from __future__ import annotations

import sys

import click

from upswing.cli import editor, heard, say
from upswing.errors import RuleError
from upswing.vault import asking
from upswing.vault.arguments import UsageError

END = "An empty line ends it."


def given(words: tuple[str, ...], *, edit: bool, ask: str) -> str:
    """The text: `words` if there are any, else a pipe's, the editor's, or what is typed at `ask`.

    Raises RuleError("body", …) for what is not text.
    """
    if words:
        return " ".join(words)
    if edit:
        return editor.edited("")
    return typed(ask) if say.somebody_is_there() else piped()


def piped() -> str:
    """All of standard input, as far as one item can hold it. Raises RuleError."""
    if sys.stdin is None:
        return ""
    try:
        return heard.keep(asking.read_piped(sys.stdin).rstrip())
    except UsageError as error:
        raise RuleError("body", str(error)) from None


def typed(ask: str) -> str:
    """Lines from the terminal up to an empty one."""
    click.echo(f"{ask} {END}", err=True)
    lines: list[str] = []
    while line := click.prompt("", default="", show_default=False, prompt_suffix="> ", err=True):
        lines.append(line)
    return heard.keep("\n".join(lines))
