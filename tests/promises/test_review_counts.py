"""Pages of reviews ask the database as often for a thousand factors and lessons as for ten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from making import setback
from reviewing import Reviewed, reviewed
from upswing.accounts.models import User
from upswing.record import actions
from upswing.record.models import Setback
from upswing.strategies.reviews import reads
from upswing.strategies.reviews.models import OF_REVIEW, TAKEN_FROM, Factor, Lesson

MOST = 12
NOW = datetime.now(UTC) - timedelta(days=3)
PAGES: dict[str, Callable[[Reviewed, Setback], str]] = {
    "today": lambda one, about: "/",
    "a setback": lambda one, about: f"/setbacks/{about.pk}/",
    "about": lambda one, about: f"/exercises/review/?setback={about.pk}",
    "begin": lambda one, about: f"/exercises/review/begin/?setback={about.pk}",
    "a step": lambda one, about: f"/exercises/{one.review.pk}/3/",
    "its stone": lambda one, about: f"/setbacks/{about.pk}/stones/reviews/",
    "a review": lambda one, about: f"/reviews/{one.review.pk}/",
    "its factors": lambda one, about: f"/reviews/{one.review.pk}/factors/",
    "its lessons": lambda one, about: f"/reviews/{one.review.pk}/lessons/",
    "markdown": lambda one, about: f"/reviews/{one.review.pk}/markdown/",
    "what returned": lambda one, about: "/factors/",
    "names": lambda one, about: "/factors/names/?name=late",
    "what returned, further down": lambda one, about: "/factors/?below=late%20asked",
    "a factor": lambda one, about: f"/factors/{one.factors[0].pk}/",
    "change a factor": lambda one, about: f"/factors/{one.factors[0].pk}/edit/",
    "a way around a factor": lambda one, about: f"/factors/{one.factors[0].pk}/way/",
    "take a lesson": lambda one, about: f"/factors/{one.factors[0].pk}/lesson/",
    "lessons": lambda one, about: "/lessons/",
    "lessons, further down": lambda one, about: "/lessons/?day=2025-01-01&before=1",
    "lessons at rest": lambda one, about: "/lessons/?resting=1",
    "lessons at rest, further down": lambda one, about: f"/lessons/?resting=1&before={2**62}",
    "a lesson": lambda one, about: f"/lessons/{one.lesson.pk}/",
    "change a lesson": lambda one, about: f"/lessons/{one.lesson.pk}/edit/",
}


def grow(owner: User, one: Reviewed, about: Setback, count: int) -> None:
    """So many factors and lessons more: of other reviews, and half of them the same again."""
    for at in range(count):
        name = one.factors[0].item.title if at % 2 else f"another {at // 4}"
        factor = Factor(key=name, share=at % 100, control=7, place=at)
        moment: dict[str, Any] = {"owner": owner, "now": NOW, "zone": "UTC"}
        actions.add(factor, title=name, setback=about, **moment)
        due = date(2026, 1, 1) if at % 3 else None
        lesson = Lesson(cue="a", response="b", card=one.lesson.card, due=due)
        actions.add(lesson, title=f"When {at}", setback=about, tags=["work"], **moment)
        actions.link(factor.item, one.lesson.item, relation=OF_REVIEW)
        actions.link(lesson.item, factor.item, relation=TAKEN_FROM)


def queries(web: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert web.get(address).status_code == 200
    return [query["sql"] for query in captured]


def test_as_often_for_a_thousand_as_for_ten(web: Client, owner: User) -> None:
    about = setback(owner, "The first", sort="layoff", now=NOW)
    alike = setback(owner, "Like it", sort="layoff", now=NOW)
    actions.change(alike.item, now=NOW, tags=["work"])
    one = reviewed(owner, about=about, now=NOW)
    grow(owner, one, about, 10)
    few = {name: queries(web, page(one, alike)) for name, page in PAGES.items()}
    grow(owner, one, about, 990)
    for name, page in PAGES.items():
        many = queries(web, page(one, alike))
        assert len(many) == len(few[name]), (name, many)
        assert 1 <= len(many) <= MOST, (name, len(many), many)


@pytest.mark.django_db
def test_reads_ask_once_or_a_few_times(owner: User) -> None:
    about = setback(owner, now=NOW)
    one = reviewed(owner, about=about, now=NOW)
    grow(owner, one, about, 30)
    asked: dict[str, Callable[[], Any]] = {
        "returned": lambda: reads.returned(owner=owner).found,
        "further down": lambda: reads.returned(owner=owner, below="another 1"),
        "names": lambda: reads.names(owner=owner, words="late"),
        "lessons": lambda: [each.item.title for each in reads.lessons(owner=owner).found],
        "coming": lambda: [each.item.title for each in reads.coming(owner=owner).found],
        "resting": lambda: reads.resting(owner=owner),
        "returning": lambda: reads.returning(owner=owner, today=NOW.date()),
    }
    for name, ask in asked.items():
        with CaptureQueriesContext(connection) as captured:
            assert ask(), name
        assert len(captured) <= 4, (name, len(captured))
