"""Which words of a text are somebody else's: quoted, or code. Pure.

A Markdown block quote is; so are words in quotation marks with a verb of saying right before or
after them, unless the person says so of themselves (“I said”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from upswing.strategies.compassion.wording.book import Saying

NOTHING = "\x00"  # stands in for a sign of somebody else's words; no word and no space
CODE = re.compile(
    r"^[ \t]{0,3}(```+|~~~+)[^\n]*(?:\n.*?)??(?:^[ \t]{0,3}\1[ \t]*$|\Z)|`[^`\n]+`", re.M | re.S
)
BLOCK_QUOTE = re.compile(r"^[ \t]{0,3}>[^\n]*", re.MULTILINE)
QUOTED = re.compile(r"„[^„“”\n]*[“”]|“[^“”\n]*”|»[^»«\n]*«|«[^»«\n]*»|\"[^\"\n]*\"")
SENTENCE_BEFORE = re.compile(r"[^.!?;\n]*\Z")
WORDS_BEFORE = re.compile(r"[^.!?;\n\"„“”»«]*\Z")
WORDS_AFTER = re.compile(r"[,.]?(?:[ \t]+[\w'’-]+){0,4}")
REACH = 160  # signs; no sentence is followed further


def without(text: str, saying: Saying) -> str:
    """The text with somebody else's words blanked, sign by sign, so that every place stays."""
    for start, end in (*_spans(CODE, text), *_spans(BLOCK_QUOTE, text), *_told(text, saying)):
        text = text[:start] + NOTHING * (end - start) + text[end:]
    return text


def reported(before: str, saying: Saying) -> bool:
    """Whether what follows `before` in its sentence is told as somebody else's words."""
    said = sum(1 for _ in saying.anybody.finditer(before))
    return said > sum(1 for _ in saying.oneself.finditer(before))


def sentence_before(text: str, place: int) -> str:
    """What stands before `place` in its sentence."""
    found = SENTENCE_BEFORE.search(text[max(0, place - REACH) : place])
    return found[0] if found else ""


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(text):
        yield found.span()


def _told(text: str, saying: Saying) -> Iterator[tuple[int, int]]:
    for quoted in QUOTED.finditer(text):
        before = WORDS_BEFORE.search(text[max(0, quoted.start() - REACH) : quoted.start()])
        after = WORDS_AFTER.match(text, quoted.end())
        if any(near and reported(near[0], saying) for near in (before, after)):
            yield quoted.span()
