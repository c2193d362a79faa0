"""Rules of journal and check-in. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from upswing.errors import RuleError, all_at_once
from upswing.record.rules import readable, tag_name

HASHTAG = re.compile(r"(?<![\w#&/])#([^\W\d_][\w-]*)")
WITH = "written with"  # the relation of a check-in to the entry it was made beside
LEEWAY = timedelta(minutes=5)  # clocks of two devices differ

# The circumplex of feelings (Russell 1980): unpleasant to pleasant, quiet to stirred.
FEELINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "stirred": (
        "unpleasant and stirred",
        ("angry", "anxious", "ashamed", "frustrated", "hurt", "jealous", "overwhelmed", "restless"),
    ),
    "heavy": (
        "unpleasant and quiet",
        ("sad", "empty", "lonely", "tired", "discouraged", "numb", "guilty", "disappointed"),
    ),
    "lively": (
        "pleasant and stirred",
        ("hopeful", "curious", "proud", "excited", "determined", "amused", "inspired", "surprised"),
    ),
    "calm": (
        "pleasant and quiet",
        ("calm", "grateful", "relieved", "content", "safe", "rested", "trusting", "close"),
    ),
}
KNOWN = {word for _, words in FEELINGS.values() for word in words}
SCALES = ("mood", "energy", "stress")


def hashtags(text: str) -> list[str]:
    """The #words in `text` as tags, each once."""
    composed = unicodedata.normalize("NFC", text)
    return list(dict.fromkeys(tag_name(word) for word in HASHTAG.findall(composed)))


def scales(values: Mapping[str, int | None]) -> None:
    """Check that every scale that is given lies in 1-10."""
    with all_at_once() as ask:
        for name, value in values.items():
            ask(_scale, name, value)


def _scale(name: str, value: int | None) -> None:
    if value is not None and not 1 <= value <= 10:
        raise RuleError(name, f"{name.capitalize()} goes from 1 to 10.")


def feelings(words: Iterable[str]) -> list[str]:
    """Feeling words in lower case, each once; own words are welcome."""
    read = [readable("feelings", word) for word in words]
    chosen = list(dict.fromkeys(" ".join(word.lower().split()) for word in read if word.strip()))
    if any(len(word) > 40 for word in chosen):
        raise RuleError("feelings", "A feeling word has up to 40 characters.")
    if len(chosen) > 20:
        raise RuleError("feelings", "Up to 20 feeling words fit on one check-in.")
    return chosen


def lived(happened_at: datetime | None, now: datetime) -> None:
    """Refuse moments that are still to come."""
    if happened_at is not None and happened_at > now + LEEWAY:
        raise RuleError("happened_at", "That moment is still to come.")


def summary(mood: int | None, energy: int | None, stress: int | None, words: list[str]) -> str:
    """A check-in in one line: "Mood 4 · energy 3 · tired, ashamed"."""
    numbers = zip(SCALES, (mood, energy, stress), strict=True)
    parts = [f"{name} {value}" for name, value in numbers if value is not None]
    if words:
        parts.append(", ".join(words))
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]
