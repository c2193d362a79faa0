"""What comes out of the printer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.house import House
from browser.visitor import Reception

pytestmark = [pytest.mark.solo, pytest.mark.browser]


def test_the_recovery_sheet_is_one_page_without_the_forms(
    filled: House, reception: Reception
) -> None:
    visitor = reception.visitor(filled, color_scheme="dark")
    page = visitor.page
    visitor.goto("/sheet/")
    expect(visitor.button("It is on paper")).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    groups = page.locator(".groups li")
    expect(groups).to_have_count(8)
    for group in groups.all():
        expect(group).to_be_visible()
        expect(group).to_have_text(re.compile(r"^[0-9A-Z]{5}$"))
    for hidden in ("form", "nav", "button", "header.top", "footer"):
        assert page.locator(hidden).locator("visible=true").count() == 0, hidden
    colours = groups.first.evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf())) == 1
