"""The heading of a text that has no title: its own first line. Pure."""

from __future__ import annotations

import re

LONGEST, CUT = 120, 70
ATX = re.compile(r"^#{1,6}\s+|\s#+\s*$")
MARKED = re.compile(r"[-*+>|`~_=\[<]|\d+[.)]\s")  # a list, a quotation, code, a table
SIGNS = re.compile(r"^(?:[-*+>|`~_=\[<]|\d+[.)]\s|\s)+")
UNDERLINE = re.compile(r"\s*(=+|-+|\|.*)\s*$")


def opening(title: str, body: str) -> tuple[str, str]:
    """The heading, and the text under it, which does not repeat a line that is the heading."""
    if title:
        return title, body
    line, _, rest = body.strip().partition("\n")
    plain = ATX.sub("", line).strip()
    underlined = rest.strip() and UNDERLINE.match(rest.partition("\n")[0])
    if MARKED.match(plain) or underlined or len(plain) > LONGEST:
        return _short(plain), body
    return plain, rest


def _short(line: str) -> str:
    """The beginning of a line, cut between words, without the signs that mark it up."""
    words = SIGNS.sub("", line).strip("*_`| ")
    if len(words) <= LONGEST:
        return words
    space = words.rfind(" ", 0, CUT)
    return words[: space if space > 0 else CUT] + " …"
