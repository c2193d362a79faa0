"""Whether a text holds words that call for help beside it. Pure, and on this machine alone.

It catches too much rather than too little, in every language at once, and it still misses a lot: an
empty answer means nothing about anybody. What it finds is shown at once and kept nowhere.
"""

from __future__ import annotations

import re
import tomllib
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

from upswing.phrases import Phrasebook

PANEL, IDIOM = "panel", "idioms"
BLANK = "\x00"
BARE_END = re.compile(r"(?<=\w)(?=\s*$)", re.MULTILINE)


class Sign(IntEnum):
    """What stands beside a text: nothing, one small line, or the calm panel."""

    NONE = 0
    SMALL = 1
    PANEL = 2


def sign(*texts: str) -> Sign:
    """The strongest sign in any of the texts."""
    return max((_sign(text) for text in texts), default=Sign.NONE)


@cache
def languages() -> tuple[str, ...]:
    """The languages of the file."""
    return tuple(_file())


def _sign(text: str) -> Sign:
    found, text = Sign.NONE, BARE_END.sub(".", text)
    for language in languages():
        spoken = _without_idioms(text, language)
        if next(_book(language, PANEL).find(spoken), None):
            return Sign.PANEL
        if spoken != text:
            found = Sign.SMALL
    return found


def _without_idioms(text: str, language: str) -> str:
    """The text with its ways of speaking blanked, sign by sign."""
    for found in _book(language, IDIOM).find(text):
        text = text[: found.start] + BLANK * (found.end - found.start) + text[found.end :]
    return text


@cache
def _book(language: str, part: str) -> Phrasebook[str]:
    read = _file()[language]
    phrases = [(phrase, part) for phrase in read[part]]
    return Phrasebook(phrases, read["words"])


@cache
def _file() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("signs.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
