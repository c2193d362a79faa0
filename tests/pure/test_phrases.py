"""Phrases: what each sign in them means, and that no text makes the search slow."""

from __future__ import annotations

import time

import pytest

from upswing.phrases import AnyOf, Phrasebook, PhraseError, compiled

LISTS = {"who": ["they", "my (boss|team)"]}


def found(phrase: str, text: str) -> list[str]:
    book = Phrasebook([(phrase, "it")], LISTS)
    return [text[one.start : one.end] for one in book.find(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("I must", "Today I must go.", ["I must"]),
        ("must", "mustard, must-have, musty", []),
        ("I (can't|cannot) win", "I can’t win. I CANNOT win. I cant win.",
         ["I can’t win", "I CANNOT win", "I cant win"]),
        ("I [just] fail", "I fail, I just fail", ["I fail", "I just fail"]),
        ("{who} think", "they think; my boss think", ["they think", "my boss think"]),
        ("such a <2> fool", "such a big old fool, such a fool", ["such a big old fool",
                                                                 "such a fool"]),
        ("such a <1> fool", "such a big old fool", []),
        ("I fail*", "I failed and I failing", ["I failed", "I failing"]),
        ("I *ed", "I laughed", ["I laughed"]),
        ("für mich", "fuer mich, für mich, fu\u0308r mich", ["fuer mich", "für mich",
                                                             "fu\u0308r mich"]),
        ("I am it", "I **am** it", ["I **am** it"]),
        ("I am it", "I am\nit", []),
    ],
)  # fmt: skip
def test_a_phrase_is_found(phrase: str, text: str, words: list[str]) -> None:
    assert found(phrase, text) == words


@pytest.mark.parametrize("phrase", ["(a|b", "a)", "[a]", "ab*", "*ed", "[so] <2>"])
def test_a_phrase_that_cannot_be_looked_up_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        Phrasebook([(phrase, None)], LISTS)


def test_a_pattern_finds_whole_words_anywhere() -> None:
    either = AnyOf(["not", "{who} say"], LISTS)

    assert not either.anywhere("nothing, knot")
    assert either.anywhere("as they say")
    assert either.at("as they say", 3)
    assert not either.at("as they say", 0)
    assert not AnyOf([], LISTS).anywhere("anything")


def test_a_phrase_knows_how_its_first_word_can_begin() -> None:
    assert compiled("(über|so) mich", LISTS).keys == {"übe", "ueb", "u", "so"}


def test_a_long_text_of_beginnings_is_searched_in_linear_time() -> None:
    book = Phrasebook([("I [so] [so] [so] am <5> (a|b) fool", None)], LISTS)

    def seconds(words: int) -> float:
        text = "I so so so am word " * words
        begun = time.process_time()
        list(book.find(text))
        return time.process_time() - begun

    seconds(100)
    assert seconds(8_000) < max(0.05, seconds(1_000)) * 24
