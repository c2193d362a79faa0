"""Own-name talk: looking at oneself from where a friend would stand."""

from __future__ import annotations

from upswing.exercises.exercise import Evidence, Exercise
from upswing.exercises.questions import Answers, Choice, Line, Option, Step, Text
from upswing.strategies.compassion.catalogue.ratings import AFTER, BEFORE, MOVES

DISTANT, NEAR = "distant", "near"


def _who(answers: Answers) -> str:
    return str(answers.get("called") or "you")


def _why(answers: Answers) -> str:
    if answers.get("voice") == NEAR:
        return "Why do I feel this?"
    who = _who(answers)
    return f"Why do{'es' if who != 'you' else ''} {who} feel this?"


def _later(answers: Answers) -> str:
    who = "I" if answers.get("voice") == NEAR else _who(answers)
    return f"What would {who} say about it, five years from now?"


def _next(answers: Answers) -> str:
    who = "I" if answers.get("voice") == NEAR else _who(answers)
    return f"What will {who} do in the next hour?"


EXERCISE = Exercise(
    kind="talk",
    strategy="compassion",
    title="Own-name talk",
    about="When it is loud inside: three questions, asked as if you were talking to somebody else.",
    minutes="3",
    dose="Whenever it is acute.",
    titled="why",
    moves=MOVES,
    steps=(
        Step(
            "Before you start",
            (
                *BEFORE,
                Choice(
                    name="voice",
                    ask="How would you like to write?",
                    label="Written",
                    options=(
                        Option(
                            DISTANT, "with my name, or “you”", "From a step away. Try it first."
                        ),
                        Option(NEAR, "as “I”", "If the other feels odd. You can switch back."),
                    ),
                ),
                Line(
                    name="called",
                    ask="What do friends call you?",
                    label="Name",
                    longest=60,
                    own=False,
                ),
            ),
        ),
        Step(
            "Three questions",
            (
                Text(
                    name="why",
                    ask="Why does it feel like this?",
                    wording=_why,
                    required="One sentence is enough.",
                ),
                Text(name="later", ask="What would you say in five years?", wording=_later),
                Text(name="next", ask="What will you do in the next hour?", wording=_next, lines=3),
            ),
            lede="Short answers are fine.",
        ),
        Step("And now?", AFTER),
    ),
    evidence=(
        Evidence(
            "In seven laboratory studies (585 people) those who talked to themselves by name were "
            "calmer before and after something stressful. The effects are small, and most of the "
            "work comes from one group of researchers.",
            "some",
            "Kross and others, 2014",
        ),
    ),
)
