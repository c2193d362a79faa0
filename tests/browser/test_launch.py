"""Being let in: by the code of the terminal, by the launch file, and nobody without either."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.house import House
from browser.visitor import Reception
from upswing.web import supervisor

pytestmark = [pytest.mark.solo, pytest.mark.browser]


def test_the_code_opens_once(filled: House, reception: Reception) -> None:
    code = filled.new_code()
    first = reception.visitor(filled, inside=False)
    first.goto("/journal/")
    assert first.path == "/launch/"
    first.field("Code from the terminal").fill(code.lower())
    first.button("Come in").click()
    expect(first.link("Journal")).to_be_visible()

    second = reception.visitor(filled, inside=False)
    second.goto("/")
    second.field("Code from the terminal").fill(code)
    second.button("Come in").click()
    expect(second.page.get_by_role("alert")).to_contain_text("does not fit any more")
    expect(second.page.get_by_role("alert")).to_be_focused()
    assert second.link("Journal").count() == 0


def launched(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.wait_for_url(re.compile(r"^http://"))


def test_the_launch_file_opens_once(filled: House, reception: Reception, tmp_path: Path) -> None:
    file = supervisor._launch_file(filled.paths.runtime, filled.host)
    assert file.stat().st_mode & 0o777 == 0o600
    stolen = tmp_path / "stolen.html"
    shutil.copy(file, stolen)

    visitor = reception.visitor(filled, inside=False, watched=False)  # a file is foreign
    launched(visitor.page, file)
    visitor.page.wait_for_url(f"{filled.origin}/")
    expect(visitor.heading("How is it now?")).to_be_visible()
    assert not file.exists()
    cookies = {cookie["name"]: cookie for cookie in visitor.context.cookies()}
    for name in ("upswing_launch", "upswing_session"):
        assert cookies[name].get("httpOnly"), name
        assert cookies[name].get("sameSite") == "Strict", name
        assert cookies[name].get("expires") == -1, name

    again = reception.visitor(filled, inside=False, watched=False)
    launched(again.page, stolen)
    expect(again.page.get_by_role("alert")).to_contain_text("does not fit any more")
