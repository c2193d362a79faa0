"""Walking a page with Tab alone, as somebody does who has no mouse."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

FURTHEST = 400

# What has the focus, in words, and whether one can see that it has it: by an outline on the
# element, on the word beside a hidden radio, or by the ring around a stone. The button that opens a
# calendar lies inside its field; no script can look at it, and the browser draws its outline.
FOCUSED = """
() => {
  const element = document.activeElement;
  const outlined = (one) => {
    const style = one && getComputedStyle(one);
    return Boolean(style) && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const ring = element.querySelector?.(".ring");
  const ringed = Boolean(ring) && getComputedStyle(ring).stroke !== "none";
  const calendar = ["date", "datetime-local"].includes(element.type);
  const labelled = element.labels?.[0]?.innerText;
  const box = element.getBoundingClientRect();
  return {
    tag: element.localName,
    group: (element.closest("fieldset")?.querySelector("legend")?.innerText ?? "").trim(),
    name: (element.ariaLabel ?? labelled ?? element.textContent).trim().replace(/\\s+/g, " "),
    seen: outlined(element) || outlined(element.nextElementSibling) || ringed || calendar,
    shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}
"""

TO_THE_TOP = """
() => {
  const top = document.createElement("span");
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
  scrollTo(0, 0);
}
"""


@dataclass(frozen=True)
class Stop:
    """Where the focus is: tag and words, whether it is marked, whether it is on the screen.

    group: the words above the choices to which it belongs.
    """

    tag: str
    name: str
    group: str
    seen: bool
    shown: bool


def focused(page: Page) -> Stop:
    return Stop(**page.evaluate(FOCUSED))


def tab_to(page: Page, name: str, *, group: str = "") -> Stop:
    """Press Tab until the focus is on the element whose words begin with `name`, in that group."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        stop = focused(page)
        assert stop.tag == "body" or (stop.seen and stop.shown), f"The focus is not seen: {stop}"
        there = stop.name.startswith(name) and stop.group.startswith(group)
        if there and stop.tag != "body":
            return stop
    raise AssertionError(f"No Tab leads to “{name or group}”.")


def stops(page: Page) -> list[Stop]:
    """Every stop of Tab on this page, until it leaves the page."""
    page.evaluate(TO_THE_TOP)
    found: list[Stop] = []
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        stop = focused(page)
        if stop.tag == "body":
            return found
        found.append(stop)
    raise AssertionError(f"Tab does not leave the page: {[stop.name for stop in found[-5:]]}")
