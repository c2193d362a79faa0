"""From verdict to learning goal, with a letter to somebody who stands there next month."""

from __future__ import annotations

from upswing.exercises.exercise import Evidence, Exercise, Move
from upswing.exercises.questions import Answers, IfThen, Line, Rating, Step, Text

LETTER = 120


def _verdict_now(answers: Answers) -> str:
    words = " ".join(str(answers.get("verdict") or "").split())
    about = f" “{words}”" if words else ""
    return f"How much do you believe the verdict now?{about}"


def _belief(name: str, label: str, required: str = "") -> Rating:
    return Rating(
        name=name,
        ask="How much do you believe the verdict now?",
        wording=_verdict_now,
        label=label,
        low="not at all",
        high="completely",
        required=required,
    )


# Own items: no published scale, and compared with nobody's answers.
LEARNABLE = (
    Rating(
        name="can_learn",
        ask="“What was asked of me there can be learned.”",
        label="It can be learned",
        top=10,
        low="no",
        high="yes, fully",
    ),
    Rating(
        name="know_how",
        ask="“I can name one thing that would make me better at it.”",
        label="I can name what would help",
        top=10,
        low="no",
        high="yes, fully",
    ),
    Rating(
        name="worth_trying",
        ask="“A first clumsy try would be worth something.”",
        label="A clumsy try is worth something",
        top=10,
        low="no",
        high="yes, fully",
    ),
)

EXERCISE = Exercise(
    kind="verdict",
    strategy="mindset",
    title="From verdict to learning goal",
    about="For a sentence such as “I am no leader” or “I’ll never get back in”: from the verdict "
    "to something one can find out or get better at.",
    minutes="12 to 18",
    dose="Once. For three weeks it comes back weekly, for three minutes.",
    titled="verdict",
    returns=(7, 14, 21),
    again=Step(
        "Three minutes for your learning goal",
        (
            _belief("belief_again", "Belief in the verdict", "A number from 0 to 100, as it is."),
            Text(
                name="found_out",
                ask="What did you find out or try since? Nothing yet is an answer, too.",
                label="Found out or tried",
                lines=3,
            ),
            *LEARNABLE,
            Line(
                name="next",
                ask="One small thing for the coming week?",
                label="For the coming week",
            ),
        ),
    ),
    moves=(Move("The verdict", "belief", "belief_after", "belief_again"),),
    steps=(
        Step(
            "Only the facts",
            (
                Text(
                    name="facts",
                    ask="What would a camera have recorded?",
                    label="The facts",
                    help="One or two sentences, without reasons.",
                    lines=3,
                    required="One sentence is enough.",
                ),
            ),
        ),
        Step(
            "The verdict",
            (
                Text(
                    name="verdict",
                    ask="Which verdict does your mind hand down? “I am …”, “I’ll never …”",
                    label="The verdict",
                    lines=2,
                    required="What does the sentence say about you?",
                ),
                Rating(
                    name="belief",
                    ask="How much do you believe it, right now?",
                    label="Belief then",
                    low="not at all",
                    high="completely",
                ),
            ),
            recalls=("facts",),
        ),
        Step(
            "Two things worth knowing",
            (
                Text(
                    name="not_mine",
                    ask="What of it was not in your hands?",
                    label="Not in my hands",
                    help="Luck, budget, timing, somebody else’s decision.",
                    lines=3,
                ),
            ),
            reading=(
                "Being good at something is not one thing. It is many small skills, each for its "
                "own kind of work, and most of them grow with practice, good advice and time. "
                "Somebody can be clumsy in interviews and excellent in the job, and clumsy is "
                "where everybody starts.",
                "And not everything is yours to change. Budgets are cut, a cousin is hired, the "
                "market closes for a year. No way of thinking opens a door that is shut. So this "
                "is not about believing harder; it is about finding the part that practice can "
                "move, and leaving the rest where it belongs.",
            ),
        ),
        Step(
            "Something you were once bad at",
            (
                Text(
                    name="skill",
                    ask="Which skill did you once not have, and what moved it?",
                    label="Once bad at, and what moved it",
                    help="Any skill: a language, a tool, talking to a room. Who or what helped?",
                    lines=4,
                ),
            ),
        ),
        Step(
            "From proving to learning",
            (
                Line(
                    name="goal",
                    ask="What would you like to find out, or get better at?",
                    label="Learning goal",
                    help="Instead of “get the job” or “prove them wrong”: “find out what makes "
                    "an interviewer ask a second question”.",
                    required="A few words are enough: find out …, get better at …",
                ),
                Line(
                    name="sign",
                    ask="How would you notice that it moves?",
                    label="I will notice it by",
                    help="Something that others could see, too.",
                ),
            ),
            recalls=("verdict",),
        ),
        Step(
            "A letter",
            (
                Text(
                    name="letter",
                    ask="Write to somebody who faces the same next month.",
                    label="A letter to somebody who faces this next month",
                    help="What do you know now that would help? About 120 words carry furthest; "
                    "fewer are fine.",
                    lines=12,
                    words=LETTER,
                ),
            ),
            lede="Nobody gets it but you, unless you want it.",
            recalls=("goal",),
        ),
        Step(
            "One step, and where it stands",
            (
                IfThen(
                    name="plan",
                    ask="One plan for the goal",
                    label="Plan",
                    help="A moment that will come, and a thing that takes minutes.",
                ),
                _belief("belief_after", "Belief in the verdict afterwards"),
                *LEARNABLE,
            ),
            recalls=("goal",),
        ),
    ),
    evidence=(
        Evidence(
            "Unemployed people in a workshop on learning goals found work more often than those in "
            "one on performance (22 points more after eight weeks, 109 people). Many dropped out, "
            "and a review rates this as weak evidence.",
            "weak",
            "Van Hooft and Noordzij, 2009",
        ),
        Evidence(
            "Growth mindset on average: for how people feel, small to moderate effects in groups "
            "that need it; for achievement very small, and another review of the same year found "
            "about none.",
            "contested",
            "Burnette and others, 2023; Macnamara and Burgoyne, 2023",
        ),
        Evidence(
            "Writing advice to somebody else may help the one who writes it; we know of these "
            "studies, not their numbers.",
            "weak",
            "Eskreis-Winkler and others, 2018",
        ),
    ),
)
