"""After-action review: looking back in order, at what worked first."""

from __future__ import annotations

from upswing.exercises.exercise import Evidence, Exercise
from upswing.exercises.questions import (
    Answers,
    Choice,
    Choices,
    Finds,
    Line,
    Option,
    Rating,
    Step,
    Text,
)
from upswing.strategies.reviews.rules import CALM

SETBACK, WIN = "setback", "win"
SHOWN_BY = "shown by"  # the relation to what shows how it was
FACTORS, LESSONS = "review_factors", "review_lessons"  # the pages of the steps without questions

VALUES = (
    Option("fair", "being fair"),
    Option("craft", "doing the work well"),
    Option("learning", "learning and being curious"),
    Option("care", "looking after people"),
    Option("honest", "saying what is true"),
    Option("free", "deciding for myself"),
    Option("together", "building something together"),
    Option("family", "being there at home"),
    Option("brave", "daring something"),
    Option("steady", "being somebody to rely on"),
    Option("useful", "being of use"),
    Option("play", "joy and play"),
)


def _order(answers: Answers) -> str:
    heavy = answers.get("distress_before")
    asked = "What happened, in order?"
    if isinstance(heavy, int) and heavy > CALM:
        return (
            f"It is heavy just now. You can stop here and come back on a calmer day; nothing is "
            f"lost. If you want to go on: {asked[0].lower()}{asked[1:]}"
        )
    return asked


def _surprise(answers: Answers) -> str:
    if answers.get("about") == WIN:
        return "What surprised you about it?"
    return "What surprised you?"


EXERCISE = Exercise(
    kind="review",
    strategy="reviews",
    title="After-action review",
    about="Look back at a setback or a win in a fixed order: what you meant, what happened, what "
    "worked, what contributed, and what you take along.",
    minutes="25 to 40",
    dose="Once for each setback, two days after it or later. It can be spread over several days.",
    not_when="Not straight after it happened, and not on a heavy day: rest helps more then.",
    titled="name",
    steps=(
        Step(
            "Before you look back",
            (
                Choice(
                    name="about",
                    ask="What do you look back at?",
                    label="Looked back at",
                    options=(
                        Option(SETBACK, "something that went wrong"),
                        Option(WIN, "something that went well"),
                    ),
                ),
                Line(name="name", ask="What was it, in a few words?", label="In a few words"),
                Rating(
                    name="distress_before",
                    ask="How heavy is it right now?",
                    label="How heavy it was before",
                    top=10,
                    low="I hardly feel it",
                    high="as heavy as can be",
                ),
                Choices(
                    name="values",
                    ask="Which two of these matter most to you?",
                    label="What matters to me",
                    help="Up to two. They stay true, whatever comes out below.",
                    options=VALUES,
                    most=2,
                ),
                Text(
                    name="values_why",
                    ask="When did you last live by one of them?",
                    label="When I lived by it",
                    lines=3,
                ),
            ),
            lede="Five minutes for what matters to you, before anything is taken apart.",
        ),
        Step(
            "What happened, in order",
            (
                Text(
                    name="timeline",
                    ask="What happened, in order?",
                    label="What happened",
                    help="One line for each moment is enough. Only what a camera would have seen.",
                    required="One line is enough.",
                    wording=_order,
                    lines=8,
                ),
                Finds(
                    name="evidence",
                    ask="Is there something in your record that shows it?",
                    label="What shows it",
                    help="Entries, notes, feedback. They are linked, not copied.",
                    relation=SHOWN_BY,
                ),
            ),
        ),
        Step(
            "Expected, and happened",
            (
                Text(
                    name="expected",
                    ask="What did you mean to happen?",
                    label="What I expected",
                    required="One sentence is enough.",
                    lines=4,
                ),
                Text(
                    name="happened",
                    ask="What happened instead, or as well?",
                    label="What came of it",
                    required="One sentence is enough.",
                    lines=4,
                ),
                Text(
                    name="surprised",
                    ask="What surprised you?",
                    label="What surprised me",
                    wording=_surprise,
                    lines=3,
                ),
            ),
            recalls=("timeline",),
        ),
        Step(
            "What worked",
            (
                Text(
                    name="worked",
                    ask="What is one thing that worked, and why?",
                    label="What worked",
                    required="Something worked, however small. Being there on time counts.",
                    lines=3,
                ),
                Text(
                    name="worked_too",
                    ask="What is a second one?",
                    label="What worked, too",
                    required="Two things that worked come before what went wrong. "
                    "What would a fair colleague name?",
                    lines=3,
                ),
                Text(
                    name="worked_more",
                    ask="Anything else that worked?",
                    label="What else worked",
                    lines=3,
                ),
                Text(
                    name="lucky",
                    ask="Where were you lucky?",
                    label="Where I was lucky",
                    help="Chance plays a part in good and bad outcomes. “Nowhere that I can see” "
                    "is an answer.",
                    required="One line about luck, please; “nowhere that I can see” is an answer.",
                    lines=3,
                ),
            ),
            lede="This comes first. A review that is all fault teaches little.",
        ),
        Step("What contributed", (), place=FACTORS),
        Step(
            "The view from outside",
            (
                Text(
                    name="base_rate",
                    ask="Of a hundred people in your place, for how many does it go like this?",
                    label="The view from outside",
                    help="In your own words. A rough guess is fine, and so is where it comes from: "
                    "the number of applicants, what colleagues tell, a figure that you read.",
                    lines=4,
                ),
                Text(
                    name="colleague",
                    ask="What would you tell a colleague to whom it had happened?",
                    label="What I would tell a colleague",
                    lines=4,
                ),
            ),
        ),
        Step("What you take along", (), place=LESSONS),
        Step(
            "And now",
            (
                Text(
                    name="adjustment",
                    ask="What is one thing that you change, and from when?",
                    label="One thing I change",
                    lines=3,
                ),
                Rating(
                    name="distress_after",
                    ask="How heavy is it now?",
                    label="How heavy it is now",
                    top=10,
                    low="I hardly feel it",
                    high="as heavy as can be",
                ),
            ),
        ),
    ),
    evidence=(
        Evidence(
            "Looking back in a fixed order made people about a quarter better at the next round "
            "(46 and 61 studies; individuals as much as teams). Most were training exercises, "
            "not layoffs: that it carries over is assumed.",
            "good",
            "Tannenbaum and Cerasoli, 2013; Keiser and Arthur, 2021",
        ),
        Evidence(
            "Fifteen minutes on own values first helped people who looked for work to find it "
            "sooner in one pair of studies, and did nothing in another. Straight after a failure "
            "it may make people give up, so it stands before the analysis and not before rest.",
            "contested",
            "Pfrombeck and others, 2023; Bierbaum and Nillesen, 2021; Vohs and others, 2013",
        ),
        Evidence(
            "Having to go over an upsetting event in one sitting, soon after it, can do harm. "
            "That is why nothing here has to be told, and why two days are advised.",
            "some",
            "Rose and others, 2002",
        ),
    ),
)

FACTORS_AT = next(at for at, step in enumerate(EXERCISE.steps, 1) if step.place == FACTORS)
LESSONS_AT = next(at for at, step in enumerate(EXERCISE.steps, 1) if step.place == LESSONS)
