"""A local time as somebody wrote it, and the moment that it was. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from upswing.errors import RuleError
from upswing.exchange.rows import ImportProblem
from upswing.moments import zone_of


@dataclass(frozen=True)
class Settled:
    """utc: aware moment. note: "", or what the change of the clocks made of the written time."""

    utc: datetime
    note: str = ""


def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name; raises ImportProblem where there is none."""
    try:
        return zone_of(name)
    except RuleError:
        raise ImportProblem(
            f"“{name}” is not a time zone. Give a name such as Europe/Berlin."
        ) from None


def settle(local: datetime, where: ZoneInfo) -> Settled:
    """The moment at which the clocks of `where` showed `local` (naive).

    A time that the clocks jumped over keeps its distance to the hour before; one that they showed
    twice is the first of the two. Both are told in the note.
    """
    first, second = (local.replace(tzinfo=where, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return Settled(first.astimezone(UTC))
    shown = first.astimezone(UTC).astimezone(where).replace(tzinfo=None)
    return Settled(first.astimezone(UTC), _note(local, shown, where.key))


def _note(local: datetime, shown: datetime, name: str) -> str:
    day = local.date().isoformat()
    if shown != local:
        return (
            f"On {day} the clocks in {name} went forward over {local:%H:%M}; "
            f"it is kept as {shown:%H:%M}."
        )
    return f"On {day} the clocks in {name} showed {local:%H:%M} twice; the first one is taken."
