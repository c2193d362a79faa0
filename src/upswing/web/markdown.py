"""Markdown as people write it, made into HTML that cannot do anything."""

from __future__ import annotations

import re
from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "li", "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


@cache
def _renderer(breaks: bool) -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "breaks": breaks})
    return renderer.enable(["table", "strikethrough"]).disable("image")


def html(text: str, *, breaks: bool = True) -> SafeString:
    """`text` rendered and cleaned: no raw HTML, no images from elsewhere, no scripts, no styles.

    `breaks`: a line that ends, ends on the page too, as people expect of their own writing.
    """
    clean = nh3.clean(
        _renderer(breaks).render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 - cleaned by nh3 above


MARKS = re.compile(
    r"^\s{0,3}(?:(?:#{1,6}|[-*+>]|\d{1,3}[.)])\s+)+|\*\*|__|~~|`+"
    r"|(?<!\w)[*_](?=\w)|(?<=[\w.,;!?])[*_](?!\w)",
    re.MULTILINE,
)
LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\s]{1,500}\)")


def plain(text: str) -> str:
    """A short stretch of `text` without the signs that mark it up, for lists."""
    return MARKS.sub("", LINK.sub(r"\1", text))
