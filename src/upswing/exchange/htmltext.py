"""The HTML that diaries keep their text in, as Markdown. Pure.

It reads tags one after the other and never goes back, so that the time it takes grows with the
length of the text and with nothing else. What it has no Markdown for stays as its text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

# The ++ and *+ give nothing back: a tag without an end is not tried once for each of its letters.
PIECE = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)([^<>]*+)>|<[!?/][^<>]*+>|[^<]++|<[^<]*+")
HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
SILENT = {"script", "style", "head", "title", "template"}
INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "strike": "~~", "del": "~~",
          "code": "`"}  # fmt: skip
HEADINGS = {f"h{level}": f"{'#' * level} " for level in range(1, 7)}
BLOCKS = {"p", "div", "section", "article", "table", "tr", "ul", "ol", "li", "blockquote", "pre",
          *HEADINGS}  # fmt: skip
BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
GAPS = re.compile(r"\n{3,}")
MARKERS = ("- ", "1. ", "> ", "# ")
SCHEMES = ("http://", "https://", "mailto:")
DEEPEST = 8  # levels of lists that are told apart by their indent


def markdown(source: str) -> str:
    """`source`, a stretch of HTML, as Markdown."""
    writer = _Writer()
    for piece in PIECE.finditer(_without_comments(source)):
        if not piece[2]:
            writer.text("" if piece[0][:2] in ("<!", "<?", "</") else html.unescape(piece[0]))
        elif piece[1]:
            writer.end(piece[2].lower())
        else:
            writer.start(piece[2].lower(), piece[3])
    return GAPS.sub("\n\n", "".join(writer.out)).strip()


def _without_comments(source: str) -> str:
    kept, here = [], 0
    while (start := source.find("<!--", here)) >= 0:
        kept.append(source[here:start])
        end = source.find("-->", start)
        here = len(source) if end < 0 else end + 3
    return "".join(kept) + source[here:]


@dataclass
class _Writer:
    """Markdown as it is written, piece by piece.

    silent: the tag inside which nothing is text; lists: the marker of each open list; links: where
    each open link leads; kept: whether blanks count.
    """

    out: list[str] = field(default_factory=list)
    silent: str = ""
    lists: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    kept: bool = False

    def text(self, words: str) -> None:
        """Take a stretch of text."""
        if self.silent:
            return
        words = words if self.kept else BLANKS.sub(" ", words)
        self._put(words.lstrip() if self._at_start() and not self.kept else words)

    def _put(self, words: str) -> None:
        if words:
            self.out.append(words)

    def _at_start(self) -> bool:
        return not self.out or self.out[-1].endswith(("\n", *MARKERS))

    def start(self, tag: str, attributes: str) -> None:
        """Take the tag that begins something."""
        if self.silent:
            return
        if tag in SILENT:
            self.silent = tag
        elif tag in ("br", "hr"):
            self._put("\n" if tag == "br" else "\n\n---\n\n")
        elif tag == "a":
            self._link(attributes)
        elif tag in BLOCKS:
            self._block(tag)
        else:
            self._put(INLINE.get(tag, ""))

    def _link(self, attributes: str) -> None:
        match = HREF.search(attributes)
        href = html.unescape(next(filter(None, match.groups()), "")) if match else ""
        usable = href.startswith(SCHEMES) and not set(href) & set(" ()<>\n")
        self.links.append(href if usable else "")
        self._put("[" if usable else "")

    def _block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.lists.append("- " if tag == "ul" else "1. ")
            return
        if not (self.out and self.out[-1].endswith(MARKERS)):
            self._put("\n" if tag in ("li", "tr") else "\n\n")
        self.kept = self.kept or tag == "pre"
        self._put(self._mark(tag))

    def _mark(self, tag: str) -> str:
        if tag == "li":
            indent = "  " * min(max(0, len(self.lists) - 1), DEEPEST)
            return indent + (self.lists[-1] if self.lists else "- ")
        return {"blockquote": "> ", "pre": "```\n", **HEADINGS}.get(tag, "")

    def end(self, tag: str) -> None:
        """Take the tag that ends something."""
        if self.silent:
            self.silent = "" if tag == self.silent else self.silent
        elif tag == "a":
            href = self.links.pop() if self.links else ""
            self._put(f"]({href})" if href else "")
        elif tag in ("ul", "ol"):
            self.lists = self.lists[:-1]
            self._put("" if self.lists else "\n\n")
        elif tag in BLOCKS:
            self._end_block(tag)
        else:
            self._put(self._closed(INLINE.get(tag, "")))

    def _end_block(self, tag: str) -> None:
        if tag == "pre":
            self.kept = False
            self._put("\n```")
        if tag not in ("li", "tr") and not self.lists:
            self._put("\n\n")

    def _closed(self, mark: str) -> str:
        """The mark that ends what is bold or slanted; nothing where nothing stands between."""
        if mark and self.out and self.out[-1] == mark:
            self.out.pop()
            return ""
        return mark
