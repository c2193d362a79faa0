"""Every form that writes, while nothing can be written: 0 lost, 0 half written, 0 answers of 500.

A point is one form under one fault. Each time: the page comes back with what was typed and one
sentence, nothing was written, other pages open, and once there is room the same press works.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from doors.web.conftest import door, launched, outside, vault, web
from doors.web.reading import text
from promises.world import World, furnish
from torture import faults
from torture.faults import FAULTS, SAID, marks
from upswing.accounts.models import User
from upswing.record.actions import erase_all
from upswing.record.models import Item
from upswing.vault.paths import VaultPaths

__all__ = ["door", "launched", "outside", "vault", "web"]
pytestmark = pytest.mark.django_db(transaction=True)

TYPED = "A quiet heron, typed by hand"
LONG = f"{TYPED}. " + " ".join(random.Random(1).choices(("heron", "river", "dawn"), k=10_000))
TOKEN = {"csrfmiddlewaretoken": "t" * 64}


@dataclass(frozen=True)
class Press:
    """A button: where it sends its form, what stands in that, and what its form is once sent."""

    name: str
    args: Callable[[World], list[Any]] = lambda _: []
    fields: dict[str, Any] = field(default_factory=dict)
    needs_room: bool = True

    def send(self, web: Client, world: World) -> Any:
        files = {"uploads": SimpleUploadedFile("a.bin", b"\x07" * 100_000)}
        fields = {**TOKEN, **self.fields, **(files if "files" in self.fields else {})}
        return web.post(reverse(self.name, args=self.args(world)), fields)


def of(name: str) -> Callable[[World], list[Any]]:
    return lambda world: [getattr(world, name).pk]


FORMS = {
    "a new entry": Press("entry_new", fields={"title": "New", "body": LONG, "draft": "entry-new"}),
    "an entry with a file": Press("entry_new", fields={"body": TYPED, "tags": "a, b", "files": ""}),
    "a changed entry": Press("entry_edit", of("entry"), {"title": "Other", "body": LONG}),
    "a check-in": Press("checkin_new", fields={"mood": "3", "body": LONG, "draft": "checkin"}),
    "a check-in on Today": Press("checkin_new", fields={"mood": "3"}, needs_room=False),
    "a changed check-in": Press("checkin", of("felt"), {"mood": "4", "body": LONG}),
    "the first page of a setback": Press("first_hour", fields={"title": TYPED, "body": LONG}),
    "a setback, told at once": Press(
        "first_hour", fields={"title": TYPED, "body": LONG, "enough": "1"}
    ),
    "the second page of a setback": Press(
        "first_hour_step", lambda _: [2], {"sort": "layoff"}, needs_room=False
    ),
    "a changed setback": Press(
        "setback_edit", of("setback"), {"title": TYPED, "body": LONG, "when": "2026-11-03"}
    ),
    "words to lay it down": Press(
        "setback_close", of("setback"), {"words": TYPED}, needs_room=False
    ),
    "a note on a stone": Press("stone", lambda world: [world.setback.pk, "goals"], {"body": LONG}),
    "a changed note": Press("note", of("note"), {"body": LONG}),
    "settings": Press("settings", fields={"zone": "Asia/Tokyo", "theme": "dark"}, needs_room=False),
}


def points(presses: dict[str, Press]) -> list[Any]:
    """Every press under every fault that can meet it."""
    return [
        pytest.param(press, fault, id=f"{what}: {fault}", marks=marks(fault))
        for what, press in presses.items()
        for fault in FAULTS
        if fault != "full" or press.needs_room
    ]


TALLY = faults.Tally()


@pytest.fixture
def world(owner: User, vault: VaultPaths, web: Client) -> Iterator[World]:
    """`owner` with something of everything; the flush afterwards does not know the index."""
    web.raise_request_exception = False
    vault.database.write_bytes(bytes(1000))  # a file where its database would be
    with transaction.atomic():
        world = furnish(owner)
    yield world
    erase_all(Item.objects.all())


@pytest.fixture(scope="module", autouse=True)
def _alone() -> Iterator[None]:
    yield
    faults.send_home()


@pytest.mark.parametrize(("press", "fault"), points(FORMS))
def test_a_form_comes_back_and_works_again(
    web: Client, world: World, press: Press, fault: str
) -> None:
    before = faults.everything()
    with FAULTS[fault]():
        answer, other = press.send(web, world), web.get("/journal/")
    unchanged, sound = faults.everything() == before, faults.is_sound()
    again = press.send(web, world)
    outcome = {
        "calm": (answer.status_code, other.status_code) == (503, 200) and _said(answer, fault),
        "given_back": _stands(answer, press),
        "whole": unchanged and sound and faults.is_sound(),
        "works": again.status_code == 302 and _written(before),
    }
    TALLY.note(**outcome)
    assert outcome == dict.fromkeys(outcome, True), text(answer)[:300]


def _said(answer: Any, fault: str) -> bool:
    return any(sentence in text(answer) for sentence in SAID[fault])


def _stands(answer: Any, press: Press) -> bool:
    """Whether all that was typed stands in the form that came back."""
    typed = press.fields.keys() - {"draft", "files", "enough"}
    form = answer.context["form"]
    return all(form[name].value() == press.fields[name] for name in typed)


def _written(before: dict[str, list[Any]]) -> bool:
    """Whether something is there now, and nothing twice."""
    return faults.everything() != before and Item.objects.filter(body=LONG).count() <= 1


def test_what_all_forms_came_to(figure: Callable[..., None]) -> None:
    TALLY.tell(figure, "Disk full, read-only, locked: forms in the browser")
