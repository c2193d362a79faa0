"""The trash in the browser, and the page of items without a page of their own kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from doors.web.lived import an_hour_ago
from upswing.accounts.models import User
from upswing.record import actions as record
from upswing.record import drafts, setbacks
from upswing.record.attachments import NewFile
from upswing.record.models import Attachment, Draft, Item, Note, Person, Revision
from upswing.strategies.coping import actions


@pytest.fixture
def now() -> datetime:
    return an_hour_ago()


def entry(owner: User, now: datetime, body: str = "A day.", **fields: Any) -> Item:
    return actions.write_entry(
        owner=owner, now=now, zone="UTC", body=body, happened_at=now, **fields
    )


def person(owner: User, now: datetime) -> Item:
    facet = Person(role="team lead", organisation="Wasserwerk")
    return record.add(facet, owner=owner, now=now, zone="UTC", title="Jonas", body="*First* met")


def check_in(owner: User, now: datetime) -> Item:
    return actions.check_in(owner=owner, now=now, zone="UTC", mood=4)


def told(owner: User, now: datetime) -> Item:
    return setbacks.tell(owner=owner, now=now, zone="UTC", title="They let the team go").item


def note(owner: User, now: datetime) -> Item:
    return record.add(Note(stone="mindset"), owner=owner, now=now, zone="UTC", body="A note")


KINDS: list[tuple[Callable[[User, datetime], Item], str]] = [
    (entry, "journal"),
    (told, "setbacks"),
    (check_in, "timeline"),
    (person, "timeline"),
    (note, "timeline"),
]


@pytest.mark.parametrize(("make", "after"), KINDS)
def test_every_kind_goes_into_the_trash_and_comes_back(
    web: Client,
    owner: User,
    now: datetime,
    make: Callable[[User, datetime], Item],
    after: str,
) -> None:
    item = make(owner, now)
    response = web.post(reverse("trash", args=[item.pk]))
    assert response["Location"] == f"{reverse(after)}?done=trashed&undo={item.pk}"
    assert Item.objects.get(pk=item.pk).trashed_at is not None
    page = web.get(response["Location"]).content.decode()
    assert "Moved to the trash." in page
    assert f'action="{reverse("restore", args=[item.pk])}"' in page
    response = web.post(reverse("restore", args=[item.pk]))
    assert response["Location"].endswith("?done=restored")
    assert Item.objects.get(pk=item.pk).trashed_at is None


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/setbacks/", "/setbacks/"),
        ("/search/?q=private", "/search/"),
        ("https://example.org/", "/journal/"),
        ("//example.org/", "/journal/"),
        ("javascript:alert(1)", "/journal/"),
        ("", "/journal/"),
    ],
)
def test_the_way_back_is_one_of_ours(
    web: Client, owner: User, now: datetime, back: str, to: str
) -> None:
    item = entry(owner, now)
    response = web.post(reverse("trash", args=[item.pk]), {"back": back})
    assert response["Location"] == f"{to}?done=trashed&undo={item.pk}"


def test_the_bin_lists_what_lies_in_it(web: Client, owner: User, now: datetime) -> None:
    gone, here = entry(owner, now, "<b>Gone</b>"), entry(owner, now, "Still here")
    record.trash(gone, now=now)
    page = web.get(reverse("trash_bin")).content.decode()
    assert "&lt;b&gt;Gone&lt;/b&gt;" in page
    assert "1 item, in no list" in page
    assert reverse("erase", args=[gone.pk]) in page
    assert reverse("erase_all") in page
    assert str(here.pk) not in page


def test_an_empty_bin_says_so(web: Client, owner: User) -> None:
    page = web.get(reverse("trash_bin")).content.decode()
    assert "The trash is empty." in page
    assert reverse("erase_all") not in page


def test_restoring_in_the_bin_stays_there(web: Client, owner: User, now: datetime) -> None:
    item = entry(owner, now)
    record.trash(item, now=now)
    bin_ = reverse("trash_bin")
    assert f'name="back" value="{bin_}"' in web.get(bin_).content.decode()
    response = web.post(reverse("restore", args=[item.pk]), {"back": bin_})
    assert response["Location"] == f"{bin_}?done=restored"


def test_erasing_takes_everything_of_the_item(web: Client, owner: User, now: datetime) -> None:
    item = entry(owner, now, files=[NewFile("a", b"x")])
    actions.edit_entry(
        item, now=now, title="", body="y", happened_at=now, zone="UTC", setback=None, tags=["t"]
    )
    drafts.keep(owner=owner, key=f"entry-{item.pk}", fields={"body": ["z"]}, now=now)
    drafts.keep(owner=owner, key="entry-new", fields={"body": ["stays"]}, now=now)
    record.trash(item, now=now)
    response = web.post(reverse("erase", args=[item.pk]))
    assert response["Location"] == f"{reverse('trash_bin')}?done=erased"
    assert not Item.objects.exists()
    assert not Attachment.objects.exists()
    assert not Revision.objects.exists()
    assert [draft.key for draft in Draft.objects.all()] == ["entry-new"]


def test_only_what_lies_in_the_trash_can_be_erased(web: Client, owner: User, now: datetime) -> None:
    item = entry(owner, now)
    assert web.post(reverse("erase", args=[item.pk])).status_code == 404
    assert Item.objects.filter(pk=item.pk).exists()


def test_what_was_written_about_an_erased_setback_stays(
    web: Client, owner: User, now: datetime
) -> None:
    setback = setbacks.tell(owner=owner, now=now, zone="UTC", title="x")
    about = entry(owner, now, setback=setback)
    record.trash(setback.item, now=now)
    web.post(reverse("erase", args=[setback.pk]))
    about.refresh_from_db()
    assert about.setback is None


def test_the_trash_is_emptied(web: Client, owner: User, stranger: User, now: datetime) -> None:
    kept, theirs = entry(owner, now, "kept"), entry(stranger, now)
    for item in (entry(owner, now), told(owner, now), theirs):
        record.trash(item, now=now)
    assert web.get(reverse("erase_all")).status_code == 405
    assert web.post(reverse("erase_all"))["Location"] == f"{reverse('trash_bin')}?done=erased"
    assert set(Item.objects.values_list("pk", flat=True)) == {kept.pk, theirs.pk}


def test_in_the_trash_an_entry_can_be_read_and_brought_back(
    web: Client, owner: User, now: datetime
) -> None:
    item = entry(owner, now, "Regretted")
    record.trash(item, now=now)
    page = web.get(reverse("entry", args=[item.pk])).content.decode()
    assert "This entry lies in the trash." in page
    assert reverse("restore", args=[item.pk]) in page
    assert reverse("entry_edit", args=[item.pk]) not in page


def test_the_page_of_a_person(web: Client, owner: User, now: datetime) -> None:
    item = person(owner, now)
    page = web.get(reverse("item", args=[item.pk])).content.decode()
    assert "<h1>Jonas</h1>" in page
    assert "<em>First</em> met" in page
    assert "team lead" in page
    assert "Wasserwerk" in page
    assert "Jonas" not in page.partition("<title>")[2].partition("</title>")[0]


def test_a_kind_with_its_own_page_is_shown_there(web: Client, owner: User, now: datetime) -> None:
    item = entry(owner, now)
    response = web.get(reverse("item", args=[item.pk]))
    assert response["Location"] == reverse("entry", args=[item.pk])


@pytest.mark.parametrize("name", ["trash_bin", "item"])
def test_no_query_a_row(web: Client, owner: User, now: datetime, name: str) -> None:
    one, counts = person(owner, now), []
    for size in (10, 20):
        for n in range(size):
            item = entry(owner, now, f"{size} {n}")
            record.trash(item, now=now)
        record.set_tags(one, [f"t{n}" for n in range(size)])
        address = reverse(name) if name == "trash_bin" else reverse(name, args=[one.pk])
        with CaptureQueriesContext(connection) as asked:
            assert web.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_what_is_a_stranger_s_is_not_here(
    web: Client, owner: User, stranger: User, now: datetime
) -> None:
    theirs = person(stranger, now)
    assert web.get(reverse("item", args=[theirs.pk])).status_code == 404
    for name in ("trash", "restore", "erase"):
        assert web.post(reverse(name, args=[theirs.pk])).status_code == 404
        assert web.get(reverse(name, args=[theirs.pk])).status_code == 405
    record.trash(theirs, now=now)
    assert web.post(reverse("erase", args=[theirs.pk])).status_code == 404
    assert web.post(reverse("restore", args=[theirs.pk])).status_code == 404
    assert "Jonas" not in web.get(reverse("trash_bin")).content.decode()
    assert Item.objects.get(pk=theirs.pk).trashed_at == now
