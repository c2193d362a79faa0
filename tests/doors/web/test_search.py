"""Search in the browser: found, marked, counted, refused, live."""

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
from upswing.record import actions as record
from upswing.record import search as engine
from upswing.record import setbacks
from upswing.record.models import Item
from upswing.record.words import Piece
from upswing.strategies.coping import actions
from upswing.web.search import marked


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


def ask(web: Client, q: str, **more: str) -> Any:
    return web.get(reverse("search"), {"q": q, **more})


def test_hits_are_counted_and_marked(web: Client, owner: User, now: datetime) -> None:
    item = written(owner, now, "The interviews were short\n\nOne interview, then none.")
    written(owner, now, "Bread")
    page = ask(web, "interview")
    assert page.status_code == 200
    html = page.content.decode()
    assert "1 found" in html
    assert "The <mark>interviews</mark> were short" in html
    assert "One <mark>interview</mark>, then none." in html
    assert reverse("entry", args=[item.pk]) in html
    assert "Bread" not in html.partition('id="found"')[2]


def test_what_is_found_is_escaped(web: Client, owner: User, now: datetime) -> None:
    written(owner, now, "<script>alert(1)</script> & <mark>fake</mark>", title="<b>alert</b>")
    html = ask(web, "alert").content.decode()
    assert "&lt;b&gt;<mark>alert</mark>&lt;/b&gt;" in html
    assert "&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt; &amp; &lt;mark&gt;fake" in html
    assert "<script>alert" not in html


def test_marks_wrap_hits_only() -> None:
    pieces = [Piece("a <", hit=False), Piece("b&", hit=True), Piece("{} %s", hit=False)]
    assert marked(pieces) == "a &lt;<mark>b&amp;</mark>{} %s"


@pytest.mark.parametrize("q", ['"><script>alert(1)</script>', "' onfocus=alert(1) x='", "{{ 7 }}"])
def test_the_question_itself_can_do_nothing(web: Client, owner: User, q: str) -> None:
    html = ask(web, q).content.decode()
    assert "<script>alert" not in html
    assert "' onfocus" not in html
    assert ask(web, q).context["q"] == q


def test_newest_first_or_best_match(web: Client, owner: User, now: datetime) -> None:
    best = written(owner, now, "x", title="Interview, interview, interview", back=3)
    newest = written(owner, now, "A long day with bread, weir, trains, and one interview in it.")
    assert titles(ask(web, "interview"))[0] == newest.pk
    assert titles(ask(web, "interview", order="best"))[0] == best.pk
    assert 'value="best" selected' in ask(web, "interview", order="best").content.decode()


def titles(page: Any) -> list[Any]:
    links = [entry["href"] for entry in page.context["entries"]]
    by_link = {reverse("entry", args=[item.pk]): item.pk for item in Item.objects.all()}
    return [by_link[link] for link in links]


def test_the_language_of_search_works_here(web: Client, owner: User, now: datetime) -> None:
    setback = setbacks.tell(owner=owner, now=now, zone="UTC", title="The reorganisation")
    item = written(owner, now, "They said no", setback=setback, tags=["interview"])
    for q in ("tag:interview", "setback:reorganisation"):
        assert [str(item.pk) in entry["href"] for entry in ask(web, q).context["entries"]] == [True]
    assert ask(web, "they -no").context["entries"] == []


def test_many_are_more_than_two_hundred(
    web: Client, owner: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "COUNT_CAP", 2)
    for n in range(3):
        written(owner, now, f"word {n}")
    assert "More than 200 found" in ask(web, "word").content.decode()


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        ("kind:nope", "There is no kind “nope”."),
        ("tag:", "Say what to look for right after “tag:”."),
        ("after:2026-02-30", "There is no date “2026-02-30”."),
        ("before:soon", "“soon” is not a day."),
        ("setback:nothing", "No setback has “nothing” in its name."),
        ("!!!", "There is no word in this that can be looked for."),
        ("x" * 401, "That is a long question; up to 400 characters work."),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_a_question_that_makes_no_sense_is_told_at_the_field(
    web: Client, owner: User, q: str, sentence: str
) -> None:
    page = ask(web, q)
    assert page.status_code == 422
    assert sentence in page.context["form"].errors["q"][0]
    said = page.content.decode().partition('id="q-said"')[2].partition("</div>")[0]
    assert sentence.partition("“")[0] in said
    assert page.context["q"] == q
    assert page.context["entries"] == []


def test_an_order_that_does_not_exist_is_refused(web: Client, owner: User) -> None:
    assert ask(web, "word", order="worst").status_code == 422


def test_an_empty_question_teaches_and_finds_nothing(
    web: Client, owner: User, now: datetime
) -> None:
    written(owner, now, "word", tags=["weir"])
    for q in ("", "   "):
        page = ask(web, q)
        assert page.status_code == 200
        assert page.context["entries"] == []
    assert "q=tag%3Aweir" in web.get(reverse("search")).content.decode()


def test_every_example_can_be_asked(web: Client, owner: User, now: datetime) -> None:
    setbacks.tell(owner=owner, now=now, zone="UTC", title="They let the whole team go")
    written(owner, now, "x", tags=["a tag of words", "weir"])
    examples = web.get(reverse("search")).context["examples"]
    assert len(examples) == 7
    for example in examples:
        assert web.get(example["href"]).status_code == 200, example


def test_nothing_found_is_said(web: Client, owner: User, now: datetime) -> None:
    written(owner, now, "word")
    page = ask(web, "nowhere").content.decode()
    assert "Nothing found" in page
    assert "Fewer words" in page


def test_older_hits_follow(web: Client, owner: User, now: datetime) -> None:
    for n in range(35):
        written(owner, now, f"word {n:02}", back=n)
    first = ask(web, "word")
    assert len(first.context["entries"]) == 30
    second = web.get(reverse("search") + first.context["older_url"])
    assert len(second.context["entries"]) == 5
    assert "35 found" in second.content.decode()
    assert second.context["older_url"] == ""
    best = ask(web, "word", order="best")
    assert best.context["older_url"] == ""
    assert "These thirty fit best." in best.content.decode()


def test_it_answers_as_one_types_by_attributes_only(web: Client, owner: User) -> None:
    html = web.get(reverse("search")).content.decode()
    assert 'hx-trigger="input changed delay:300ms, search"' in html
    assert 'hx-select-oob="#q-said:innerHTML,#count:innerHTML"' in html
    for place in ('id="found"', 'id="count"', 'id="q-said"'):
        assert html.count(place) == 1
    assert "hx-on" not in html
    assert "js:" not in html


def test_the_trash_and_strangers_are_not_found(
    web: Client, owner: User, stranger: User, now: datetime
) -> None:
    record.trash(written(owner, now, "word of mine"), now=now)
    written(stranger, now, "word of theirs", tags=["secret"])
    setbacks.tell(owner=stranger, now=now, zone="UTC", title="Their setback")
    assert ask(web, "word").context["entries"] == []
    assert ask(web, "tag:secret").context["entries"] == []
    assert ask(web, "setback:their").status_code == 422
    html = web.get(reverse("search")).content.decode()
    assert "secret" not in html
    assert "their" not in html.lower().partition("<main")[2]


def test_no_query_a_hit(web: Client, owner: User, now: datetime) -> None:
    counts = []
    for size in (10, 20):
        for n in range(size):
            told = setbacks.tell(owner=owner, now=now, zone="UTC", title=f"{size} {n}")
            written(owner, now, f"word {size} {n}", setback=told, tags=[f"{size}-{n}"])
        with CaptureQueriesContext(connection) as asked:
            assert ask(web, "word").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
