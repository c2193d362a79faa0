"""The first hour: four short pages, of which one sentence is enough."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from doors.web.reading import errors, text, value
from upswing.accounts.models import User
from upswing.record.models import Draft, Item, Setback

SENTENCE = "They gave the post to somebody else."


def go(web: Client, number: int, **fields: Any) -> Any:
    return web.post(f"/first-hour/{number}/", fields)


def told(**fields: Any) -> Setback:
    setback = Setback.objects.select_related("item").get(**fields)
    assert not Draft.objects.exists()
    return setback


def test_who_has_told_nothing_yet_is_led_here(web: Client) -> None:
    assert web.get("/")["Location"] == "/first-hour/"
    page = text(web.get("/first-hour/"))
    assert "What happened?" in page
    assert "Question 1 of 4" in page
    assert "An employer’s device may record what is typed" in page


def test_one_sentence_is_enough(web: Client) -> None:
    answer = go(web, 1, title=SENTENCE, enough="1")
    setback = told()
    assert answer["Location"] == f"/setbacks/{setback.pk}/?done=saved"
    assert (setback.item.title, setback.item.body) == (SENTENCE, "")
    assert (setback.weight, setback.sort, setback.losses, setback.course) == (None, "", [], "")
    page = web.get(answer["Location"])
    assert SENTENCE in text(page)
    assert text(page).count("One small thing ·") == 1


def test_every_answer_arrives(web: Client, owner: User) -> None:
    assert go(web, 1, title=SENTENCE, body="*More* of it.")["Location"] == "/first-hour/2/"
    assert go(web, 2, sort="promotion", when="2026-03-02")["Location"] == "/first-hour/3/"
    assert go(web, 3, weight="8")["Location"] == "/first-hour/4/"
    assert not Item.objects.exists()
    answer = go(web, 4, losses=["income", "people", "future"][::2], course="going_on")
    setback = told()
    assert answer["Location"] == f"/setbacks/{setback.pk}/?done=saved"
    assert setback.item.body == "*More* of it."
    assert setback.item.happened_at == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert setback.item.zone == "Europe/Berlin"
    assert (setback.sort, setback.weight, setback.weight_now) == ("promotion", 8, 8)
    assert (setback.losses, setback.course) == (["income", "future"], "going_on")


@pytest.mark.parametrize("number", [2, 3, 4])
def test_enough_for_now_keeps_what_is_there(web: Client, number: int) -> None:
    go(web, 1, title=SENTENCE)
    for step, answers in ((2, {"sort": "layoff"}), (3, {"weight": "3"}), (4, {"course": "over"})):
        go(web, step, **answers, **({"enough": "1"} if step == number else {}))
        if step == number:
            break
    setback = told()
    assert setback.sort == "layoff"
    assert setback.weight == (3 if number > 2 else None)
    assert setback.course == ("over" if number > 3 else "")


def test_going_back_keeps_what_was_said(web: Client) -> None:
    go(web, 1, title=SENTENCE, body="More.")
    go(web, 2, sort="layoff", when="2026-03-02")
    go(web, 3, weight="0")
    assert 'href="/first-hour/3/"' in web.get("/first-hour/4/").content.decode()
    assert value(web.get("/first-hour/1/"), "title") == SENTENCE
    assert value(web.get("/first-hour/1/"), "body") == "More."
    page = web.get("/first-hour/2/")
    assert (value(page, "sort"), value(page, "when")) == ("layoff", "2026-03-02")
    assert 'value="2026-03-02"' in page.content.decode()
    assert value(web.get("/first-hour/3/"), "weight") == "0"


def test_an_answer_can_be_taken_back(web: Client) -> None:
    go(web, 1, title=SENTENCE, body="More.")
    go(web, 4, losses=["income", "people"])
    go(web, 2, sort="layoff")
    go(web, 2)
    go(web, 1, title="Another sentence.")
    go(web, 4)
    setback = told()
    assert (setback.item.title, setback.item.body) == ("Another sentence.", "")
    assert (setback.sort, setback.losses) == ("", [])


def test_it_can_be_left_and_taken_up_again(web: Client) -> None:
    go(web, 1, title=SENTENCE)
    go(web, 2, sort="layoff")
    web.post("/draft/", {"draft": "first-hour-3", "weight": "7"})
    assert value(web.get("/first-hour/1/"), "title") == SENTENCE
    assert value(web.get("/first-hour/3/"), "weight") == "7"
    web.post("/checkins/new/", {"mood": "4"})
    waiting = web.get("/").context["drafts"]
    assert [(one["title"], one["href"]) for one in waiting] == [("What happened", "/first-hour/")]


def test_heaviness_of_zero_is_an_answer(web: Client) -> None:
    go(web, 1, title=SENTENCE)
    go(web, 3, weight="0", enough="1")
    assert told().weight == 0


@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_without_a_sentence_nothing_is_lost(web: Client, empty: str) -> None:
    answer = go(web, 1, title=empty, body="A long story.")
    assert errors(answer) == {"title": ["One sentence is enough. It cannot be empty."]}
    assert value(answer, "body") == "A long story."
    assert not Draft.objects.exists()


def test_a_sentence_that_is_too_long_is_kept_in_the_form(web: Client) -> None:
    answer = go(web, 1, title="x" * 301, body="b")
    assert "at most 300 characters" in errors(answer)["title"][0]
    assert value(answer, "title") == "x" * 301


def test_a_text_that_is_too_long_is_kept_in_the_form(web: Client) -> None:
    answer = go(web, 1, title=SENTENCE, body="x" * 1_000_001)
    assert "longer than one entry can hold" in errors(answer)["body"][0]
    assert len(value(answer, "body")) == 1_000_001


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("2026-02-30", "There is no such date."),
        ("soon", "There is no such date."),
        ("1066-10-14", "outside the years that Upswing keeps"),
        ("2999-01-01", "outside the years that Upswing keeps"),
    ],
)
def test_a_date_that_cannot_be_is_said_at_once(web: Client, when: str, sentence: str) -> None:
    go(web, 1, title=SENTENCE)
    assert sentence in errors(go(web, 2, when=when, sort="layoff"))["when"][0]
    assert sentence in errors(go(web, 2, when=when, enough="1"))["when"][0]
    assert not Item.objects.exists()


def test_a_day_is_read_in_the_order_of_the_form(web: Client) -> None:
    go(web, 1, title=SENTENCE)
    go(web, 2, when="05/06/2026", enough="1")
    assert told().item.day.isoformat() == "2026-06-05"


@pytest.mark.parametrize(
    ("number", "fields"),
    [
        (2, {"sort": "nonsense"}),
        (3, {"weight": "11"}),
        (3, {"weight": "-1"}),
        (3, {"weight": "x"}),
        (4, {"losses": ["nonsense"]}),
        (4, {"course": "nonsense"}),
    ],
)
def test_an_answer_that_is_not_offered_is_refused(
    web: Client, number: int, fields: dict[str, Any]
) -> None:
    go(web, 1, title=SENTENCE)
    assert set(errors(go(web, number, **fields))) == set(fields)
    assert not Item.objects.exists()


@pytest.mark.parametrize("number", [2, 3, 4])
def test_there_is_no_later_page_before_the_sentence(web: Client, number: int) -> None:
    assert web.get(f"/first-hour/{number}/")["Location"] == "/first-hour/"
    assert go(web, number, weight="3")["Location"] == "/first-hour/"


@pytest.mark.parametrize("number", ["0", "5", "99"])
def test_there_are_four_pages(web: Client, number: str) -> None:
    go(web, 1, title=SENTENCE)
    assert web.get(f"/first-hour/{number}/").status_code == 404


@pytest.mark.parametrize(
    ("weight", "following"),
    [
        ("9", "coping"),
        ("7", "coping"),
        ("5", "self-compassion"),
        ("2", "small goals"),  # an analysis is offered two days after it happened
        (None, "coping"),
    ],
)
def test_heaviness_says_which_stone_comes_next(
    web: Client, weight: str | None, following: str
) -> None:
    go(web, 1, title=SENTENCE)
    answer = go(web, 3, enough="1", **({"weight": weight} if weight else {}))
    page = web.get(answer["Location"])
    assert f"A good next one is {following}." in text(page)


def test_a_second_setback_can_be_told(web: Client) -> None:
    go(web, 1, title="The first one.", enough="1")
    assert value(web.get("/first-hour/"), "title") in (None, "")
    go(web, 1, title="The second one.", enough="1")
    assert Setback.objects.count() == 2
