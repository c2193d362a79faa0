"""Items as lines: by day in a timeline, and wherever a few of them are named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import click

from upswing.cli import door, say, when
from upswing.record.rows import Row
from upswing.record.words import Piece

NOUN = 9
NARROW = 60  # columns under which there is no room to say what kind each is


def by_day(rows: Sequence[Row], today: date) -> None:
    """Print rows under the days on which they were lived."""
    for place, (day, of_day) in enumerate(groupby(rows, key=lambda row: row.day)):
        if place:
            click.echo()
        click.echo(click.style(when.day(day, today, start=True), bold=True))
        for row in of_day:
            line(f"{row.lived_at:%H:%M}", row)


def line(head: str, row: Row) -> None:
    """Print one row: `head`, what it is, its title, and the end of its id."""
    noun = f"{say.fit(row.noun, NOUN)}  " if say.width() >= NARROW else ""
    title = say.one_line(row.title) or row.noun
    say.sides(f"{head}  {noun}{title}", door.short(row.id), indent="  ")


def dated(rows: Sequence[Row], today: date) -> None:
    """Print rows, each with its own day."""
    heads = [when.day(row.day, today) for row in rows]
    widest = max(map(say.columns, heads), default=0)
    for head, row in zip(heads, rows, strict=True):
        line(say.fit(head, widest), row)


def tied(ties: Sequence[tuple[str, Sequence[Row]]], today: date) -> None:
    """Print the items joined to another one, under the words of each relation."""
    for words, rows in ties:
        say.heading(f"{words[:1].upper()}{words[1:]}")
        dated(rows, today)


def pieces(parts: Sequence[Piece], *, indent: str) -> None:
    """Print a snippet, broken to the width, with what was looked for in bold."""
    texts = [(say.clean(part.text).replace("\n", " "), part.hit) for part in parts]
    say.styled(
        "".join(click.style(text, bold=True) if hit else text for text, hit in texts),
        indent=indent,
    )
