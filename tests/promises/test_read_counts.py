"""Lists ask the record as often for twenty rows as for ten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from making import NOW, check_in, entry, setback
from upswing.accounts.models import User
from upswing.journeys import first_hour, stones
from upswing.record import reads, setbacks
from upswing.record.models import Setback
from upswing.record.search import search
from upswing.strategies.coping import reads as coping

TODAY = NOW.date()
READS: dict[str, Callable[[User, Setback], Any]] = {
    "timeline": lambda me, about: reads.timeline(owner=me).rows,
    "timeline of a setback": lambda me, about: reads.timeline(owner=me, setback=about).rows,
    "timeline of a tag": lambda me, about: reads.timeline(owner=me, tag="work").rows,
    "search": lambda me, about: search(owner=me, text="heron").hits,
    "search by all": lambda me, about: (
        search(owner=me, text="heron tag:work kind:entry setback:forty after:2020 -swan").hits
    ),
    "best": lambda me, about: search(owner=me, text="heron", best=True).hits,
    "journal": lambda me, about: coping.entries(owner=me).rows,
    "starred": lambda me, about: coping.entries(owner=me, starred=True).rows,
    "on this day": lambda me, about: reads.on_this_day(owner=me, today=TODAY),
    "tags": lambda me, about: reads.tags(owner=me),
    "moods": lambda me, about: coping.mood_by_day(
        owner=me, first=TODAY - timedelta(days=60), last=TODAY
    ),
    "latest": lambda me, about: coping.latest(owner=me),
    "stones": lambda me, about: stones.path(setback=about),
    "one small thing": lambda me, about: first_hour.one_small_thing(
        owner=me, setback=about, today=TODAY
    ),
    "setbacks": lambda me, about: [one.item.title for one in setbacks.all_of(owner=me)],
}


def ten_more(owner: User, about: Setback) -> None:
    for number in range(10):
        at = (NOW - timedelta(days=number)).isoformat(" ")[:16]
        entry(owner, f"heron #work #t{number}", at=at, setback=about, starred=True)
        check_in(owner, at=at, feelings=["tired"], setback=about)
        entry(owner, "crane", at=at.replace("2026", "2025"))
        setback(owner, f"Setback {number}")


def asked(owner: User, about: Setback) -> dict[str, int]:
    """How often each read asks."""
    found = {}
    for name, read in READS.items():
        with CaptureQueriesContext(connection) as queries:
            assert read(owner, about), name
        found[name] = len(queries)
    return found


def test_as_often_for_twenty_as_for_ten(owner: User) -> None:
    about = setback(owner)
    ten_more(owner, about)
    few = asked(owner, about)
    ten_more(owner, about)
    assert asked(owner, about) == few
    assert max(few.values()) <= 5
