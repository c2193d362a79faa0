"""The setbacks: their list, one with its stones, and what can be done with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from doors.web.reading import errors, text, value
from upswing.accounts.models import User
from upswing.record import reads, setbacks
from upswing.record.models import Draft, Item, Setback
from upswing.strategies import EIGHT
from upswing.strategies.coping.actions import check_in, write_entry

BERLIN = "Europe/Berlin"


@pytest.fixture
def setback(owner: User, now: datetime) -> Setback:
    return setbacks.tell(
        owner=owner,
        now=now,
        zone=BERLIN,
        title="They said no",
        body="It was the *third* round.",
        happened_at=datetime(2026, 11, 3, 11, tzinfo=UTC),
        sort="rejection",
        weight=8,
        losses=["income", "future"],
        course="going_on",
    )


@pytest.fixture
def theirs(stranger: User, now: datetime) -> Setback:
    return setbacks.tell(owner=stranger, now=now, zone=BERLIN, title="Somebody else's story")


def page(setback: Setback, rest: str = "") -> str:
    return f"/setbacks/{setback.pk}/{rest}"


def fresh(setback: Setback) -> Setback:
    return Setback.objects.select_related("item").get(pk=setback.pk)


def test_an_empty_list_teaches(web: Client) -> None:
    answer = text(web.get("/setbacks/"))
    assert "A setback is told in one sentence" in answer
    assert "Tell what happened" in answer


def test_open_ones_stand_before_those_laid_down(
    web: Client, owner: User, setback: Setback, theirs: Setback, now: datetime
) -> None:
    second = setbacks.tell(owner=owner, now=now, zone=BERLIN, title="The project ended")
    setbacks.close(second, now=now)
    words = text(web.get("/setbacks/"))
    assert words.index("They said no") < words.index("Laid down") < words.index("The project ended")
    assert "3 Nov" in words
    assert "I was turned down" in words
    assert "Somebody else" not in words


def test_its_page_shows_the_story_the_facts_and_the_path(web: Client, setback: Setback) -> None:
    answer = web.get(page(setback))
    words = text(answer)
    assert "I was turned down · 3 November 2026 · day " in words
    assert "<em>third</em>" in answer.content.decode()
    assert "Heaviness, 0 to 10 8" in words
    assert "income, a plan I had" in words
    assert "It still goes on" in words
    for strategy in EIGHT:
        assert f'href="{page(setback)}stones/{strategy.key}/"' in answer.content.decode()
    assert "As a table" in words
    assert "Nothing yet. What you write and note for this setback gathers here." in words


def test_its_text_can_do_nothing(web: Client, owner: User, now: datetime) -> None:
    nasty = "<script>alert(1)</script> ![x](http://evil.test/x.png) [y](javascript:alert(1))"
    setback = setbacks.tell(owner=owner, now=now, zone=BERLIN, title="<b>bold</b>", body=nasty)
    answer = web.get(page(setback)).content.decode()
    assert "<script>alert" not in answer
    assert "<b>bold" not in answer
    assert 'src="http' not in answer
    assert 'href="javascript' not in answer


def test_what_belongs_to_it_gathers_on_its_page(
    web: Client, owner: User, setback: Setback, now: datetime
) -> None:
    entry = write_entry(owner=owner, now=now, zone=BERLIN, body="Morning pages", setback=setback)
    write_entry(owner=owner, now=now, zone=BERLIN, body="Something else entirely")
    words = text(web.get(page(setback)))
    assert "Morning pages" in words
    assert "Something else entirely" not in words
    assert f'href="/journal/{entry.pk}/"' in web.get(page(setback)).content.decode()


def test_a_long_list_goes_on(web: Client, owner: User, setback: Setback, now: datetime) -> None:
    for number in range(reads.PAGE + 1):
        moment = now - timedelta(hours=number)
        write_entry(
            owner=owner,
            now=now,
            zone=BERLIN,
            body=f"Entry {number:02}.",
            happened_at=moment,
            setback=setback,
        )
    first = web.get(page(setback))
    assert "Entry 29." in text(first)
    assert "Entry 30." not in text(first)
    assert f'href="{first.context["older_url"]}"' in first.content.decode()
    rest = web.get(page(setback) + first.context["older_url"])
    assert "Entry 30." in text(rest)
    assert "Entry 29." not in text(rest)


@pytest.mark.parametrize("before", ["--5", "x", "9" * 19, "9" * 40, "٣", "-1", "1e3", ""])
def test_an_odd_place_in_the_list_does_no_harm(web: Client, setback: Setback, before: str) -> None:
    assert web.get(page(setback), {"before": before}).status_code == 200


def test_mood_is_drawn_from_the_third_day_on(
    web: Client, owner: User, setback: Setback, now: datetime
) -> None:
    for back in range(3):
        assert "Mood since" not in text(web.get(page(setback)))
        moment = datetime.now(UTC) - timedelta(days=back)
        check_in(owner=owner, now=moment, zone=BERLIN, mood=4, happened_at=moment)
    assert "Mood since" in text(web.get(page(setback)))


def test_editing_shows_what_is_there_and_keeps_what_is_typed(web: Client, setback: Setback) -> None:
    form = web.get(page(setback, "edit/"))
    shown = {name: value(form, name) for name in form.context["form"].fields}
    assert shown == {
        "title": "They said no",
        "body": "It was the *third* round.",
        "when": "2026-11-03",
        "weight_now": 8,
        "sort": "rejection",
        "losses": ["income", "future"],
        "course": "going_on",
    }
    answer = web.post(
        page(setback, "edit/"),
        {
            "title": "They said no, kindly",
            "body": "New words.",
            "when": "2026-11-04",
            "weight_now": "5",
            "sort": "",
            "losses": ["confidence"],
            "course": "over",
        },
    )
    assert answer["Location"] == f"{page(setback)}?done=changed"
    changed = fresh(setback)
    assert (changed.item.title, changed.item.body) == ("They said no, kindly", "New words.")
    assert changed.item.happened_at == datetime(2026, 11, 4, 11, tzinfo=UTC)
    assert (changed.weight, changed.weight_now) == (8, 5)
    assert (changed.sort, changed.losses, changed.course) == ("", ["confidence"], "over")
    assert changed.item.revisions.get().title == "They said no"
    words = text(web.get(answer["Location"]))
    assert "Changed. How it read before is in its history." in words
    assert "8 then, 5 now" in words


def test_the_moment_stays_where_the_day_is_not_changed(web: Client, setback: Setback) -> None:
    before = setback.item.happened_at
    web.post(page(setback, "edit/"), {"title": "They said no", "when": "2026-11-03"})
    assert fresh(setback).item.happened_at == before


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"title": " "}, "title", "One sentence is enough."),
        ({"title": "x" * 301}, "title", "at most 300 characters"),
        ({"body": "x" * 1_000_001}, "body", "longer than one entry can hold"),
        ({"when": "2026-02-30"}, "when", "There is no such date."),
        ({"when": ""}, "when", "required"),
        ({"when": "1066-10-14"}, "when", "outside the years"),
        ({"weight_now": "11"}, "weight_now", "11"),
        ({"sort": "nonsense"}, "sort", "nonsense"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_the_text_kept(
    web: Client, setback: Setback, fields: dict[str, str], field: str, sentence: str
) -> None:
    typed = {"title": "Another", "body": "Typed words.", "when": "2026-11-04", **fields}
    answer = web.post(page(setback, "edit/"), typed)
    assert sentence in errors(answer)[field][0]
    assert value(answer, "body") == typed["body"]
    assert fresh(setback).item.title == "They said no"


def test_laying_down_and_taking_up_again(web: Client, setback: Setback) -> None:
    assert "It stays in the book" in text(web.get(page(setback, "close/")))
    answer = web.post(page(setback, "close/"), {"words": "It made room."})
    assert answer["Location"] == f"{page(setback)}?done=closed"
    words = text(web.get(answer["Location"]))
    assert "Laid down. You can take it up again at any time." in words
    assert "It made room." in words
    assert "One small thing" not in words
    assert "day " not in web.get(page(setback)).context["over"]
    assert fresh(setback).closed_at
    answer = web.post(page(setback, "reopen/"))
    assert answer["Location"] == f"{page(setback)}?done=reopened"
    assert fresh(setback).closed_at is None
    assert fresh(setback).closing_words == "It made room."


def test_no_words_are_needed_to_lay_it_down(web: Client, setback: Setback) -> None:
    assert web.post(page(setback, "close/"), {}).status_code == 302
    assert fresh(setback).closed_at


def test_too_many_closing_words_are_refused(web: Client, setback: Setback) -> None:
    answer = web.post(page(setback, "close/"), {"words": "x" * 5001})
    assert "at most 5000" in errors(answer)["words"][0]
    assert fresh(setback).closed_at is None


def test_a_look_reopens_nothing(web: Client, setback: Setback, now: datetime) -> None:
    setbacks.close(setback, now=now)
    assert web.get(page(setback, "reopen/")).status_code == 405
    assert fresh(setback).closed_at


PLACES = ["", "edit/", "close/", "reopen/", "stones/mindset/"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_setback_is_not_there(
    web: Client, theirs: Setback, place: str, method: str
) -> None:
    fields = {"title": "Mine now", "when": "2026-11-04", "body": "x", "words": "x"}
    asked = (lambda url: web.post(url, fields)) if method == "post" else web.get
    answer, nowhere = asked(page(theirs, place)), asked(f"/setbacks/{uuid4()}/{place}")
    assert answer.status_code == nowhere.status_code
    assert answer.status_code == (405 if (place, method) == ("reopen/", "get") else 404)
    assert "Somebody else" not in answer.content.decode()
    after = fresh(theirs)
    assert (after.item.title, after.closed_at) == ("Somebody else's story", None)
    assert Item.objects.count() == 1
    assert not Draft.objects.exists()


def test_an_entry_is_not_a_setback(web: Client, owner: User, now: datetime) -> None:
    entry = write_entry(owner=owner, now=now, zone=BERLIN, body="An entry")
    assert web.get(f"/setbacks/{entry.pk}/").status_code == 404
    assert web.get(f"/notes/{entry.pk}/").status_code == 404
