"""Writing an entry, and changing one: kept, refused, drafted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from doors.web.lived import an_hour_ago, written
from upswing.accounts.models import User
from upswing.record import drafts, rules, setbacks
from upswing.record.models import Draft, Item, Setback
from upswing.strategies.coping.reads import own_tags
from upswing.web.entries import join_tags, split_tags


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")


@pytest.fixture
def now() -> datetime:
    return an_hour_ago()


@pytest.fixture
def setback(owner: User, now: datetime) -> Setback:
    return setbacks.tell(owner=owner, now=now, zone="Europe/Berlin", title="They let the team go")


def fields(response: Any) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_an_entry_is_written_with_all_that_belongs_to_it(
    web: Client, owner: User, setback: Setback
) -> None:
    drafts.keep(owner=owner, key="entry-new", fields={"body": ["half"]}, now=datetime.now(UTC))
    response = web.post(
        reverse("entry_new"),
        {
            "draft": "entry-new",
            "title": "After the call",
            "body": "They said no. #Interview",
            "when": "2024-11-20T08:15",
            "setback": str(setback.pk),
            "tags": "work, next steps",
        },
    )
    item = Item.objects.get(kind="entry")
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('entry', args=[item.pk])}?done=saved"
    assert (item.title, item.body, item.zone) == (
        "After the call",
        "They said no. #Interview",
        "Europe/Berlin",
    )
    assert item.happened_at == datetime(2024, 11, 20, 7, 15, tzinfo=UTC)
    assert item.setback == setback
    assert set(item.tags.values_list("name", flat=True)) == {"work", "next steps", "interview"}
    assert not Draft.objects.exists()


def test_without_a_moment_an_entry_is_of_now(web: Client, owner: User) -> None:
    before = datetime.now(UTC)
    web.post(reverse("entry_new"), {"body": "One word.", "when": ""})
    assert before <= Item.objects.get().happened_at <= datetime.now(UTC)


def test_the_setback_of_the_address_is_chosen_already(web: Client, setback: Setback) -> None:
    page = web.get(reverse("entry_new"), {"setback": str(setback.pk)})
    assert f'<option value="{setback.pk}" selected>' in page.content.decode()


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"title": "", "body": " \n"}, "body", "There is nothing written yet. One word is enough."),
    ({"when": "2999-01-01T10:00"}, "when", "is outside the years that Upswing keeps"),
    ({"when": "2026-02-30T10:00"}, "when", "There is no date “2026-02-30T10:00”."),
    ({"when": "soonish"}, "when", "is not a date that I can read"),
    ({"title": "x" * 301}, "title", "A title has up to 300 characters; this has 301."),
    ({"tags": "y" * 81}, "tags", "A tag has up to 80 characters."),
    ({"tags": " ".join(f"t{n}" for n in range(51))}, "tags", "Up to 50 tags fit on one entry"),
    ({"body": "ö" * 500_001}, "body", "This text is longer than one entry can hold"),
    ({"body": "a\x00b"}, "body", "Null characters are not allowed."),
    ({"setback": "0190a000-0000-7000-8000-000000000000"}, "setback", "That setback is not here"),
    ({"setback": "x"}, "setback", "That setback is not here"),
]


@pytest.mark.parametrize(("changed", "field", "sentence"), WRONG)
def test_what_cannot_be_kept_is_told_at_its_field_and_nothing_is_lost(
    web: Client, owner: User, changed: dict[str, str], field: str, sentence: str
) -> None:
    typed = {"title": "Kept title", "body": "Kept text", "tags": "kept", "when": ""} | changed
    response = web.post(reverse("entry_new"), typed)
    assert response.status_code == 422
    assert list(fields(response)) == [field]
    assert sentence in fields(response)[field][0]
    assert {name: response.context["form"][name].value() for name in typed} == typed
    assert not Item.objects.exists()


def test_everything_that_cannot_be_kept_is_told_at_once(web: Client, owner: User) -> None:
    soon = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    typed = {"title": "x" * 301, "body": "Kept text", "tags": "y" * 81, "when": soon}
    response = web.post(reverse("entry_new"), typed)
    assert response.status_code == 422
    assert set(fields(response)) == {"title", "tags", "when"}
    assert all(len(said) == 1 for said in fields(response).values())
    assert not Item.objects.exists()
    item = written(owner, an_hour_ago(), "As it was")
    response = web.post(reverse("entry_edit", args=[item.pk]), typed)
    assert set(fields(response)) == {"title", "tags", "when"}
    item.refresh_from_db()
    assert (item.title, item.body, item.revisions.count()) == ("", "As it was", 0)


def test_a_moment_still_to_come_is_refused(web: Client, owner: User) -> None:
    soon = datetime.now(UTC) + timedelta(days=1)
    response = web.post(
        reverse("entry_new"), {"body": "x", "when": soon.strftime("%Y-%m-%dT%H:%M")}
    )
    assert response.status_code == 422
    assert fields(response) == {"when": ["That moment is still to come."]}


def test_a_stranger_s_setback_cannot_be_chosen(
    web: Client, owner: User, stranger: User, now: datetime
) -> None:
    theirs = setbacks.tell(owner=stranger, now=now, zone="UTC", title="Not yours")
    response = web.post(reverse("entry_new"), {"body": "x", "setback": str(theirs.pk)})
    assert response.status_code == 422
    assert "Not yours" not in response.content.decode()
    assert (
        "Not yours" not in web.get(f"{reverse('entry_new')}?setback={theirs.pk}").content.decode()
    )


def test_a_request_larger_than_is_read_gets_a_clear_page(
    web: Client, owner: User, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    for kind in ("multipart", "urlencoded"):
        data: dict[str, Any] = {"body": "word " * 4000}
        if kind == "urlencoded":
            response = web.post(
                reverse("entry_new"), "body=" + "x" * 20_000, "application/x-www-form-urlencoded"
            )
        else:
            response = web.post(reverse("entry_new"), data)
        assert response.status_code == 413, kind
        assert "larger than Upswing takes in one piece" in response.content.decode()
        assert "word word" not in response.content.decode()
    assert not Item.objects.exists()


def test_a_text_that_is_far_too_long_never_leaves_its_page(web: Client, owner: User) -> None:
    page = web.get(reverse("entry_new")).content.decode()
    assert f'longest="{rules.LONGEST_BODY}"' in page


def test_a_draft_comes_back_and_is_named(web: Client, owner: User) -> None:
    kept = {"body": ["Half a sentence"], "when": ["2024-11-20T08:15"], "tags": ["work"]}
    drafts.keep(owner=owner, key="entry-new", fields=kept, now=datetime.now(UTC))
    page = web.get(reverse("entry_new"))
    assert "We kept what you typed at " in page.content.decode()
    assert page.context["form"]["body"].value() == "Half a sentence"
    assert page.context["form"]["when"].value() == "2024-11-20T08:15"


def test_an_older_draft_names_its_day(web: Client, owner: User) -> None:
    old = datetime(2024, 3, 1, 23, 30, tzinfo=UTC)
    drafts.keep(owner=owner, key="entry-new", fields={"body": ["x"]}, now=old)
    assert "2 March 2024" in web.get(reverse("entry_new")).content.decode()


def test_the_moment_chosen_in_a_draft_is_the_moment_kept(web: Client, owner: User) -> None:
    kept = {"body": ["x"], "when": ["2024-11-20T08:15"]}
    drafts.keep(owner=owner, key="entry-new", fields=kept, now=datetime.now(UTC))
    web.post(reverse("entry_new"), {"body": "x", "when": "2024-11-20T08:15"})
    assert Item.objects.get().happened_at == datetime(2024, 11, 20, 7, 15, tzinfo=UTC)


def test_a_draft_can_be_discarded_on_its_page(web: Client, owner: User) -> None:
    drafts.keep(owner=owner, key="entry-new", fields={"body": ["x"]}, now=datetime.now(UTC))
    back = reverse("entry_new")
    response = web.post(reverse("draft_discard"), {"draft": "entry-new", "back": back})
    assert response["Location"] == f"{back}?done=discarded"
    assert "We kept" not in web.get(back).content.decode()


def test_an_unchanged_moment_keeps_its_seconds(web: Client, owner: User, now: datetime) -> None:
    moment = datetime(2024, 11, 20, 7, 15, 42, 123000, tzinfo=UTC)
    item = written(owner, now, "Before", happened_at=moment, tags=["work"])
    response = web.post(
        reverse("entry_edit", args=[item.pk]),
        {"body": "After", "when": "2024-11-20T08:15", "tags": "work"},
    )
    assert response["Location"] == f"{reverse('entry', args=[item.pk])}?done=changed"
    item.refresh_from_db()
    assert (item.body, item.happened_at) == ("After", moment)
    assert [one.body for one in item.revisions.all()] == ["Before"]


def test_a_changed_moment_moves_the_entry(web: Client, owner: User, now: datetime) -> None:
    item = written(owner, now, zone="Asia/Tokyo")
    web.post(reverse("entry_edit", args=[item.pk]), {"body": "x", "when": "2024-11-01T00:30"})
    item.refresh_from_db()
    assert item.happened_at == datetime(2024, 10, 31, 15, 30, tzinfo=UTC)
    assert str(item.day) == "2024-11-01"


def test_a_tag_of_the_text_goes_with_its_word(web: Client, owner: User, now: datetime) -> None:
    item = written(owner, now, "A walk #weir", tags=["new job"])
    page = web.get(reverse("entry_edit", args=[item.pk]))
    assert page.context["form"]["tags"].value() == "new job,"
    web.post(reverse("entry_edit", args=[item.pk]), {"body": "A walk", "tags": "new job,"})
    assert own_tags(Item.objects.get(pk=item.pk)) == ["new job"]
    assert item.tags.count() == 1


@pytest.mark.parametrize("names", [[], ["work"], ["new job"], ["new job", "work"], ["a", "b"]])
def test_tags_are_read_as_they_are_shown(names: list[str]) -> None:
    assert rules.tags(split_tags(join_tags(names))) == names


def test_a_refused_change_keeps_text_and_entry(web: Client, owner: User, now: datetime) -> None:
    item = written(owner, now, "Before")
    response = web.post(
        reverse("entry_edit", args=[item.pk]), {"body": "After", "when": "2026-02-30T10:00"}
    )
    assert response.status_code == 422
    assert response.context["form"]["body"].value() == "After"
    item.refresh_from_db()
    assert item.body == "Before"
