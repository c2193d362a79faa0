"""After a lock nothing can be read any more, and what was being typed is not lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.house import PASSPHRASE, House
from browser.stranger import a_stranger
from browser.visitor import CUT_OFF, Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]

LOADED = """
document.readyState === "complete" || new Promise((done) => addEventListener("load", () => done(1)))
"""
WORDS = ("quinceharbour", "heron", "somebody else", "hopeful")


def readable(page: Page) -> list[str]:
    """Which of the private words this tab shows or holds."""
    held = page.evaluate("document.documentElement.outerHTML + document.title")
    return [word for word in WORDS if word in held]


def go(page: Page, steps: int) -> None:
    """Back or forward in this tab's history, as its buttons do; returns when the page is there."""
    with page.expect_event("framenavigated"):
        page.evaluate(f"setTimeout(() => history.go({steps}))")
    page.evaluate(LOADED)


def unlock(visitor: Visitor, passphrase: str) -> None:
    visitor.field("Passphrase").fill(passphrase)
    visitor.button("Open it").click()


def test_this_browser_brings_pages_back_as_they_were(filled: House, reception: Reception) -> None:
    """Or else the next test would be green without a cause."""
    page = reception.visitor(filled, watched=False, inside=False).page
    with a_stranger("<p>one</p>") as stranger:
        page.goto(stranger.address("127.0.0.1"))
        page.evaluate("addEventListener('pageshow', event => window.back = event.persisted)")
        page.goto(stranger.address("127.0.0.1") + "two")
        go(page, -1)
        assert page.evaluate("window.back") is True


def test_the_back_button_shows_nothing_after_a_lock(guarded: House, reception: Reception) -> None:
    visitor = reception.visitor(guarded)
    page, other = visitor.page, visitor.context.new_page()
    visitor.goto(f"/journal/{guarded.ids['entry']}/")
    visitor.goto("/setbacks/")
    visitor.goto(f"/journal/{guarded.ids['entry']}/")
    other.goto(page.url)
    assert readable(page)
    assert readable(other)

    visitor.button("Lock").click()
    expect(visitor.heading("It is locked.")).to_be_visible()
    expect(other.get_by_role("heading", name="The book is closed.")).to_be_visible()
    assert readable(other) == []
    for steps in (-1, -1, -1, 1, 1, 1):
        go(page, steps)
        assert readable(page) == [], page.url
    go(other, -1)
    assert readable(other) == []

    visitor.goto("/unlock/")
    visitor.press_access_key("c")
    expect(visitor.heading("Somebody to talk to, now")).to_be_visible()
    visitor.goto("/timeline/")
    unlock(visitor, "heron quince lantern fury")
    expect(page.get_by_role("alert")).to_contain_text("does not")
    expect(visitor.field("Passphrase")).to_have_value("")
    unlock(visitor, PASSPHRASE)
    expect(visitor.heading("How is it now?")).to_be_visible()


def test_what_is_typed_when_the_vault_locks_itself_comes_back(
    guarded: House, reception: Reception
) -> None:
    visitor = reception.visitor(guarded)
    visitor.goto("/journal/new/")
    visitor.field(re.compile("^Text")).fill("Half a thought about the heron")
    visitor.forgiven = CUT_OFF  # the draft, sent while the worker ends
    guarded.terminal("lock")
    visitor.button("Keep it").click()
    expect(visitor.heading("It locked itself meanwhile.")).to_be_visible()
    assert readable(visitor.page) == []
    visitor.link("Open it").click()
    unlock(visitor, PASSPHRASE)
    visitor.page.get_by_role("link", name="A journal entry").click()
    expect(visitor.field(re.compile("^Text"))).to_have_value("Half a thought about the heron")


def test_a_look_that_comes_after_the_lock_says_nothing(
    guarded: House, reception: Reception
) -> None:
    visitor = reception.visitor(guarded)
    visitor.goto("/journal/new/")
    guarded.terminal("lock")
    with visitor.page.expect_response("**/second-look/") as answer:
        visitor.field(re.compile("^Text")).fill("I always ruin everything")
    assert answer.value.status == 423
    expect(visitor.page.locator("#second-look").get_by_role("listitem")).to_have_count(0)
