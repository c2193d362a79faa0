"""A clock that tests set, a machine that they carry about, and items as the pages show them."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from making import NOW, moment
from upswing.accounts.actions import change_settings
from upswing.accounts.models import User
from upswing.cli import door
from upswing.record.models import Item
from upswing.vault import capture
from upswing.vault.paths import VaultPaths
from upswing.web import person

EDIT = {"entry": "entry_edit", "checkin": "checkin", "setback": "setback_edit"}
Line = tuple[str, str, str]


class Clock:
    """What the page, the terminal and a capture take for the present moment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = NOW
        told = SimpleNamespace(time_ns=self.nanoseconds, gmtime=time.gmtime, strftime=time.strftime)
        monkeypatch.setattr(person, "datetime", self)
        monkeypatch.setattr(door, "now", self.now)
        monkeypatch.setattr(capture, "time", told)

    def put(self, at: datetime | str) -> None:
        """Set it; a text is a moment in UTC."""
        self.at = moment(at) if isinstance(at, str) else at

    def now(self, zone: object = None) -> datetime:
        return self.at

    def nanoseconds(self) -> int:
        return int(self.at.timestamp()) * 10**9 + self.at.microsecond * 1000


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """The machine's own clock on the wall is that of `zone`."""
    before = os.environ.get("TZ")
    _set_machine(zone)
    try:
        yield
    finally:
        _set_machine(before)


def _set_machine(zone: str | None) -> None:
    os.environ.pop("TZ", None)
    os.environ.update({"TZ": zone} if zone else {})
    time.tzset()


def live_in(owner: User, zone: str) -> None:
    """The person's own zone, as Settings keep it."""
    change_settings(owner=owner, zone=zone, country="", theme="")
    owner.refresh_from_db()


def send(web: Client, page: str, **fields: str) -> Item:
    """What a form makes: the newest item there is, by the order in which they came."""
    before = set(Item.objects.values_list("pk", flat=True))
    answer: Any = web.post(reverse(page), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return Item.objects.exclude(pk__in=before).get()


def log(vault: VaultPaths, *words: str, zone: str) -> None:
    """`upswing log WORDS…` on a machine in `zone`; the next page delivers it."""
    environ, err = {"UPSWING_HOME": str(vault.home), "TZ": zone}, io.StringIO()
    code = capture.main(["log", *words], environ, io.StringIO(), io.StringIO(), err)
    assert code == 0, err.getvalue()


def lines(web: Client, page: str = "/timeline/") -> list[Line]:
    """Day, time and title of each line of a page, as it stands there from the top."""
    answer: Any = web.get(page)
    assert answer.status_code == 200, page
    return [
        (str(group["day"]), line["time"], line["title"])
        for group in answer.context["groups"]
        for line in group["entries"]
    ]


def form_of(web: Client, item: Item) -> dict[str, Any]:
    """What stands in the form that changes `item`."""
    answer: Any = web.get(reverse(EDIT[item.kind], args=[item.pk]))
    fields = {field.html_name: field.value() for field in answer.context["form"]}
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def saved(web: Client, item: Item, **fields: str) -> Item:
    """`item` after its form was sent as it came, but for `fields`."""
    address = reverse(EDIT[item.kind], args=[item.pk])
    answer: Any = web.post(address, form_of(web, item) | fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return Item.objects.get(pk=item.pk)


def place(item: Item) -> tuple[datetime, str, str, int]:
    """When and where it was lived, and its place among the others."""
    return item.happened_at, item.zone, item.day.isoformat(), item.position
