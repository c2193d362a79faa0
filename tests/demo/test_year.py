"""The made-up year in the record: through the verbs, the same each time, with something to show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from upswing import demo
from upswing.accounts.actions import make_owner
from upswing.accounts.models import User
from upswing.demo.days import HOME
from upswing.demo.year import ABOUT, RECALLS, Counts, fill
from upswing.exercises import reads as exercises
from upswing.journeys import stones
from upswing.journeys.capture import WITH
from upswing.record import reads, setbacks
from upswing.record.models import Attachment, Item, Link, Revision
from upswing.record.search import search
from upswing.strategies.coping.models import CheckIn

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Lived:
    """The newest part of the year, of somebody who may only be read."""

    owner: User
    counts: Counts


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Lived]:
    """Filled once for all tests that only read; taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        someone = make_owner(zone=HOME, now=datetime(2025, 11, 1, tzinfo=UTC), username="reader")
        yield Lived(someone, fill(owner=someone, today=TODAY, days=38))
        transaction.set_rollback(True)


def print_of(owner: User) -> str:
    rows = (
        Item.objects.of(owner)
        .order_by("position")
        .values_list("kind", "title", "body", "happened_at", "zone", "day", "created_at")
    )
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()


def test_the_same_seed_gives_the_same_record(owner: User, stranger: User) -> None:
    fill(owner=owner, today=TODAY, days=9)
    fill(owner=stranger, today=TODAY, days=9)
    assert print_of(owner) == print_of(stranger)


def test_the_counts_are_true(db: None, lived: Lived) -> None:
    counts = lived.counts
    kinds = list(Item.objects.of(lived.owner).values_list("kind", flat=True))
    assert (counts.entries, counts.check_ins) == (kinds.count("entry"), kinds.count("checkin"))
    assert (counts.setbacks, counts.notes) == (kinds.count("setback"), kinds.count("note"))
    assert counts.people == kinds.count("person") == 6
    assert counts.files == Attachment.objects.count() >= 3
    own = Link.objects.filter(relation__in=(ABOUT, RECALLS, WITH))
    assert counts.links == own.count() >= 5
    assert counts.lessons == kinds.count("lesson") == 2
    assert counts.exercises == sum(kind in exercises.kinds() for kind in kinds) == 5


def test_three_setbacks_one_laid_down_and_the_current_one_partly_walked(
    db: None, lived: Lived
) -> None:
    assert lived.counts.setbacks == 3
    told = setbacks.all_of(owner=lived.owner)
    assert [setback.sort for setback in told] == ["layoff", "review", "rejection"]
    assert told[2].closing_words
    current = setbacks.current(owner=lived.owner)
    assert current is not None
    assert current.weight == 9
    assert current.weight_now == 6
    states = [stone.state for stone in stones.path(setback=current)]
    assert states.count("walked") >= 3
    assert states.count("next") == 1


def test_every_look_is_in_the_past_and_on_the_scale(db: None, lived: Lived) -> None:
    assert not Item.objects.of(lived.owner).filter(day__gte=TODAY).exists()
    moods = CheckIn.objects.filter(item__owner=lived.owner).values_list("mood", flat=True)
    assert len(moods) > 40
    assert all(mood is not None and 1 <= mood <= 10 for mood in moods)


def test_what_was_written_can_be_found_and_has_what_belongs_to_it(db: None, lived: Lived) -> None:
    assert search(owner=lived.owner, text="hamburg tag:jobsearch").count == 1
    assert dict(reads.tags(owner=lived.owner))["team"] >= 3
    assert [row.title for row in reads.trashed(owner=lived.owner)] == [
        "Letter to Matthias, not sent"
    ]
    assert Revision.objects.filter(item__kind="entry").count() == 1
    types = set(Attachment.objects.values_list("media_type", flat=True))
    assert types == {"image/png", "application/octet-stream"}


def test_progress_ends_at_the_total(owner: User) -> None:
    heard: list[tuple[int, int]] = []
    fill(owner=owner, today=TODAY, days=5, progress=lambda done, all_: heard.append((done, all_)))
    assert heard[0][0] == 1
    assert heard[-1][0] == heard[-1][1] == len(heard)


def test_the_year_is_lived_through_the_verbs_only() -> None:
    folder = Path(next(iter(demo.__path__)))
    for file in folder.rglob("*.py"):
        for way_around in ("bulk", ".objects", ".save(", "cursor("):
            assert way_around not in file.read_text(), f"{file.name} has {way_around}"
