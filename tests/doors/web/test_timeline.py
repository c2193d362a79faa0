"""The timeline: everything by day, narrowed down, page by page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from doors.web.lived import an_hour_ago
from upswing.accounts.models import User
from upswing.exercises import actions as exercises
from upswing.record import actions as record
from upswing.record import setbacks
from upswing.record.models import Item, Setback
from upswing.strategies.coping import actions
from upswing.strategies.mindset.models import Thought
from upswing.web.markdown import plain


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")


@pytest.fixture
def now() -> datetime:
    return an_hour_ago()


def written(owner: User, now: datetime, body: str, *, back: float = 0, **fields: Any) -> Item:
    return actions.write_entry(
        owner=owner,
        now=now,
        zone="UTC",
        body=body,
        happened_at=now - timedelta(days=back),
        **fields,
    )


@pytest.fixture
def life(owner: User, now: datetime) -> Setback:
    """A setback, two entries of this year and an earlier one, a check-in, one in the trash."""
    setback = setbacks.tell(owner=owner, now=now, zone="UTC", title="They let the team go")
    written(owner, now, "They said no", setback=setback, tags=["interview"])
    written(owner, now, "First day at the desk", back=800, tags=["work"])
    actions.check_in(owner=owner, now=now, zone="UTC", mood=4)
    record.trash(written(owner, now, "Regretted"), now=now)
    return setback


def shown(web: Client, **query: Any) -> list[str]:
    page = web.get(reverse("timeline"), query)
    assert page.status_code == 200
    return sorted(line["title"] for group in page.context["groups"] for line in group["entries"])


def test_everything_is_there(web: Client, life: Setback) -> None:
    titles = ["First day at the desk", "Mood 4", "They let the team go", "They said no"]
    assert shown(web) == titles


def test_each_filter_narrows(web: Client, life: Setback, now: datetime) -> None:
    earlier = (now - timedelta(days=800)).year
    assert shown(web, kind="checkin") == ["Mood 4"]
    assert shown(web, setback=str(life.pk)) == ["They said no"]
    assert shown(web, tag="#Interview") == ["They said no"]
    assert shown(web, year=earlier) == ["First day at the desk"]
    assert shown(web, kind="entry", tag="work", year=earlier) == ["First day at the desk"]
    assert shown(web, kind="", setback="", tag="", year="") == shown(web)


def test_a_laid_down_setback_can_still_be_chosen(web: Client, life: Setback, now: datetime) -> None:
    setbacks.close(life, now=now)
    assert shown(web, setback=str(life.pk)) == ["They said no"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("kind", "secret", "There is no such kind."),
        ("setback", "0190a000-0000-7000-8000-000000000000", "That setback is not here."),
        ("setback", "' OR 1=1", "That setback is not here."),
        ("year", "1066", "There is nothing of that year."),
        ("year", "x", "There is nothing of that year."),
        ("tag", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_a_filter_that_does_not_exist_is_told_at_its_field(
    web: Client, life: Setback, field: str, value: str, sentence: str
) -> None:
    page = web.get(reverse("timeline"), {field: value})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"].errors[field] == [sentence]
    assert page.context["groups"] == []


def test_years_are_links_that_keep_the_other_filters(
    web: Client, life: Setback, now: datetime
) -> None:
    page = web.get(reverse("timeline"), {"kind": "entry", "before": "5", "done": "saved"})
    hrefs = [one["href"] for one in page.context["years"]]
    years = sorted({now.year, (now - timedelta(days=800)).year}, reverse=True)
    assert hrefs == [f"?kind=entry&year={year}" for year in years]


def test_empty_pages_say_what_to_do(web: Client, owner: User, now: datetime) -> None:
    page = web.get(reverse("timeline")).content.decode()
    assert "lines up here" in page
    assert reverse("entry_new") in page
    written(owner, now, "x")
    page = web.get(reverse("timeline"), {"tag": "none"}).content.decode()
    assert "Nothing of yours fits this." in page
    assert f'href="{reverse("timeline")}">Show everything' in page


def test_older_pages_follow_with_and_without_script(
    web: Client, owner: User, now: datetime
) -> None:
    for n in range(45):
        written(owner, now, f"Number {n:02}", back=n * 0.0001, tags=["t"])
    first = web.get(reverse("timeline"), {"tag": "t"})
    link = first.context["older_url"]
    assert f'href="{link.replace("&", "&amp;")}"' in first.content.decode()
    plain = web.get(reverse("timeline") + link)
    assert "<html" in plain.content.decode()
    assert plain.content.decode().count("Number ") == 15
    assert plain.context["newest_url"] == "?tag=t"
    part = web.get(
        reverse("timeline") + first.context["older_below"], headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in part
    assert part.count("Number ") == 15
    assert "15 older" in part
    assert "Newest" not in part
    assert "hx-get" not in part


def test_a_day_that_goes_on_is_not_headed_twice(web: Client, owner: User, now: datetime) -> None:
    noon = now.replace(hour=10) - timedelta(days=3)
    for n in range(35):
        actions.write_entry(
            owner=owner,
            now=now,
            zone="UTC",
            body=f"Number {n}",
            happened_at=noon + timedelta(minutes=n),
        )
    first = web.get(reverse("timeline"))
    part = web.get(
        reverse("timeline") + first.context["older_below"], headers={"HX-Request": "true"}
    )
    assert "<h2" not in part.content.decode()
    assert part.content.decode().count("Number ") == 5
    plain = web.get(reverse("timeline") + first.context["older_url"]).content.decode()
    assert plain.count('<h2 class="day">') == 1


def test_htmx_is_told_in_attributes_only(web: Client, owner: User, now: datetime) -> None:
    for n in range(31):
        written(owner, now, f"Number {n}", back=n)
    page = web.get(reverse("timeline")).content.decode()
    assert 'hx-target="closest .pager"' in page
    assert "hx-on" not in page
    assert "js:" not in page


def test_no_query_a_row(web: Client, owner: User, now: datetime) -> None:
    counts = []
    for size in (10, 20):
        for n in range(size):
            told = setbacks.tell(owner=owner, now=now, zone="UTC", title=f"{size} {n}")
            written(owner, now, "x", setback=told, tags=[f"{size}-{n}"], back=n * size * 20)
        with CaptureQueriesContext(connection) as asked:
            assert web.get(reverse("timeline")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_what_is_a_stranger_s_is_neither_shown_nor_offered(
    web: Client, owner: User, stranger: User, now: datetime
) -> None:
    theirs = setbacks.tell(owner=stranger, now=now, zone="UTC", title="Not yours")
    written(stranger, now, "Nor this", tags=["secret"], setback=theirs)
    written(owner, now, "Mine")
    assert shown(web) == ["Mine"]
    assert shown(web, tag="secret") == []
    asked_for = web.get(reverse("timeline"), {"setback": str(theirs.pk)})
    assert asked_for.status_code == 422
    for page in (asked_for, web.get(reverse("timeline"))):
        assert "Not yours" not in page.content.decode()
        assert "secret" not in page.content.decode()


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("## What I know\n- **one** and *two*\n1. `three`", "What I know\none and two\nthree"),
        ("> quoted, see [the page](https://example.org/x)", "quoted, see the page"),
        ("snake_case and 2 * 3 * 4 - 5", "snake_case and 2 * 3 * 4 - 5"),
        ("#tag stays, <b>too</b>", "#tag stays, <b>too</b>"),
    ],
)
def test_lists_show_words_without_the_signs_of_markdown(text: str, shown_as: str) -> None:
    assert plain(text) == shown_as


def test_of_an_exercise_the_answers_are_shown_and_not_the_questions(
    web: Client, owner: User, now: datetime
) -> None:
    given = {"situation": "The mail came.\n\nOn Monday.", "thought": "I am done"}
    thought = Thought()
    for step in (1, 2):
        exercises.answer(thought, owner=owner, now=now, zone="UTC", step=step, typed=given)
    rows = web.get(reverse("timeline")).context["groups"][0]["entries"]
    assert " ".join(rows[0]["excerpt"].split()) == "The mail came. On Monday. · I am done"
