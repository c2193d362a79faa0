"""Words beside which help stands: nothing of the first list may be missed."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from upswing.care.hints import may_mean_more
from upswing.care.signs import Sign, languages, sign

READ = tomllib.loads(Path(__file__).with_name("signs.toml").read_text("utf-8"))


def sentences(part: str) -> list[str]:
    return [text for language in READ.values() for text in language[part]]


def test_every_language_of_the_file_has_its_sentences() -> None:
    assert set(languages()) == set(READ)


@pytest.mark.parametrize("text", sentences("panel"))
def test_help_is_shown(text: str) -> None:
    assert sign(text) is Sign.PANEL


@pytest.mark.parametrize("text", sentences("panel"))
def test_help_is_shown_in_the_middle_of_a_text_and_in_capitals(text: str) -> None:
    assert sign(f"Monday. They said no.\n\n{text} It rained.") is Sign.PANEL
    assert sign(text.upper().replace("ß", "SS")) is Sign.PANEL


@pytest.mark.parametrize("text", sentences("small"))
def test_a_way_of_speaking_shows_at_most_a_small_line(text: str) -> None:
    assert sign(text) is Sign.SMALL


@pytest.mark.parametrize("text", sentences("none"))
def test_an_ordinary_sentence_shows_nothing(text: str) -> None:
    assert sign(text) is Sign.NONE


def test_the_strongest_of_several_texts_counts() -> None:
    assert sign() is Sign.NONE
    assert sign("", "It rained.", "I am dead tired.") is Sign.SMALL
    assert sign("I am dead tired.", "I want to die.") is Sign.PANEL


def test_a_long_text_is_read_in_linear_time() -> None:
    def seconds(words: int) -> float:
        text = "I want to think about my life and I would rather not go " * words
        begun = time.process_time()
        sign(text)
        return time.process_time() - begun

    seconds(10)
    assert seconds(4_000) < max(0.1, seconds(500)) * 24


@pytest.mark.parametrize("text", sentences("panel"))
def test_no_sentence_is_missed_on_the_path_of_a_capture(text: str) -> None:
    assert may_mean_more(text)
    assert may_mean_more(text.upper())


@pytest.mark.parametrize(
    "text", ["They said no. #interview", "Sie haben abgesagt.", "Two letters out. Walked home."]
)
def test_a_plain_line_costs_a_capture_nothing(text: str) -> None:
    assert not may_mean_more(text)
