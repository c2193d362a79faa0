"""The self-compassion break: three sentences, with time for each."""

from __future__ import annotations

from upswing.exercises.exercise import Evidence, Exercise
from upswing.exercises.questions import Line, Pause, Step
from upswing.strategies.compassion.catalogue.ratings import AFTER, BEFORE, MOVES

SECONDS = 30  # three of them, and the ratings: two minutes

EXERCISE = Exercise(
    kind="break",
    strategy="compassion",
    title="Self-compassion break",
    about="Three sentences, half a minute each. There is hardly anything to type.",
    minutes="2",
    dose="Whenever it is needed, also several times a day.",
    titled="own",
    moves=MOVES,
    steps=(
        Step("Before", BEFORE, lede="Sit so that your feet stand on something."),
        Step(
            "This is hard",
            (
                Pause(
                    name="hard",
                    ask="Say it to yourself, in your own words: this is hard right now.",
                    help="You do not have to explain it, and nothing has to be done about it yet.",
                    seconds=SECONDS,
                ),
            ),
        ),
        Step(
            "Others know this",
            (
                Pause(
                    name="others",
                    ask="Somebody else is sitting somewhere with the same thing, right now.",
                    help="It belongs to trying, not to you.",
                    seconds=SECONDS,
                ),
            ),
        ),
        Step(
            "A kind wish",
            (
                Pause(
                    name="wish",
                    ask="May I be kind to myself in this, and have what the next hour needs.",
                    help="A hand on your arm or your chest may help, and may be left out.",
                    seconds=SECONDS,
                ),
                Line(
                    name="own",
                    ask="Did a sentence come that fits better?",
                    label="My own words",
                    help="It can stay empty.",
                ),
            ),
        ),
        Step("And now?", AFTER),
    ),
    evidence=(
        Evidence(
            "The break is a part of courses that help: in 27 controlled studies people were less "
            "self-critical and less distressed afterwards. What two minutes of it do alone is "
            "hardly known.",
            "weak",
            "Ferrari and others, 2019; the three steps after Neff",
        ),
    ),
)
