"""A disk that fills up while somebody writes: the words stay on the page, and are kept later."""

from __future__ import annotations

import re
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser import look
from browser.house import House
from browser.visitor import Reception
from upswing.record import trouble

pytestmark = [
    pytest.mark.solo,
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are Linux's"),
]

WORDS = "They filled the role inside. I had hoped for it more than I said."
SMALL = 4096  # bytes; every file of the vault is longer


@contextmanager
def no_room(house: House) -> Iterator[None]:
    """No file that the page's worker writes may be longer than SMALL."""
    assert house.server
    server = house.server.pid
    workers = map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())
    before = {one: resource.prlimit(one, resource.RLIMIT_FSIZE) for one in workers}
    assert before
    for one, (_, most) in before.items():
        resource.prlimit(one, resource.RLIMIT_FSIZE, (SMALL, most))
    try:
        yield
    finally:
        for one, limits in before.items():
            resource.prlimit(one, resource.RLIMIT_FSIZE, limits)


def test_an_entry_comes_back_with_its_words_and_is_kept_once_there_is_room(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    visitor.goto("/journal/new/")
    visitor.field(re.compile("^Text")).fill(WORDS)
    with no_room(own):
        visitor.button("Keep it").click()
        alert = visitor.page.get_by_role("alert")
        expect(alert).to_contain_text(re.compile(re.escape(trouble.FAILING[:20])))
        expect(visitor.field(re.compile("^Text"))).to_have_value(WORDS)
        assert look.faults(visitor) == []
    visitor.button("Keep it").click()
    expect(visitor.page.get_by_role("status")).to_contain_text("Kept.")
    visitor.goto("/journal/")
    expect(visitor.page.locator("main").get_by_text(WORDS[:28])).to_have_count(1)


def test_a_button_without_words_says_so_on_a_page_of_its_own(
    own: House, reception: Reception
) -> None:
    visitor = reception.visitor(own, reduced_motion="reduce")
    visitor.goto(f"/journal/{own.ids['entry']}/")
    with no_room(own):
        visitor.button("Move to the trash").click()
        expect(visitor.heading("That could not be done now")).to_be_visible()
        assert look.faults(visitor, once=True) == []
    visitor.page.go_back()
    visitor.button("Move to the trash").click()
    expect(visitor.page.get_by_role("status")).to_contain_text("Moved to the trash.")
