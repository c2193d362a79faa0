"""Every exercise in a browser that runs no script, and what comes back of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import walks
from browser import returning
from browser.fill import MONTH, THOUGHT, WEEK
from browser.hands import Forms
from browser.house import House
from browser.visitor import Reception, Visitor
from browser.walking import Walker
from walks import WALKS, Walk

pytestmark = [pytest.mark.solo, pytest.mark.browser]

LESSON = "When We a date moves, then I will call Ana."
BACK = ("thought", "talk", "review")  # whose first steps have, together, every kind of field


@pytest.fixture
def visitor(own: House, reception: Reception) -> Visitor:
    """Somebody who was let in, and whose browser runs no script."""
    if own.keys is None:
        reception.visitor(own)
    return reception.visitor(own, java_script_enabled=False)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.kind)
def test_an_exercise_without_script(own: House, visitor: Visitor, walk: Walk) -> None:
    Walker(visitor, Forms(visitor.page), walk).whole(own.ids["setback"], back=walk.kind in BACK)


def test_what_does_not_fit_and_enough_for_today(visitor: Visitor) -> None:
    hands = Forms(visitor.page)
    visitor.goto("/exercises/thought/begin/")
    hands.write("Where were you", "The mail came on Monday.")
    hands.press("Go on")
    hands.write("What went through", "I am done")
    hands.write("How much do you believe it", "101")
    hands.press("Go on")
    expect(visitor.page.locator("main")).to_contain_text("A whole number from 0 to 100, please.")
    expect(hands.field("What went through")).to_have_value("I am done")
    hands.write("How much do you believe it", "90")
    hands.press("Enough for today")
    expect(visitor.page.locator("main")).to_contain_text("1 of 7 steps are answered.")
    hands.press("Go on")
    expect(hands.field("How much do you believe it")).to_have_value("90")


@pytest.mark.parametrize(
    ("kind", "title"), [("thought", THOUGHT["thought"]), ("thought", MONTH), ("verdict", WEEK)]
)
def test_it_comes_back_without_script(visitor: Visitor, kind: str, title: str) -> None:
    returning.said_again(visitor, Forms(visitor.page), walks.of(kind), title)


def test_a_lesson_comes_back_without_script(visitor: Visitor) -> None:
    returning.lesson_comes_back(visitor, Forms(visitor.page), LESSON)


def test_a_way_around_a_factor_without_script(own: House, visitor: Visitor) -> None:
    returning.factor_taken_up(visitor, Forms(visitor.page), own.ids["outside"])
