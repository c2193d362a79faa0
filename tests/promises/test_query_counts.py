"""A page asks the database as often for twenty things as for ten, and twelve times at the most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from upswing.accounts.models import User
from upswing.journeys.first_hour import note
from upswing.record import actions, attachments, batches, drafts, setbacks
from upswing.record.models import Setback
from upswing.strategies.coping.actions import check_in, write_entry

MOST = 12
ZONE = "Europe/Berlin"
PAGES = [
    "/",
    "/setbacks/",
    "/setbacks/{setback}/",
    "/setbacks/{setback}/stones/mindset/",
    "/journal/",
    "/journal/?starred=1",
    "/timeline/",
    "/timeline/?kind=entry",
    "/search/?q=words",
    "/search/?q=words&order=best",
    "/search/?q=tag:work",
    "/trash/",
    "/imports/",
    "/journal/{entry}/",
    "/journal/{entry}/edit/",
    "/journal/{entry}/history/",
    "/journal/new/",
    "/checkins/new/",
]


class Life:
    """A record that grows."""

    def __init__(self, owner: User) -> None:
        self.owner, self.day = owner, 0
        self.setback: Setback = setbacks.tell(**self.about(), title="They said no", weight=6)
        self.entry = write_entry(**self.about(), body="The one that changes.")

    def about(self) -> dict[str, Any]:
        """A moment an hour and some days ago."""
        moment = datetime.now(UTC) - timedelta(days=self.day, hours=1)
        return {"owner": self.owner, "now": moment, "zone": ZONE}

    def grow(self, days: int) -> None:
        """Live some days more, with one of each."""
        for _ in range(days):
            self.day += 1
            about = self.about()
            setbacks.tell(**about, title=f"Setback {self.day}")
            tags = ["work", f"tag{self.day}"]
            body = f"Some words {self.day}."
            write_entry(**about, body=body, tags=tags, setback=self.setback, starred=True)
            check_in(**about, mood=5, feelings=["sad"], setback=self.setback)
            note(**about, setback=self.setback, stone="mindset", body="A note.")
            gone = write_entry(**about, body="Thrown away.")
            actions.trash(gone, now=about["now"])
            drafts.keep(
                owner=self.owner, key=f"entry-{gone.pk}", fields={"body": ["x"]}, now=about["now"]
            )
            batches.start(owner=self.owner, now=about["now"], source="jrnl", file_name="j.txt")
            attachments.attach(self.entry, now=about["now"], name=f"{self.day}.txt", data=b"x")
            actions.change(self.entry, now=about["now"], body=f"Version {self.day} #v{self.day}")


def queries(web: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert web.get(path).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("page", PAGES)
def test_as_often_for_twenty_as_for_ten(web: Client, owner: User, page: str) -> None:
    life = Life(owner)
    life.grow(10)
    path = page.format(setback=life.setback.pk, entry=life.entry.pk)
    ten = queries(web, path)
    life.grow(10)
    twenty = queries(web, path)
    assert len(twenty) == len(ten), "\n".join(twenty)
    assert 1 <= len(twenty) <= MOST, "\n".join(twenty)
