"""Three days in seven on which it was as hard as can be; and when no words are asked about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from making import NOW, check_in
from upswing.accounts.models import User
from upswing.exercises import actions
from upswing.journeys.heavy_days import heavy_days
from upswing.journeys.second_look import look
from upswing.record import actions as record
from upswing.strategies.compassion.models import Break

TODAY = date(2026, 11, 22)


def stressed(owner: User, *days_ago: int, stress: int = 10) -> None:
    for ago in days_ago:
        check_in(owner, stress=stress, at=f"{TODAY - timedelta(days=ago)} 09:00")


def rated(owner: User, ago: int, **ratings: int) -> Break:
    work = Break()
    at = NOW - timedelta(days=ago)
    actions.answer(work, owner=owner, now=at, zone="UTC", step=1, typed=ratings)
    return work


@pytest.mark.parametrize(
    ("days", "heavy"),
    [((), False), ((0, 1), False), ((0, 0, 0), False), ((0, 3, 6), True), ((0, 3, 7), False)],
)
def test_three_days_of_seven(owner: User, days: tuple[int, ...], heavy: bool) -> None:
    stressed(owner, *days)
    assert heavy_days(owner=owner, today=TODAY) is heavy


def test_nine_is_not_ten(owner: User) -> None:
    stressed(owner, 0, 1, 2, 3, stress=9)
    assert not heavy_days(owner=owner, today=TODAY)


def test_ratings_of_exercises_count_and_self_criticism_does_not(owner: User) -> None:
    stressed(owner, 1)
    rated(owner, 2, distress_before=10)
    rated(owner, 3, criticism_before=10)
    assert not heavy_days(owner=owner, today=TODAY)
    rated(owner, 4, distress_before=10)
    assert heavy_days(owner=owner, today=TODAY)


def test_what_lies_in_the_trash_and_what_is_not_mine_does_not_count(
    owner: User, stranger: User
) -> None:
    stressed(stranger, 0, 1, 2, 3)
    stressed(owner, 0, 1)
    work = rated(owner, 2, distress_before=10)
    assert heavy_days(owner=owner, today=TODAY)
    record.trash(work.item, now=NOW)
    assert not heavy_days(owner=owner, today=TODAY)


def test_questions_about_words_are_asked(owner: User) -> None:
    text = "It rained.\nI'm such an idiot."
    (one,) = look([text, "", "Ich habe gelernt."], owner=owner, today=TODAY).asked
    assert (one.words, one.line) == ("I'm such an idiot", 2)
    (german,) = look(["Ich bin so ein Idiot, und das ist wahr."], owner=owner, today=TODAY).asked
    assert german.question.startswith("Bist das")


def test_none_on_heavy_days_and_none_beside_words_that_need_help(owner: User) -> None:
    harsh = "I'm such an idiot."
    told = look([harsh, "I want to die."], owner=owner, today=TODAY)
    assert (told.silent, told.asked) == (True, ())
    stressed(owner, 0, 1, 2)
    assert look([harsh], owner=owner, today=TODAY).silent
