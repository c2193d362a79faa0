"""What a text as a whole shows: few marks, none in somebody else's words, and where they stand."""

from __future__ import annotations

import pytest

from upswing.strategies.compassion.wording.marking import MOST, MOST_ALIKE, language_of, marks

HARSH = "I'm such an idiot."


def test_a_mark_stands_on_its_words_and_asks() -> None:
    text = "Long day. I'm such an idiot. 🙂 It rained."

    (mark,) = marks(text, "en")

    assert text[mark.start : mark.end] == "I'm such an idiot"
    assert mark.question.endswith("?")


def test_a_line_has_one_mark() -> None:
    assert len(marks("I'm useless. I always mess things up. They all hate me.", "en")) == 1


def test_a_question_is_not_asked_again_and_again() -> None:
    assert len(marks("\n".join([HARSH] * 9), "en")) == MOST_ALIKE


def test_a_text_has_few_marks() -> None:
    lines = [
        HARSH, "I'm useless.", "I feel like a fraud.", "I feel that he never liked me.",
        "I should have known.", "How could I be so blind?", "I always mess things up.",
        "Nobody wants me.", "I should have asked.",
    ]  # fmt: skip
    assert len(marks("\n".join(lines), "en")) == MOST


@pytest.mark.parametrize(
    "text",
    [
        "> I'm such an idiot.",
        "   > I'm such an idiot.\n> And I always mess things up.",
        "He said: “I'm such an idiot.”",
        '"I\'m such an idiot," she wrote.',
        "Er rief: „I'm such an idiot“".replace("Er rief", "He shouted"),
        "`I'm such an idiot`",
        "~~~\nI'm such an idiot.\n~~~",
    ],
)
def test_the_words_of_others_have_no_mark(text: str) -> None:
    assert marks(text, "en") == []


def test_a_block_quote_ends_and_own_words_begin() -> None:
    text = "> You are an idiot.\n\nThey are right, I'm such an idiot."

    assert [text[m.start : m.end] for m in marks(text, "en")] == ["I'm such an idiot"]


def test_words_in_quotation_marks_of_ones_own_keep_their_mark() -> None:
    assert len(marks('I said to myself: "I\'m such an idiot."', "en")) == 1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "👩‍💻", "I", "'", "\x00", "a" * 100_000])
def test_odd_texts_have_no_mark(text: str) -> None:
    assert marks(text, "en") == []
    assert marks(text, "de") == []


def test_the_language_of_a_draw_is_the_one_given() -> None:
    assert language_of("", "de") == "de"
    assert language_of("Okay", "en") == "en"
    assert language_of("Ich bin nicht dumm, und das ist wahr.", "en") == "de"
