"""Being fair to oneself in a real browser: as one types, with help at hand, without motion."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import expect

from browser.house import House
from browser.look import faults
from browser.visitor import Reception

pytestmark = [pytest.mark.solo, pytest.mark.browser]


def test_enter_in_a_line_keeps_and_does_not_look(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    visitor.goto("/journal/new/")
    visitor.field("Text").fill("The words of Tuesday.")
    visitor.field("Title").press("Enter")
    expect(visitor.page.locator("main")).to_contain_text("Kept.")


def test_help_stands_above_what_was_kept_and_in_no_way(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    visitor.goto("/journal/new/")
    visitor.field("Text").fill("I can't go on. I want to die.")
    visitor.button("Keep it").click()
    expect(visitor.heading("You come first")).to_be_visible()
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    assert faults(visitor) == []
    visitor.link("Edit").click()
    expect(visitor.heading("You come first")).to_have_count(0)


MOVES = 'document.querySelector(".breath").getAnimations().length > 0'


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_the_circle_moves_only_where_motion_is_welcome(
    own: House, reception: Reception, wish: Literal["reduce", "no-preference"], moves: bool
) -> None:
    visitor = reception.visitor(own, reduced_motion=wish)
    visitor.page.clock.install()
    visitor.goto("/exercises/break/begin/")
    visitor.button("Go on").click()
    expect(visitor.heading("This is hard")).to_be_visible()
    assert visitor.page.evaluate(MOVES) is moves
    status = visitor.page.locator("up-pause [role=status]")
    expect(status).to_have_text("")
    visitor.page.clock.fast_forward(31_000)
    expect(status).to_have_text("30 seconds are over. Stay a little, or go on.")
    visitor.button("Go on").click()
    expect(visitor.heading("Others know this")).to_be_visible()
