"""`upswing go-on`: what was left in the middle; and what the words of the strategies share."""

from __future__ import annotations

from typing import Any

import click

from upswing.accounts.models import User
from upswing.cli import data, door, lists, say, walking
from upswing.exercises import reads
from upswing.exercises.models import Work
from upswing.record.reads import NotHere, timeline

ABOUT = "Which setback it belongs to: words from its name. Without it, the newest open one."


@click.command("go-on")
@click.argument("item_id", metavar="[ID]", default="")
@click.option("--json", "as_json", is_flag=True, help="Print what waits as JSON.")
def go_on(item_id: str, as_json: bool) -> None:
    """Go on with an exercise that was left in the middle, here or in the browser.

    Without ID: what waits. With the ID of a finished one you can change its answers.
    """
    owner = door.opened()
    if item_id:
        walking.walk(found(owner, item_id), owner=owner)
        return
    rows = reads.unfinished(owner=owner)
    if as_json:
        say.as_json({"items": [data.row(row) for row in rows]})
    elif rows:
        lists.dated(rows, door.today(owner))
    else:
        click.echo("Nothing waits in the middle.")


def found(owner: User, ending: str) -> Work:
    """The exercise whose id ends so. Raises RuleError where there is none."""
    try:
        return reads.one(owner=owner, id=door.item(owner, ending).pk)
    except NotHere:
        raise door.missing(ending) from None


def start(kind: type[Work], *, about: str, **given: Any) -> None:
    """Begin an exercise about a setback, or about none where there is no open one."""
    owner = door.opened()
    setback = door.setback(owner, about) if about else door.current(owner)
    walking.walk(kind(), owner=owner, setback=setback, **given)


def listing(*kinds: str, as_json: bool) -> None:
    """The exercises of these kinds, newest first."""
    owner = door.opened()
    rows = timeline(owner=owner, kinds=kinds).rows
    if as_json:
        say.as_json({"items": [data.row(row) for row in rows]})
    elif rows:
        lists.dated(rows, door.today(owner))
    else:
        click.echo("There is nothing here yet.")
