"""Words worth a second look: a question beside the text, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from doors.web.reading import text, value
from making import check_in, entry, setback
from upswing.accounts.models import User
from upswing.exercises.models import Work
from upswing.record.models import Draft, Item, Note, Receipt
from upswing.vault.paths import VaultPaths

HARSH = "Long day.\nI'm such an idiot."
QUESTION = "Is that all of you, or one thing that happened?"


def forms(web: Client, owner: User) -> dict[str, tuple[str, str]]:
    """Every form in which there is something to write: its address, and its field."""
    about = setback(owner)
    item = entry(owner)
    web.post(f"/setbacks/{about.pk}/stones/mindset/", {"body": "A note"})
    web.post("/exercises/letter/begin/", {})
    work = Work.objects.get()
    return {
        "entry": ("/journal/new/", "body"),
        "edit": (f"/journal/{item.pk}/edit/", "body"),
        "stone": (f"/setbacks/{about.pk}/stones/compassion/", "body"),
        "note": (f"/notes/{Note.objects.get().pk}/", "body"),
        "exercise": (f"/exercises/{work.pk}/2/", "happened"),
    }


FORMS = ("entry", "edit", "stone", "note", "exercise")


@pytest.mark.parametrize("name", FORMS)
def test_the_button_shows_the_questions_and_keeps_the_text(
    web: Client, owner: User, name: str
) -> None:
    address, field = forms(web, owner)[name]
    before = Item.objects.count(), Receipt.objects.count()
    assert 'value="words"' in web.get(address).content.decode()
    for _ in range(2):  # pressed again, it shows the same
        answer = web.post(address, {field: HARSH, "look": "words"})
        assert answer.status_code == 200
        assert QUESTION in text(answer)
        assert "<q>I&#x27;m such an idiot</q>" in answer.content.decode()
        assert value(answer, field) == HARSH
    assert (Item.objects.count(), Receipt.objects.count()) == before


@pytest.mark.parametrize("name", FORMS)
def test_off_for_this_text_and_on_again(web: Client, owner: User, name: str) -> None:
    address, field = forms(web, owner)[name]
    off = web.post(address, {field: HARSH, "look": "off"})
    assert 'name="quiet" value="1"' in off.content.decode()
    assert value(off, field) == HARSH
    again = web.post(address, {field: HARSH, "look": "words", "quiet": "1"})
    assert QUESTION not in text(again)
    after_all = web.post(address, {field: HARSH, "look": "again", "quiet": "1"})
    assert QUESTION in text(after_all)
    owner.refresh_from_db()
    assert owner.second_look


@pytest.mark.parametrize("name", FORMS)
def test_off_for_good(web: Client, owner: User, name: str) -> None:
    address, field = forms(web, owner)[name]
    answer = web.post(address, {field: HARSH, "look": "never"})
    assert value(answer, field) == HARSH
    assert "It stays quiet from now on." in text(answer)
    owner.refresh_from_db()
    assert not owner.second_look
    assert 'id="second-look"' not in web.get(address).content.decode()
    web.post("/settings/", {"zone": "Europe/Berlin", "second_look": "on"})
    assert 'id="second-look"' in web.get(address).content.decode()


def test_settings_say_how_it_is_and_those_that_do_not_name_it_leave_it(
    web: Client, owner: User, vault: VaultPaths
) -> None:
    vault.database.write_bytes(b"its size is told there")
    assert value(web.get("/settings/"), "second_look") == "on"
    web.post("/settings/", {"zone": "Europe/Berlin", "second_look": "off"})
    assert value(web.get("/settings/"), "second_look") == "off"
    web.post("/settings/", {"zone": "Europe/Berlin"})
    owner.refresh_from_db()
    assert not owner.second_look


def test_a_draft_that_was_quiet_stays_quiet(web: Client, owner: User) -> None:
    web.post("/draft/", {"draft": "entry-new", "body": HARSH, "quiet": "1"})
    assert Draft.objects.get().fields["quiet"] == ["1"]
    assert 'name="quiet" value="1"' in web.get("/journal/new/").content.decode()


def test_what_was_cleared_stays_cleared_when_it_is_only_looked_at(web: Client, owner: User) -> None:
    item = entry(owner, "They said no.", title="Monday")
    answer = web.post(
        f"/journal/{item.pk}/edit/", {"title": "", "body": HARSH, "look": "words", "tags": ""}
    )
    assert (value(answer, "title"), value(answer, "body")) == ("", HARSH)
    item.refresh_from_db()
    assert (item.title, item.body) == ("Monday", "They said no.")


def test_as_one_types_only_the_margin_is_answered(web: Client) -> None:
    answer = web.post("/second-look/", {"title": "", "body": HARSH, "csrfmiddlewaretoken": "x"})
    page = answer.content.decode()
    assert QUESTION in text(answer)
    assert "<html" not in page
    assert "Long day" not in page
    calm = web.post("/second-look/", {"body": "It rained."})
    assert "second look" not in text(calm).replace("A second look", "")
    assert not Item.objects.exists()
    assert web.get("/second-look/").status_code == 405


def test_no_number_and_no_colour_ever(web: Client) -> None:
    harsh = "\n".join(["I'm such an idiot.", "I'm useless.", "I should have known."])
    page = web.post("/second-look/", {"body": harsh}).content.decode()
    assert page.count("<q>") == 3
    assert not re.search(r"\d", re.sub(r"<[^>]*>", " ", page).replace("&#x27;", ""))
    assert "<mark" not in page


@pytest.mark.parametrize(
    "body", ["> I'm such an idiot.", "He said: “I'm such an idiot.”", "I studied.",
             "This deadline is killing me."]
)  # fmt: skip
def test_the_words_of_others_and_ordinary_words_are_let_be(web: Client, body: str) -> None:
    answer = web.post("/journal/new/", {"body": body, "look": "words"})
    assert "Nothing here asks for a second look." in text(answer)


def test_silent_beside_words_that_need_help_and_on_heavy_days(web: Client, owner: User) -> None:
    answer = web.post("/journal/new/", {"body": f"{HARSH}\nI want to die.", "look": "words"})
    assert QUESTION not in text(answer)
    assert "No questions about words today." in text(answer)
    assert QUESTION in text(web.post("/second-look/", {"body": HARSH}))
    now = timezone.now()
    for ago in range(3):
        check_in(owner, stress=10, now=now, happened_at=now - timedelta(days=ago))
    answer = web.post("/second-look/", {"body": HARSH})
    assert answer.status_code == 200
    assert QUESTION not in text(answer)


def test_harsh_lines_that_are_being_answered_are_not_asked_about(web: Client) -> None:
    given = {"replies-0-line": "I'm such an idiot.", "replies-0-kind": "You were tired."}
    assert QUESTION not in text(web.post("/second-look/", given))
