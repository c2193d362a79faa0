"""The thought record: one hard thought, weighed in seven steps, and asked again later."""

from __future__ import annotations

from upswing.exercises.exercise import Evidence, Exercise, Move
from upswing.exercises.questions import (
    Again,
    Answers,
    Choices,
    Finds,
    Line,
    Question,
    Rating,
    Step,
    Strengths,
    Text,
)
from upswing.strategies.mindset.catalogue.traps import TRAPS

AGAINST = "evidence against"
NOT_AT_ALL, COMPLETELY = "not at all", "completely"
FEELINGS = (
    "ashamed",
    "sad",
    "anxious",
    "angry",
    "hurt",
    "guilty",
    "helpless",
    "embarrassed",
    "lonely",
    "disappointed",
    "jealous",
    "tired",
)
SAY_A_NUMBER = "A number from 0 to 100, as it is now."


def _first_thought(answers: Answers) -> str:
    return f"How much do you believe the first thought now? {_quoted(answers, 'thought')}".strip()


def _other_thought(answers: Answers) -> str:
    return f"And the fairer one? {_quoted(answers, 'balanced')}".strip()


def _quoted(answers: Answers, name: str) -> str:
    words = " ".join(str(answers.get(name) or "").split())
    return f"“{words}”" if words else ""


def _belief(name: str, ask: str, label: str, **more: object) -> Rating:
    return Rating(name=name, ask=ask, label=label, low=NOT_AT_ALL, high=COMPLETELY, **more)  # type: ignore[arg-type]


def both(*, required: str = "") -> tuple[Question, Question]:
    """The two ratings that are asked when a thought comes back."""
    return (
        _belief(
            "belief_again",
            "How much do you believe the first thought now?",
            "The first thought",
            wording=_first_thought,
            required=required,
        ),
        _belief(
            "balanced_again",
            "And the fairer one?",
            "The fairer thought",
            wording=_other_thought,
        ),
    )


EXERCISE = Exercise(
    kind="thought",
    strategy="mindset",
    title="Thought record",
    about="One hard thought, put on paper and weighed: what speaks for it, what against it, and "
    "how much of it you still believe afterwards.",
    minutes="10",
    dose="Once to three times a week while things are hard. It comes back after 7 and 30 days, "
    "for ten seconds.",
    titled="thought",
    returns=(7, 30),
    again=Step("How much do you believe it now?", both(required=SAY_A_NUMBER)),
    moves=(
        Move("The thought that came", "belief", "belief_after", "belief_again"),
        Move("The fairer thought", "", "balanced_belief", "balanced_again"),
    ),
    open_answer="test",
    steps=(
        Step(
            "What happened",
            (
                Text(
                    name="situation",
                    ask="Where were you, and what happened?",
                    label="Situation",
                    lines=4,
                    required="One sentence about the moment is enough.",
                ),
            ),
            lede="One moment, as a camera would have seen it.",
        ),
        Step(
            "The thought",
            (
                Text(
                    name="thought",
                    ask="What went through your mind?",
                    label="The thought that came",
                    help="The sentence that hurts most, as harsh as it was.",
                    lines=3,
                    required="Which sentence was it? A few words are enough.",
                ),
                _belief("belief", "How much do you believe it, right now?", "Belief then"),
            ),
        ),
        Step(
            "What you felt",
            (
                Strengths(
                    name="emotions",
                    ask="Which feelings, and how strong from 0 to 100?",
                    label="Feelings",
                    help="Your own words. One is enough.",
                    suggestions=FEELINGS,
                ),
            ),
            recalls=("thought",),
        ),
        Step(
            "Thinking traps",
            (
                Choices(
                    name="traps",
                    ask="Do you see one of these in it?",
                    label="Thinking traps",
                    help="Everybody steps into them. None is a fine answer, too.",
                    options=TRAPS,
                ),
                Line(
                    name="traps_own",
                    ask="Or another one, in your own words?",
                    label="Another trap",
                ),
            ),
            recalls=("thought",),
        ),
        Step(
            "Weigh it",
            (
                Text(
                    name="evidence_for",
                    ask="What speaks for the thought?",
                    label="What speaks for it",
                    help="Facts that would stand in front of somebody neutral.",
                    lines=4,
                ),
                Finds(
                    name="found_against",
                    ask="What in your own record speaks against it?",
                    label="From your own record",
                    help="Earlier wins, thanks, lessons, things you finished.",
                    relation=AGAINST,
                ),
                Text(
                    name="evidence_against",
                    ask="What else speaks against it?",
                    label="What speaks against it",
                    help="Also what does not fit, and what you would say to a friend.",
                    lines=4,
                ),
            ),
            recalls=("thought",),
        ),
        Step(
            "A fairer thought",
            (
                Text(
                    name="balanced",
                    ask="Looking at both sides: what is a fairer way to say it?",
                    label="A fairer thought",
                    help="Not a cheerful one. One that you would sign.",
                    lines=3,
                    required="One sentence is enough, and it may stay careful.",
                ),
                _belief("balanced_belief", "How much do you believe this one?", "Belief in it"),
                Text(
                    name="test",
                    ask="What would test this?",
                    label="What would test it",
                    help="Something small that you could do or ask to find out. It stays open "
                    "until you want it.",
                    lines=2,
                ),
            ),
            recalls=("thought", "evidence_for", "evidence_against"),
        ),
        Step(
            "And now?",
            (
                _belief(
                    "belief_after",
                    "How much do you believe the first thought now?",
                    "Belief in the first thought afterwards",
                    wording=_first_thought,
                ),
                Again(
                    name="emotions_after",
                    ask="And the feelings, how strong are they now?",
                    label="Feelings afterwards",
                    of="emotions",
                ),
            ),
            lede="It may have moved, or not. Both are worth knowing.",
        ),
    ),
    evidence=(
        Evidence(
            "Thought records are a core piece of cognitive therapy, and in laboratory studies "
            "seeing a situation another way changed feelings somewhat. Most of that was with a "
            "therapist or for a moment; little is known of doing it alone, about work.",
            "some",
            "Webb and others, 2012",
        ),
        Evidence(
            "That a belief should be asked for again after a week and a month is our own idea. No "
            "trial has tested it, or a program like this one.",
            "weak",
            "no study",
        ),
    ),
)
