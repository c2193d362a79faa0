"""Lessons in the browser, by plain forms: taken, coming back, answered, changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from doors.web.reading import text
from doors.web.reviewing_forms import (
    TODAY,
    lesson,
    taken,
    told,
    weighed,
)
from making import setback
from upswing.accounts.models import User
from upswing.record import actions
from upswing.record.models import Setback
from upswing.strategies.reviews import reads
from upswing.strategies.reviews.models import Lesson


@pytest.fixture
def about(owner: User) -> Setback:
    return told(owner)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"cue": ""}, "When will it be? A lesson needs its moment, too."),
        ({"response": " "}, "And what will you do then?"),
        ({"cue": "x" * 141}, "Up to 140 characters fit here"),
        ({"first_use": TODAY - timedelta(days=1)}, "That day is over."),
        ({"first_check": TODAY - timedelta(days=1)}, "That day is over."),
        ({"second_check": "2020-02-30"}, "There is no such date."),
        ({"second_check": "9999-12-31"}, "more than ten years from now"),
    ],
)
def test_a_lesson_that_does_not_fit(
    web: Client, about: Setback, sent: dict[str, Any], sentence: str
) -> None:
    found = weighed(web, about)
    answer = lesson(web, found, **sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    kept = "call Ana" if "cue" in sent else "a date moves"
    assert kept in answer.content.decode()
    assert not Lesson.objects.exists()


def test_everything_that_does_not_fit_is_told_at_once_each_at_its_field(
    web: Client, about: Setback
) -> None:
    found = weighed(web, about)
    past = TODAY - timedelta(days=1)
    sent = {"cue": "", "response": "x" * 141, "first_use": past, "first_check": "2020-02-30"}
    answer = lesson(web, found, **sent)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert {name: len(said) for name, said in form.errors.items()} == dict.fromkeys(sent, 1)
    for sentence in ("A lesson needs its moment", "Up to 140", "That day is over", "no such date"):
        assert text(answer).count(sentence) == 2  # in the summary, and at the field
    for kept in ("x" * 141, past.isoformat(), "2020-02-30"):
        assert f'value="{kept}"' in answer.content.decode()
    assert not Lesson.objects.exists()


def test_a_change_that_does_not_fit_leaves_the_lesson_as_it_was(
    web: Client, about: Setback
) -> None:
    one = taken(web, about)
    answer = web.post(f"/lessons/{one.pk}/edit/", {"cue": "", "response": "", "first_use": "soon"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"cue", "response", "first_use"}
    assert Lesson.objects.get().cue == one.cue


def test_no_lesson_from_what_is_outside_ones_hands(web: Client, about: Setback) -> None:
    found = weighed(web, about)
    outside = reads.factors_of(found)[1]
    sent = {"cue": "a", "response": "b"}
    answer = web.post(f"/factors/{outside.pk}/lesson/", sent)
    assert answer["Location"] == f"/factors/{outside.pk}/way/"
    web.post(f"/factors/{outside.pk}/way/", {"way": "Ask for the budget first."})
    assert "Ask for the budget first." in text(web.get(f"/factors/{outside.pk}/"))
    assert "Ask for the budget first." in text(web.get(f"/reviews/{found.pk}/"))
    assert not Lesson.objects.exists()


def test_a_lesson_comes_back_on_today(web: Client, about: Setback) -> None:
    one = taken(web, about)
    assert (one.first_check, one.second_check) == (
        TODAY + timedelta(days=14),
        TODAY + timedelta(days=60),
    )
    assert one.due is not None
    assert one.due > TODAY
    assert one.item.title not in text(web.get("/")).partition("Lately")[0]
    Lesson.objects.update(due=TODAY)
    assert one.item.title in text(web.get("/")).partition("Lately")[0]
    page = f"/lessons/{one.pk}/"
    refused = web.post(page, {"line": "Kept words"})
    assert refused.status_code == 422
    assert "Kept words" in refused.content.decode()
    assert "Used it, forgot it, it didn’t help" in text(refused)
    answer = web.post(page, {"said": "used", "line": "She had time."})
    assert answer["Location"] == f"{page}?done=saved"
    assert "I used it" in text(web.get(page))
    assert "She had time." in text(web.get(page))
    assert one.item.title not in text(web.get("/")).partition("Lately")[0]


@pytest.mark.parametrize("said", ["", "loved it"])
def test_an_answer_that_does_not_fit_says_so_at_both_fields(
    web: Client, about: Setback, said: str
) -> None:
    page = f"/lessons/{taken(web, about).pk}/"
    answer = web.post(page, {"said": said, "line": "x" * 301})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert {name: len(told) for name, told in errors.items()} == {"said": 1, "line": 1}
    assert not Lesson.objects.get().uses


def test_a_lesson_that_is_forgotten_three_times(web: Client, about: Setback) -> None:
    one = taken(web, about)
    page = f"/lessons/{one.pk}/"
    for _ in range(2):
        web.post(page, {"said": "forgot", "line": f"Again {_}"})
    assert "Another form may hold it better" not in text(web.get(page))
    web.post(page, {"said": "forgot"})
    assert "It slips, 3 times now" in text(web.get(page))
    web.post(f"{page}become/", {"form": "checklist"})
    assert "It stands on a checklist now" in text(web.get(page))
    assert Lesson.objects.get().due is None
    web.post(f"{page}become/", {"form": "a song"})
    assert Lesson.objects.get().became == "checklist"
    web.post(f"{page}become/", {"form": ""})
    assert Lesson.objects.get().due > TODAY  # type: ignore[operator]
    web.post(page, {"said": "retire"})
    assert "Retired" in text(web.get(page))
    assert "retired" in text(web.get("/lessons/?resting=1"))


def test_a_lesson_comes_out_of_turn_at_a_similar_setback(web: Client, about: Setback) -> None:
    one = taken(web, about)
    owner, words = about.item.owner, one.item.title
    alike = setback(owner, "Another no", sort="rejection")
    other = setback(owner, "The project fell", sort="project")
    assert words in text(web.get(f"/setbacks/{alike.pk}/"))
    actions.trash(about.item, now=datetime.now(UTC))
    assert words not in text(web.get(f"/setbacks/{alike.pk}/"))
    actions.restore(about.item)
    assert words not in text(web.get(f"/setbacks/{other.pk}/"))
    for item in (one.item, other.item):
        actions.change(item, now=datetime.now(UTC), tags=["planning"])
    assert words in text(web.get(f"/setbacks/{other.pk}/"))
    Lesson.objects.update(due=None)
    assert words not in text(web.get(f"/setbacks/{other.pk}/"))


def test_a_lesson_can_be_changed(web: Client, about: Setback) -> None:
    one = taken(web, about)
    page = f"/lessons/{one.pk}/"
    Lesson.objects.update(first_check=date(2026, 1, 1))  # long ago, and it may stay so
    sent = {"cue": "two dates move", "response": "ask Ana", "first_check": "2026-01-01"}
    assert web.post(f"{page}edit/", sent)["Location"] == f"{page}?done=changed"
    assert "When two dates move, then I will ask Ana." in text(web.get(page))


def test_help_stands_beside_words_that_may_mean_more(web: Client, about: Setback) -> None:
    one = taken(web, about)
    page = f"/lessons/{one.pk}/"
    web.post(page, {"said": "forgot", "line": "I do not want to live any more"})
    assert "You come first" in text(web.get(f"{page}?done=saved"))
    assert "You come first" not in text(web.get(page))
