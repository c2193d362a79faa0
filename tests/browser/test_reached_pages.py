"""Pages that one reaches by doing something, empty pages, and pages that say what went wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from browser.house import PASSPHRASE, House
from browser.look import faults
from browser.visitor import CUT_OFF, Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]

DATA = Path(__file__).parents[1] / "exchange" / "data"


@pytest.fixture
def still(chromium: Browser) -> Iterator[Reception]:
    """Visitors for whom nothing moves, so that colours are settled when they are measured."""
    reception = Reception(chromium)
    yield reception
    assert reception.close() == []


def fresh(visitor: Visitor, house: House) -> Iterator[str]:
    """From the code to the first hour, in a house where nothing is yet; stops at each page."""
    visitor.goto("/")
    yield "launch"
    visitor.field("Code from the terminal").fill("AAAA-AAAA")
    visitor.button("Come in").click()
    yield "launch, wrong code"
    visitor.field("Code from the terminal").fill(house.code)
    visitor.button("Come in").click()
    expect(visitor.button("Open with this passphrase")).to_be_visible()
    yield "begin"
    visitor.field("Passphrase").fill("short")
    visitor.field("Once more").fill("other")
    visitor.button("Open with this passphrase").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    yield "begin, two passphrases"
    visitor.button("Go on without a passphrase").click()
    visitor.page.get_by_label(re.compile(r"Group \d")).first.fill("12345")
    visitor.page.get_by_label(re.compile(r"Group \d")).last.fill("12345")
    visitor.button("It is on paper").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    yield "sheet, wrong groups"
    for page in ("setbacks", "journal", "journal/?starred=1", "timeline", "search", "trash"):
        visitor.goto(f"/{page}")
        yield f"empty {page}"
    visitor.goto("/imports/")
    yield "empty imports"


def first_hour(visitor: Visitor, house: House) -> Iterator[str]:
    """The four questions."""
    visitor.goto("/first-hour/")
    visitor.field("In one sentence").evaluate("field => field.required = false")
    visitor.button("Go on").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    yield "question 1, nothing said"
    visitor.field("In one sentence").fill("The grant went to another team")
    for number in (2, 3, 4):
        visitor.button("Go on").click()
        expect(visitor.page.get_by_text(f"Question {number} of 4")).to_be_visible()
        yield f"question {number}"


def errors(visitor: Visitor, house: House) -> Iterator[str]:
    """Forms that come back, lists that found nothing, an address where nothing is."""
    for path, button in (
        ("/journal/new/", "Keep it"),
        ("/checkins/new/", "Keep it"),
        ("/imports/", "See what would come in"),
    ):
        visitor.goto(path)
        visitor.button(button).click()
        expect(visitor.page.get_by_role("alert")).to_be_focused()
        yield path
    for path in (
        "/search/?q=before:2026-02-30",
        "/search/?q=nothinglikethis",
        "/search/?q=the+heron&order=best",
        "/timeline/?year=1923",
        "/timeline/?kind=entry&tag=walking",
        "/no-such-page/",
        f"/journal/?done=trashed&undo={house.ids['trashed']}",
    ):
        visitor.goto(path)
        yield path


def importing(visitor: Visitor, house: House) -> Iterator[str]:
    """A file laid down, looked at, and brought in while one watches."""
    visitor.goto("/imports/")
    visitor.field("The file").set_input_files(DATA / "encrypted-v3.txt")
    visitor.button("See what would come in").click()
    expect(visitor.page.get_by_role("alert")).to_be_focused()
    yield "refused"
    visitor.field("The file").set_input_files(DATA / "german.txt")
    visitor.button("See what would come in").click()
    expect(visitor.page.get_by_role("alert")).to_be_focused()
    yield "dates of an unknown format"
    line = FilePayload(name="one.txt", mimeType="text/plain", buffer=b"[2020-02-03 08:00] Rain.\n")
    visitor.field("The file").set_input_files(line)
    visitor.button("See what would come in").click()
    expect(visitor.heading("This would come in")).to_be_visible()
    yield "plan"
    with house.writing():
        visitor.button("Bring them in").click()
        expect(visitor.heading("Bringing them in")).to_be_visible()
        yield "progress"
    expect(visitor.heading("one.txt")).to_be_visible()
    yield "report"


def keeping(visitor: Visitor, house: House) -> Iterator[str]:
    """A backup, and forms about the vault that come back."""
    visitor.goto("/settings/backups/")
    visitor.button("Make one now").click()
    expect(visitor.link("Download").first).to_be_visible()
    yield "backups"
    for path, button in (
        ("/exports/", "Take it out"),
        ("/settings/key/", "Give it a new key"),
        ("/settings/passphrase/", "Set it"),
    ):
        visitor.goto(path)
        visitor.button(button).click()
        expect(visitor.page.get_by_role("alert")).to_be_focused()
        yield path


def locked(visitor: Visitor, house: House) -> Iterator[str]:
    """The closed book: locked by hand, locked meanwhile, and a wrong passphrase."""
    visitor.goto("/journal/new/")
    visitor.field(re.compile("^Text")).fill("Half a thought")
    visitor.forgiven = CUT_OFF  # the draft, sent while the worker ends; it is resent
    house.terminal("lock")
    visitor.button("Keep it").click()
    expect(visitor.heading("It locked itself meanwhile.")).to_be_visible()
    yield "meanwhile"
    visitor.goto("/care/")
    yield "care, locked"
    visitor.goto("/no-such-page/")
    yield "unlock"
    visitor.field("Passphrase").fill("something else entirely")
    visitor.button("Open it").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    yield "unlock, wrong passphrase"
    visitor.field("Passphrase").fill(PASSPHRASE)
    visitor.button("Open it").click()
    expect(visitor.heading("How is it now?")).to_be_visible()
    yield "today, with a draft"
    visitor.goto("/journal/new/")
    yield "write, with a draft"
    visitor.button("Lock").click()
    expect(visitor.heading("It is locked.")).to_be_visible()
    yield "lock"


Walk = Callable[[Visitor, House], Iterator[str]]


@pytest.mark.parametrize(
    ("kind", "walk"),
    [
        ("empty", fresh),
        ("filled", first_hour),
        ("filled", errors),
        ("filled", importing),
        ("filled", keeping),
        ("guarded", locked),
    ],
)
def test_pages_on_the_way(
    request: pytest.FixtureRequest, still: Reception, kind: str, walk: Walk
) -> None:
    house = request.getfixturevalue(kind)
    visitor = still.visitor(house, inside=kind != "empty", reduced_motion="reduce")
    found = {name: wrong for name in walk(visitor, house) if (wrong := faults(visitor, once=True))}
    assert found == {}
