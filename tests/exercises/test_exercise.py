"""An exercise as a whole: its steps, its text, its returns. Pure, for all that there are."""

from __future__ import annotations

from typing import Any

import pytest

from upswing.errors import RuleError
from upswing.exercises.exercise import Evidence, Exercise, Move
from upswing.exercises.movement import movement
from upswing.exercises.questions import Line, Rating, Step, Text
from upswing.exercises.reads import kinds
from upswing.strategies import BY_KEY

NEEDED = "One word is enough."
EXERCISE = Exercise(
    kind="test",
    strategy="mindset",
    title="A try",
    about="…",
    minutes="3",
    titled="what",
    steps=(
        Step("One", (Text(name="what", ask="What?", label="It", required=NEEDED),)),
        Step("Two", (Rating(name="before", ask="How much?"), Line(name="more", ask="More?"))),
        Step("Three", (Rating(name="after", ask="And now?"),)),
    ),
    evidence=(Evidence("Little.", "weak", "nobody"),),
    returns=(7, 30),
    again=Step("Again", (Rating(name="then", ask="And today?", label="Today", required=NEEDED),)),
    moves=(Move("It", "before", "after", "then"),),
)


def test_a_step_adds_to_the_answers_before_it() -> None:
    answers = EXERCISE.answer(1, {"what": "A thing", "odd": 1}, {})
    assert answers == {"what": "A thing"}
    assert EXERCISE.answer(2, {"before": "70"}, answers) == {
        "what": "A thing",
        "before": 70,
        "more": "",
    }


def test_a_step_that_is_left_requires_nothing_and_keeps_what_stood_there() -> None:
    assert EXERCISE.part(1, {"what": ""}, {}) == {}
    assert EXERCISE.part(1, {"what": ""}, {"what": "Before"}) == {"what": "Before"}
    with pytest.raises(RuleError) as refused:
        EXERCISE.part(2, {"before": "101"}, {})
    assert refused.value.field == "before"


def test_a_step_says_every_no_at_once() -> None:
    odd = {"before": "101", "more": "x" * 301}
    for judge in (EXERCISE.answer, EXERCISE.part):
        with pytest.raises(RuleError) as refused:
            judge(2, odd, {})
        assert [one.field for one in refused.value.all] == ["before", "more"]


def test_answers_from_elsewhere_are_sound_or_refused() -> None:
    given = {"before": 70, "more": "", "stranger": "x"}
    assert EXERCISE.sound(given) == {"before": 70, "more": ""}
    assert EXERCISE.sound({}) == {}
    with pytest.raises(RuleError):
        EXERCISE.sound(given | {"after": 101})


def test_its_name_is_the_first_line_of_an_answer() -> None:
    assert EXERCISE.name({"what": "First line\nSecond"}) == "First line"
    assert EXERCISE.name({}) == "A try"
    assert len(EXERCISE.name({"what": "x" * 400})) == 300


def test_its_text_tells_each_answer_under_its_label_and_what_was_said_later() -> None:
    answers = {"what": "A thing", "before": 70, "more": ""}
    assert EXERCISE.text(answers) == "## It\n\nA thing\n\n## How much?\n\n70 of 100"
    later = EXERCISE.text(answers, [{"days": 8, "then": 40}, {"days": 1, "then": 30}])
    assert later.endswith(
        "## After 8 days\n\nToday: 40 of 100\n\n## After 1 day\n\nToday: 30 of 100"
    )


def test_its_returns_in_their_order() -> None:
    assert [EXERCISE.next_return(day) for day in (0, 6, 7, 29, 30, 400)] == [
        7,
        7,
        30,
        30,
        None,
        None,
    ]


def test_what_is_said_again_is_checked() -> None:
    assert EXERCISE.said({"then": "40", "odd": 1}, {}) == {"then": 40}
    for wrong in ("", "101"):
        with pytest.raises(RuleError) as refused:
            EXERCISE.said({"then": wrong}, {})
        assert refused.value.field == "then"


def test_how_it_moved() -> None:
    assert movement(EXERCISE, {"before": 70}) is None
    moved = movement(EXERCISE, {"before": 70, "after": 0}, [{"days": 1, "then": 20}, {"days": 9}])
    assert moved
    assert list(moved.times) == ["before", "after", "1 day", "9 days"]
    assert list(moved.lines[0].values) == [70, 0, 20, None]
    assert moved.high == 100


# --- every exercise there is ---------------------------------------------------------------------

ALL: list[Any] = [pytest.param(work.EXERCISE, id=kind) for kind, work in kinds().items()]


@pytest.mark.parametrize("exercise", ALL)
def test_every_exercise_is_whole(exercise: Exercise) -> None:
    names = [question.name for step in exercise.steps for question in step.questions]
    assert len(names) == len(set(names)) == len(exercise.questions)
    assert exercise.strategy in BY_KEY
    assert exercise.minutes
    assert exercise.evidence
    assert all(one.says and one.source for one in exercise.evidence)
    assert not exercise.titled or exercise.titled in names
    assert not exercise.open_answer or exercise.open_answer in names
    assert bool(exercise.returns) == bool(exercise.again)
    for place, step in enumerate(exercise.steps):
        before = {question.name for one in exercise.steps[:place] for question in one.questions}
        assert set(step.recalls) <= before


@pytest.mark.parametrize("exercise", ALL)
def test_what_moves_is_asked(exercise: Exercise) -> None:
    again = {question.name for question in exercise.again.questions} if exercise.again else set()
    for move in exercise.moves:
        for name in (move.before, move.after):
            assert not name or isinstance(exercise.questions[name], Rating)
        assert not move.again or move.again in again


@pytest.mark.parametrize("exercise", ALL)
def test_every_sentence_is_calm(exercise: Exercise) -> None:
    told = [exercise.title, exercise.about, exercise.dose, exercise.not_when]
    for step in exercise.steps:
        told += [step.title, step.lede, step.aside, *step.reading]
        for question in step.questions:
            told += [question.ask, question.label, question.help, question.required]
    told += [text for one in exercise.evidence for text in (one.says, one.source)]
    assert [text for text in told if "!" in text] == []


@pytest.mark.parametrize("exercise", ALL)
def test_found_items_have_a_relation(exercise: Exercise) -> None:
    assert all(question.relation for question in exercise.finds)
