"""Writing, changing, throwing away and bringing back; drafts; a check-in in two taps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, expect

from browser.house import House
from browser.visitor import Reception, Visitor
from upswing.demo.pictures import DRAWINGS, draw

pytestmark = [pytest.mark.solo, pytest.mark.browser]

TEXT = "They *chose* somebody else.\n\n- relieved\n- and sad\n\n#interview"


def write(visitor: Visitor) -> None:
    """One entry with everything that an entry can have."""
    picture = FilePayload(
        name="harbour.png", mimeType="image/png", buffer=draw(next(iter(DRAWINGS)))
    )
    visitor.goto("/")
    visitor.link("Journal").click()
    visitor.link("Write").click()
    visitor.field(re.compile("^Title")).fill("The day of the letter")
    visitor.field(re.compile("^Text")).fill(TEXT)
    visitor.field(re.compile("^When")).fill("2024-02-29T08:30")
    visitor.field(re.compile("^Tags")).fill("old, letter")
    visitor.field(re.compile("^Pictures and files")).set_input_files(picture)
    visitor.button("Keep it").click()


def test_an_entry_is_written_changed_thrown_away_and_brought_back(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own)
    page, main = visitor.page, visitor.page.locator("main")
    write(visitor)
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    expect(visitor.heading("The day of the letter")).to_be_visible()
    expect(main.locator(".over").first).to_contain_text("29 February 2024, 08:30")
    expect(main.locator("em")).to_have_text("chose")
    expect(main.locator(".prose li")).to_have_text(["relieved", "and sad"])
    expect(main.locator(".tags a")).to_have_text(["interview", "letter", "old"])
    image = main.get_by_role("img", name="harbour.png")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 100

    visitor.link("Edit").click()
    visitor.field(re.compile("^Text")).fill("They chose somebody else. It is all right.")
    visitor.button("Keep it").click()
    expect(main).to_contain_text("It is all right.")
    visitor.link("History").click()
    expect(main.locator(".prose em")).to_have_text("chose")
    visitor.button("Take this version back").click()
    expect(main.locator(".prose em")).to_have_text("chose")

    visitor.button("Move to the trash").click()
    expect(page.get_by_role("status")).to_contain_text("Moved to the trash.")
    visitor.button("Undo").click()
    expect(page.get_by_role("status")).to_contain_text("It is back.")
    expect(visitor.heading("The day of the letter")).to_be_visible()


def test_a_draft_is_kept_while_one_types(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    visitor.goto("/journal/new/")
    visitor.field(re.compile("^Text")).press_sequentially("Not yet finished")
    expect(visitor.page.locator(".kept")).to_have_text(re.compile(r"^Kept at \d\d:\d\d$"))
    visitor.field(re.compile("^Text")).press_sequentially(", and left.")
    visitor.link("Timeline").click()  # at once: the rest is sent while the page goes away
    expect(visitor.heading("Timeline")).to_be_visible()

    visitor.link("Today").click()
    visitor.page.get_by_role("link", name="A journal entry").click()
    expect(visitor.field(re.compile("^Text"))).to_have_value("Not yet finished, and left.")
    expect(visitor.page.get_by_text("We kept what you typed")).to_be_visible()
    visitor.button("Discard it").click()
    expect(visitor.field(re.compile("^Text"))).to_have_value("")
    visitor.goto("/journal/new/")
    expect(visitor.field(re.compile("^Text"))).to_have_value("")


def test_a_check_in_takes_two_taps(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own, viewport={"width": 390, "height": 844}, has_touch=True)
    page = visitor.page
    visitor.goto("/")
    page.get_by_role("group", name="Mood").get_by_role("radio", name="3", exact=True).tap()
    visitor.button("Keep it").tap()
    expect(page.get_by_role("status").first).to_contain_text("Kept.")
    assert visitor.path == "/"
    expect(page.locator(".entries").first).to_contain_text("Mood 3")
