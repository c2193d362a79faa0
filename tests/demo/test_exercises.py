"""What the made-up person did on the stones: whole, in the past, and one story with the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from upswing.accounts.actions import make_owner
from upswing.accounts.models import User
from upswing.demo.days import HOME, year_before
from upswing.demo.year import fill
from upswing.journeys import stones
from upswing.record import setbacks
from upswing.record.models import Item, Link
from upswing.strategies.compassion.models import Letter, Voices
from upswing.strategies.mindset.catalogue.thought import AGAINST
from upswing.strategies.mindset.models import Thought
from upswing.strategies.reviews import reads, rules
from upswing.strategies.reviews.models import Lesson, Review

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    """Somebody with the newest part of the year, who may only be read."""
    with django_db_blocker.unblock(), transaction.atomic():
        someone = make_owner(zone=HOME, now=datetime(2025, 11, 1, tzinfo=UTC), username="walker")
        fill(owner=someone, today=TODAY, days=78)
        yield someone
        transaction.set_rollback(True)


def test_the_newest_setback_has_its_three_stones_filled(db: None, lived: User) -> None:
    current = setbacks.current(owner=lived)
    assert current is not None
    path = {stone.strategy.key: stone.state for stone in stones.path(setback=current)}
    assert {path[key] for key in ("mindset", "compassion", "reviews")} == {"walked"}
    kinds = set(current.items.values_list("kind", flat=True))
    assert {"thought", "voices", "letter", "review", "factor", "lesson"} <= kinds


def test_a_thought_was_asked_for_again_after_7_and_30_days(db: None, lived: User) -> None:
    thought = Thought.objects.select_related("item").get(item__kind=Thought.KIND)
    assert thought.finished_at is not None
    assert [said["days"] for said in thought.returns] == [7, 30]
    assert thought.returns_on is None
    beliefs = [thought.answers["belief"], thought.answers["belief_after"]]
    beliefs += [said["belief_again"] for said in thought.returns]
    assert beliefs[0] > beliefs[-1]
    assert beliefs != sorted(beliefs, reverse=True)  # it did not only fall, as it does not in life
    (link,) = Link.objects.filter(source=thought.item, relation=AGAINST)
    assert link.target.title == "Alphabetical order"


def test_two_voices_and_a_letter(db: None, lived: User) -> None:
    voices = Voices.objects.get(item__kind=Voices.KIND)
    assert len(voices.answers["harsh"]) == 3
    assert [row["line"] for row in voices.answers["replies"]] == voices.answers["harsh"]
    assert all(row["kind"] for row in voices.answers["replies"])
    assert Letter.objects.get(item__kind=Letter.KIND).finished_at is not None


def test_reviews_are_finished_and_their_shares_are_100(db: None, lived: User) -> None:
    found = Review.objects.filter(item__kind=Review.KIND).select_related("item")
    assert len(found) == 2
    for review in found:
        assert review.finished_at is not None
        factors = reads.factors_of(review)
        assert sum(one.share or 0 for one in factors) == 100
        assert {rules.control(one.control) for one in factors} == {"mine", "influence", "outside"}
        assert any(one.way for one in factors)
        assert any(some for some in reads.witnesses(factors).values())
    (again,) = reads.returned(owner=lived).found
    assert (again.name, again.many) == ("I told it more nicely than it was", 2)


def test_lessons_with_their_days_were_answered(db: None, lived: User) -> None:
    old, new = Lesson.objects.filter(item__kind=Lesson.KIND).order_by("item__position")
    assert [use["said"] for use in old.uses] == ["used", "forgot", "used"]
    assert [use["said"] for use in new.uses] == ["used", "forgot"]
    assert new.first_check is not None
    assert new.second_check is not None
    assert (new.second_check - new.first_check).days == 46
    assert new.pk in [one.pk for one in reads.returning(owner=lived, today=TODAY)]
    assert all(use["at"] < TODAY.isoformat() for one in (old, new) for use in one.uses)


def test_nothing_of_it_lies_in_the_future_or_outside_the_setback(db: None, lived: User) -> None:
    made = Item.objects.of(lived).filter(kind__in=("thought", "voices", "letter", "review"))
    assert all(item.setback is not None for item in made)
    assert all(item.day < TODAY for item in made)
    layoff = year_before(TODAY).anchors["layoff"]
    assert made.filter(setback__sort="layoff", day__gte=layoff).count() == 4


@pytest.mark.parametrize("today", [date(2027, 1, 4), date(2028, 2, 29), date(2026, 5, 3)], ids=str)
def test_on_other_days_it_is_the_same_story(owner: User, today: date) -> None:
    fill(owner=owner, today=today, days=3)
    thought = Thought.objects.get(item__kind=Thought.KIND, item__owner=owner)
    assert [said["days"] for said in thought.returns] == [7, 30]
    assert Lesson.objects.filter(item__kind=Lesson.KIND, item__owner=owner).count() == 2
