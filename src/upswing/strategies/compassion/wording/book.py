"""The rules of one language, read from its TOML file, which says what each field means."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from upswing.phrases import AnyOf, Lists, Phrasebook

LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class Rule:
    """One question, and where it is asked. `order`: a lower one has a line before a higher one.

    `catches` and `misses` are sentences that the tests hold the rule to.
    """

    id: str
    kind: str
    name: str
    question: str
    source: str
    order: int
    in_questions: bool
    not_after: AnyOf
    not_before: AnyOf
    unless: AnyOf
    catches: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True)
class Saying:
    """How somebody else's words are told apart: by a verb that is not one's own."""

    anybody: re.Pattern[str]
    oneself: re.Pattern[str]


@dataclass(frozen=True)
class Book:
    """Everything about one language."""

    rules: tuple[Rule, ...]
    phrases: Phrasebook[Rule]
    never_after: AnyOf
    saying: Saying
    stop_words: frozenset[str]


@cache
def book(language: str) -> Book:
    """The rules of `language`, one of LANGUAGES."""
    read = tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text("utf-8"))
    lists: Lists = read["words"]
    rules = [_rule(order, each, lists) for order, each in enumerate(read["rule"])]
    phrases = [
        (phrase, rule)
        for rule, each in zip(rules, read["rule"], strict=True)
        for phrase in each["patterns"]
    ]
    return Book(
        rules=tuple(rules),
        phrases=Phrasebook(phrases, lists),
        never_after=AnyOf(read["never_after"], lists),
        saying=_saying(read),
        stop_words=frozenset(read["stop_words"]),
    )


def _rule(order: int, read: Mapping[str, Any], lists: Lists) -> Rule:
    return Rule(
        id=read["id"],
        kind=read["kind"],
        name=read["name"],
        question=read["question"],
        source=read["source"],
        order=order,
        in_questions=read.get("in_questions", True),
        not_after=AnyOf(read.get("not_after", ()), lists),
        not_before=AnyOf(read.get("not_before", ()), lists),
        unless=AnyOf(read.get("unless", ()), lists),
        catches=tuple(read["catches"]),
        misses=tuple(read["misses"]),
    )


def _saying(read: Mapping[str, Any]) -> Saying:
    """“said” by anybody; and by oneself: with one's own word right before or right after it."""
    said = "|".join(map(re.escape, read["said"]))
    before, after = ("|".join(map(re.escape, read[name])) for name in ("own_before", "own_after"))
    own = rf"(?<!\w)(?:{before})[ \t]+(?:{said})\b|\b(?:{said})[ \t]+(?:{after})\b"
    return Saying(
        anybody=re.compile(rf"\b(?:{said})\b", re.IGNORECASE),
        oneself=re.compile(own, re.IGNORECASE),
    )
