"""Search as one types, with marks and filters, by the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.house import House
from browser.visitor import Reception

pytestmark = [pytest.mark.solo, pytest.mark.browser]


def test_hits_come_as_one_types(filled: House, reception: Reception) -> None:
    visitor = reception.visitor(filled)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.goto("/search/")
    asked = visitor.field("What are you looking for?")
    expect(asked).to_be_focused()
    page.evaluate("window.still = true")

    keys.type("quinceh")
    expect(page.locator("#found mark")).to_have_text("quinceharbour")
    expect(page.locator("#count")).to_have_text("1 found")
    expect(page).to_have_url(re.compile(r"\?q=quinceh"))
    keys.type(" -heron")
    expect(page.locator("#count")).to_have_text("Nothing found")
    assert page.evaluate("window.still"), "the page must not be loaded anew"
    expect(asked).to_be_focused()

    keys.press("Control+a")
    keys.type("kind:setback post")
    expect(page.locator("#found .name")).to_have_text("They gave the post to somebody else")
    keys.press("Control+a")
    keys.type("tag:walking")
    expect(page.locator("#count")).to_have_text("1 found")

    keys.press("Control+a")
    keys.type("before:2026-02-30")
    expect(page.locator("#q-said")).to_contain_text("There is no date “2026-02-30”.")
    expect(page.locator("#found mark")).to_have_count(0)

    keys.press("Control+a")
    keys.type("quinceharbour")
    expect(page.locator("#count")).to_have_text("1 found")
    hit = page.get_by_role("link", name="quinceharbour")
    for _ in range(4):
        keys.press("Tab")
        if hit.evaluate("link => link === document.activeElement"):
            break
    keys.press("Enter")
    expect(visitor.heading("A walk along the quinceharbour")).to_be_visible()
