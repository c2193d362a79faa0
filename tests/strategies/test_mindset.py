"""The exercises of the first stone: fourteen traps, seven steps, and when they come back. Pure."""

from __future__ import annotations

from upswing.exercises.questions import Finds, IfThen, Rating, Text
from upswing.strategies.mindset.catalogue.thought import EXERCISE as THOUGHT
from upswing.strategies.mindset.catalogue.traps import TRAPS
from upswing.strategies.mindset.catalogue.verdict import EXERCISE as VERDICT


def test_fourteen_traps_each_with_two_examples_from_work() -> None:
    assert (
        len(TRAPS) == len({trap.key for trap in TRAPS}) == len({trap.name for trap in TRAPS}) == 14
    )
    for trap in TRAPS:
        assert trap.about
        assert len(trap.examples) == len(set(trap.examples)) == 2


def test_a_thought_record_has_seven_steps_in_their_order() -> None:
    names = [question.name for step in THOUGHT.steps for question in step.questions]
    order = ["situation", "thought", "belief", "emotions", "traps", "evidence_for"]
    order += ["found_against", "evidence_against", "balanced", "test", "belief_after"]
    assert [name for name in names if name in order] == order
    assert len(THOUGHT.steps) == len(VERDICT.steps) == 7
    assert (THOUGHT.returns, VERDICT.returns) == ((7, 30), (7, 14, 21))


def test_no_number_is_ever_needed_in_the_middle() -> None:
    for exercise in (THOUGHT, VERDICT):
        ratings = [one for one in exercise.questions.values() if isinstance(one, Rating)]
        assert ratings
        assert not any(one.required for one in ratings)


def test_the_earlier_numbers_are_not_recalled_when_it_is_rated_again() -> None:
    for exercise in (THOUGHT, VERDICT):
        assert exercise.again
        assert exercise.again.recalls == ()
        asked = exercise.again.questions[0].asked(
            {"thought": "I am done", "verdict": "I am done", "belief": 83, "belief_after": 61}
        )
        assert "I am done" in asked
        assert "83" not in asked
        assert "61" not in asked


def test_questions_that_quote_the_thought_do_so_only_where_there_is_one() -> None:
    question = THOUGHT.questions["belief_after"]
    assert question.asked({}) == "How much do you believe the first thought now?"
    assert question.asked({"thought": "a\n b"}).endswith("now? “a b”")
    assert VERDICT.questions["belief_after"].asked({}).endswith("now?")


def test_evidence_against_is_kept_as_links_and_the_test_stays_open() -> None:
    found = THOUGHT.questions["found_against"]
    assert isinstance(found, Finds)
    assert found.relation == "evidence against"
    assert THOUGHT.open_answer == "test"


def test_the_letter_asks_for_120_words_and_takes_any_number() -> None:
    letter = VERDICT.questions["letter"]
    assert isinstance(letter, Text)
    assert letter.words == 120
    assert letter.clean("Two words", {}) == "Two words"
    assert letter.clean("", {}) == ""
    assert isinstance(VERDICT.questions["plan"], IfThen)


def test_the_three_items_are_asked_before_and_each_week() -> None:
    assert VERDICT.again
    weekly = {question.name for question in VERDICT.again.questions}
    for name in ("can_learn", "know_how", "worth_trying"):
        assert name in VERDICT.questions
        assert name in weekly


def test_weak_and_contested_evidence_is_named() -> None:
    assert "weak" in {one.strength for one in THOUGHT.evidence}
    assert {"weak", "contested"} <= {one.strength for one in VERDICT.evidence}
