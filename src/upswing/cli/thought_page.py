"""What `upswing thought` shows."""

from __future__ import annotations

import click

from upswing.accounts.models import User
from upswing.cli import data, door, exercises, lists, say, walking
from upswing.exercises import actions, reads
from upswing.exercises.models import Work
from upswing.record.reads import ties


def found(ending: str) -> tuple[User, Work]:
    """The person, and the exercise whose id ends so. Raises RuleError."""
    owner = door.opened()
    return owner, exercises.found(owner, ending)


def one(ending: str, as_json: bool) -> None:
    """Print one exercise whole."""
    owner, work = found(ending)
    if as_json:
        say.as_json(_data(work))
        return
    say.sides(say.one_line(work.item.title), door.short(work.pk), bold=True)
    if work.finished_at is None:
        say.note(f"Left in the middle. To go on: upswing go-on {door.short(work.pk)}")
    walking.moved(work)
    if still_open := work.answers.get(work.EXERCISE.open_answer):
        say.heading("Still open")
        say.lines(str(still_open), indent="  ")
    click.echo()
    say.lines(work.item.body)
    lists.tied(ties(work.item), door.today(owner))


def _data(work: Work) -> dict[str, object]:
    return data.item(work.item) | {
        "answers": work.answers,
        "returns": work.returns,
        "returns_on": work.returns_on.isoformat() if work.returns_on else None,
        "finished_at": work.finished_at.isoformat() if work.finished_at else None,
        "links": data.ties(ties(work.item)),
    }


def due() -> None:
    """Print what comes back today, and how to answer."""
    owner = door.opened()
    today = door.today(owner)
    rows = reads.returning(owner=owner, today=today)
    if not rows:
        click.echo("Nothing comes back today.")
        return
    lists.dated(rows, today)
    say.note("To answer: upswing thought again ID")


def skipped(ending: str) -> None:
    """Leave one return out."""
    owner, work = found(ending)
    actions.skip(work, owner=owner, now=door.now(), zone=owner.zone)
    click.echo("Fine. Nothing is noted of it.")
