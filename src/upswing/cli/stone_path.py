"""The eight stones on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click

from upswing.charts import path as chart
from upswing.cli import say
from upswing.errors import RuleError
from upswing.journeys.stones import Standing
from upswing.strategies import EIGHT, Strategy


def draw(path: Sequence[Standing]) -> None:
    """Print the path, lowest stage at the bottom."""
    stones = (
        chart.Stone(one.strategy.key, one.strategy.name, one.strategy.stage, _state(one))
        for one in path
    )
    drawn = chart.text(chart.Path(tuple(stones)), width=min(say.width() - 2, 76))
    for line in drawn.splitlines():
        click.echo(f"  {line}".rstrip())


def _state(one: Standing) -> chart.State:
    return {"walked": "walked", "next": "next"}.get(one.state, "ahead")  # type: ignore[return-value]


def named(word: str) -> Strategy:
    """The strategy with this key, number (1.1, or 1 to 8) or beginning of its name.

    Raises RuleError where it is none, or more than one.
    """
    wanted = word.strip().lower()
    for place, one in enumerate(EIGHT, 1):
        if wanted in (one.key, one.number, str(place)):
            return one
    found = [one for one in EIGHT if wanted and wanted in one.name]
    if len(found) != 1:
        names = ", ".join(one.key for one in EIGHT)
        raise RuleError("stone", f"“{word}” is not one of the eight stones: {names}.")
    return found[0]
