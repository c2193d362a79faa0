"""The first hour: somebody tells what happened, and gets one small thing to do now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from upswing.errors import RuleError
from upswing.journeys import fitting, stones
from upswing.journeys.fitting import SmallThing
from upswing.journeys.heavy_days import heavy_days
from upswing.journeys.stones import Standing
from upswing.record import actions, setbacks
from upswing.record.models import Item, Note, Setback
from upswing.strategies import BY_KEY
from upswing.strategies.coping.reads import latest

WRITE = SmallThing(
    title="Write for ten minutes, for nobody else",
    why="Putting it into words tends to help a little, later rather than at once. "
    "You may feel lower right afterwards; you can stop at any time.",
    minutes="10",
    page="entry_new",
    stone="coping",
)
CHECK_IN = SmallThing(
    title="Note how it is, in two taps",
    why="Nothing has to be explained. In a week you can see whether it has moved.",
    minutes="1",
    page="checkin_new",
    stone="coping",
)


def tell(*, owner: Any, now: datetime, zone: str, **answers: Any) -> Setback:
    """Record the setback of somebody who has just arrived; only `title` is needed."""
    return setbacks.tell(owner=owner, now=now, zone=zone, **answers)


def one_small_thing(
    *,
    owner: Any,
    setback: Setback | None,
    today: date,
    beside_check_in: bool = False,
    standings: Sequence[Standing] | None = None,
    now: datetime | None = None,
) -> SmallThing:
    """The next best step over what there is, with its reason.

    `beside_check_in`: the page shows a check-in already, so the step is another one. `standings`:
    the setback's stones, where the page has counted them already; counting is dear. now: as
    `stones.path` takes it.
    """
    if not beside_check_in and not _checked_in(owner, today):
        return CHECK_IN
    if setback is None:
        return WRITE
    done = fitting.lately(owner=owner, today=today)
    just_done = fitting.just_done(done, today)
    if test := fitting.open_test(done, setback, today):
        heavy = heavy_days(owner=owner, today=today)
        return (fitting.steadying(just_done) or WRITE) if heavy else test
    path = standings or stones.path(setback=setback, now=now)
    walked = {kind for one in path for kind in one.done}
    verdict = fitting.from_verdict(done, setback, today, walked)
    return verdict or _of_path(path, setback, just_done, now)


def _of_path(
    path: Sequence[Standing], setback: Setback, just_done: Collection[str], now: datetime | None
) -> SmallThing:
    """What the next stone asks for: its exercise, or a note on it."""
    strategy = stones.following(path)
    if strategy is None or strategy.key == "coping":
        return WRITE
    exercise = fitting.of_stone(strategy.key, setback, but=just_done, now=now)
    return exercise or SmallThing(
        title=strategy.first, why=strategy.why, minutes="5", page="stone", stone=strategy.key
    )


def _checked_in(owner: Any, today: date) -> bool:
    last = latest(owner=owner)
    return last is not None and last.lived_at.date() == today


def note(*, owner: Any, now: datetime, zone: str, setback: Setback, stone: str, body: str) -> Item:
    """Leave a free note on one stone of a setback. Raises RuleError where nothing is written."""
    if stone not in BY_KEY:
        raise RuleError("stone", f"There is no stone “{stone}”.")
    if not body.strip():
        raise RuleError("body", "There is nothing written yet. One word is enough.")
    return actions.add(
        Note(stone=stone), owner=owner, now=now, zone=zone, body=body, setback=setback
    )
