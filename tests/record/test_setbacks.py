"""Setbacks: told, changed, closed, opened again, found by a few words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from making import NOW, setback
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.record import actions, setbacks
from upswing.record.models import Item, Setback
from upswing.record.search import search

LATER = NOW + timedelta(days=1)


def test_one_sentence_is_enough(owner: User) -> None:
    told = setback(owner, "They said no.")
    assert (told.item.title, told.sort, told.weight, told.losses, told.course) == (
        "They said no.",
        "",
        None,
        [],
        "",
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"weight": 11}, "weight"),
        ({"weight": -1}, "weight"),
        ({"losses": ["income", "hope"]}, "losses"),
        ({"sort": "disaster"}, "sort"),
        ({"course": "somewhere"}, "course"),
    ],
)
def test_what_cannot_be_told(owner: User, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        setback(owner, **wrong)
    assert refused.value.field == field
    assert not Item.objects.exists()


def test_what_is_not_given_stays_in_a_change(owner: User) -> None:
    told = setback(owner, sort="layoff", weight=9, losses=["income", "income"], course="going_on")
    setbacks.change(told, now=LATER, weight_now=4, body="More of it")
    kept = Setback.objects.select_related("item").get(pk=told.pk)
    assert (kept.sort, kept.weight, kept.weight_now, kept.course) == ("layoff", 9, 4, "going_on")
    assert (kept.losses, kept.item.body) == (["income"], "More of it")
    assert search(owner=owner, text="more").count == 1


@pytest.mark.parametrize(
    ("wrong", "field"), [({"weight_now": 11}, "weight_now"), ({"title": ""}, "title")]
)
def test_a_change_that_is_refused(owner: User, wrong: dict[str, Any], field: str) -> None:
    told = setback(owner, weight=9)
    with pytest.raises(RuleError) as refused:
        setbacks.change(told, now=LATER, losses=["income"], **wrong)
    assert refused.value.field == field
    assert Setback.objects.get(pk=told.pk).losses == []


def test_closing_and_opening_again(owner: User) -> None:
    told = setback(owner)
    setbacks.close(told, now=LATER, words="It weighs less now.")
    kept = Setback.objects.get(pk=told.pk)
    assert (kept.closed_at, kept.closing_words) == (LATER, "It weighs less now.")
    assert search(owner=owner, text="weighs less").count == 1
    assert setbacks.current(owner=owner) is None
    setbacks.reopen(kept, now=LATER)
    assert Setback.objects.get(pk=told.pk).closed_at is None
    assert setbacks.current(owner=owner) == told


@pytest.mark.parametrize("words", ["\x00", "\ud800", "x" * 1_000_001])
def test_closing_words_that_cannot_be_kept(owner: User, words: str) -> None:
    told = setback(owner)
    with pytest.raises(RuleError) as refused:
        setbacks.close(told, now=LATER, words=words)
    assert refused.value.field == "words"
    assert Setback.objects.get(pk=told.pk).closed_at is None


def test_a_setback_is_found_by_a_few_of_its_words(owner: User, stranger: User) -> None:
    old = setback(owner, "The layoff in Zürich", happened_at=NOW - timedelta(days=9))
    new = setback(owner, "The second layoff")
    setback(stranger, "Their layoff in Zürich")
    assert setbacks.find(owner=owner, words="layoff") == new
    assert setbacks.find(owner=owner, words="ZURICH lay") == old
    assert setbacks.find(owner=owner, words=old.pk.hex[-6:]) == old
    assert setbacks.find(owner=owner, words="their") is None
    assert setbacks.find(owner=owner, words=" ") is None
    setbacks.close(new, now=LATER)
    assert setbacks.find(owner=owner, words="layoff") == old
    assert setbacks.find(owner=owner, words="second") == new


def test_open_ones_come_first_and_the_trash_not_at_all(owner: User) -> None:
    times = (NOW - timedelta(days=days) for days in (3, 2, 1))
    one, two, three = (setback(owner, happened_at=at) for at in times)
    setbacks.close(three, now=LATER)
    assert setbacks.all_of(owner=owner) == [two, one, three]
    actions.trash(two.item, now=LATER)
    assert setbacks.all_of(owner=owner) == [one, three]
    assert setbacks.current(owner=owner) == one
