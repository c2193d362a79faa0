"""Drawings for pages: the pure charts, marked safe. The charts escape their own text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.safestring import mark_safe

from upswing.charts import dots, path
from upswing.charts import moves as lines
from upswing.charts import tree as trees
from upswing.charts.figure import Drawing, Table
from upswing.exercises.models import Work
from upswing.exercises.movement import movement
from upswing.journeys.stones import Standing
from upswing.record.models import Setback

FEWEST = 3


@dataclass(frozen=True)
class Picture:
    """What parts/chart.html takes."""

    drawing: Drawing
    table: Table
    caption: str = ""


def _safe(drawing: Drawing) -> Drawing:
    return replace(drawing, wide=mark_safe(drawing.wide), narrow=mark_safe(drawing.narrow))  # noqa: S308


def stones(setback: Setback, standings: Sequence[Standing]) -> Picture:
    """The path of one setback."""
    spec = path.Path(
        tuple(
            path.Stone(
                key=one.strategy.key,
                name=one.strategy.name,
                stage=one.strategy.stage,
                state=one.state,
                href=reverse("stone", args=[setback.pk, one.strategy.key]),
            )
            for one in standings
        )
    )
    return Picture(_safe(path.svg(spec)), path.table(spec))


def mood(values: Sequence[tuple[date, float]], first: date, last: date) -> Picture | None:
    """Mood over the days, each day's mean; None below the fewest days that show anything."""
    if len(values) < FEWEST:
        return None
    spec = dots.Dots(
        name="Mood",
        dots=tuple(dots.Dot(day, round(value, 1)) for day, value in values),
        first=first,
        last=last,
        ident="mood",
    )
    words = f"Each dot is a day’s mean mood, 1 to 10; {len(values)} days with a check-in."
    return Picture(_safe(dots.svg(spec)), dots.table(spec), words)


def tree(spec: trees.Tree) -> Picture:
    """What contributed, as a tree."""
    said = trees.summary(spec)
    return Picture(_safe(trees.svg(spec)), trees.table(spec), f"{said[:1].upper()}{said[1:]}.")


def moves(work: Work) -> Picture | None:
    """How what was rated in an exercise moved; None where nothing was rated twice."""
    spec = movement(work.EXERCISE, work.answers, work.returns)
    if spec is None:
        return None
    return Picture(_safe(lines.svg(spec)), lines.table(spec), f"{lines.summary(spec)}.")
