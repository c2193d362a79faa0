"""Drafts: what stands in a form is kept in the record while one types."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from doors.web.reading import text, value
from upswing.accounts.models import User
from upswing.journeys.first_hour import note
from upswing.record import drafts, setbacks
from upswing.record.models import Draft, Item, Setback
from upswing.strategies.coping.actions import check_in, write_entry

BERLIN = "Europe/Berlin"


@pytest.fixture
def forms(owner: User, now: datetime) -> dict[str, str]:
    """Each page with a draft, by the key of the draft."""
    about: dict[str, Any] = {"owner": owner, "now": now, "zone": BERLIN}
    setback = setbacks.tell(title="They said no", **about)
    entry = write_entry(body="An entry", **about)
    felt = check_in(mood=3, body="A line", **about)
    left = note(setback=setback, stone="mindset", body="A note", **about)
    drafts.keep(owner=owner, key="first-hour", fields={"title": ["Told"]}, now=now)
    return {
        "entry-new": "/journal/new/",
        f"entry-{entry.pk}": f"/journal/{entry.pk}/edit/",
        "checkin": "/checkins/new/",
        f"checkin-{felt.pk}": f"/checkins/{felt.pk}/",
        f"setback-{setback.pk}": f"/setbacks/{setback.pk}/edit/",
        f"stone-mindset-{setback.pk}": f"/setbacks/{setback.pk}/stones/mindset/",
        f"note-{left.pk}": f"/notes/{left.pk}/",
        "first-hour-1": "/first-hour/1/",
    }


def keep(web: Client, key: str, **fields: Any) -> Any:
    return web.post("/draft/", {"draft": key, "csrfmiddlewaretoken": "t", **fields})


def test_each_form_names_its_draft_and_gets_it_back(web: Client, forms: dict[str, str]) -> None:
    for key, address in forms.items():
        page = web.get(address).content.decode()
        assert f'<input type="hidden" name="draft" value="{key}">' in page, address
        assert "We kept what you typed" not in page, address
        answer = keep(web, key, body=f"Typed in {address}")
        assert (answer.status_code, answer.content) == (204, b"")
        shown = web.get(address)
        assert value(shown, "body") == f"Typed in {address}"
        assert "We kept what you typed at " in text(shown), address


def test_a_draft_can_be_discarded(web: Client, forms: dict[str, str]) -> None:
    for key, address in forms.items():
        before = value(web.get(address), "body")
        keep(web, key, body="Typed")
        answer = web.post("/draft/discard/", {"draft": key, "back": address})
        assert answer["Location"] == f"{address}?done=discarded"
        page = web.get(answer["Location"])
        assert value(page, "body") == before
        assert "The draft is gone." in text(page)


def test_what_is_kept_for_good_leaves_no_draft(web: Client, forms: dict[str, str]) -> None:
    del forms["first-hour-1"]
    web.post("/draft/discard/", {"draft": "first-hour"})
    for key, address in forms.items():
        fields = {"title": "T", "body": "Typed", "when": "2026-11-03", "draft": key}
        if key.startswith(("entry", "checkin")):
            fields["when"] = "2026-11-03T10:00"
        keep(web, key, **fields)
        assert web.post(address, fields).status_code == 302, address
        assert not Draft.objects.exists(), address


def test_a_refused_form_keeps_its_draft(web: Client, forms: dict[str, str]) -> None:
    keep(web, "checkin", body="Typed")
    assert web.post("/checkins/new/", {"mood": "99", "draft": "checkin"}).status_code == 422
    assert Draft.objects.filter(key="checkin").exists()


def test_the_newest_counts_and_an_empty_form_is_no_draft(web: Client, owner: User) -> None:
    for words in ("One", "One two"):
        keep(web, "checkin", body=words, feelings=["sad", "numb"])
    draft = Draft.objects.get()
    assert draft.fields == {"body": ["One two"], "feelings": ["sad", "numb"]}
    keep(web, "checkin", body="")
    assert not Draft.objects.exists()


def test_a_draft_writes_no_item(web: Client, owner: User) -> None:
    keep(web, "entry-new", body="Typed")
    assert not Item.objects.exists()


def test_too_long_a_draft_is_refused_and_the_last_one_stays(web: Client, owner: User) -> None:
    keep(web, "entry-new", body="Short enough")
    answer = keep(web, "entry-new", body="x" * 1_000_001)
    assert answer.status_code == 413
    assert "longer than one entry can hold" in answer.content.decode()
    assert Draft.objects.get().fields == {"body": ["Short enough"]}


def test_a_draft_beyond_all_bounds_is_refused(web: Client, owner: User) -> None:
    assert keep(web, "entry-new", body="x" * 5_000_000).status_code == 413
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "page", "setback", "entry-x", "stone-mindset-x", "x" * 500])
def test_a_key_that_no_form_has_is_refused(web: Client, owner: User, key: str) -> None:
    assert keep(web, key, body="Typed").status_code == 404
    assert not Draft.objects.exists()


def test_everybody_has_drafts_of_their_own(
    web: Client, stranger: User, now: datetime, forms: dict[str, str]
) -> None:
    for key in forms:
        drafts.keep(owner=stranger, key=key, fields={"body": ["Theirs"]}, now=now)
    for key, address in forms.items():
        assert value(web.get(address), "body") != "Theirs"
        web.post("/draft/discard/", {"draft": key, "back": address})
    assert Draft.objects.filter(owner=stranger).count() == len(forms)


@pytest.mark.parametrize(
    "back", ["http://evil.test/", "//evil.test/", "javascript:alert(1)", "\\\\evil.test", ""]
)
def test_discarding_leads_nowhere_else(web: Client, owner: User, back: str) -> None:
    answer = web.post("/draft/discard/", {"draft": "checkin", "back": back})
    assert answer["Location"] == "/?done=discarded"


def test_a_look_keeps_and_discards_nothing(web: Client, owner: User) -> None:
    keep(web, "checkin", body="Typed")
    assert web.get("/draft/?draft=checkin&body=other").status_code == 405
    assert web.get("/draft/discard/?draft=checkin").status_code == 405
    assert Draft.objects.get().fields == {"body": ["Typed"]}


def test_a_draft_of_what_is_gone_is_harmless(web: Client, owner: User, now: datetime) -> None:
    setback: Setback = setbacks.tell(owner=owner, now=now, zone=BERLIN, title="They said no")
    keep(web, f"entry-{uuid4()}", body="Typed")
    keep(web, f"setback-{uuid4()}", body="Typed")
    assert setback.item.title in text(web.get("/"))
