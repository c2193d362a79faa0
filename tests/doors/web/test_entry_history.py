"""How an entry read before, and its star."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from doors.web.lived import an_hour_ago, written
from upswing.accounts.models import User
from upswing.record import setbacks
from upswing.record.models import Item, Setback
from upswing.strategies.coping import actions
from upswing.strategies.coping.models import Entry


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")


@pytest.fixture
def now() -> datetime:
    return an_hour_ago()


@pytest.fixture
def setback(owner: User, now: datetime) -> Setback:
    return setbacks.tell(owner=owner, now=now, zone="Europe/Berlin", title="They let the team go")


def test_an_earlier_version_can_be_taken_back(
    web: Client, owner: User, now: datetime, setback: Setback
) -> None:
    item = written(owner, now, "First #weir", title="One", setback=setback, tags=["work"])
    for title, body in [("Two", "Second"), ("Three", "Third")]:
        actions.edit_entry(
            item,
            now=now,
            title=title,
            body=body,
            happened_at=item.happened_at,
            zone=item.zone,
            setback=setback,
            tags=["work"],
        )
    page = web.get(reverse("entry_history", args=[item.pk])).content.decode()
    assert page.index("Second") < page.index("First")
    assert "Third" not in page
    oldest = item.revisions.order_by("pk")[0]
    address = reverse("entry_take_back", args=[item.pk, oldest.pk])
    assert web.get(address).status_code == 405
    assert web.post(address)["Location"] == f"{reverse('entry', args=[item.pk])}?done=changed"
    item = Item.objects.get(pk=item.pk)
    assert (item.title, item.body, item.setback) == ("One", "First #weir", setback)
    assert set(item.tags.values_list("name", flat=True)) == {"work", "weir"}
    assert item.revisions.count() == 3


def test_a_version_that_cannot_come_back_says_why(web: Client, owner: User, now: datetime) -> None:
    item = written(owner, now, "#one")
    same: dict[str, Any] = {"title": "", "happened_at": now, "zone": "UTC", "setback": None}
    actions.edit_entry(item, now=now, body="x", tags=[f"t{n}" for n in range(50)], **same)
    address = reverse("entry_take_back", args=[item.pk, item.revisions.get().pk])
    response = web.post(address)
    assert response.status_code == 422
    assert "Up to 50 tags fit on one entry" in response.content.decode()
    item.refresh_from_db()
    assert item.body == "x"


def test_a_version_of_another_entry_is_not_here(web: Client, owner: User, now: datetime) -> None:
    one, other = written(owner, now, "one"), written(owner, now, "other")
    actions.edit_entry(
        other, now=now, title="", body="x", happened_at=now, zone="UTC", setback=None, tags=[]
    )
    revision = other.revisions.get().pk
    assert web.post(reverse("entry_take_back", args=[one.pk, revision])).status_code == 404
    assert web.post(reverse("entry_take_back", args=[one.pk, 10**30])).status_code == 404


def test_a_star_is_set_and_taken_away(web: Client, owner: User, now: datetime) -> None:
    item, plain = written(owner, now, "Bright"), written(owner, now, "Dim")
    web.post(reverse("entry_star", args=[item.pk]), {"star": "1"})
    assert "Starred · " in web.get(reverse("entry", args=[item.pk])).content.decode()
    listed = web.get(reverse("journal"), {"starred": "1"}).content.decode()
    assert str(item.pk) in listed
    assert str(plain.pk) not in listed
    web.post(reverse("entry_star", args=[item.pk]))
    assert not Entry.objects.filter(starred=True).exists()
    assert (
        "Nothing is starred yet." in web.get(reverse("journal"), {"starred": "1"}).content.decode()
    )
