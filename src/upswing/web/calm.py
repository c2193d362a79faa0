"""The calm panel on the page after saving. It is made anew for each page, and kept nowhere."""

from __future__ import annotations

import os
from collections.abc import Sequence

from upswing.care.calm import Panel, country_of, panel, texts_of
from upswing.care.signs import sign
from upswing.exercises.models import Work
from upswing.journeys.heavy_days import at_top, heavy_days
from upswing.moments import lived_day
from upswing.record.models import Item
from upswing.record.rows import EXCERPT, Row
from upswing.web.person import PersonRequest


def after(request: PersonRequest, *texts: str) -> Panel | None:
    """The panel for what was just saved; None on a page that is only looked at."""
    return beside(request, *texts) if "done" in request.GET else None


def after_step(request: PersonRequest, work: Work, number: int) -> Panel | None:
    """The panel for what was written in the step before `number` of an exercise."""
    if number == 1:
        return None
    answered = work.EXERCISE.steps[number - 2].questions
    texts = {question.name: work.answers.get(question.name) for question in answered}
    return beside(request, *texts_of(texts))


def after_newest(request: PersonRequest, rows: Sequence[Row], *texts: str) -> Panel | None:
    """As `after`, for a page that shows what was just saved as the first of its `rows`.

    Such a page asks the record much already, so the days behind are looked at only where that was
    a check-in at the top of the scale.
    """
    if "done" not in request.GET:
        return None
    own = [*texts, *(text for row in rows[:1] for text in _texts(row))]
    days = any(at_top(row) for row in rows[:1]) and heavy(request)
    return _panel(request, own, days=days)


def _texts(row: Row) -> Sequence[str]:
    """What stands in an item, asked for where the list holds only its beginning."""
    if len(row.excerpt) < EXCERPT:
        return (row.title, row.excerpt)
    return (row.title, *Item.objects.filter(pk=row.id).values_list("body", flat=True))


def beside(request: PersonRequest, *texts: str) -> Panel | None:
    """The panel for the person's own texts and the days behind them, where there is one."""
    return _panel(request, texts, days=heavy(request))


def _panel(request: PersonRequest, texts: Sequence[str], *, days: bool) -> Panel | None:
    country = country_of(request.owner.country, os.environ)
    return panel(sign=sign(*texts), heavy_days=days, country=country)


def heavy(request: PersonRequest) -> bool:
    """Whether these are heavy days."""
    return heavy_days(owner=request.owner, today=lived_day(request.now, request.zone))
