"""Pages and words of exercises ask the database as often for a thousand thoughts as for ten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doors.cli.conftest import upswing
from doors.cli.terminal import Upswing
from making import entry, setback
from reviewing import learnt, named_often, reviewed
from upswing.accounts.models import User
from upswing.exercises.models import Work
from upswing.exercises.reads import kinds
from upswing.record import batches, bulk
from upswing.record.models import Setback
from upswing.strategies.reviews.models import Lesson

__all__ = ["upswing"]

MOST = 12
NOW = datetime.now(UTC) - timedelta(days=3)
FEW, MANY, THOUGHTS = 10, 90, 990
WHOLE = {"review": "/reviews/{}/", "voices": "/voices/{}/"}  # the others share one page
ANSWERS: dict[str, dict[str, Any]] = {
    "thought": {"situation": "A mail", "thought": "Mine", "belief": 80, "belief_after": 40},
    "verdict": {"verdict": "I am no leader"},
    "voices": {"words": "Only I was late.", "harsh": ["Only I was late."]},
    "letter": {"letter": "Dear me"},
    "talk": {"told": "It was late"},
    "review": {"name": "The round", "about": "setback"},
}


def many_more(owner: User, about: Setback, number: int, count: int, thoughts: int) -> None:
    """So many of every exercise more, numbered on: some wait, and some have come back."""
    batch = batches.start(owner=owner, now=NOW, source="jrnl", file_name="made up")
    for kind, work in kinds().items():
        more = thoughts if kind == "thought" else count
        new = [_new(kind, work, at) for at in range(number, number + more)]
        places = bulk.Places(owner)
        bulk.add_many(new, owner=owner, now=NOW, batch=batch, places=places, setback=about)


def _new(kind: str, work: type[Work], at: int) -> bulk.New:
    answers = ANSWERS.get(kind, {})
    waits = at % 5 == 1
    facet = work(
        answers=answers,
        reached=1 if waits else len(work.EXERCISE.steps),
        finished_at=None if waits else NOW,
        returns_on=NOW.date() if at % 5 == 2 else None,
    )
    return bulk.New(
        facet=facet,
        happened_at=NOW - timedelta(minutes=at),
        zone="UTC",
        external_id=f"{kind}:{at}",
        title=f"{kind} {at}",
        body="Some words.",
    )


def done(kind: str) -> Work:
    """The newest of a kind that was gone through."""
    found = kinds()[kind].objects.exclude(finished_at=None).select_related("item")
    return found.filter(item__kind=kind).order_by("-item__position")[0]


def pages(about: Setback) -> dict[str, str]:
    """Every page that the exercises have, by what it is."""
    found = {
        "today": "/",
        "setback": f"/setbacks/{about.pk}/",
        "found": "/search/?q=words",
        "timeline": "/timeline/?kind=thought",
    }
    for stone in sorted({work.STONE for work in kinds().values()}):
        found[f"the stone {stone}"] = f"/setbacks/{about.pk}/stones/{stone}/"
    for kind, work in kinds().items():
        one = done(kind)
        found[f"about {kind}"] = f"/exercises/{kind}/?setback={about.pk}"
        found[f"begin {kind}"] = f"/exercises/{kind}/begin/?setback={about.pk}"
        for step in range(1, len(work.EXERCISE.steps) + 1):
            found[f"{kind} step {step}"] = f"/exercises/{one.pk}/{step}/"
        found[kind] = WHOLE.get(kind, "/exercises/{}/").format(one.pk)
    found["again"] = f"/exercises/{done('thought').pk}/again/"
    return found


def words(one: Lesson) -> dict[str, tuple[str, ...]]:
    """What the terminal has of them."""
    ids = {kind: str(done(kind).pk) for kind in kinds()}
    return {
        "today": ("today",),
        "go-on": ("go-on",),
        "thoughts": ("thought",),
        "a thought": ("thought", "show", ids["thought"]),
        "thoughts that come back": ("thought", "again"),
        "kind": ("kind",),
        "two voices": ("show", ids["voices"]),
        "reviews": ("review",),
        "a review": ("review", "show", ids["review"]),
        "as Markdown": ("review", "show", ids["review"], "--markdown"),
        "factors": ("review", "factors"),
        "factors, further down": ("review", "factors", "--below", "again 3"),
        "lessons": ("lesson",),
        "all lessons": ("lesson", "--all"),
        "older lessons": ("lesson", "--before", str(one.pk)),
        "a lesson": ("lesson", "show", str(one.pk)),
        "a setback": ("setback", "show"),
    }


def asked(work: Callable[..., None], *about: Any) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work(*about)
    return [query["sql"] for query in captured]


def fetched(web: Client, address: str) -> None:
    answer = web.get(address)
    assert answer.status_code in (200, 302), (address, answer.status_code)


def said(upswing: Upswing, command: tuple[str, ...]) -> None:
    answer = upswing(*command)
    assert answer.code == 0, (command, answer.err)


@pytest.fixture
def about(owner: User) -> Setback:
    told = setback(owner, "The first", sort="layoff", now=NOW)
    entry(owner, "An earlier win, in words.", now=NOW)
    many_more(owner, told, 0, FEW, FEW)
    return told


def test_pages(web: Client, owner: User, about: Setback) -> None:
    few = {name: asked(fetched, web, page) for name, page in pages(about).items()}
    many_more(owner, about, FEW, MANY, THOUGHTS)
    for name, page in pages(about).items():
        many = asked(fetched, web, page)
        assert len(many) == len(few[name]), (name, many)
        assert 1 <= len(many) <= MOST, (name, len(many), many)


def test_words_of_the_terminal(owner: User, upswing: Upswing, about: Setback) -> None:
    reviewed(owner, about=about, now=NOW)
    one = learnt(owner, 0, due=date(2026, 1, 1), now=NOW)
    for number in range(FEW):
        learnt(owner, number + 1, due=date(2026, 1, 1), now=NOW)
        named_often(owner, f"again {number}", [10, 20], now=NOW)
    few = {name: asked(said, upswing, command) for name, command in words(one).items()}
    many_more(owner, about, FEW, MANY, THOUGHTS)
    for number in range(FEW, 200):
        learnt(owner, number + 1, due=date(2026, 1, 1), now=NOW)
        named_often(owner, f"again {number}", [10, 20, None, 30, 40], now=NOW)
    for name, command in words(one).items():
        many = asked(said, upswing, command)
        assert len(many) == len(few[name]), (name, many)
        assert 1 <= len(many) <= MOST, (name, len(many), many)
