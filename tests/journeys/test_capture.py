"""Captured lines become what the forms would have made of them, each once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from making import NOW, setback
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.journeys.capture import deliver
from upswing.record import drafts
from upswing.record.models import Item, Link, Receipt
from upswing.record.search import search
from upswing.strategies.coping.models import CheckIn
from upswing.vault.inbox import Captured

NOTHING: dict[str, Any] = {
    "v": 1,
    "word": "log",
    "at": "2026-11-21T15:30:00.123456+00:00",
    "zone": "Asia/Tokyo",
    "text": "They said no. #interview",
    "mood": None,
    "energy": None,
    "stress": None,
    "feelings": [],
    "tags": [],
    "setback": None,
}


def line(id: str = "a1", **more: Any) -> Captured:
    return Captured(id=id, payload=json.dumps(NOTHING | more).encode())


def test_a_line_becomes_an_entry_as_it_was_lived(owner: User) -> None:
    deliver(owner=owner, captured=line(tags=["work"]))
    item = Item.objects.get()
    assert (item.kind, item.body, item.day.isoformat()) == ("entry", NOTHING["text"], "2026-11-22")
    assert (item.happened_at.isoformat(), item.zone) == (NOTHING["at"], "Asia/Tokyo")
    assert {tag.name for tag in item.tags.all()} == {"work", "interview"}
    assert search(owner=owner, text="tag:interview").count == 1


def test_the_same_line_twice_is_one_entry(owner: User) -> None:
    for _ in range(2):
        deliver(owner=owner, captured=line())
    deliver(owner=owner, captured=line(id="b2"))
    assert (Item.objects.count(), Receipt.objects.count()) == (2, 2)


def test_a_mood_beside_a_line_is_a_check_in_that_knows_its_entry(owner: User) -> None:
    about = setback(owner)
    deliver(owner=owner, captured=line(mood=2, feelings=["Tired"], setback="forty invit"))
    felt, written = Item.objects.get(kind="checkin"), Item.objects.get(kind="entry")
    link = Link.objects.get()
    assert (link.source, link.target) == (felt, written)
    assert felt.setback == written.setback == about
    facet = CheckIn.objects.get()
    assert (facet.mood, facet.feelings) == (2, ["tired"])


def test_a_check_in(owner: User) -> None:
    deliver(owner=owner, captured=line(word="checkin", mood=4, stress=9, text=""))
    facet = CheckIn.objects.get()
    assert (facet.mood, facet.energy, facet.stress) == (4, None, 9)


def test_a_setback_that_nobody_knows_leaves_the_line_alone(owner: User) -> None:
    deliver(owner=owner, captured=line(setback="nowhere"))
    assert Item.objects.get().setback is None


def test_a_form_that_was_sent_after_the_lock_waits_as_its_draft(owner: User) -> None:
    deliver(owner=owner, captured=line(word="draft", key="entry-new", fields={"body": ["late"]}))
    found = drafts.find(owner=owner, key="entry-new")
    assert found is not None
    assert found.fields == {"body": ["late"]}


@pytest.mark.parametrize(
    "wrong",
    [{"mood": 11}, {"text": " "}, {"text": "x\x00"}, {"zone": "Mars/Olympus"}, {"word": "shout"}],
)
def test_a_line_that_no_rule_accepts_leaves_nothing(owner: User, wrong: dict[str, Any]) -> None:
    with pytest.raises((RuleError, KeyError)):
        deliver(owner=owner, captured=line(**wrong))
    assert (Item.objects.count(), Receipt.objects.count()) == (0, 0)


def test_when_it_is_delivered_does_not_matter(owner: User) -> None:
    deliver(owner=owner, captured=line(at="2020-02-29T12:00:00.000000+00:00", zone="UTC"))
    item = Item.objects.get()
    assert item.created_at == item.happened_at < NOW
