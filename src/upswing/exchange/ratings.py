"""Ratings of a day as check-ins of their own, once somebody has said which end is best. Pure."""

from __future__ import annotations

from upswing.exchange.rows import Options, Row
from upswing.strategies.coping.rules import WITH

LOWEST, HIGHEST = 1, 5
DIRECTION_UNKNOWN = (
    "It is rated {rating} of 5, and the file does not say whether 5 or 1 is a good day. "
    "Say which, and it becomes a check-in."
)
TOLD = "Rated {rating} of 5 in {label}."


def check_in(entry: Row, rating: int, *, label: str, options: Options) -> Row:
    """The row of the check-in that belongs to `entry`; skipped while the direction is unknown.

    4 of 5 becomes mood 8 of 10. What the source said stands beside it.
    """
    good = rating if options.best == HIGHEST else LOWEST + HIGHEST - rating
    problem = "" if options.best else DIRECTION_UNKNOWN.format(rating=rating)
    return Row(
        number=entry.number,
        where=f"{entry.where}, its rating",
        title="",
        body=TOLD.format(rating=rating, label=label),
        local=None if problem else entry.local,
        zone=entry.zone,
        key="" if problem else f"{entry.key}:rating",
        problem=problem,
        day_only=entry.day_only,
        mood=2 * good,
        joined=(entry.key, WITH),
    )
