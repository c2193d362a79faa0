"""Words worth a second look in a real browser: beside the line, below the field, and quietly."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.house import House
from browser.keyboard import focused, tab_to
from browser.look import NARROW, WIDE, faults
from browser.visitor import Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]

HARSH = "I'm such an idiot."
QUESTION = "Is that all of you, or one thing that happened?"
APART = "\n\n\n\n\n\n"
LONG = f"They said no.{APART}{HARSH}{APART}They all think I'm lazy.{APART}It rained."
MIDDLE = """
(area, line) => {
  const style = getComputedStyle(area);
  const top = area.getBoundingClientRect().top + area.clientTop + parseFloat(style.paddingTop);
  return top + (line + 0.5) * parseFloat(style.lineHeight) - area.scrollTop;
}
"""


def write(visitor: Visitor, path: str, field: str, text: str, width: int = WIDE) -> Locator:
    """Type a text into a field of a page, and wait for the questions below it."""
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 1000})
    fresh(visitor, path)
    area = page.locator(f"[name='{field}']")
    while not area.is_visible():
        page.locator("form details:not([open]) > summary").first.click()
    area.fill("")
    area.focus()
    page.keyboard.insert_text(text)
    asked = page.locator(f"[id='asked-{field}'] li")
    expect(asked.first).to_be_visible()
    settle(page)
    return asked


def fresh(visitor: Visitor, path: str) -> None:
    """Open the page of a form without what an earlier test left in it."""
    visitor.goto(path)
    if (discard := visitor.button("Discard it")).count():
        discard.click()
        expect(visitor.page.locator("main")).to_contain_text("The draft is gone.")


def settle(page: Page) -> None:
    """Let the page lay itself out."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")


def box(one: Locator) -> dict[str, float]:
    """Where it is on the page, in pixels."""
    found = one.bounding_box()
    assert found
    x, y = found["x"], found["y"]
    return {"x": x, "y": y, "right": x + found["width"], "bottom": y + found["height"]}


def first_line(one: Locator) -> float:
    """The middle of the first line of a question."""
    return float(one.locator("a").evaluate("(a) => { const r = a.getClientRects()[0];"
                                           " return (r.top + r.bottom) / 2; }"))  # fmt: skip


