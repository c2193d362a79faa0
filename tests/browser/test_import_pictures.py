"""A Day One export with a picture, brought in by the page as it really runs."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.house import House
from browser.test_importing import upload
from browser.visitor import Reception
from exchange.dayone_files import entry, export, photo

pytestmark = [pytest.mark.solo, pytest.mark.browser]

NOON = "The river at noon\n\nIt was quiet."
# One transparent pixel, so that the browser has something to show.
PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def test_pictures_come_in_and_are_seen(own: House, reception: Reception, tmp_path: Path) -> None:
    visitor = reception.visitor(own)
    page = visitor.page
    file = tmp_path / "export.zip"
    told = [photo(PIXEL, filename="river.gif"), photo(b"gone", "X", filename="mill.gif")]
    file.write_bytes(export(entry(1, text=NOON, photos=told), photos=[PIXEL]))
    visitor.goto("/imports/")
    upload(visitor, file)
    expect(page.locator("main")).to_contain_text("“mill.gif” is not in the export.")
    visitor.button("Bring them in").click()
    expect(visitor.heading("export.zip")).to_be_visible(timeout=30_000)
    visitor.goto("/search/?q=river+noon")
    page.locator("main").get_by_role("link", name="The river at noon").first.click()
    picture = page.locator("img[alt='river.gif']")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 1
