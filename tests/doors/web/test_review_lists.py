"""Lessons, and factors that return, a page at a time; each of them stands on one page only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from doors.web.reading import text
from making import NOW
from reviewing import learnt, named_often
from upswing.accounts.models import User
from upswing.strategies.reviews import reads

DAY = date(2027, 3, 1)


def onwards(web: Client, page: str) -> Iterator[str]:
    """The page and all that follow it, by the links below them."""
    path, more = page.partition("?")[0], page
    for _ in range(20):
        answer = web.get(more).content.decode()
        yield answer
        if (link := re.search(r'rel="next" href="([^"]+)"', answer)) is None:
            return
        more = path + link[1].replace("&amp;", "&")
    raise AssertionError("It goes on for ever.")


def lessons_on(page: str) -> list[int]:
    return [int(number) for number in re.findall(r">When cue (\d+), then I will", page)]


def test_lessons_that_come_back_by_their_day(web: Client, owner: User) -> None:
    for number in range(45):  # three a day, so that a page ends within a day
        learnt(owner, number, due=DAY + timedelta(days=number // 3))
    learnt(owner, 99)
    pages = [lessons_on(page) for page in onwards(web, "/lessons/")]
    assert [len(page) for page in pages] == [reads.LESSONS, reads.LESSONS, 5]
    found = [number for page in pages for number in page]
    assert sorted(found) == list(range(45))
    assert [number // 3 for number in found] == sorted(number // 3 for number in found)


def test_lessons_at_rest_newest_first(web: Client, owner: User) -> None:
    for number in range(reads.LESSONS + 1):
        learnt(owner, number)
    learnt(owner, 99, due=DAY)
    assert "Lessons at rest" in text(web.get("/lessons/"))
    first, second = (lessons_on(page) for page in onwards(web, "/lessons/?resting=1"))
    assert first + second == list(range(reads.LESSONS + 1))


def test_a_later_page_leads_back_to_the_first(web: Client, owner: User) -> None:
    for number in range(reads.LESSONS + 1):
        learnt(owner, number, due=DAY)
    first, second = onwards(web, "/lessons/")
    assert 'rel="prev"' not in first
    assert 'rel="prev" href="/lessons/"' in second


def test_when_all_of_them_are_at_rest(web: Client, owner: User) -> None:
    assert "There is no lesson yet." in text(web.get("/lessons/"))
    assert "No lesson is at rest." in text(web.get("/lessons/?resting=1"))
    learnt(owner, 1)
    page = web.get("/lessons/")
    assert "None comes back at present" in text(page)
    assert 'href="/lessons/?resting=1"' in page.content.decode()


@pytest.mark.parametrize(
    "query",
    ["before=x", "day=2027-02-30&before=1", "day=2027-03-01", "before=99999999999999999999&day=x"],
)
def test_an_odd_place_is_the_beginning(web: Client, owner: User, query: str) -> None:
    learnt(owner, 7, due=DAY)
    assert lessons_on(web.get(f"/lessons/?{query}").content.decode()) == [7]


def test_below_the_last_there_are_no_more(web: Client, owner: User) -> None:
    learnt(owner, 7, due=DAY)
    assert "There are no more." in text(web.get("/lessons/?day=2028-01-01&before=1"))
    assert "There are no more." in text(web.get("/factors/?below=x"))


def factors_on(page: str) -> list[str]:
    return re.findall(r"<h2>([^<]+) <small>in", page)


def test_factors_that_return_the_most_frequent_first(web: Client, owner: User) -> None:
    for number in range(23):
        named_often(owner, f"factor {number:02}", [10] * (2 + number % 3))
    named_often(owner, "only once", [10])
    pages = [factors_on(page) for page in onwards(web, "/factors/")]
    assert [len(page) for page in pages] == [reads.RETURNED, reads.RETURNED, 3]
    found = [int(name.removeprefix("factor ")) for page in pages for name in page]
    assert found == sorted(range(23), key=lambda number: (-(number % 3), number))


def test_of_a_factor_only_the_latest_reviews_are_shown(web: Client, owner: User) -> None:
    latest = named_often(owner, "Asked too late", [10] * 40)[-reads.LATEST :]
    page = web.get("/factors/")
    assert "Asked too late in 40 reviews" in text(page)
    assert f"{40 - reads.LATEST} are older." in text(page)
    shown = re.findall(r"/factors/([0-9a-f-]{36})/", page.content.decode())
    assert shown == [str(one.pk) for one in latest]
    assert "It came up before 40 reviews" in text(web.get(f"/factors/{latest[0].pk}/"))


def test_a_steady_rise_is_told_with_its_numbers(web: Client, owner: User) -> None:
    named_often(owner, "Rose", [0, 5, 10, 20, 30, 40], now=NOW)
    named_often(owner, "Wavered", [40, 5, 30, 20, 30, 10], now=NOW - timedelta(days=9))
    page = text(web.get("/factors/"))
    assert "Its share rose over 6 reviews: 5 on average in the first 3, 30 in the last 3." in page
    assert "No steady rise or fall in its share over 6 reviews." in page
    factor = named_often(owner, "Rose", [50], now=NOW + timedelta(days=1))[0]
    assert "Its share rose over 7 reviews" in text(web.get(f"/factors/{factor.pk}/"))


def test_nothing_of_a_stranger_returns(web: Client, owner: User, stranger: User) -> None:
    named_often(stranger, "Asked too late", [10, 20])
    named_often(owner, "Asked too late", [10])
    learnt(stranger, 1, due=DAY)
    learnt(stranger, 2)
    assert "Nothing has returned yet." in text(web.get("/factors/"))
    assert "There is no lesson yet." in text(web.get("/lessons/"))
    assert "No lesson is at rest." in text(web.get("/lessons/?resting=1"))
