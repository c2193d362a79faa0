"""Two voices: the harsh lines of a text, and what a friend would say, side by side."""

from __future__ import annotations

from typing import Any

from upswing.exercises.exercise import Evidence, Exercise
from upswing.exercises.questions import Answers, Finds, Step, Text
from upswing.strategies.compassion.catalogue.lines import Harsh, Replies
from upswing.strategies.compassion.catalogue.ratings import AFTER, BEFORE, MOVES

OTHER_VOICE = "a second voice to"

HARSH = Harsh(
    name="harsh",
    of="words",
    ask="Which of these would you not say to a friend?",
    label="Harsh lines",
    help="You choose. There is no right number of them, and none is fine.",
)
REPLIES = Replies(
    name="replies",
    of="harsh",
    ask="And what would a friend say, who knows the whole story?",
    label="Both voices",
    help="A friend may be honest. They are on your side all the same.",
)

EXERCISE = Exercise(
    kind="voices",
    strategy="compassion",
    title="Two voices",
    about="Mark the harsh lines in something that you wrote, and answer them as a friend would. "
    "Both voices stay, side by side.",
    minutes="5 to 10",
    dose="When the harsh voice has the floor.",
    titled="words",
    moves=MOVES,
    steps=(
        Step("Before", BEFORE, lede="Leave out what you do not want to answer."),
        Step(
            "The text",
            (
                Text(
                    name="words",
                    ask="What does the harsh voice say?",
                    label="The text",
                    help="Write it down as it comes. “Two voices” on the page of an entry, a note "
                    "or a thought brings its text along.",
                    required="One sentence is enough.",
                    lines=8,
                    own=False,
                ),
                Finds(
                    name="source",
                    ask="Does it answer something that you wrote earlier?",
                    label="Taken from",
                    help="It can stay empty. What you choose is linked.",
                    relation=OTHER_VOICE,
                ),
            ),
        ),
        Step("The harsh lines", (HARSH,)),
        Step("A friend’s voice", (REPLIES,)),
        Step("And now?", AFTER),
    ),
    evidence=(
        Evidence(
            "Answering a hard thought is a core of a well-tested therapy, with modest effects in "
            "the laboratory. Doing it in the voice of a friend is close to what self-compassion "
            "courses do, which lower self-criticism by a middling amount (27 controlled studies).",
            "some",
            "Webb and others, 2012; Ferrari and others, 2019",
        ),
        Evidence("These very steps have not been tested.", "weak", "Upswing"),
    ),
)


def settled(answers: Answers) -> dict[str, Any]:
    """The answers after a change: only lines that stand in the text stay marked."""
    found = dict(answers)
    for question in (HARSH, REPLIES):
        if question.name in found:
            found[question.name] = question.clean(found[question.name], found)
    return found
