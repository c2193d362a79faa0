"""A review by the keyboard alone, from its first page to the lesson and the paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.house import House
from browser.keyboard import tab_to
from browser.visitor import Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]


def write(page: Page, field: str, words: str) -> None:
    tab_to(page, field)
    page.keyboard.type(words)


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def rate(page: Page, number: int) -> None:
    """The scale that comes next, by its first step and the arrows."""
    tab_to(page, "0")
    page.keyboard.press("Space")
    for _ in range(number):
        page.keyboard.press("ArrowRight")


def name(visitor: Visitor, words: str, control: int) -> None:
    page = visitor.page
    write(page, "What contributed?", words)
    rate(page, control)
    press(page, "Name it")
    expect(page.locator(".chart.tree .drawn-narrow")).to_contain_text(words)


def test_from_the_setback_to_the_lesson_without_a_mouse(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    page = visitor.page
    visitor.goto(f"/setbacks/{own.ids['setback']}/stones/reviews/")
    press(page, "After-action review")
    expect(page.locator(".wait")).to_contain_text("it weighs 7 of 10")
    press(page, "Begin all the same")
    write(page, "What was it, in a few words?", "The lead post")
    rate(page, 4)
    press(page, "Go on")
    write(page, "What happened, in order?", "Announced in May.")
    press(page, "Go on")
    write(page, "What did you mean to happen?", "To be asked.")
    write(page, "What happened instead", "They asked somebody else.")
    press(page, "Go on")
    write(page, "What is one thing that worked", "We deliver on time.")
    press(page, "Go on")
    expect(page.get_by_role("alert")).to_contain_text("Two things that worked come before")
    tab_to(page, "What is a second one? ·")  # the summary leads to the field
    page.keyboard.press("Enter")
    page.keyboard.type("Petra told me early.")
    write(page, "Where were you lucky?", "The mood was good.")
    press(page, "Go on")

    expect(visitor.heading("What contributed")).to_be_visible()
    name(visitor, "I said too late", 8)
    name(visitor, "A market I do not know", 2)
    write(page, "I said too late", "90")
    page.keyboard.press("Tab")
    page.keyboard.type("40")
    press(page, "Go on")
    expect(page.get_by_role("alert")).to_contain_text("Together these are 130")
    tab_to(page, "A market I do not know")
    page.keyboard.press("Control+A")
    page.keyboard.type("10")
    press(page, "Go on")

    write(page, "Of a hundred people", "About fifteen.")
    press(page, "Go on")
    press(page, "Take a lesson")
    write(page, "When …", "a post is announced")
    write(page, "… then I will …", "tell Petra within a week")
    press(page, "Keep it")
    sentence = "When a post is announced, then I will tell Petra within a week."
    expect(page.locator("main")).to_contain_text(sentence)
    press(page, "Go on")
    rate(page, 3)
    press(page, "Keep it")
    expect(visitor.heading("The lead post")).to_be_visible()
    expect(page.locator(".chart.tree")).to_be_visible()
    _on_paper(page, sentence)


def _on_paper(page: Page, sentence: str) -> None:
    """The answers, the numbers and the lesson are on it, and nothing that asks to be pressed."""
    page.emulate_media(media="print")
    for words in ("I said too late", "90", "Petra told me early.", "in my hands (8 of 10)"):
        expect(page.get_by_text(words, exact=False).locator("visible=true").first).to_be_visible()
    expect(page.get_by_text(sentence).first).to_be_visible()
    for hidden in ("form", "nav", "button", ".button", "header.top", "footer"):
        assert page.locator(hidden).locator("visible=true").count() == 0, hidden
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf())) <= 3


def test_an_earlier_factor_is_offered_while_one_types(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    page = visitor.page
    visitor.goto("/timeline/?kind=review")
    page.get_by_role("link", name="The lead post").first.click()
    page.get_by_role("link", name="Name or weigh factors").click()
    offered = page.locator("datalist option")
    expect(offered).to_have_count(4)  # two of this review, two of earlier ones
    with page.expect_response(re.compile("/factors/names/")):
        page.get_by_label("What contributed?").press_sequentially("market")
    expect(offered).to_have_count(1)
    assert offered.get_attribute("value") == "A market I do not know"