def test_each_question_stands_beside_its_line_where_the_page_is_wide(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    asked = write(visitor, "/journal/new/", "body", LONG)
    area = visitor.field("Text")
    expect(asked).to_have_count(2)
    for place, line in ((0, 6), (1, 12)):
        one = asked.nth(place)
        assert box(one)["x"] > box(area)["right"]
        assert abs(first_line(one) - area.evaluate(MIDDLE, line)) < 8
    before = first_line(asked.nth(1))
    area.press("Control+Home")
    visitor.page.keyboard.insert_text("One more line.\n")
    settle(visitor.page)
    height = area.evaluate("(a) => parseFloat(getComputedStyle(a).lineHeight)")
    assert abs(first_line(asked.nth(1)) - before - height) < 3  # at once, before any answer


def test_it_goes_with_a_text_that_scrolls_and_with_another_width(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    page, area = visitor.page, visitor.field("Text")
    asked = write(visitor, "/journal/new/", "body", f"{LONG}{APART * 8}The end.")
    area.evaluate("(a) => { a.scrollTop = 60; }")
    settle(page)
    assert area.evaluate("(a) => a.scrollTop") == 60
    assert abs(first_line(asked.nth(1)) - area.evaluate(MIDDLE, 12)) < 8
    area.evaluate("(a) => { a.scrollTop = a.scrollHeight; }")
    settle(page)
    for one in (asked.nth(0), asked.nth(1)):  # their lines are above: they wait at the edge
        assert box(one)["y"] >= box(area)["y"] - 2
        assert box(one)["bottom"] <= box(area)["bottom"]
    page.set_viewport_size({"width": NARROW, "height": 900})
    settle(page)
    assert box(asked.nth(0))["y"] >= box(area)["bottom"]
    page.set_viewport_size({"width": WIDE, "height": 1000})
    settle(page)
    assert box(asked.nth(0))["x"] > box(area)["right"]


def test_questions_about_neighbouring_lines_make_room_for_each_other(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    text = f"{HARSH}\nThey all think I'm lazy.\nI always ruin everything.\nI should have known."
    asked = write(visitor, "/checkins/new/", "body", text)
    boxes = [box(asked.nth(place)) for place in range(asked.count())]
    assert len(boxes) == 4
    for above, below in pairwise(boxes):
        assert below["y"] >= above["bottom"]
    form = box(visitor.page.locator("form.looked"))
    assert boxes[-1]["bottom"] <= form["bottom"] + 1


def test_below_its_field_and_with_its_words_where_the_page_is_narrow(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    asked = write(visitor, "/journal/new/", "body", LONG, NARROW)
    for place, words in ((0, "I'm such an idiot"), (1, "They all think I'm")):
        one, area = asked.nth(place), box(visitor.field("Text"))
        expect(one.locator("q")).to_have_text(words)
        assert area["bottom"] <= box(one)["y"] < area["bottom"] + 200
    assert box(asked.nth(0))["x"] >= box(visitor.field("Text"))["x"]


def test_without_script_each_stands_below_its_field(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own, java_script_enabled=False)
    visitor.goto("/checkins/new/")
    visitor.field("A line about it").fill(HARSH)
    visitor.page.get_by_role("group", name="Mood").get_by_role("radio").nth(2).check(force=True)
    visitor.button("A second look").click()
    area, one = visitor.field("A line about it"), visitor.page.locator("#asked-body li")
    expect(area).to_have_value(HARSH)
    expect(one).to_contain_text(QUESTION)
    assert box(one)["y"] >= box(area)["bottom"]
    visitor.button("Not for this text").click()
    expect(one).to_have_count(0)
    visitor.button("Keep it").click()
    visitor.link("Timeline").click()
    visitor.page.locator("main a[href^='/checkins/']").first.click()
    expect(visitor.page.locator("#second-look")).to_contain_text("Quiet for this text.")


def test_a_question_comes_as_one_types_and_goes_with_one_click(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    page, keys = visitor.page, visitor.page.keyboard
    note, asked = page.locator("#second-look"), page.locator("#asked-body")
    fresh(visitor, "/journal/new/")
    keys.type(f"They said no. {HARSH}")
    expect(asked).to_contain_text(QUESTION)
    assert focused(page).tag == "textarea"  # nobody was taken away from writing
    assert faults(visitor) == []
    keys.type(" Wrong word.")
    visitor.button("Not for this text").click()
    expect(note).to_contain_text("Quiet for this text.")
    expect(asked).not_to_contain_text(QUESTION)
    expect(visitor.field("Text")).to_have_value(f"They said no. {HARSH} Wrong word.")
    visitor.field("Text").press_sequentially(" And on.")
    page.wait_for_timeout(2_500)
    expect(asked).not_to_contain_text(QUESTION)
    visitor.button("Keep it").click()
    visitor.link("Edit").click()
    expect(note).to_contain_text("Quiet for this text.")  # it outlives the draft
    visitor.button("A second look after all").click()
    expect(asked).to_contain_text(QUESTION)
    visitor.button("Never again").click()
    expect(note).to_contain_text("Settings bring it back.")
    expect(asked).not_to_contain_text(QUESTION)
    visitor.goto("/exercises/letter/begin/")
    visitor.button("Go on").click()
    expect(visitor.heading("What happened")).to_be_visible()
    expect(note).to_have_count(0)
    own.terminal("kind", "look", "--on")
    page.reload()
    expect(note).to_have_count(1)


def test_a_listener_is_told_once_and_the_words_lead_to_themselves(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    page, keys = visitor.page, visitor.page.keyboard
    asked = write(visitor, "/journal/new/", "body", f"They said no.\n{HARSH}")
    status = page.locator("up-look [role=status]")
    expect(status).to_have_text(f"I'm such an idiot {QUESTION}")
    keys.type("\nIt rained. They all think I'm lazy.")
    expect(asked).to_have_count(2)
    expect(status).to_contain_text("They all think I'm")
    expect(status).not_to_contain_text("idiot")  # that was told already
    tab_to(page, "I'm such an idiot")
    keys.press("Enter")
    chosen = "(a) => a.value.slice(a.selectionStart, a.selectionEnd)"
    assert focused(page).tag == "textarea"
    assert visitor.field("Text").evaluate(chosen) == "I'm such an idiot"
    keys.type("I'm tired")
    expect(asked.first).to_be_hidden()  # the words are gone, and so is the question


FORMS: dict[str, tuple[Callable[[dict[str, Any]], str], str]] = {
    "check-in": (lambda ids: "/checkins/new/", "body"),
    "first hour": (lambda ids: "/first-hour/", "body"),
    "setback": (lambda ids: f"/setbacks/{ids['setback']}/edit/", "body"),
    "stone": (lambda ids: f"/setbacks/{ids['setback']}/stones/compassion/", "body"),
    "factor": (lambda ids: f"/factors/{ids['factor']}/edit/", "evidence"),
    "way": (lambda ids: f"/factors/{ids['factor']}/way/", "way"),
    "factors": (lambda ids: f"/reviews/{ids['review']}/factors/", "evidence"),
    "lesson": (lambda ids: f"/lessons/{ids['lesson']}/edit/", "response"),
    "said": (lambda ids: f"/lessons/{ids['lesson']}/", "line"),
}


@pytest.mark.parametrize("name", FORMS)
def test_it_stands_in_every_form_without_a_fault(
    own: House, reception: Reception, name: str
) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    address, field = FORMS[name]
    asked = write(visitor, address(own.ids), field, HARSH)
    control = visitor.page.locator(f"[name='{field}']")
    expect(asked.first).to_contain_text(QUESTION)
    if name == "factors":  # the tree stands beside this one
        assert box(asked.first)["y"] >= box(control)["bottom"]
    else:
        assert box(asked.first)["x"] > box(control)["right"]
    assert faults(visitor, once=True) == []
    settle(visitor.page)
    assert box(asked.first)["y"] >= box(control)["bottom"]
