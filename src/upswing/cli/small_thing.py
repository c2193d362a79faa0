"""The one small thing, in the words of the terminal."""

from __future__ import annotations

import click

from upswing.cli import door, say, when
from upswing.journeys.fitting import SmallThing
from upswing.record.models import Setback

EXERCISES = {
    "break": "kind break",
    "letter": "kind letter",
    "talk": "kind talk",
    "thought": "thought new",
    "verdict": "thought verdict",
    "review": "review new",
}
COMMANDS = {
    "checkin_new": "upswing checkin{about}",
    "entry_new": "upswing log{about}",
    "stone": "upswing setback note {stone}{about}",
    "exercise_about": "upswing {exercise}{about}",
    "exercise": "upswing thought show {item}",
}


def show(small: SmallThing, setback: Setback | None) -> None:
    """Print it with its reason, how long it takes, and the words that do it."""
    say.heading("One small thing")
    say.lines(f"{small.title} ({when.minutes(small.minutes)})", indent="  ")
    say.lines(small.why, indent="  ", dim=True)
    click.echo(f"  {command(small, setback)}")


def command(small: SmallThing, setback: Setback | None) -> str:
    """The words that do it in the terminal, for `setback` where there is one."""
    about = f" --setback {door.short(setback.pk)}" if setback else ""
    return COMMANDS[small.page].format(
        stone=small.stone,
        about=about,
        exercise=EXERCISES.get(small.kind, ""),
        item=door.short(small.item) if small.item else "",
    )
