"""The calm panel at the terminal: beside everything of one's own that was just kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from doors.cli.terminal import Answer, Upswing
from doors.cli.test_reviews import AFTER, BEFORE, FACTORS
from making import check_in, setback
from reviewing import reviewed
from upswing.accounts.models import User
from upswing.record.models import Item, Link, Tag
from upswing.strategies.reviews.models import Factor, Lesson

pytestmark = pytest.mark.usefixtures("someone")

HARD = "I want to die."
SAYING = "This deadline is killing me."
PLAIN = "They said no, and it rained."
SHOWN = "You come first"
SMALL = "If that was more than a way of speaking"


def kept(upswing: Upswing, owner: User, place: str, words: str) -> Answer:
    """What is said after `words` were kept in that place."""
    if place == "setback":
        return upswing("setback", "new", words)
    if place == "more of it":
        return upswing("setback", "new", "Let go", "--more", words)
    if place in ("change", "closing", "note"):
        setback(owner, "Let go")
        return {
            "change": lambda: upswing("setback", "edit", "--more", words),
            "closing": lambda: upswing("setback", "close", "--words", words),
            "note": lambda: upswing("setback", "note", "goals", words),
        }[place]()
    if place == "factor":
        return upswing("review", "new", "x", typed=BEFORE + FACTORS.replace("The mail.", words))
    if place == "way":
        rest = AFTER.replace("It is so.", words)
        return upswing("review", "new", "x", typed=BEFORE + FACTORS + rest)
    if place == "lesson":
        rest = AFTER.replace("a date moves", words)
        return upswing("review", "new", "x", typed=BEFORE + FACTORS + rest)
    done = reviewed(owner)
    factor, lesson = str(done.factors[0].pk), str(done.lesson.pk)
    return {
        "factor changed": lambda: upswing("edit", factor, "--stdin", typed=words),
        "lesson taken": lambda: upswing("lesson", "take", factor, "--when", words, "--then", "b"),
        "lesson changed": lambda: upswing("lesson", "change", lesson, "--when", words),
        "lesson answered": lambda: upswing("lesson", "used", lesson, words),
    }[place]()


PLACES = (
    "setback", "more of it", "change", "closing", "note", "factor", "way", "lesson",
    "factor changed", "lesson taken", "lesson changed", "lesson answered",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_help_in_its_order_after_words_that_need_it(
    upswing: Upswing, owner: User, place: str
) -> None:
    owner.country = "GB"
    answer = kept(upswing, owner, place, HARD)
    assert answer.code == 0, answer.err
    said = answer.out
    order = [said.index(part) for part in (SHOWN, "call 999", "116 123", "A plan for")]
    assert order == sorted(order)
    assert said.count(SHOWN) == 1


@pytest.mark.parametrize("place", PLACES)
def test_one_small_line_after_a_way_of_speaking(upswing: Upswing, owner: User, place: str) -> None:
    said = " ".join(kept(upswing, owner, place, SAYING).out.split())
    assert SMALL in said
    assert SHOWN not in said


@pytest.mark.parametrize("place", PLACES)
def test_nothing_after_ordinary_words(upswing: Upswing, owner: User, place: str) -> None:
    answer = kept(upswing, owner, place, PLAIN)
    assert answer.code == 0, answer.err
    assert SHOWN not in answer.out
    assert SMALL not in " ".join(answer.out.split())


def test_three_days_at_ten_show_it_after_a_lesson_was_answered(
    upswing: Upswing, owner: User, now: datetime
) -> None:
    done = reviewed(owner)
    for ago in range(3):
        check_in(owner, stress=10, now=now, happened_at=now - timedelta(days=ago))
    answer = upswing("lesson", "used", str(done.lesson.pk), PLAIN)
    assert "three days of this week" in " ".join(answer.out.split())


def test_what_is_kept_is_what_was_written_and_nothing_about_it(
    upswing: Upswing, owner: User
) -> None:
    kept(upswing, owner, "lesson", HARD)
    assert Lesson.objects.get().cue == HARD
    assert Factor.objects.count() == 2
    assert not Tag.objects.exists()
    assert not Link.objects.exclude(relation__in=("named in", "taken from", "seen by")).exists()
    kinds = set(Item.objects.values_list("kind", flat=True))
    assert kinds == {"review", "factor", "lesson", "person"}


def test_json_stays_json(upswing: Upswing) -> None:
    data = upswing("setback", "new", HARD, "--json").data
    assert data["title"] == HARD


def test_only_reading_shows_nothing(upswing: Upswing, owner: User) -> None:
    kept(upswing, owner, "lesson answered", HARD)
    lesson = str(Lesson.objects.get().pk)
    for words in (("lesson", "show", lesson), ("lesson", "--all"), ("review",)):
        assert SHOWN not in upswing(*words).out
