"""What was brought in before, and taking one of it back."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click

from upswing.accounts.models import User
from upswing.cli import door, say, when
from upswing.errors import RuleError
from upswing.record import batches
from upswing.record.models import Batch


def listing(owner: User, as_json: bool) -> None:
    """Every import, newest first."""
    found = batches.all_of(owner=owner)
    if as_json:
        say.as_json({"imports": [_data(one) for one in found]})
    elif not found:
        say.lines("Nothing was brought in yet. To look first: upswing import FILE --dry-run")
    for one in [] if as_json else found:
        _line(one, owner)


def _line(one: Batch, owner: User) -> None:
    made = when.moment(one.made_at.astimezone(ZoneInfo(owner.zone)), door.today(owner))
    undone = ", taken back" if one.undone_at else ""
    say.sides(f"{made}  {say.one_line(one.file_name)}{undone}", door.short(one.pk))
    say.note(f"  {one.added:,} brought in, {one.there:,} there already, {one.skipped:,} left out")


def _data(one: Batch) -> dict[str, object]:
    return {
        "id": str(one.pk),
        "source": one.source,
        "file_name": one.file_name,
        "made_at": one.made_at.isoformat(),
        "undone_at": one.undone_at.isoformat() if one.undone_at else None,
        "added": one.added,
        "there": one.there,
        "skipped": one.skipped,
    }


def undo(owner: User, ending: str, yes: bool) -> None:
    """Take one import back, after a question. Raises RuleError where there is no such one."""
    one = _found(owner, ending)
    if one.undone_at:
        raise RuleError("undo", "This import was taken back already.")
    if not one.items.exists():
        raise RuleError("undo", "Nothing that belongs to this import alone is left to take back.")
    if not yes:
        _ask(one)
    undone = batches.undo(one, now=door.now())
    click.echo(f"{say.amount(undone.erased, 'entry', 'entries')} taken back.")
    if undone.kept:
        say.lines("You have changed these since, so they stay:")
    for title in undone.kept:
        say.lines(say.one_line(title), indent="  ")


def _found(owner: User, ending: str) -> Batch:
    found = [one for one in batches.all_of(owner=owner) if str(one.pk).endswith(ending.lower())]
    if len(ending) < 4 or len(found) != 1:
        raise RuleError("undo", f"There is no import “{ending}”. See: upswing import --list")
    return found[0]


def _ask(one: Batch) -> None:
    if not say.somebody_is_there():
        raise RuleError("yes", "Nothing was changed. To take it back without a question: --yes")
    brought = say.amount(one.added, "entry", "entries")
    name = say.one_line(one.file_name)
    click.confirm(f"Erase the {brought} that came from {name}?", abort=True, err=True)
