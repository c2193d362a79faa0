"""Today: calm for a newcomer, complete for everybody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from doors.cli.terminal import Upswing
from upswing.accounts.models import User
from upswing.cli import kind as kind_words
from upswing.cli import review, small_thing, thought
from upswing.exercises.actions import answer
from upswing.exercises.reads import kinds
from upswing.journeys.fitting import OFFERED, SmallThing
from upswing.record import drafts, setbacks
from upswing.strategies.coping.actions import check_in, write_entry
from upswing.strategies.mindset.models import Thought

ZONE = "Europe/Berlin"


def test_a_newcomer_is_told_what_to_do(upswing: Upswing) -> None:
    answer = upswing("today")
    assert answer.code == 0
    assert answer.out.startswith("Sunday 22 November 2026\n")
    assert "upswing setback new" in answer.out
    assert "help-now" in answer.out


def test_upswing_alone_is_today(upswing: Upswing) -> None:
    assert upswing() == upswing("today")


def test_everything_on_one_screen(upswing: Upswing, owner: User, now: datetime) -> None:
    setbacks.tell(owner=owner, now=now, zone=ZONE, title="Laid off from Kestrel", weight=8)
    check_in(owner=owner, now=now - timedelta(hours=2), zone=ZONE, mood=4, energy=3)
    for back in range(1, 6):
        long_ago = now.replace(year=2026 - back)
        write_entry(owner=owner, now=now, zone=ZONE, body=f"{back} ago", happened_at=long_ago)
    drafts.keep(owner=owner, key="entry-new", fields={"title": [""], "body": ["Half a"]}, now=now)
    out = upswing().out
    assert "Laid off from Kestrel" in out
    assert "○ growth mindset" in out
    assert "◎ coping" in out
    assert "today 17:00 · mood 4 · energy 3" in out
    assert "Write for ten minutes" in out
    assert "Sat 22 Nov 2025  entry      1 ago" in out
    assert "and 2 more" in out
    assert "today  Half a" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_small_thing_names_its_words_and_the_setback(
    upswing: Upswing, owner: User, now: datetime
) -> None:
    long_ago = now - timedelta(days=3)
    told = setbacks.tell(owner=owner, now=long_ago, zone=ZONE, title="Laid off", weight=2)
    about = f"--setback {told.pk.hex[-8:]}"
    assert f"upswing checkin {about}" in upswing().out
    check_in(owner=owner, now=now, zone=ZONE, mood=4)
    assert f"upswing review new {about}" in upswing().out
    assert "After-action review (about 25 to 40 minutes)" in upswing().out


def test_every_exercise_that_may_be_offered_has_its_words(owner: User, now: datetime) -> None:
    told = setbacks.tell(owner=owner, now=now, zone=ZONE, title="Laid off")
    offered = {kind for each in OFFERED.values() for kind, _ in each(told, now)}
    assert offered == set(kinds()) - {"voices"}  # which begins with a text
    groups: dict[str, click.Group] = {
        "kind": kind_words.kind,
        "review": review.review,
        "thought": thought.thought,
    }
    for kind in offered:
        small = SmallThing("x", "x.", "2", "exercise_about", "mindset", kind=kind)
        _, group, word = small_thing.command(small, None).split()
        assert word in groups[group].commands


def test_an_open_test_names_its_thought(upswing: Upswing, owner: User, now: datetime) -> None:
    long_ago, ago = now - timedelta(days=30), now - timedelta(days=2)
    told = setbacks.tell(owner=owner, now=long_ago, zone=ZONE, title="Laid off", weight=2)
    work, typed = Thought(), {"situation": "x", "thought": "x", "balanced": "x", "test": "Ask Ada"}
    for step in range(1, 8):
        answer(work, owner=owner, now=ago, zone=ZONE, step=step, typed=typed, setback=told)
    check_in(owner=owner, now=now, zone=ZONE, mood=4)
    assert f"upswing thought show {work.pk.hex[-8:]}" in upswing().out
    assert upswing("today", "--json").data["small_thing"]["minutes"] == "15"


def test_json_has_the_same(upswing: Upswing, owner: User, now: datetime) -> None:
    told = setbacks.tell(owner=owner, now=now, zone=ZONE, title="Laid off", weight=8)
    check_in(owner=owner, now=now, zone=ZONE, mood=4)
    data = upswing("today", "--json").data
    assert data["day"] == "2026-11-22"
    assert data["setback"]["id"] == str(told.pk)
    assert [stone["state"] for stone in data["stones"]].count("next") == 1
    assert data["last_check_in"]["lived_at"] == "2026-11-22T19:00:00+01:00"
    assert data["small_thing"]["minutes"] == "10"
    assert data["on_this_day"] == data["drafts"] == []


def test_a_trashed_setback_is_not_todays(upswing: Upswing, owner: User, now: datetime) -> None:
    told = setbacks.tell(owner=owner, now=now, zone=ZONE, title="Laid off")
    upswing("trash", str(told.pk))
    assert "Laid off" not in upswing().out
