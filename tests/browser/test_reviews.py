"""A review in the browser: what does not fit, by the keyboard alone; on paper; earlier factors.

The way through it from the first step to the last is in test_exercises.py.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.hands import Keys
from browser.house import House
from browser.keyboard import tab_to
from browser.visitor import Reception

pytestmark = [pytest.mark.solo, pytest.mark.browser]

LATE, BUDGET = "We asked too late", "We the budget"  # the factors of the reviews of fill.py
SENTENCE = "When We a date moves, then I will call Ana."


def anew(page: Page, field: str, words: str) -> None:
    """Write other words into a field."""
    tab_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(words)


def test_what_does_not_fit_is_told_and_mended_without_a_mouse(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own)
    page, hands = visitor.page, Keys(visitor.page)
    visitor.goto(f"/exercises/{own.ids['review']}/4/")
    anew(page, "What is a second one?", "")
    hands.press("Go on")
    expect(page.get_by_role("alert")).to_contain_text("Two things that worked come before")
    tab_to(page, "What is a second one? ·")  # the summary leads to the field
    page.keyboard.press("Enter")
    page.keyboard.type("Petra told me early.")
    hands.press("Go on")

    hands.arrive("What contributed")
    anew(page, LATE, "90")
    hands.press("Go on")
    expect(page.get_by_role("alert")).to_contain_text("Together these are 130")
    expect(hands.field(LATE)).to_have_value("90")
    anew(page, BUDGET, "10")
    hands.press("Go on")
    hands.arrive("The view from outside")
    visitor.goto(f"/reviews/{own.ids['review']}/")
    _on_paper(page)


def _on_paper(page: Page) -> None:
    """The answers, the numbers and the lesson are on it, and nothing that asks to be pressed."""
    page.emulate_media(media="print")
    for words in (LATE, "90", "Petra told me early.", "in my hands (8 of 10)", SENTENCE):
        expect(page.get_by_text(words, exact=False).locator("visible=true").first).to_be_visible()
    for hidden in ("form", "nav", "button", ".button", "header.top", "footer"):
        assert page.locator(hidden).locator("visible=true").count() == 0, hidden
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf())) <= 3


def test_an_earlier_factor_is_offered_while_one_types(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    page = visitor.page
    visitor.goto(f"/reviews/{own.ids['review']}/factors/")
    offered = page.locator("datalist option")
    expect(offered.and_(page.locator(f'[value="{LATE}"]'))).to_have_count(1)
    page.get_by_label("What contributed?").press_sequentially("we budget")
    expect(offered).to_have_count(1)
    assert offered.get_attribute("value") == BUDGET
