"""What each kind of question accepts, refuses and tells. Pure."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from upswing.errors import RuleError
from upswing.exercises.questions import (
    MOST_FOUND,
    MOST_WORDS,
    Again,
    Choice,
    Choices,
    Finds,
    IfThen,
    Line,
    Option,
    Pause,
    Question,
    Rating,
    Strengths,
    Text,
    counted,
)

SOME = (Option("a", "First"), Option("b", "Second"), Option("c", "Third"))
NEEDED = "Please."
ID = "0195d1a0-0000-7000-8000-000000000001"
EARLIER = {"felt": [{"word": "sad", "strength": 70}, {"word": "angry", "strength": 20}]}

TEXT = Text(name="q", ask="?", required=NEEDED)
LINE = Line(name="q", ask="?", longest=10)
RATING = Rating(name="q", ask="?")
TEN = Rating(name="q", ask="?", top=10)
CHOICE = Choice(name="q", ask="?", options=SOME)
CHOICES = Choices(name="q", ask="?", options=SOME, most=2)
STRENGTHS = Strengths(name="q", ask="?")
AGAIN = Again(name="q", ask="?", of="felt")
PLAN = IfThen(name="q", ask="?")
FINDS = Finds(name="q", ask="?", relation="evidence against")


@pytest.mark.parametrize(
    ("question", "given", "kept"),
    [
        (TEXT, "  Two\n\nlines  \n", "  Two\n\nlines"),
        (Text(name="q", ask="?"), None, ""),
        (Text(name="q", ask="?"), "  \n ", ""),
        (LINE, "  a \t b ", "a b"),
        (LINE, None, ""),
        (RATING, "0", 0),
        (RATING, "100", 100),
        (RATING, " 55 ", 55),
        (RATING, 7, 7),
        (RATING, "", None),
        (RATING, None, None),
        (TEN, "10", 10),
        (Rating(name="q", ask="?", required=NEEDED), 0, 0),
        (CHOICE, "b", "b"),
        (CHOICE, None, ""),
        (CHOICES, ["c", "a"], ["a", "c"]),
        (CHOICES, ["a", "a"], ["a"]),
        (CHOICES, None, []),
        (
            STRENGTHS,
            [{"word": " very  sad ", "strength": "70"}],
            [{"word": "very sad", "strength": 70}],
        ),
        (STRENGTHS, [{"word": "sad", "strength": 0}], [{"word": "sad", "strength": 0}]),
        (STRENGTHS, [{"word": "", "strength": ""}, {}], []),
        (AGAIN, [{"word": "sad", "strength": "30"}], [{"word": "sad", "strength": 30}]),
        (AGAIN, [{"word": "sad", "strength": ""}], []),
        (AGAIN, [{"word": "brave", "strength": "30"}], []),
        (
            PLAN,
            {"when": " Monday  9 ", "then": "call Ada"},
            {"when": "Monday 9", "then": "call Ada"},
        ),
        (PLAN, {"when": "", "then": ""}, None),
        (PLAN, None, None),
        (FINDS, [ID.upper(), ID], [ID]),
        (FINDS, None, []),
        (Pause(name="q", ask="?", seconds=20), "anything", None),
    ],
)
def test_what_is_kept(question: Question, given: Any, kept: Any) -> None:
    found = question.clean(given, EARLIER)
    assert found == kept
    assert type(found) is type(kept)
    assert question.clean(found, EARLIER) == kept


@pytest.mark.parametrize(
    ("question", "given", "sentence"),
    [
        (TEXT, "", NEEDED),
        (TEXT, "   ", NEEDED),
        (TEXT, "a\x00b", "zero byte"),
        (LINE, "x" * 11, "Up to 10 characters fit here; these are 11."),
        (RATING, "101", "A whole number from 0 to 100, please."),
        (RATING, "-1", "0 to 100"),
        (RATING, "5.5", "0 to 100"),
        (RATING, "five", "0 to 100"),
        (RATING, True, "0 to 100"),
        (RATING, "9" * 5000, "0 to 100"),
        (TEN, "11", "0 to 10"),
        (Rating(name="q", ask="?", required=NEEDED), "", NEEDED),
        (CHOICE, "d", "“d” is not one of the answers."),
        (Choice(name="q", ask="?", options=SOME, required=NEEDED), "", NEEDED),
        (CHOICES, ["a", "d"], "“d” is not one of the answers."),
        (CHOICES, ["a", "b", "c"], "Up to 2, please; these are 3."),
        (CHOICES, "a", "not what Upswing writes"),
        (Choices(name="q", ask="?", options=SOME, required=NEEDED), [], NEEDED),
        (STRENGTHS, [{"word": "sad", "strength": ""}], "How strong is “sad”, from 0 to 100?"),
        (STRENGTHS, [{"word": "", "strength": "40"}], "What is it that is 40 strong?"),
        (STRENGTHS, [{"word": "sad", "strength": "101"}], "0 to 100"),
        (STRENGTHS, [{"word": "sad", "strength": "1"}] * 2, "twice"),
        (STRENGTHS, [{"word": "x" * 61, "strength": "1"}], "up to 60 characters"),
        (
            STRENGTHS,
            [{"word": f"w{at}", "strength": "1"} for at in range(MOST_WORDS + 1)],
            "Up to 8 words",
        ),
        (AGAIN, [{"word": "sad", "strength": "many"}], "0 to 100"),
        (PLAN, {"when": "", "then": "call"}, "A plan needs the moment, too."),
        (PLAN, {"when": "Monday", "then": " "}, "And what will you do then?"),
        (IfThen(name="q", ask="?", required=NEEDED), {}, NEEDED),
        (FINDS, ["nobody"], "not here any more"),
        (FINDS, [str(uuid4()) for _ in range(MOST_FOUND + 1)], "Up to 30"),
        (Finds(name="q", ask="?", required=NEEDED), [], NEEDED),
    ],
)
def test_what_is_refused_is_refused_at_its_name(
    question: Question, given: Any, sentence: str
) -> None:
    with pytest.raises(RuleError) as refused:
        question.clean(given, EARLIER)
    assert refused.value.field == "q"
    assert sentence in refused.value.sentence


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (TEXT, "Two\nlines", "Two\nlines"),
        (RATING, 55, "55 of 100"),
        (TEN, 0, "0 of 10"),
        (CHOICE, "b", "Second"),
        (CHOICES, ["a", "c"], "- First\n- Third"),
        (STRENGTHS, EARLIER["felt"], "sad 70 · angry 20"),
        (PLAN, {"when": "Monday", "then": "call Ada"}, "When Monday, then I will call Ada."),
        (FINDS, [ID], ""),
    ],
)
def test_how_it_is_told(question: Question, value: Any, words: str) -> None:
    assert question.told(value) == words


def test_a_question_may_depend_on_what_was_answered() -> None:
    question = Text(name="q", ask="Why?", wording=lambda answers: f"Why, {answers['called']}?")
    assert question.asked({"called": "Ada"}) == "Why, Ada?"
    assert TEXT.asked({}) == "?"


@pytest.mark.parametrize(
    ("count", "begins"), [(1, "1 word. Around 3"), (2, "2 words. Around 3"), (3, "3 words. That")]
)
def test_a_length_is_told_kindly(count: int, begins: str) -> None:
    assert counted("word " * count, 3).startswith(begins)
