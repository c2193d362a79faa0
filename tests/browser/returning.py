"""What comes back on Today, and what is made of a review afterwards, by any hands."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import expect

import walks
from browser.hands import Hands
from browser.visitor import Visitor
from browser.walking import Walker
from walks import Walk


def said_again(visitor: Visitor, hands: Hands, walk: Walk, title: str) -> None:
    """From Today to what is asked when the exercise comes back; then it is gone from there."""
    visitor.goto("/")
    hands.press(title)
    Walker(visitor, hands, replace(walk, given={})).again()
    visitor.goto("/")
    waiting = visitor.page.locator("section", has=visitor.heading("Comes back today"))
    expect(waiting.get_by_role("link", name=title)).to_have_count(0)


def lesson_comes_back(visitor: Visitor, hands: Hands, title: str) -> None:
    """From Today to a lesson, and how it went with it."""
    visitor.goto("/")
    hands.press(title)
    hands.arrive(title)
    hands.choose("How did it go with it?", "I forgot")
    hands.write("What happened, in one line?", "The mail came late.")
    hands.press("Keep it")
    expect(visitor.heading("So far")).to_be_visible()
    expect(visitor.page.locator("main")).to_contain_text("The mail came late.")


def factor_taken_up(visitor: Visitor, hands: Hands, factor: str) -> None:
    """From a factor outside one's hands to a way around it, and another name for it."""
    visitor.goto(f"/factors/{factor}/")
    hands.press("Change it")
    hands.write(walks.WAY, walks.AROUND)
    hands.press("Keep it")
    expect(visitor.page.locator("main")).to_contain_text(walks.AROUND)
