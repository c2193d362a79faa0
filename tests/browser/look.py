"""Looking a page over: axe's rules of WCAG 2.2 A and AA in both themes; no sideways scrolling."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from browser.visitor import Visitor

Theme = Literal["light", "dark"]
Rules = Mapping[str, object]

AXE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The whole of it once, and again only those rules whose answer another theme or width can change.
EVERYTHING = {"type": "tag", "values": TAGS}
COLOUR = ["color-contrast", "link-in-text-block"]
OF_COLOUR = {"type": "rule", "values": COLOUR}
SHOWN = ["target-size", "scrollable-region-focusable", "svg-img-alt", "link-name"]
OF_WIDTH = {"type": "rule", "values": [*COLOUR, *SHOWN]}
WIDE, NARROW, NARROWEST = 1280, 390, 320
RUN = """
async (chosen) => {
  const options = { runOnly: chosen, resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}
"""
SIDEWAYS = "document.scrollingElement.scrollWidth - innerWidth"


def faults(visitor: Visitor, *, once: bool = False) -> list[str]:
    """What is wrong with the page that the visitor has open.

    `once`: axe looks at one width only, for another state of a page whose layout is known.
    """
    page = visitor.page
    page.evaluate(AXE)  # by the debugger, so that the page's own rules against scripts stay on
    found = [
        *_at(page, NARROWEST, {}),
        *_at(page, WIDE, {} if once else {"light": OF_WIDTH, "dark": OF_COLOUR}),
        *_at(page, NARROW, {"dark": OF_COLOUR, "light": EVERYTHING}),
    ]
    if page.locator("a[accesskey=c]").locator("visible=true").count() != 1:
        found.append("no way to Care")
    troubles, visitor.troubles = visitor.troubles, []
    return found + troubles


def _at(page: Page, width: int, themes: Mapping[Theme, Rules]) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    over = page.evaluate(SIDEWAYS)
    found = [f"{width}: {over} pixels too wide"] if over > 0 else []
    for theme, rules in themes.items():
        page.emulate_media(color_scheme=theme)
        found += [f"{width} {theme}: {fault}" for fault in page.evaluate(RUN, rules)]
    return found
