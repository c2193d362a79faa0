"""A form that is sent again because its answer was lost writes nothing a second time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from making import setback
from upswing.accounts.models import User
from upswing.journeys.capture import deliver
from upswing.record.models import Attachment, Draft, Item, Receipt
from upswing.strategies.coping.models import CheckIn
from upswing.vault.inbox import Captured
from upswing.web import once

NOW = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
ONE, OTHER = {once.TOKEN: "a" * 64}, {once.TOKEN: "b" * 64}


@pytest.mark.parametrize("name", ["entry_new", "checkin_new"])
def test_the_same_press_twice_writes_once(web: Client, name: str) -> None:
    first, second = (web.post(reverse(name), {**ONE, "body": "They said no."}) for _ in range(2))
    assert Item.objects.count() == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == f"{reverse('timeline')}?done=saved"


def test_a_note_on_a_stone_too(web: Client, owner: User) -> None:
    place = reverse("stone", args=[setback(owner).pk, "goals"])
    for _ in range(2):
        web.post(place, {**ONE, "body": "One small thing."})
    assert Item.objects.filter(kind="note").count() == 1


def test_the_same_words_from_a_new_page_are_written_again(web: Client) -> None:
    for token in (ONE, OTHER):
        web.post(reverse("entry_new"), {**token, "body": "Again the same."})
    assert Item.objects.count() == 2


def test_other_words_from_the_same_page_are_something_new(web: Client) -> None:
    for words in ("One.", "Two."):
        web.post(reverse("entry_new"), {**ONE, "body": words})
    assert Item.objects.count() == 2


def test_another_file_is_something_new(web: Client) -> None:
    for content in (b"one", b"one", b"two"):
        file = SimpleUploadedFile("a.txt", content)
        web.post(reverse("entry_new"), {**ONE, "body": "With a file.", "uploads": file})
    assert Item.objects.count() == 2
    assert sorted(bytes(each.data) for each in Attachment.objects.all()) == [b"one", b"two"]


def test_what_was_refused_can_be_sent_again(web: Client) -> None:
    wrong = {**ONE, "body": "Kept.", "when": "2026-02-30T10:00"}
    assert [web.post(reverse("entry_new"), wrong).status_code for _ in range(2)] == [422, 422]
    assert not Receipt.objects.exists()
    assert web.post(reverse("entry_new"), {**ONE, "body": "Kept."}).status_code == 302
    assert Item.objects.count() == 1


def test_a_change_sent_again_keeps_one_earlier_version(web: Client) -> None:
    web.post(reverse("entry_new"), {**ONE, "body": "Before."})
    item = Item.objects.get()
    for _ in range(2):
        web.post(reverse("entry_edit", args=[item.pk]), {**OTHER, "body": "After."})
    assert item.revisions.count() == 1


def test_without_a_token_nothing_is_held_back(web: Client) -> None:
    for _ in range(2):
        web.post(reverse("checkin_new"), {"mood": "4"})
    assert CheckIn.objects.count() == 2


@pytest.mark.parametrize(("written", "drafts"), [(True, 0), (False, 1)])
def test_a_form_sealed_after_the_lock_does_not_ask_to_write_it_twice(
    owner: User, written: bool, drafts: int
) -> None:
    if written:
        Receipt.objects.create(id="mark", delivered_at=NOW)
    payload = (
        '{"word": "draft", "key": "entry-new", "fields": {"body": ["Kept."]},'
        f' "at": "{NOW.isoformat()}", "once": "mark"}}'
    )
    deliver(owner=owner, captured=Captured(id="line", payload=payload.encode()))
    assert Draft.objects.count() == drafts
