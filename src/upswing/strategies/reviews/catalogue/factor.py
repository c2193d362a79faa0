"""What is asked about one factor, where questions come one at a time."""

from __future__ import annotations

from upswing.exercises.questions import Choice, Line, Option, Rating, Text

QUESTIONS = (
    Rating(
        name="control",
        ask="How much of it was in your hands?",
        required="A number from 0 to 10, please; a rough guess is fine.",
        top=10,
        low="not at all",
        high="all of it",
    ),
    Choice(
        name="lasting",
        ask="Is it passing or lasting?",
        options=(Option("passing", "passing"), Option("lasting", "lasting")),
    ),
    Choice(
        name="known",
        ask="Could you have known it then?",
        help="Then, not now that you know how it went.",
        options=(Option("yes", "yes"), Option("partly", "partly"), Option("no", "no")),
    ),
    Rating(name="confidence", ask="How sure are you that it mattered?", top=100),
    Text(name="evidence", ask="What shows it?"),
    Text(name="advice", ask="What would you tell a colleague about it?"),
    Line(
        name="seen_by",
        ask="Who saw it?",
        help="Names with commas between them. They stay in your record; nobody is told.",
    ),
)
