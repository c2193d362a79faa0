"""Bringing a jrnl journal in, and taking it back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.house import House
from browser.visitor import Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]

DATA = Path(__file__).parents[1] / "exchange" / "data"
SENTENCE = "The river was quiet and so was I"


def upload(visitor: Visitor, file: Path) -> None:
    visitor.goto("/settings/")
    visitor.link("Bring in a journal").click()
    visitor.field("The file").set_input_files(file)
    visitor.button("See what would come in").click()


def journal(folder: Path, entries: int) -> Path:
    """A journal as jrnl writes it, long enough for its import to be seen under way."""
    first = datetime(2019, 1, 1, 8, tzinfo=UTC)
    moments = (first + timedelta(hours=n) for n in range(entries))
    path = folder / "river.txt"
    path.write_text("\n".join(f"[{at:%Y-%m-%d %H:%M}] {SENTENCE} #river\n" for at in moments))
    return path


def test_a_journal_comes_in_and_goes_again(
    own: House, reception: Reception, tmp_path: Path
) -> None:
    visitor = reception.visitor(own)
    page, main = visitor.page, visitor.page.locator("main")
    river = journal(tmp_path, 2000)
    upload(visitor, river)
    expect(visitor.heading("This would come in")).to_be_visible()
    expect(main).to_contain_text("Nothing is written yet.")
    assert main.locator("dt:text-is('New') + dd").inner_text() == "2\u202f000"

    visitor.button("Bring them in").click()
    expect(visitor.heading("Bringing them in")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(visitor.heading("river.txt")).to_be_visible(timeout=30_000)
    expect(main.locator(".lede")).to_contain_text("2\u202f000")
    visitor.goto("/search/?q=river")
    expect(page.locator("#count")).to_have_text(re.compile(r"^More than \d"))

    upload(visitor, river)
    expect(visitor.heading("There is nothing new in it")).to_be_visible()
    assert visitor.button("Bring them in").count() == 0

    visitor.goto("/imports/")
    visitor.link("river.txt").click()
    visitor.button("Undo this import").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    visitor.button("Take it back").click()
    expect(page.get_by_role("status").first).to_contain_text("undone")
    visitor.goto("/search/?q=river")
    expect(page.locator("#count")).to_have_text("Nothing found")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("encrypted-v3.txt", "This journal is encrypted by jrnl."),
        ("export.md", "This is jrnl's Markdown export"),
        ("../test_zones.py", "Upswing does not know this kind of file."),
    ],
)
def test_another_file_is_refused_with_a_sentence(
    filled: House, reception: Reception, name: str, sentence: str
) -> None:
    visitor = reception.visitor(filled)
    upload(visitor, DATA / name)
    summary = visitor.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(sentence)
