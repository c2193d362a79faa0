"""Today: calm for a newcomer, complete for everybody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from doors.cli.terminal import Upswing
from upswing.accounts.models import User
from upswing.record import drafts, setbacks
from upswing.strategies.coping.actions import check_in, write_entry

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
    assert f"upswing setback note reviews {about}" in upswing().out


def test_json_has_the_same(upswing: Upswing, owner: User, now: datetime) -> None:
    told = setbacks.tell(owner=owner, now=now, zone=ZONE, title="Laid off", weight=8)
    check_in(owner=owner, now=now, zone=ZONE, mood=4)
    data = upswing("today", "--json").data
    assert data["day"] == "2026-11-22"
    assert data["setback"]["id"] == str(told.pk)
    assert [stone["state"] for stone in data["stones"]].count("next") == 1
    assert data["last_check_in"]["lived_at"] == "2026-11-22T19:00:00+01:00"
    assert data["small_thing"]["minutes"] == 10
    assert data["on_this_day"] == data["drafts"] == []


def test_a_trashed_setback_is_not_todays(upswing: Upswing, owner: User, now: datetime) -> None:
    told = setbacks.tell(owner=owner, now=now, zone=ZONE, title="Laid off")
    upswing("trash", str(told.pk))
    assert "Laid off" not in upswing().out
