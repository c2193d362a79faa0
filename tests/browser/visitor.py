"""A visitor: one browser profile in front of a house, and what must not happen to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    WebError,
)

from browser.house import ZONE, House

# What is sent while the worker ends gets no answer: the browser says so, and so does htmx.
CUT_OFF = re.compile("ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|htmx:sendError")
# The browser itself notes each answer of these kinds; the page that it shows says what is wrong.
NOTED = re.compile(r"Failed to load resource: .* status of (404|422|423|503) ")


@dataclass
class Visitor:
    """Looks at one house. `troubles` gathers foreign requests and errors; tests end without any.

    `forgiven`: the errors that a test brings about itself.
    """

    house: House
    context: BrowserContext
    page: Page
    troubles: list[str] = field(default_factory=list)
    forgiven: re.Pattern[str] = re.compile("no such error")

    def watch(self) -> None:
        """Begin to gather troubles."""
        self.context.on("request", self._request)
        self.context.on("console", self._console)
        self.context.on("weberror", self._error)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.house.origin}/", "data:")):
            self.troubles.append(f"request to {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        noted = NOTED.match(message.text) or self.forgiven.search(message.text)
        if message.type in ("error", "warning") and not noted:
            self.troubles.append(message.text)

    def _error(self, error: WebError) -> None:
        self.troubles.append(str(error.error))

    def goto(self, path: str = "/") -> None:
        self.page.goto(self.house.origin + path)

    @property
    def path(self) -> str:
        """Where the visitor is, without the host and what follows a question mark."""
        return self.page.url.removeprefix(self.house.origin).partition("?")[0]

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("heading", name=name)

    def field(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_label(name)

    def press_access_key(self, letter: str) -> None:
        """Alt and a letter. Playwright's own keyboard leaves out what access keys are found by."""
        session = self.context.new_cdp_session(self.page)
        pressed = {"type": "keyDown", "modifiers": 1, "key": letter, "unmodifiedText": letter}
        session.send("Input.dispatchKeyEvent", pressed)
        session.detach()

    def come_in(self) -> None:
        """Type the code that the terminal shows."""
        self.goto()
        self.field("Code from the terminal").fill(self.house.code or self.house.new_code())
        self.house.code = ""
        self.button("Come in").click()
        self.page.wait_for_url(re.compile(r"/(begin|unlock|first-hour)/$|:\d+/$"))


class Reception:
    """Makes visitors, and at the end asks all of them for their troubles."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.visitors: list[Visitor] = []

    def visitor(
        self, house: House, *, inside: bool = True, watched: bool = True, **options: Any
    ) -> Visitor:
        """A new browser profile; `inside`: let in already. `options` go to Playwright.

        It stands before an empty page, or where the code has led it: tests go on with `goto`.
        """
        options = {"locale": "en-GB", "timezone_id": ZONE, **options}
        state = house.keys if inside else None
        context = self.browser.new_context(storage_state=state, **options)
        context.set_default_timeout(15_000)
        visitor = Visitor(house, context, context.new_page())
        if watched:
            visitor.watch()
        self.visitors.append(visitor)
        if inside and state is None:
            visitor.come_in()
            house.keys = context.storage_state()
        return visitor

    def close(self) -> list[str]:
        """Send everybody home; all their troubles."""
        for visitor in self.visitors:
            visitor.context.close()
        return [trouble for visitor in self.visitors for trouble in visitor.troubles]
