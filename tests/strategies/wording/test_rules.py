"""Each rule with what it must catch and what it must not."""

from __future__ import annotations

import pytest

from upswing.strategies.compassion.wording.book import LANGUAGES, Rule, book
from upswing.strategies.compassion.wording.marking import marks

RULES = [(language, rule) for language in LANGUAGES for rule in book(language).rules]
CATCHES = [(language, rule, text) for language, rule in RULES for text in rule.catches]
MISSES = [(language, rule, text) for language, rule in RULES for text in rule.misses]
KINDS = {"label", "should", "always", "feel", "hindsight", "mind"}


def named(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)


@pytest.mark.parametrize(("language", "rule", "text"), CATCHES, ids=named)
def test_it_catches(language: str, rule: Rule, text: str) -> None:
    assert [mark.rule.id for mark in marks(text, language)] == [rule.id]


@pytest.mark.parametrize(("language", "rule", "text"), MISSES, ids=named)
def test_it_stays_away(language: str, rule: Rule, text: str) -> None:
    assert marks(text, language) == []


@pytest.mark.parametrize(("language", "rule"), RULES, ids=named)
def test_a_rule_asks_and_names_its_source(language: str, rule: Rule) -> None:
    assert rule.question.endswith("?")
    assert rule.source.startswith("evidence.md")
    assert len(rule.catches) >= 2
    assert len(rule.misses) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_all_six_kinds(language: str) -> None:
    assert {rule.kind for rule in book(language).rules} == KINDS


NEVER = ("I studied until two.", "This deadline is killing me.", "a must-have", "Mustard, always.")
NIE = ("Ich habe studiert.", "Diese Frist bringt mich um.", "Ein Muss.", "Immergrün im Garten.")


@pytest.mark.parametrize("text", NEVER)
def test_english_words_inside_of_others_are_no_words(text: str) -> None:
    assert marks(text, "en") == []


@pytest.mark.parametrize("text", NIE)
def test_german_words_inside_of_others_are_no_words(text: str) -> None:
    assert marks(text, "de") == []
