"""A kind and honest letter to oneself, in five short parts."""

from __future__ import annotations

from upswing.exercises.exercise import Evidence, Exercise
from upswing.exercises.questions import Step, Text
from upswing.strategies.compassion.catalogue.ratings import AFTER, BEFORE, MOVES

EXERCISE = Exercise(
    kind="letter",
    strategy="compassion",
    title="Kind and honest letter",
    about="For a bad day: five short parts that add up to a letter to yourself. It is kind, and at "
    "the end it asks you to do something.",
    minutes="5 to 8",
    dose="On bad days, whenever one comes.",
    titled="happened",
    moves=MOVES,
    steps=(
        Step("Before you write", BEFORE, lede="Leave out what you do not want to answer."),
        Step(
            "What happened",
            (
                Text(
                    name="happened",
                    ask="What happened, and what do you feel? In plain words.",
                    label="What happened, and what I feel",
                    help="As you would tell it to somebody who has time.",
                    required="One sentence is enough.",
                    lines=8,
                ),
            ),
        ),
        Step(
            "Who else",
            (
                Text(
                    name="others",
                    ask="Who else meets this, and how often?",
                    label="Who else meets this",
                    help="People you know, people of your trade, anybody who tries something.",
                ),
            ),
            lede="This is not to make it smaller. It is to be in company with it.",
            recalls=("happened",),
        ),
        Step(
            "Dear …",
            (
                Text(
                    name="kindness",
                    ask="What would you write to a good friend to whom exactly this happened?",
                    label="Dear …",
                    help="Now write it to yourself. One paragraph, in the words you would use.",
                    required="One sentence is enough.",
                    lines=8,
                ),
            ),
            recalls=("happened",),
        ),
        Step(
            "The weather",
            (
                Text(
                    name="weather",
                    ask="If the feeling were weather, what would it be like today?",
                    label="The weather",
                    help="Only how it is and how it moves. Nobody is to blame for weather.",
                    lines=3,
                ),
            ),
        ),
        Step(
            "And honest",
            (
                Text(
                    name="next",
                    ask="What would somebody kind and honest ask you to do next?",
                    label="What to do next",
                    help="Something small that is in your hands. It may be rest, or an apology.",
                    required="One small thing is enough.",
                    lines=3,
                ),
            ),
            recalls=("kindness",),
        ),
        Step("And now?", AFTER),
    ),
    evidence=(
        Evidence(
            "Training in self-compassion lowers self-criticism and distress by a middling amount: "
            "27 controlled studies. Most compare it with waiting, many have a guide, and studies "
            "that found nothing may be missing. Expect about half of that from a page.",
            "good",
            "Ferrari and others, 2019",
        ),
        Evidence(
            "Against groups that did something else as well, less is left of the gain in "
            "self-criticism (19 papers, 1,350 people).",
            "some",
            "Wakelin and others, 2022",
        ),
        Evidence(
            "People who wrote kindly to themselves about a mistake for some three minutes wanted "
            "more, not less, to make up for it and to get better (four small experiments).",
            "some",
            "Breines and Chen, 2012",
        ),
        Evidence("This very letter, in these five parts, has not been tested.", "weak", "Upswing"),
    ),
)
