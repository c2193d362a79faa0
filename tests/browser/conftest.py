"""One Chromium for all tests of this folder, and houses for its visitors."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

import needs
from browser.house import PASSPHRASE, House, a_house
from browser.visitor import Reception

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name leads out of this machine; evil.test is the stranger of test_outsiders.py.
    "--host-resolver-rules=MAP evil.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1,"
    " EXCLUDE localhost, EXCLUDE *.localhost",
]


# Package scope, not session: while Playwright runs, its event loop stands in this thread, and
# Django refuses database work in the other tests of this worker.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser with the back-forward cache that people have and Playwright switches off."""
    browser = playwright.chromium.launch(
        executable_path=needs.browser(),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture
def reception(chromium: Browser) -> Iterator[Reception]:
    """Visitors of one test. It fails where one asked another host, or the console saw an error."""
    reception = Reception(chromium)
    yield reception
    assert reception.close() == []


@pytest.fixture(scope="package")
def model() -> Iterator[House]:
    """A lived-in home without a passphrase, to be copied; it is never served itself."""
    with tempfile.TemporaryDirectory(prefix="up-") as name:
        house = House(Path(name))
        house.fill()
        yield house


@pytest.fixture(scope="package")
def filled(model: House) -> Iterator[House]:
    """A lived-in house that all tests share; leave it as it was found."""
    with a_house(model) as house:
        yield house


@pytest.fixture(scope="module")
def own(model: House) -> Iterator[House]:
    """A lived-in house of one module alone, whose tests may change it."""
    with a_house(model) as house:
        yield house


@pytest.fixture
def guarded(model: House) -> Iterator[House]:
    """A lived-in house that a passphrase opens, unlocked."""
    with a_house(model, passphrase=PASSPHRASE) as house:
        yield house


@pytest.fixture
def empty() -> Iterator[House]:
    """A house without a vault."""
    with a_house() as house:
        yield house
