"""All of it works where no script runs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.house import House
from browser.visitor import Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]


def come_in(visitor: Visitor) -> None:
    visitor.goto("/")
    visitor.field("Code from the terminal").fill(visitor.house.new_code())
    visitor.button("Come in").click()
    visitor.link("Go on").click()


def tell_write_and_check_in(visitor: Visitor) -> None:
    page = visitor.page
    visitor.goto("/first-hour/")
    visitor.field("In one sentence").fill("The grant went to another team")
    visitor.button("Go on").click()
    page.get_by_label("I was turned down").check()
    visitor.button("Enough for now").click()
    expect(visitor.heading("The grant went to another team")).to_be_visible()

    visitor.link("Write about it").click()
    visitor.field(re.compile("^Text")).fill("Plain words, zanzibarring.")
    visitor.button("Keep it").click()
    expect(page.locator("main")).to_contain_text("Plain words, zanzibarring.")

    visitor.link("Today").click()
    page.get_by_role("group", name="Mood").get_by_role("radio", name="3", exact=True).check()
    visitor.button("Keep it").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept.")


def test_a_day_without_script(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own, inside=False, java_script_enabled=False)
    page = visitor.page
    come_in(visitor)
    tell_write_and_check_in(visitor)

    visitor.link("Search").click()
    visitor.field("What are you looking for?").fill("zanzibar")
    visitor.button("Search").click()
    expect(page.locator("#found mark")).to_have_text("zanzibarring")

    for place in ("Journal", "Timeline"):
        visitor.link(place).click()
        first = page.locator(".entry .name").first.inner_text()
        visitor.link("Older").click()
        expect(visitor.link("Newest")).to_be_visible()
        assert page.locator(".entry .name").first.inner_text() != first

    visitor.link("Settings").click()
    page.get_by_role("link", name=re.compile("^Trash")).click()
    page.get_by_text("Empty the trash").click()
    visitor.button("Erase everything").click()
    expect(page.locator("main")).to_contain_text("The trash is empty.")

    visitor.button("Lock").click()
    expect(visitor.heading("It is locked.")).to_be_visible()
    visitor.goto("/journal/")
    expect(visitor.heading("The book is closed.")).to_be_visible()
    visitor.button("Open it").click()
    expect(visitor.heading("The grant went to another team")).to_be_visible()
