"""The first hour of a newcomer, from the code of the terminal to the eight stones."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.house import PASSPHRASE, House
from browser.visitor import Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]

SENTENCE = "They gave the post to somebody else"


def make_vault(visitor: Visitor) -> None:
    """The begin page: what is said before the first entry, and a passphrase with a slip in it."""
    assert visitor.path == "/begin/"
    page = visitor.page
    expect(page.get_by_text("A device that belongs to an employer may record")).to_be_visible()
    expect(page.get_by_text("There is no back door.")).to_be_visible()
    visitor.field("Passphrase").fill(PASSPHRASE)
    visitor.field("Once more").fill(PASSPHRASE + "s")
    visitor.button("Open with this passphrase").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("not the same")
    expect(visitor.field("Passphrase")).to_have_value(PASSPHRASE)
    visitor.field("Once more").fill(PASSPHRASE)
    visitor.button("Open with this passphrase").click()
    page.wait_for_url(re.compile("/sheet/$"))


def type_the_sheet_back(visitor: Visitor) -> None:
    """Two groups of the recovery sheet; the first try mistakes one for another."""
    page = visitor.page
    groups = page.locator(".groups li").all_inner_texts()
    assert len(groups) == 8
    fields = page.get_by_label(re.compile(r"^Group \d$"))
    asked = [int(name[-1]) for name in page.locator("main label").all_inner_texts()]
    assert fields.count() == len(asked) == 2
    fields.nth(0).fill(groups[asked[0] - 1].lower())
    fields.nth(1).fill(groups[asked[0] - 1])
    visitor.button("It is on paper").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(f"Group {asked[1]} is not what stands on the sheet.")
    assert page.locator(".groups li").all_inner_texts() == groups, "the sheet must stay the same"
    summary.get_by_role("link").click()
    expect(fields.nth(1)).to_be_focused()
    fields.nth(1).fill(groups[asked[1] - 1])
    visitor.button("It is on paper").click()
    expect(page.get_by_text("The recovery sheet works.")).to_be_visible()


def tell(visitor: Visitor) -> None:
    """Four pages, with a slip on the first and a way back from the second."""
    page = visitor.page
    visitor.field("More, if you want").fill("On the day before my review.")
    visitor.field("In one sentence").evaluate("field => field.required = false")
    visitor.button("Go on").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(visitor.field("More, if you want")).to_have_value("On the day before my review.")
    visitor.field("In one sentence").fill(SENTENCE)
    visitor.button("Go on").click()

    page.get_by_label("I was passed over").check()
    visitor.link("Back").click()
    expect(visitor.field("In one sentence")).to_have_value(SENTENCE)
    visitor.button("Go on").click()
    expect(page.get_by_label("I was passed over")).to_be_checked()
    visitor.button("Go on").click()

    page.get_by_role("radio", name="7", exact=True).check()
    visitor.button("Go on").click()
    page.get_by_label("trust in myself").check()
    page.get_by_label("It still goes on").check()
    visitor.button("Keep it").click()


def test_a_newcomer_arrives_and_tells(empty: House, reception: Reception) -> None:
    visitor = reception.visitor(empty)
    make_vault(visitor)
    type_the_sheet_back(visitor)
    expect(visitor.heading("What happened?")).to_be_visible()
    expect(visitor.page.get_by_text("Whose machine is this?")).to_be_visible()
    tell(visitor)
    expect(visitor.heading(SENTENCE)).to_be_visible()
    expect(visitor.page.locator("main")).to_contain_text("I was passed over")
    expect(visitor.page.locator("main")).to_contain_text("trust in myself")
    expect(visitor.page.locator("figure.stones .drawn-wide a")).to_have_count(8)
    expect(visitor.page.locator(".one")).to_have_count(1)
    expect(visitor.page.locator(".one")).to_contain_text("One small thing")
    visitor.goto("/")
    expect(visitor.heading(SENTENCE)).to_be_visible()
    assert "recovery" in empty.terminal("vault", "status")


def test_one_sentence_is_enough(empty: House, reception: Reception) -> None:
    visitor = reception.visitor(empty)
    visitor.button("Go on without a passphrase").click()
    visitor.link("Later").click()
    visitor.field("In one sentence").fill(SENTENCE)
    visitor.button("Enough for now").click()
    expect(visitor.heading(SENTENCE)).to_be_visible()
    expect(visitor.page.locator("figure.stones .drawn-wide a")).to_have_count(8)
    visitor.goto("/setbacks/")
    expect(visitor.link(SENTENCE)).to_be_visible()
