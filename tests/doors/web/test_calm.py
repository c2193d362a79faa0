"""The calm panel: help beside what was just kept, never in the way and never noted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from doors.web.reading import text
from making import check_in, entry, setback
from upswing.accounts.models import User
from upswing.record.models import Item
from upswing.strategies.compassion.models import Letter

HARD = "I don't want to live any more."
SHOWN = "You come first"
SMALL = "If that was more than a way of speaking"


def written(web: Client, owner: User, name: str, words: str) -> Any:
    """The page after keeping `words` in the form of that name."""
    about = setback(owner)
    if name == "entry":
        return web.post("/journal/new/", {"body": words}, follow=True)
    if name == "title":
        return web.post("/journal/new/", {"title": words, "body": "It rained."}, follow=True)
    if name == "edit":
        return web.post(f"/journal/{entry(owner).pk}/edit/", {"body": words}, follow=True)
    if name == "check-in":
        return web.post("/checkins/new/", {"body": words, "draft": "checkin"}, follow=True)
    if name == "check-in about":
        typed = {"body": words, "draft": "checkin", "setback": str(about.pk)}
        return web.post("/checkins/new/", typed, follow=True)
    if name == "note":
        return web.post(f"/setbacks/{about.pk}/stones/goals/", {"body": words}, follow=True)
    if name == "exercise":
        web.post("/exercises/letter/begin/", {})
        return web.post(
            f"/exercises/{Letter.objects.get().pk}/2/", {"happened": words}, follow=True
        )
    assert name == "enough"
    web.post("/exercises/letter/begin/", {})
    typed = {"happened": words, "enough": "1"}
    return web.post(f"/exercises/{Letter.objects.get().pk}/2/", typed, follow=True)


PLACES = (
    "entry", "title", "edit", "check-in", "check-in about", "note", "exercise", "enough"
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_help_stands_on_the_page_after_keeping(web: Client, owner: User, place: str) -> None:
    User.objects.filter(pk=owner.pk).update(country="GB")
    page = written(web, owner, place, HARD)
    said = text(page)
    assert page.status_code == 200
    assert SHOWN in said
    order = [said.index(part) for part in ("call 999", "116 123", "one person you trust", "A plan")]
    assert order == sorted(order)
    assert "It misses a lot" in said
    assert "Nobody is watching" in said
    assert Item.objects.filter(body__contains="live any more").exists() or place == "title"


@pytest.mark.parametrize("place", PLACES)
def test_a_way_of_speaking_shows_one_small_line(web: Client, owner: User, place: str) -> None:
    said = text(written(web, owner, place, "This deadline is killing me."))
    assert SHOWN not in said
    assert SMALL in said


@pytest.mark.parametrize("place", PLACES)
def test_ordinary_words_show_nothing(web: Client, owner: User, place: str) -> None:
    said = text(written(web, owner, place, "They said no, and it rained."))
    assert SHOWN not in said
    assert SMALL not in said


def test_without_a_country_no_line_is_hidden(web: Client, owner: User, monkeypatch: Any) -> None:
    for name in ("UPSWING_COUNTRY", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    said = text(written(web, owner, "entry", HARD))
    assert "112 in the European Union" in said
    assert "All help lines" in said


def test_it_is_not_there_when_one_only_reads_and_nothing_of_it_is_kept(
    web: Client, owner: User
) -> None:
    page = written(web, owner, "entry", HARD)
    item = Item.objects.get(kind="entry")
    assert page.redirect_chain == [(f"/journal/{item.pk}/?done=saved", 302)]
    assert SHOWN not in text(web.get(f"/journal/{item.pk}/"))
    assert item.tags.count() == 0
    assert item.links_out.count() == item.links_in.count() == 0


def test_three_days_at_ten_show_it_whatever_was_written(web: Client, owner: User) -> None:
    now = timezone.now()
    for ago in (0, 1):
        check_in(owner, stress=10, now=now, happened_at=now - timedelta(days=ago))
    first = web.post("/checkins/new/", {"mood": "3"}, follow=True)
    assert SHOWN not in text(first)
    said = text(web.post("/checkins/new/", {"stress": "10"}, follow=True))
    assert SHOWN not in said  # the third time, on the second day
    check_in(owner, stress=10, now=now, happened_at=now - timedelta(days=2))
    said = text(web.post("/checkins/new/", {"mood": "4", "stress": "10"}, follow=True))
    assert SHOWN in said
    assert "three days of this week" in said


def test_a_setback_that_was_just_told(web: Client, owner: User) -> None:
    web.post("/first-hour/1/", {"title": "They let me go", "body": HARD, "enough": "1"})
    page = web.post("/first-hour/1/", {"title": "Let go", "body": HARD, "enough": "1"}, follow=True)
    assert SHOWN in text(page)
