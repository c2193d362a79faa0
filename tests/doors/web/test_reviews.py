"""A review in the browser, by plain forms: answers, factors, shares, lessons, Markdown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from doors.web.reading import text
from doors.web.reviewing_forms import (
    GOOD,
    TODAY,
    ZONE,
    answered,
    begun,
    lesson,
    name,
    share,
    taken,
    told,
    weighed,
)
from making import entry, setback
from upswing.accounts.models import User
from upswing.record import actions, setbacks
from upswing.record.models import Item, Link, Person, Setback
from upswing.strategies.reviews import reads
from upswing.strategies.reviews.models import SEEN_BY, Factor, Lesson, Review


@pytest.fixture
def about(owner: User) -> Setback:
    return told(owner)


def test_a_whole_review(web: Client, about: Setback) -> None:
    found = weighed(web, about)
    web.post(f"/exercises/{found.pk}/6/", {"base_rate": "Forty asked, one got it."})
    assert web.get(f"/exercises/{found.pk}/7/")["Location"] == f"/reviews/{found.pk}/lessons/"
    page = text(web.get(f"/reviews/{found.pk}/lessons/"))
    assert "Take a lesson from Asked too late for help" in page
    assert "How do you accept it, or plan around it?" in page
    assert lesson(web, found)["Location"] == f"/reviews/{found.pk}/lessons/?done=saved"
    assert web.post(f"/reviews/{found.pk}/lessons/")["Location"] == f"/exercises/{found.pk}/8/"
    end = web.post(f"/exercises/{found.pk}/8/", {"adjustment": "Ask in May.", "distress_after": 3})
    assert end["Location"] == f"/reviews/{found.pk}/?done=finished"
    page = text(web.get(f"/reviews/{found.pk}/"))
    for words in (
        "I was well prepared.",
        "2 factors; share of influence: in my hands 60, outside my hands 40.",
        "in my hands (8 of 10) · seen by Ana, Jo",
        "could not be known then · 90 of 100 sure",
        "When a date moves, then I will call Ana.",
        "How well is this known to work?",
    ):
        assert words in page
    assert "That was a lot" not in page
    assert [one.item.setback for one in Lesson.objects.all()] == [about]
    assert Review.objects.get().finished_at is not None


def test_a_win_without_a_setback(web: Client, owner: User) -> None:
    found = weighed(web, None)
    assert found.item.setback is None
    assert "The budget was cut" in text(web.get(f"/reviews/{found.pk}/"))


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("worked", "Something worked, however small."),
        ("worked_too", "Two things that worked come before what went wrong."),
        ("lucky", "One line about luck, please"),
    ],
)
def test_what_worked_and_luck_come_first(
    web: Client, about: Setback, missing: str, sentence: str
) -> None:
    found = begun(web, about)
    for step, sent in ((2, {"timeline": "x"}), (3, {"expected": "x", "happened": "y"})):
        web.post(f"/exercises/{found.pk}/{step}/", sent)
    answer = web.post(f"/exercises/{found.pk}/4/", GOOD | {missing: ""})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert all(words in text(answer) for at, words in GOOD.items() if at != missing)
    early = web.get(f"/reviews/{found.pk}/factors/")
    assert early["Location"] == f"/exercises/{found.pk}/4/"
    assert name(web, found, "Too early", 5)["Location"] == f"/exercises/{found.pk}/4/"
    assert not Factor.objects.exists()


def test_shares_that_are_not_a_hundred(web: Client, about: Setback) -> None:
    found = answered(web, about)
    nothing = share(web, found)
    assert (nothing.status_code, "Name at least one thing" in text(nothing)) == (422, True)
    name(web, found, "One", 5)
    name(web, found, "Two", 2)
    for shares, sentence in (
        ((90, 40), "Together these are 130, and all the influence there was is 100."),
        ((30, 40), "Together these are 70; 30 are left."),
        ((101, 0), "A whole number from 0 to 100, please."),
    ):
        answer = share(web, found, *shares)
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert f'value="{shares[0]}"' in answer.content.decode()
    assert [one.share for one in reads.factors_of(found)] == [None, None]
    assert Review.objects.get().reached == 4


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": ""}, "What contributed? A few words are enough."),
        ({"name": "…"}, "A name needs at least one letter or number."),
        ({"name": "x" * 301}, "Up to 300 characters fit here"),
        ({"control": ""}, "How much of it was in your hands, from 0 to 10?"),
        ({"control": "11"}, "A whole number from 0 to 10, please."),
        ({"confidence": "101"}, "A whole number from 0 to 100, please."),
        ({"lasting": "forever"}, "“forever” is not one of the answers."),
        ({"seen_by": ",".join("abcdefghijk")}, "Up to ten people fit here."),
        ({"name": "ONE"}, "This review names it already."),
        ({"advice": "x" * 1_000_001}, "longer than one entry can hold"),
    ],
)
def test_a_factor_that_does_not_fit(
    web: Client, about: Setback, sent: dict[str, str], sentence: str
) -> None:
    found = answered(web, about)
    name(web, found, "One", 5)
    before = Item.objects.count()
    given = {"naming": "1", "name": "Two", "control": "5", "evidence": "Kept words", **sent}
    answer = web.post(f"/reviews/{found.pk}/factors/", given)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Kept words" in text(answer)
    assert Item.objects.count() == before


def test_all_that_does_not_fit_is_said_at_once(web: Client, about: Setback) -> None:
    found = answered(web, about)
    given = {"naming": "1", "name": "", "control": "", "confidence": "101"}
    said = text(web.post(f"/reviews/{found.pk}/factors/", given))
    assert "What contributed? A few words are enough." in said
    assert "How much of it was in your hands, from 0 to 10?" in said
    assert "A whole number from 0 to 100, please." in said


def test_an_earlier_factor_is_found_and_taken_again(web: Client, owner: User) -> None:
    first = weighed(web, setback(owner, "The first"))
    actions.trash(first.item, now=datetime.now(UTC))
    first.delete()  # so that the helpers above find the second one alone
    second = answered(web, None)
    page = web.get(f"/reviews/{second.pk}/factors/").content.decode()
    assert '<option value="Asked too late for help">' in page
    assert "Asked too late" in web.get("/factors/names/?name=LATE help").content.decode()
    assert web.get("/factors/names/?name=penguin").content == b""
    sent = {"naming": "1", "earlier": "1", "name": "late", "control": "7", "evidence": "Kept words"}
    looked = web.post(f"/reviews/{second.pk}/factors/", sent)
    assert 'name="picked" value="Asked too late for help"' in looked.content.decode()
    assert "Kept words" in text(looked)
    picked = sent | {"picked": "Asked too late for help"}
    del picked["earlier"]
    assert web.post(f"/reviews/{second.pk}/factors/", picked).status_code == 302
    page = text(web.get("/factors/"))
    assert "Asked too late for help in 2 reviews" in page
    assert "The budget was cut" not in page
    assert "on average" not in page  # two are no trend
    factor = reads.factors_of(second)[0]
    assert "It came up before 2 reviews" in text(web.get(f"/factors/{factor.pk}/"))


def test_who_saw_it_is_a_person_with_links_both_ways(web: Client, about: Setback) -> None:
    found = weighed(web, about)
    factor = reads.factors_of(found)[0]
    page = web.get(f"/factors/{factor.pk}/").content.decode()
    ana = Item.objects.get(title="Ana")
    assert f"/items/{ana.pk}/" in page
    assert f"/reviews/{found.pk}/" in page
    sent = {"name": "Asked late", "control": "8", "seen_by": "ana, Zoë", "evidence": "New."}
    answer = web.post(f"/factors/{factor.pk}/edit/", sent)
    assert answer["Location"] == f"/factors/{factor.pk}/?done=changed"
    links = Link.objects.filter(relation=SEEN_BY)
    assert sorted(links.values_list("target__title", flat=True)) == ["Ana", "Zoë"]
    assert Person.objects.count() == 3
    assert factor.item.revisions.get().title == "Asked too late for help"


def test_what_is_linked_is_ones_own_and_there(web: Client, about: Setback, stranger: User) -> None:
    found = begun(web, about)
    theirs, gone = entry(stranger, "Not yours"), entry(about.item.owner, "Thrown away")
    actions.trash(gone, now=datetime.now(UTC))
    for item in (theirs, gone):
        sent = {"timeline": "Kept words", "evidence": [str(item.pk)]}
        answer = web.post(f"/exercises/{found.pk}/2/", sent)
        assert answer.status_code == 422
        assert "One of those is not here any more." in text(answer)
        assert "Kept words" in text(answer)
    assert not Link.objects.exists()
    mine = entry(about.item.owner, "The letter")
    sent = {"timeline": "x", "evidence": [str(mine.pk)]}
    assert web.post(f"/exercises/{found.pk}/2/", sent).status_code == 302
    assert f"/journal/{mine.pk}/" in web.get(f"/reviews/{found.pk}/").content.decode()


def test_it_goes_out_as_markdown(web: Client, about: Setback) -> None:
    found = weighed(web, about)
    lesson(web, found, first_use=TODAY)
    name(web, found, "A | pipe", 0)
    answer = web.get(f"/reviews/{found.pk}/markdown/")
    words = answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="review-')
    assert "Review of “They said no”" in words
    assert "| Asked too late for help | 60 | in my hands | 8 |  |  |  | Ana, Jo |" in words
    assert "| A \\| pipe |" in words
    assert "The mail of May." in words
    assert "- When a date moves, then I will call Ana. First use:" in words
    assert "## To accept, or to plan around\n\n- The budget was cut" in words


def test_it_is_not_offered_at_once_nor_on_a_heavy_day(web: Client, owner: User) -> None:
    fresh = setbacks.tell(owner=owner, now=datetime.now(UTC), zone=ZONE, title="Just now", weight=2)
    asked = "/exercises/review/?setback={}"
    page = text(web.get(asked.format(fresh.pk)))
    assert "This is less than two days old." in page
    assert "Begin all the same" in page
    assert "A good next one is analysis" not in text(web.get(f"/setbacks/{fresh.pk}/"))
    long_ago = datetime.now(UTC) - timedelta(days=3)
    heavy = setbacks.tell(owner=owner, now=long_ago, zone=ZONE, title="Heavy", weight=8)
    assert "You said that it weighs 8 of 10." in text(web.get(asked.format(heavy.pk)))
    calm = setbacks.tell(owner=owner, now=long_ago, zone=ZONE, title="Calm", weight=2)
    page = text(web.get(asked.format(calm.pk)))
    assert "Begin all the same" not in page
    assert "A good next one is analysis" in text(web.get(f"/setbacks/{calm.pk}/"))
    begun(web, heavy)  # never locked


def test_it_says_when_looking_back_was_heavy(web: Client, about: Setback) -> None:
    found = weighed(web, about)
    web.post(f"/exercises/{found.pk}/6/", {})
    web.post(f"/reviews/{found.pk}/lessons/")
    web.post(f"/exercises/{found.pk}/8/", {"distress_after": "7"})
    assert "That was a lot" in text(web.get(f"/reviews/{found.pk}/"))


def test_trash_and_undo(web: Client, about: Setback) -> None:
    one = taken(web, about)
    found = Review.objects.get()
    factor = reads.factors_of(found)[0]
    for kind, item in (("lessons", one.item), ("factors", factor.item), ("reviews", found.item)):
        web.post(f"/items/{item.pk}/trash/")
        assert "This lies in the trash." in text(web.get(f"/{kind}/{item.pk}/"))
        back = web.post(f"/items/{item.pk}/restore/")
        assert back["Location"] == f"/{kind}/{item.pk}/?done=restored"
    assert reads.lessons_of([factor])[factor.pk] == [one]


def test_what_was_written_about_the_setback_is_at_hand(web: Client, about: Setback) -> None:
    owner = about.item.owner
    found = begun(web, about)
    entry(owner, "The mail of May", setback=about)
    entry(owner, "A walk in the rain", starred=True)
    page = text(web.get(f"/exercises/{found.pk}/2/"))
    assert "The mail of May" in page
    assert "A walk in the rain" not in page


def test_on_its_page_what_worked_stands_before_what_contributed(
    web: Client, about: Setback
) -> None:
    found = weighed(web, about)
    page = text(web.get(f"/reviews/{found.pk}/"))
    assert page.index("Where I was lucky") < page.index("Asked too late for help")
