"""Words worth a second look: a question beside the text, and nothing else."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from doors.web.looked_forms import FORMS, HARSH, LINE, QUESTION, own
from doors.web.reading import text, value
from making import check_in, entry
from upswing.accounts.models import User
from upswing.exercises.models import Work
from upswing.record.models import Draft, Item, Receipt
from upswing.vault.paths import VaultPaths


@pytest.mark.parametrize("name", FORMS)
def test_the_button_shows_the_questions_and_keeps_the_text(
    web: Client, owner: User, name: str
) -> None:
    form = FORMS[name](web, owner)
    sent = form.sent(web, look="words")
    assert form.field in sent["own-text"]
    before = written()
    assert 'value="words"' in web.get(form.address).content.decode()
    for _ in range(2):  # pressed again, it shows the same
        answer = web.post(form.address, sent)
        assert answer.status_code == 200
        assert QUESTION in asked(answer, form.field)
        assert "<q>I&#x27;m such an idiot</q>" in asked(answer, form.field)
        for field in {form.field, *form.more} - {"draft", "enough", "naming"}:
            assert typed(answer, field) == sent[field], field
    assert written() == before


def written() -> list[object]:
    """Everything that a form could write."""
    items = Item.objects.order_by("pk").values("title", "body", "second_look", "updated_at")
    return [*items, *Work.objects.order_by("pk").values("answers"), Receipt.objects.count()]


def asked(answer: Any, field: str) -> str:
    """The questions right below a field."""
    page = answer.content.decode()
    found = re.search(f'id="asked-{field}"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert found, page
    return found[1]


def typed(answer: Any, field: str) -> str:
    """What stands in a control of the page."""
    page = answer.content.decode()
    area = re.search(f'<textarea[^>]* name="{field}"[^>]*>\\s?(.*?)</textarea>', page, re.DOTALL)
    if area:
        return html.unescape(area[1])
    controls = re.findall(f'<input[^>]* name="{field}"[^>]*>', page)
    (control,) = [one for one in controls if " checked" in one or 'type="radio"' not in one]
    return html.unescape(control.partition('value="')[2].partition('"')[0])


@pytest.mark.parametrize("name", FORMS)
def test_off_for_this_text_and_on_again(web: Client, owner: User, name: str) -> None:
    form = FORMS[name](web, owner)
    off = web.post(form.address, form.sent(web, look="off"))
    assert 'name="quiet" value="1"' in off.content.decode()
    assert typed(off, form.field) == form.text
    again = web.post(form.address, form.sent(web, look="words", quiet="1"))
    assert QUESTION not in text(again)
    after_all = web.post(form.address, form.sent(web, look="again", quiet="1"))
    assert QUESTION in text(after_all)
    owner.refresh_from_db()
    assert owner.second_look


@pytest.mark.parametrize("name", FORMS)
def test_off_for_good(web: Client, owner: User, name: str) -> None:
    form = FORMS[name](web, owner)
    answer = web.post(form.address, form.sent(web, look="never"))
    assert typed(answer, form.field) == form.text
    assert "It stays quiet from now on." in text(answer)
    owner.refresh_from_db()
    assert not owner.second_look
    assert 'id="second-look"' not in web.get(form.address).content.decode()
    web.post("/settings/", {"zone": "Europe/Berlin", "second_look": "on"})
    assert 'id="second-look"' in web.get(form.address).content.decode()


@pytest.mark.parametrize("name", FORMS)
def test_silent_beside_words_that_need_help_in_every_form(
    web: Client, owner: User, name: str
) -> None:
    form = FORMS[name](web, owner)
    worse = form.sent(web, look="words") | {form.field: f"{LINE} I want to die."}
    answer = web.post(form.address, worse)
    assert QUESTION not in text(answer)
    assert "No questions about words today." in text(answer)


@pytest.mark.parametrize("name", FORMS)
def test_silent_on_heavy_days_in_every_form(web: Client, owner: User, name: str) -> None:
    form = FORMS[name](web, owner)
    now = timezone.now()
    for ago in range(3):
        check_in(owner, stress=10, now=now, happened_at=now - timedelta(days=ago))
    answer = web.post(form.address, form.sent(web, look="words"))
    assert answer.status_code == 200
    assert QUESTION not in text(answer)


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
    web.post("/draft/", {"draft": "entry-new", "body": HARSH, "quiet": "1", "own-text": "body"})
    assert Draft.objects.get().fields == {"body": [HARSH], "quiet": ["1"]}
    assert 'name="quiet" value="1"' in web.get("/journal/new/").content.decode()


def test_what_was_cleared_stays_cleared_when_it_is_only_looked_at(web: Client, owner: User) -> None:
    item = entry(owner, "They said no.", title="Monday")
    answer = web.post(
        f"/journal/{item.pk}/edit/",
        {"title": "", "body": HARSH, "look": "words", "tags": "", "own-text": "body"},
    )
    assert (value(answer, "title"), value(answer, "body")) == ("", HARSH)
    item.refresh_from_db()
    assert (item.title, item.body) == ("Monday", "They said no.")


def test_as_one_types_only_the_margin_is_answered(web: Client) -> None:
    sent = {"title": "", "body": HARSH, "own-text": ["title", "body"], "csrfmiddlewaretoken": "x"}
    answer = web.post("/second-look/", sent)
    page = answer.content.decode()
    assert QUESTION in text(answer)
    assert "<html" not in page
    assert "Long day" not in page
    calm = web.post("/second-look/", {"body": "It rained.", "own-text": "body"})
    assert 'id="asked-body" hx-swap-oob="innerHTML">\n</div>' in calm.content.decode()
    assert "second look" not in text(calm).replace("A second look", "")
    assert not Item.objects.exists()
    assert web.get("/second-look/").status_code == 405


def test_no_number_and_no_colour_ever(web: Client) -> None:
    harsh = "\n".join(["I'm such an idiot.", "I'm useless.", "I should have known."])
    page = web.post("/second-look/", {"body": harsh, "own-text": "body"}).content.decode()
    assert page.count("<q>") == 3
    assert not re.search(r"\d", re.sub(r"<[^>]*>", " ", page).replace("&#x27;", ""))
    assert "<mark" not in page


@pytest.mark.parametrize(
    "body", ["> I'm such an idiot.", "He said: “I'm such an idiot.”", "I studied.",
             "This deadline is killing me."]
)  # fmt: skip
def test_the_words_of_others_and_ordinary_words_are_let_be(web: Client, body: str) -> None:
    answer = web.post("/journal/new/", {"body": body, "look": "words", "own-text": "body"})
    assert "Nothing here asks for a second look." in text(answer)


def test_what_calls_for_silence_counts_wherever_it_stands(web: Client) -> None:
    """Such as a harsh line that is being answered."""
    sent = {
        "replies-0-line": "I want to die.",
        "replies-0-kind": LINE,
        "own-text": "replies-0-kind",
    }
    assert QUESTION not in text(web.post("/second-look/", sent))


def test_nothing_is_asked_beside_the_calm_panel(web: Client) -> None:
    web.post("/exercises/letter/begin/", {})
    at = f"/exercises/{Work.objects.get().pk}"
    assert 'id="second-look"' in web.get(f"{at}/2/").content.decode()
    web.post(f"{at}/2/", {"happened": "I want to die."})
    page = web.get(f"{at}/3/")
    assert "You come first" in text(page)
    assert 'id="second-look"' not in page.content.decode()


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/journal/new/", ["title", "body"]),
        ("/checkins/new/", ["body"]),
        ("/first-hour/", ["title", "body"]),
        ("/exercises/talk/begin/", []),  # a name
        ("/search/", []),
        ("/settings/", []),
    ],
)
def test_only_own_text_is_looked_at(
    web: Client, vault: VaultPaths, address: str, fields: list[str]
) -> None:
    vault.database.write_bytes(b"its size is told there")
    assert own(web.get(address)) == fields


def test_where_the_words_stand_as_a_browser_counts(web: Client) -> None:
    sent = {"body": f"\U0001f642 Bad day.\r\n{LINE}", "own-text": "body"}
    page = web.post("/second-look/", sent).content.decode()
    assert f'data-at="{len("xx Bad day.") + 1}"' in page


def test_harsh_lines_that_are_being_answered_are_not_asked_about(web: Client) -> None:
    given = {"replies-0-line": LINE, "replies-0-kind": "You were tired."}
    own_line = {"own-text": "replies-0-kind"}
    assert QUESTION not in text(web.post("/second-look/", given | own_line))
    assert QUESTION in text(web.post("/second-look/", {"replies-0-kind": LINE} | own_line))
    web.post("/exercises/voices/begin/", {})
    assert own(web.get(f"/exercises/{Work.objects.get().pk}/2/")) == []
