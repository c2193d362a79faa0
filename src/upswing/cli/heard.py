"""What was typed, piped or written in the editor: shown again where it could not be written."""

from __future__ import annotations

import click

from upswing.cli import say

_heard: list[str] = []


def keep(text: str) -> str:
    """`text` as it is, remembered until this command ends."""
    if text not in _heard:
        _heard.append(text)
    return text


def give_back() -> None:
    """Show again what was typed, so that it is not lost; nothing where nothing was."""
    if texts := [text for text in _heard if text.strip()]:
        click.echo("What you typed is not lost. Here it is again:\n", err=True)
        click.echo(say.clean("\n\n".join(texts)) + "\n", err=True)
    _heard.clear()
