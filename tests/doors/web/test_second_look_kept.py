"""A text that was quieted stays quiet when it is opened again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from doors.web.looked_forms import FORMS, OPENED, Written
from making import entry
from upswing.accounts.models import User
from upswing.record.models import Draft, Item, Revision

QUIET = 'name="quiet" value="1"'
ASKING = 'name="quiet" value=""'


def page(web: Client, address: str) -> str:
    answer = web.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def kept(web: Client, form: Written, **more: Any) -> None:
    """Send the form to be kept."""
    answer = web.post(form.address, form.sent(web, **more))
    assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize("name", FORMS)
def test_a_text_that_was_quieted_is_quiet_when_it_is_opened_again(
    web: Client, owner: User, name: str
) -> None:
    form = FORMS[name](web, owner)
    assert ASKING in page(web, form.address)
    kept(web, form, quiet="1")
    (item,) = Item.objects.filter(second_look=False)
    again = OPENED[item.kind].format(item.pk)
    assert QUIET in page(web, again)
    answer = web.post(again, {"look": "again", "quiet": "1"})  # a look alone changes nothing
    assert ASKING in answer.content.decode()
    item.refresh_from_db()
    assert not item.second_look


@pytest.mark.parametrize("name", FORMS)
def test_a_text_that_was_not_is_asked_about_again(web: Client, owner: User, name: str) -> None:
    form = FORMS[name](web, owner)
    kept(web, form, quiet="")
    assert not Item.objects.filter(second_look=False).exists()


def test_its_own_form_lets_questions_come_back(web: Client, owner: User) -> None:
    item = entry(owner)
    form = Written(f"/journal/{item.pk}/edit/", "body", text=item.body)
    kept(web, form, quiet="1")
    item.refresh_from_db()
    assert not item.second_look
    assert not Revision.objects.exists()  # no word of it was changed
    kept(web, form, quiet="")
    item.refresh_from_db()
    assert item.second_look


def test_a_form_that_cannot_ask_changes_nothing(web: Client, owner: User) -> None:
    item = entry(owner)
    Item.objects.update(second_look=False)
    owner.second_look = False
    owner.save()
    form = Written(f"/journal/{item.pk}/edit/", "body")
    assert 'name="quiet"' not in page(web, form.address)
    kept(web, form)
    item.refresh_from_db()
    assert (item.body, item.second_look) == (form.text, False)


def test_what_was_not_sent_is_newer_than_what_was_kept(web: Client, owner: User) -> None:
    item = entry(owner)
    Item.objects.update(second_look=False)
    address, key = f"/journal/{item.pk}/edit/", f"entry-{item.pk}"
    web.post("/draft/", {"draft": key, "body": "More.", "quiet": ""})
    assert ASKING in page(web, address)
    Draft.objects.all().delete()
    assert QUIET in page(web, address)


def test_the_first_hour_stays_quiet_to_its_end(web: Client) -> None:
    web.post("/first-hour/", {"title": "They said no", "body": "Long day.", "quiet": "1"})
    assert QUIET in page(web, "/first-hour/1/")  # the way back
    web.post("/first-hour/2/", {"sort": "rejection"})
    web.post("/first-hour/3/", {"weight": "5"})
    web.post("/first-hour/4/", {})
    assert not Item.objects.get().second_look


def test_steps_without_own_text_leave_it_as_it_is(web: Client, owner: User) -> None:
    form = FORMS["step"](web, owner)
    kept(web, form, quiet="1")
    ratings = form.address.replace("/2/", "/1/")
    assert 'id="second-look"' not in page(web, ratings)
    assert web.post(ratings, {"distress_before": "4"}).status_code == 302
    assert not Item.objects.get().second_look
    assert QUIET in page(web, form.address)
