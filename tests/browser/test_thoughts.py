"""A thought record from the first step to the last, by keyboard alone and where no script runs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.house import House
from browser.keyboard import tab_to
from browser.visitor import Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]


def test_a_thought_by_keyboard_alone(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.goto(f"/setbacks/{own.ids['setback']}/stones/mindset/")
    tab_to(page, "Thought record")
    keys.press("Enter")
    expect(visitor.heading("What comes")).to_be_visible()
    tab_to(page, "Begin")
    keys.press("Enter")
    step(visitor, "What happened", "Where were you", "The mail came on Monday.")
    step(visitor, "The thought", "What went through", "I will never lead again", "How much", "80")
    expect(visitor.heading("What you felt")).to_be_visible()
    tab_to(page, "Word 1")
    keys.type("ashamed")
    tab_to(page, "Its strength")
    keys.type("70")
    go_on(visitor)
    expect(visitor.heading("Thinking traps")).to_be_visible()
    tab_to(page, "Fortune-telling")
    keys.press("Space")
    tab_to(page, "Examples of Fortune-telling")
    keys.press("Enter")
    expect(page.get_by_text("They will say no")).to_be_visible()
    go_on(visitor)
    weigh(visitor)
    step(visitor, "A fairer thought", "Looking at both sides", "One no is one no", "How much", "55")
    expect(visitor.heading("And now?")).to_be_visible()
    tab_to(page, "How much do you believe the first thought now?")
    keys.type("60")
    tab_to(page, "ashamed")
    keys.type("40")
    tab_to(page, "Keep it")
    keys.press("Enter")
    expect(visitor.heading("I will never lead again")).to_be_visible()
    expect(visitor.heading("How well is this known to work?")).to_be_visible()
    expect(page.locator("figure svg").last).to_contain_text("60")
    expect(visitor.link("A walk along the quinceharbour")).to_be_visible()


def step(visitor: Visitor, heading: str, *fields: str) -> None:
    """Fill the fields of one step, each named by how its question begins."""
    expect(visitor.heading(heading)).to_be_visible()
    for name, words in zip(fields[::2], fields[1::2], strict=True):
        tab_to(visitor.page, name)
        visitor.page.keyboard.type(words)
    go_on(visitor)


def go_on(visitor: Visitor) -> None:
    tab_to(visitor.page, "Go on")
    visitor.page.keyboard.press("Enter")


def weigh(visitor: Visitor) -> None:
    """Look for something of one's own that speaks against it, and choose it."""
    page, keys = visitor.page, visitor.page.keyboard
    expect(visitor.heading("Weigh it")).to_be_visible()
    tab_to(page, "What speaks for the thought?")
    keys.type("They said no.")
    tab_to(page, "Words to look for")
    keys.type("quinceharbour")
    keys.press("Enter")  # looks, and leaves the rest of the page as it is
    expect(page.get_by_label(re.compile("A walk along"))).to_be_visible()
    expect(visitor.field("What speaks for the thought?")).to_have_value("They said no.")
    tab_to(page, "A walk along")
    keys.press("Space")
    go_on(visitor)


def test_it_comes_back_by_keyboard_alone(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.goto("/")
    tab_to(page, "I will never lead anything again, quincethought")
    keys.press("Enter")
    expect(visitor.heading("How much do you believe it now?")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("80")
    tab_to(page, "How much do you believe the first thought now?")
    keys.type("45")
    tab_to(page, "And the fairer one?")
    keys.type("70")
    keys.press("Enter")
    expect(visitor.heading("How it moved")).to_be_visible()
    expect(page.locator("figure svg").last).to_contain_text("45")


def test_a_thought_without_script(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own, inside=False, java_script_enabled=False)
    visitor.goto("/")
    visitor.field("Code from the terminal").fill(own.new_code())
    visitor.button("Come in").click()
    visitor.link("Go on").click()
    visitor.goto("/exercises/thought/begin/")
    visitor.field(re.compile("^Where were you")).fill("The mail came on Monday.")
    visitor.button("Go on").click()
    visitor.field(re.compile("^What went through")).fill("I am done")
    visitor.field(re.compile("^How much do you believe it")).fill("101")
    visitor.button("Go on").click()
    expect(visitor.page.locator("main")).to_contain_text("A whole number from 0 to 100, please.")
    expect(visitor.field(re.compile("^What went through"))).to_have_value("I am done")
    visitor.field(re.compile("^How much do you believe it")).fill("90")
    visitor.button("Enough for today").click()
    expect(visitor.page.locator("main")).to_contain_text("1 of 7 steps are answered.")
    visitor.link("Go on").click()
    expect(visitor.field(re.compile("^How much do you believe it"))).to_have_value("90")
    visitor.link("Back").click()
    expect(visitor.field(re.compile("^Where were you"))).to_have_value("The mail came on Monday.")
