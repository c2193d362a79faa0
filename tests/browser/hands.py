"""Two ways to use a page: by the keyboard alone, and by its forms where no script may run."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from playwright.sync_api import Locator, Page, expect

from browser.keyboard import Stop, focused, tab_to

MOST_CHOICES = 20


def begins(words: str) -> re.Pattern[str]:
    """What begins with these words, up to the end of the last of them."""
    return re.compile(rf"^\s*{re.escape(words)}(?!\w)")


class Hands(ABC):
    """What one can do to a page. A field is known by its label, a choice by its group as well."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def arrive(self, title: str) -> None:
        """Stand before the page of that title."""
        expect(self.page.locator("h1")).to_have_text(title)

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=begins(name))

    def field(self, label: str, place: int = 0) -> Locator:
        """A field; `place` tells those with the same label from each other."""
        return self.page.get_by_label(begins(label)).nth(place)

    @abstractmethod
    def write(self, label: str, words: str, place: int = 0) -> None:
        """Write into an empty field."""

    @abstractmethod
    def choose(self, group: str, name: str) -> None:
        """Choose one of a group."""

    @abstractmethod
    def tick(self, name: str) -> None:
        """Choose one of many."""

    @abstractmethod
    def press(self, name: str) -> None:
        """Press a button or a link that leads to another page."""

    @abstractmethod
    def unfold(self, name: str) -> None:
        """Open what is folded away."""

    @abstractmethod
    def look(self, words: str) -> None:
        """Look for something of one's own, and stay on the page."""


class Keys(Hands):
    """Tab, Space, Enter and the arrows; the focus goes down the page and is seen all the way."""

    def arrive(self, title: str) -> None:
        super().arrive(title)
        tab_to(self.page, "Skip to the page")
        self.page.keyboard.press("Enter")

    def write(self, label: str, words: str, place: int = 0) -> None:
        tab_to(self.page, label)
        self.page.keyboard.type(words)

    def choose(self, group: str, name: str) -> None:
        stop = tab_to(self.page, "", group=group)
        self.page.keyboard.press("Space")
        for _ in range(MOST_CHOICES):
            if begins(name).match(stop.name):
                return
            self.page.keyboard.press("ArrowRight")
            stop = focused(self.page)
        raise AssertionError(f"No arrow leads to “{name}” of “{group}”.")

    def tick(self, name: str) -> None:
        tab_to(self.page, name)
        self.page.keyboard.press("Space")

    def press(self, name: str) -> None:
        self._enter(tab_to(self.page, name))

    def _enter(self, stop: Stop) -> None:
        assert stop.tag in ("a", "button", "input"), stop
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, name: str) -> None:
        stop = tab_to(self.page, name)
        assert stop.tag == "summary", stop
        self.page.keyboard.press("Enter")

    def look(self, words: str) -> None:
        self.write("Words to look for", words)
        self._enter(focused(self.page))  # it looks, and sends nothing else


class Forms(Hands):
    """Fields, buttons and links, as HTML alone has them."""

    def write(self, label: str, words: str, place: int = 0) -> None:
        self.field(label, place).fill(words)

    def choose(self, group: str, name: str) -> None:
        self.group(group).get_by_role("radio", name=begins(name)).check()

    def tick(self, name: str) -> None:
        self.page.get_by_role("checkbox", name=begins(name)).check()

    def press(self, name: str) -> None:
        button = self.page.get_by_role("button", name=begins(name))
        link = self.page.get_by_role("link", name=begins(name))
        with self.page.expect_navigation():
            button.or_(link).first.click()

    def unfold(self, name: str) -> None:
        self.page.locator("summary", has_text=begins(name)).click()

    def look(self, words: str) -> None:
        self.write("Words to look for", words)
        self.press("Look")
