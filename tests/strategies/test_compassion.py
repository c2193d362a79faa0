"""The exercises in being fair to oneself: their questions, lines and evidence."""

from __future__ import annotations

from typing import Any

import pytest

from upswing.errors import RuleError
from upswing.exercises.exercise import Exercise
from upswing.exercises.questions import Pause, Rating
from upswing.strategies.compassion.catalogue import letter, lines, pause, talk, voices

ALL = (letter.EXERCISE, pause.EXERCISE, talk.EXERCISE, voices.EXERCISE)
TEXT = "I ruined the launch. I always do!\n- They all saw it\n\nIt rained."


@pytest.mark.parametrize("exercise", ALL, ids=lambda each: each.kind)
def test_each_rates_distress_and_self_criticism_before_and_after(exercise: Exercise) -> None:
    first, last = exercise.steps[0].questions, exercise.steps[-1].questions
    rated = {each.name for each in (*first, *last) if isinstance(each, Rating) and each.top == 10}
    assert {move.before for move in exercise.moves} | {
        move.after for move in exercise.moves
    } == rated
    assert rated == {
        "distress_before", "criticism_before", "distress_after", "criticism_after"
    }  # fmt: skip


@pytest.mark.parametrize("exercise", ALL, ids=lambda each: each.kind)
def test_each_names_its_minutes_and_what_is_weak_in_its_evidence(exercise: Exercise) -> None:
    assert exercise.minutes
    assert exercise.dose
    assert all(one.says and one.source for one in exercise.evidence)
    assert {one.strength for one in exercise.evidence} & {"weak", "some", "contested"}


def test_the_letter_has_its_five_parts_in_order() -> None:
    names = [
        name for name, each in letter.EXERCISE.questions.items() if not isinstance(each, Rating)
    ]
    assert names == ["happened", "others", "kindness", "weather", "next"]


def test_the_break_lasts_two_minutes_at_most() -> None:
    pauses = [each for each in pause.EXERCISE.questions.values() if isinstance(each, Pause)]
    assert len(pauses) == 3
    assert 60 <= sum(each.seconds for each in pauses) <= 120


@pytest.mark.parametrize(
    ("voice", "called", "words"),
    [
        ("distant", "Ada", ["Why does Ada feel this?", "What would Ada say", "What will Ada do"]),
        ("distant", "", ["Why do you feel this?", "What would you say", "What will you do"]),
        ("near", "Ada", ["Why do I feel this?", "What would I say", "What will I do"]),
        ("", "", ["Why do you feel this?", "What would you say", "What will you do"]),
    ],
)
def test_own_name_talk_asks_in_the_voice_that_was_chosen(
    voice: str, called: str, words: list[str]
) -> None:
    answers = {"voice": voice, "called": called}
    asked = [each.asked(answers) for each in talk.EXERCISE.steps[1].questions]
    assert all(said.startswith(word) for said, word in zip(asked, words, strict=True))


def test_a_text_falls_into_sentences_and_lines_each_once() -> None:
    assert lines.lines_of(TEXT + "\nIt rained.") == [
        "I ruined the launch.", "I always do!", "They all saw it", "It rained."
    ]  # fmt: skip
    assert lines.lines_of(" \n\n") == []
    assert lines.lines_of("> “Never again.” I said so…  Then: no") == [
        "“Never again.", "I said so…", "Then: no"
    ]  # fmt: skip
    assert len(lines.lines_of("\n".join(map(str, range(999))))) == lines.MOST_LINES


def test_only_lines_of_the_text_are_marked_in_its_order() -> None:
    answers = {"words": TEXT}
    chosen = ["It rained.", "I always do!", "Somebody else’s line"]
    assert voices.HARSH.clean(chosen, answers) == ["I always do!", "It rained."]
    assert voices.HARSH.clean(None, answers) == []


@pytest.mark.parametrize("value", ["a line", {"a": 1}, 7])
def test_marks_of_another_shape_are_refused(value: Any) -> None:
    for question in (voices.HARSH, voices.REPLIES):
        with pytest.raises(RuleError):
            question.clean(value, {"words": TEXT, "harsh": []})


def test_each_marked_line_has_its_answer_and_an_answer_outlives_its_mark() -> None:
    answers = {"words": TEXT, "harsh": ["I always do!", "It rained."]}
    given = [
        {"line": "It rained.", "kind": "Rain is rain."},
        {"line": "I always do!", "kind": "  "},
        {"line": "Gone", "kind": "Still true."},
    ]
    assert voices.REPLIES.clean(given, answers) == [given[0], given[2]]
    assert voices.REPLIES.rows([given[0]], answers) == [
        {"line": "I always do!", "kind": ""}, given[0]
    ]  # fmt: skip
    assert voices.REPLIES.told([given[0]]) == "> It rained.\n\nRain is rain."
    with pytest.raises(RuleError):
        voices.REPLIES.clean([{"line": "", "kind": "to nothing"}], answers)


def test_a_change_of_the_text_takes_away_marks_and_no_words() -> None:
    answers = {
        "words": "It rained.",
        "harsh": ["I always do!", "It rained."],
        "replies": [{"line": "I always do!", "kind": "Not in May."}],
    }
    assert voices.settled(answers) == {
        "words": "It rained.",
        "harsh": ["It rained."],
        "replies": [{"line": "I always do!", "kind": "Not in May."}],
    }
    assert voices.settled({"words": "x"}) == {"words": "x"}
