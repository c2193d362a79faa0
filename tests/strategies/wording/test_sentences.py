"""The sentences of the two TOML files: precision and recall of the marks, printed with -s."""

from __future__ import annotations

import re
import tomllib
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest

from upswing.strategies.compassion.wording.book import LANGUAGES, book
from upswing.strategies.compassion.wording.marking import language_of, marks

HERE = Path(__file__).parent
EXPECTED = re.compile(r"\{(\w+):([^{}]+)\}")
PRECISION, RECALL = 0.95, 0.9  # of all sentences
FRESH_PRECISION, FRESH_RECALL = 0.8, 0.6  # of those that were written after the rules
PARTS = ("tuned", "more", "fresh")


@dataclass(frozen=True)
class Sentence:
    """A sentence without its braces, and the spans of its expected marks by kind."""

    text: str
    expected: tuple[tuple[str, int, int], ...]

    @classmethod
    def read(cls, written: str) -> Sentence:
        spans, text, place = [], "", 0
        for found in EXPECTED.finditer(written):
            text += written[place : found.start()]
            spans.append((found[1], len(text), len(text) + len(found[2])))
            text, place = text + found[2], found.end()
        return cls(text + written[place:], tuple(spans))


@dataclass
class Tally:
    """What was found of what was expected."""

    hits: int = 0
    found: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.found

    @property
    def recall(self) -> float:
        return self.hits / self.expected


def sentences(language: str, part: str) -> list[Sentence]:
    read = tomllib.loads((HERE / f"{language}.toml").read_text("utf-8"))
    return [Sentence.read(written) for written in read[part]]


def tally(language: str, part: str) -> Tally:
    """A mark is a hit where its kind is the expected one and its words overlap."""
    told = Tally()
    for sentence in sentences(language, part):
        left = list(sentence.expected)
        told.expected += len(left)
        for mark in marks(sentence.text, language):
            told.found += 1
            fits = [
                (kind, start, end)
                for kind, start, end in left
                if kind == mark.rule.kind and mark.start < end and start < mark.end
            ]
            if fits:
                told.hits += 1
                left.remove(fits[0])
            else:
                print(f"  too much [{mark.rule.id}] {sentence.text!r}")
        for kind, start, end in left:
            print(f"  missed [{kind}] {sentence.text[start:end]!r}")
    return told


def everything(language: str) -> list[Sentence]:
    return [each for part in PARTS for each in sentences(language, part)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_at_least_200_sentences_each_of_them_once(language: str) -> None:
    texts = [each.text for each in everything(language)]

    assert len(texts) >= 200
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_precision_and_recall_hold(language: str) -> None:
    told = {part: tally(language, part) for part in PARTS}
    told["all"] = Tally(*(sum(column) for column in zip(*map(astuple, told.values()), strict=True)))

    for part, one in told.items():
        print(f"{language} {part}: precision {one.precision:.2f}, recall {one.recall:.2f}")
    assert told["all"].precision >= PRECISION
    assert told["all"].recall >= RECALL
    assert told["fresh"].precision >= FRESH_PRECISION
    assert told["fresh"].recall >= FRESH_RECALL


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_expected_somewhere(language: str) -> None:
    expected = {kind for each in everything(language) for kind, _, _ in each.expected}

    assert expected == {rule.kind for rule in book(language).rules}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_a_sentence_is_told_by_its_small_words(language: str) -> None:
    told = [language_of(each.text, "") for each in everything(language)]
    others = [each for each in told if each not in (language, "")]

    assert len(others) <= len(told) * 0.02
    assert told.count(language) >= len(told) * 0.9
