"""A stone of a setback, and the notes on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from doors.web.reading import errors, text, value
from upswing.accounts.models import User
from upswing.record import actions, setbacks
from upswing.record.models import Note, Setback
from upswing.strategies import EIGHT

BERLIN = "Europe/Berlin"


@pytest.fixture
def setback(owner: User, now: datetime) -> Setback:
    return setbacks.tell(
        owner=owner,
        now=now,
        zone=BERLIN,
        title="They said no",
        body="It was the *third* round.",
        happened_at=datetime(2026, 11, 3, 11, tzinfo=UTC),
        sort="rejection",
        weight=8,
        losses=["income", "future"],
        course="going_on",
    )


def page(setback: Setback, rest: str = "") -> str:
    return f"/setbacks/{setback.pk}/{rest}"


@pytest.mark.parametrize("strategy", EIGHT, ids=lambda strategy: strategy.key)
def test_a_stone_says_what_it_holds_and_takes_a_note(
    web: Client, setback: Setback, strategy: Any
) -> None:
    address = page(setback, f"stones/{strategy.key}/")
    words = text(web.get(address))
    assert strategy.holds in words
    assert strategy.first in words
    assert ("are still being built" in words) is not strategy.built
    assert web.post(address, {"body": "It is *mine*."})["Location"] == f"{address}?done=saved"
    note = Note.objects.get()
    assert (note.stone, note.item.setback, note.item.body) == (
        strategy.key,
        setback,
        "It is *mine*.",
    )
    assert "<em>mine</em>" in web.get(address).content.decode()
    assert f"A good next one is {strategy.name}." not in text(web.get(page(setback)))


def test_an_empty_note_is_not_kept(web: Client, setback: Setback) -> None:
    address = page(setback, "stones/mindset/")
    for empty in ("", "  \n "):
        assert "nothing written yet" in errors(web.post(address, {"body": empty}))["body"][0]
    assert not Note.objects.exists()


def test_a_note_can_be_changed(web: Client, setback: Setback) -> None:
    web.post(page(setback, "stones/mindset/"), {"body": "First words."})
    address = f"/notes/{Note.objects.get().pk}/"
    assert value(web.get(address), "body") == "First words."
    assert web.post(address, {"body": "Second."})["Location"] == f"{address}?done=changed"
    assert Note.objects.get().item.body == "Second."
    assert "body" in errors(web.post(address, {"body": " "}))
    assert Note.objects.get().item.body == "Second."


def test_a_note_in_the_trash_says_so(web: Client, setback: Setback, now: datetime) -> None:
    web.post(page(setback, "stones/mindset/"), {"body": "First words."})
    note = Note.objects.get()
    actions.trash(note.item, now=now)
    assert "This note is in the trash." in text(web.get(f"/notes/{note.pk}/"))
    assert "First words." not in text(web.get(page(setback, "stones/mindset/")))


def test_there_is_no_ninth_stone(web: Client, setback: Setback) -> None:
    assert web.get(page(setback, "stones/luck/")).status_code == 404
