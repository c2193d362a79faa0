"""Everything by the keyboard: Tab, Enter, Space and the arrows."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.house import House
from browser.keyboard import focused, stops, tab_to
from browser.visitor import Reception

pytestmark = [pytest.mark.solo, pytest.mark.browser]


def test_from_the_launch_to_a_written_entry(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own, inside=False)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.goto("/")
    assert focused(page).name == "Code from the terminal"
    keys.type(own.new_code())
    keys.press("Enter")
    expect(visitor.heading("How is it now?")).to_be_visible()

    tab_to(page, "Skip to the page")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "1")  # the first step of Mood; the arrows go on from there
    keys.press("Space")
    for _ in range(3):
        keys.press("ArrowRight")
    assert focused(page).name == "4"
    tab_to(page, "1")  # Energy
    keys.press("ArrowRight")
    tab_to(page, "Keep it")
    keys.press("Enter")
    expect(page.locator("main")).to_contain_text("Mood 4 · energy 2")

    tab_to(page, "Journal")
    keys.press("Enter")
    expect(visitor.heading("Journal")).to_be_visible()
    tab_to(page, "Write")
    keys.press("Enter")
    expect(visitor.heading("Write")).to_be_visible()
    assert focused(page).name.startswith("Text")
    keys.type("Written without a mouse.")
    tab_to(page, "Keep it")
    keys.press("Space")
    expect(visitor.heading("Written without a mouse.")).to_be_visible()


@pytest.mark.parametrize("name", ["/", "/journal/new/", "/checkins/new/", "/search/", "setback"])
def test_tab_walks_every_page_and_leaves_it(filled: House, reception: Reception, name: str) -> None:
    visitor = reception.visitor(filled)
    visitor.goto(f"/setbacks/{filled.ids['setback']}/" if name == "setback" else name)
    found = stops(visitor.page)
    assert [stop for stop in found if not (stop.seen and stop.shown)] == []
    assert found[0].name == "Skip to the page"
    names = {stop.name for stop in found}
    assert {"Today", "Setbacks", "Journal", "Timeline", "Search", "Care", "Lock", "Help"} <= names


def test_a_question_holds_the_focus_and_gives_it_back(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.goto("/trash/")
    tab_to(page, "Empty the trash")
    keys.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_have_accessible_name("Erase everything in the trash for good?")
    assert focused(page).name == "Keep it all"
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    assert focused(page).name == "Empty the trash"
    keys.press("Enter")
    keys.press("Shift+Tab")
    assert focused(page).name == "Erase everything"
    keys.press("Enter")
    expect(page.locator("main")).to_contain_text("The trash is empty.")
