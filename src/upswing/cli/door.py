"""What every command needs of the record: the person, the clock, and items by a short id."""

from __future__ import annotations

from datetime import UTC, date, datetime

from upswing import moments, solo
from upswing.accounts.models import User
from upswing.cli import keys
from upswing.errors import RuleError
from upswing.journeys import backups
from upswing.record import reads, setbacks
from upswing.record.models import Item, Setback

SHORT = 8


def opened() -> User:
    """Open the record and return its person; today's backup is made meanwhile.

    Raises VaultError.
    """
    where = solo.paths()
    owner = solo.open_record(keys.found_or_asked(where))
    backups.start_if_due(where, zone=owner.zone, now=now())
    return owner


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today(owner: User) -> date:
    """The day that it is for `owner`."""
    return moments.lived_day(now(), owner.zone)


def moment(text: str, *, zone: str) -> datetime:
    """The moment that `text` names, in UTC. Raises RuleError with a sentence."""
    try:
        return moments.parse(text, now=now(), zone=zone)
    except ValueError as error:
        raise RuleError("at", str(error)) from None


def short(item_id: object) -> str:
    """The end of an id, as lists show it."""
    return str(item_id)[-SHORT:]


def item(owner: User, ending: str) -> Item:
    """The item whose id is, or ends with, `ending`. Raises RuleError where there is no such one."""
    try:
        return reads.by_ending(owner=owner, ending=ending)
    except reads.NotHere:
        raise missing(ending) from None


def missing(ending: str) -> RuleError:
    """What is said where no item has such an id."""
    return RuleError(
        "id", f"There is no item “{ending}”. Lists show the last {SHORT} signs of each id."
    )


def current(owner: User) -> Setback | None:
    """The newest open setback."""
    return setbacks.current(owner=owner)


def setback(owner: User, words: str) -> Setback:
    """The setback with `words` in its name or at the end of its id; without words the current one.

    Raises RuleError where there is none.
    """
    if words:
        found = setbacks.find(owner=owner, words=words)
        missing = f"No setback has “{words}” in its name. See them all: upswing setback"
    else:
        found = setbacks.current(owner=owner)
        missing = "There is no open setback. Tell what happened: upswing setback new"
    if found is None:
        raise RuleError("setback", missing)
    return found
