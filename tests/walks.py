"""What somebody gives in each exercise: the walks through it in every door are made of this.

An exercise is data, and so is a walk. A new exercise needs its answers here, and no test of its
own for going through it; `doors/cli/test_two_doors.py` says which one is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from upswing.exercises.exercise import Exercise
from upswing.exercises.questions import Finds, Pause, Question
from upswing.exercises.reads import kinds
from upswing.strategies.reviews.catalogue import factor

FOUND = "A walk along the quinceharbour"  # the title of an item that is there to be found
SOUGHT = "quinceharbour"
HARSH = ("I ruined the launch.", "I always do!")
BEFORE = {"distress_before": 6, "criticism_before": 8}
AFTER = {"distress_after": 5, "criticism_after": 4}
NAME, CONTROL = "What contributed?", "How much of it was in your hands?"
WHEN, THEN, WAY = "When …", "… then I will …", "How do you accept it, or plan around it?"
PLAN = {"when": "a date moves", "then": "call Ana"}
LESSON = "When a date moves, then I will call Ana."
AROUND = "It is so; I ask for it in spring."


@dataclass(frozen=True)
class Contributed:
    """A factor of a review, its share of the influence, and what is said of it besides."""

    name: str
    share: int
    said: Mapping[str, Any]

    @property
    def answers(self) -> Iterator[tuple[Question, Any]]:
        """What is asked about it where questions come one at a time, each with its answer."""
        return ((question, self.said.get(question.name)) for question in factor.QUESTIONS)


@dataclass(frozen=True)
class Walk:
    """A whole exercise, as somebody does it.

    command: what begins it at the terminal. given: the answers by name, as the record keeps them,
    own items by their titles; those in `told` come with the command, or are its own to give.
    again: what is said when it comes back.
    """

    kind: str
    command: tuple[str, ...]
    given: Mapping[str, Any]
    told: tuple[str, ...] = ()
    again: Mapping[str, Any] = field(default_factory=dict)

    @property
    def exercise(self) -> Exercise:
        return kinds()[self.kind].EXERCISE

    @property
    def shown(self) -> list[str]:
        """Words of every answer, as they stand on the page of the finished exercise."""
        questions = self.exercise.questions.values()
        words = [each for one in questions for each in shown(one, self.given.get(one.name))]
        return words + (REVIEWED if self.kind == "review" else [])


def shown(question: Question, value: Any) -> list[str]:
    """What a person reads of an answer."""
    if value in (None, "", []):
        return []
    if isinstance(question, Finds):
        return list(value)
    told = question.told(value).splitlines()
    return [words for line in told if (words := re.sub(r"^(- |> )", "", line).strip())]


FACTORS_NAMED = (
    Contributed(
        "Asked too late for help",
        60,
        {
            "control": 8,
            "lasting": "lasting",
            "known": "partly",
            "confidence": 70,
            "evidence": "The mail of May.",
            "advice": "Ask in April.",
            "seen_by": "Ana, Jo",
        },
    ),
    Contributed("The budget was cut", 40, {"control": 1}),
)
REVIEWED = [*(one.name for one in FACTORS_NAMED), "in my hands", "Ana, Jo", LESSON]

WALKS = (
    Walk(
        "thought",
        ("thought", "new"),
        {
            "situation": "The mail came on Monday.",
            "thought": "I will never lead again",
            "belief": 80,
            "emotions": [{"word": "ashamed", "strength": 70}, {"word": "tired", "strength": 55}],
            "traps": ["fortune-telling", "labelling"],
            "traps_own": "The mail as a mirror",
            "evidence_for": "They said no.",
            "found_against": [FOUND],
            "evidence_against": "Two teams went well.",
            "balanced": "One no is one no",
            "balanced_belief": 57,
            "test": "Ask Ada what she saw",
            "belief_after": 61,
            "emotions_after": [
                {"word": "ashamed", "strength": 41},
                {"word": "tired", "strength": 50},
            ],
        },
        again={"belief_again": 45, "balanced_again": 72},
    ),
    Walk(
        "verdict",
        ("thought", "verdict"),
        {
            "facts": "They chose somebody else.",
            "verdict": "I am no leader",
            "belief": 90,
            "not_mine": "The budget of that year.",
            "skill": "French, by talking a lot.",
            "goal": "Find out what they look for",
            "sign": "A second question comes",
            "letter": "It gets quieter after a week.",
            "plan": {"when": "it is Monday at nine", "then": "call Ada"},
            "belief_after": 52,
            "can_learn": 6,
            "know_how": 5,
            "worth_trying": 7,
        },
        again={
            "belief_again": 35,
            "found_out": "They ask about conflicts.",
            "can_learn": 7,
            "know_how": 6,
            "worth_trying": 8,
            "next": "Ask Sam for an hour",
        },
    ),
    Walk(
        "voices",
        ("kind", "voices"),
        {
            **BEFORE,
            "words": f"{HARSH[0]} {HARSH[1]} It rained.",
            "source": [FOUND],
            "harsh": list(HARSH),
            "replies": [
                {"line": HARSH[0], "kind": "One part of it, with four people out sick."},
                {"line": HARSH[1], "kind": "Not in May, you did not."},
            ],
            **AFTER,
        },
    ),
    Walk(
        "letter",
        ("kind", "letter"),
        {
            **BEFORE,
            "happened": "They said no.",
            "others": "Forty of us.",
            "kindness": "You prepared well.",
            "weather": "Drizzle, and it moves.",
            "next": "Call Sam.",
            **AFTER,
        },
    ),
    Walk(
        "talk",
        ("kind", "talk"),
        {
            **BEFORE,
            "voice": "distant",
            "called": "Ada",
            "why": "Three nos in a week.",
            "later": "It passed.",
            "next": "Walk to the river.",
            **AFTER,
        },
    ),
    Walk(
        "break",
        ("kind", "break"),
        {**BEFORE, "own": "One thing at a time.", **AFTER},
    ),
    Walk(
        "review",
        ("review", "new"),
        {
            "about": "setback",
            "name": "The last round",
            "distress_before": 4,
            "values": ["craft", "care"],
            "values_why": "On Friday, with the apprentice.",
            "timeline": "Invited, then refused.",
            "evidence": [FOUND],
            "expected": "An offer.",
            "happened": "A polite no.",
            "surprised": "How fast it was.",
            "worked": "I was well prepared.",
            "worked_too": "I asked twice.",
            "worked_more": "Petra told me early.",
            "lucky": "The train came.",
            "base_rate": "Forty asked, one got it.",
            "colleague": "Ask earlier.",
            "adjustment": "Ask in May.",
            "distress_after": 3,
        },
        told=("about",),
    ),
)
COMES_BACK = tuple(walk for walk in WALKS if walk.exercise.again)


def of(kind: str) -> Walk:
    """The walk through the exercise of that kind."""
    return next(walk for walk in WALKS if walk.kind == kind)


def half(questions: Sequence[Question]) -> int:
    """How many of the questions of one step are answered before it is left in its middle."""
    return len(questions) // 2


def missing() -> set[str]:
    """What the walks leave out: an exercise, or a question that takes an answer."""
    left = set(kinds()) - {walk.kind for walk in WALKS}
    for walk in WALKS:
        for name, question in walk.exercise.questions.items():
            if name not in walk.given and not isinstance(question, Pause):
                left.add(f"{walk.kind}: {name}")
    return left
