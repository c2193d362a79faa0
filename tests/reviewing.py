"""A whole review through the real verbs, as far as a test wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from making import NOW
from upswing.accounts.models import User
from upswing.exercises import actions as exercises
from upswing.record import actions as record
from upswing.record.models import Setback
from upswing.strategies.reviews import actions, rules
from upswing.strategies.reviews.catalogue.review import EXERCISE, FACTORS_AT, LESSONS_AT
from upswing.strategies.reviews.models import Factor, Lesson, Review


@dataclass(frozen=True)
class Reviewed:
    """A finished review; the first factor teaches, the second is outside one's hands."""

    review: Review
    factors: list[Factor]
    lesson: Lesson


def answered(
    owner: User,
    *,
    now: datetime = NOW,
    zone: str = "UTC",
    about: Setback | None = None,
    mark: str = "",
    **more: Any,
) -> Review:
    """A review that has come to its factors; `mark` stands in every text."""
    review = Review()
    texts = ("name", "values_why", "timeline", "expected", "happened", "surprised")
    good = ("worked", "worked_too", "worked_more", "lucky")
    typed = {text: f"{mark} {text}" for text in (*texts, *good)} | {"about": "setback"} | more
    for step in range(1, FACTORS_AT):
        moment: dict[str, Any] = {"owner": owner, "now": now, "zone": zone}
        exercises.answer(review, **moment, step=step, typed=typed, setback=about)
    return review


def named(
    review: Review,
    owner: User,
    name: str,
    control: int,
    *,
    now: datetime = NOW,
    zone: str = "UTC",
    **more: Any,
) -> Factor:
    """A factor of the review."""
    return actions.name_factor(
        review, owner=owner, now=now, zone=zone, name=name, control=control, **more
    )


def reviewed(
    owner: User,
    *,
    now: datetime = NOW,
    zone: str = "UTC",
    about: Setback | None = None,
    mark: str = "",
    **more: Any,
) -> Reviewed:
    """A finished review with two factors, a witness and a lesson; `mark` stands in every text."""
    moment: dict[str, Any] = {"owner": owner, "now": now, "zone": zone}
    review = answered(owner, now=now, zone=zone, about=about, mark=mark, **more)
    factors = [
        named(
            review,
            **moment,
            name=f"{mark} asked too late",
            control=8,
            lasting="lasting",
            known="partly",
            confidence=70,
            evidence=f"{mark} the mail",
            advice=f"{mark} ask in May",
            seen_by=[f"{mark} Ana"],
        ),
        named(review, **moment, name=f"{mark} the budget", control=1),
    ]
    shares = dict(zip((str(one.pk) for one in factors), (60, 40), strict=True))
    actions.share_out(review, **moment, shares=shares)
    for one in factors:
        one.refresh_from_db(fields=["share"])
    actions.plan_around(factors[1], now=now, way=f"{mark} it is so")
    exercises.answer(review, **moment, step=FACTORS_AT + 1, typed={"base_rate": f"{mark} one"})
    lesson = actions.take_lesson(
        factors[0],
        **moment,
        cue=f"{mark} a date moves",
        response="call Ana",
        first_use=(now + timedelta(days=3)).date(),
    )
    actions.take_along(review, **moment)
    actions.say(lesson, now=now, zone=zone, said="forgot", line=f"{mark} too late")
    last = {"adjustment": f"{mark} ask", "distress_after": 3}
    exercises.answer(review, **moment, step=len(EXERCISE.steps), typed=last)
    assert review.reached > LESSONS_AT
    return Reviewed(review, factors, lesson)


def named_often(
    owner: User, name: str, shares: Sequence[int | None], *, now: datetime = NOW
) -> list[Factor]:
    """The same factor, once for each share, an hour apart, the last of them at `now`."""
    found = []
    for back, share in zip(reversed(range(len(shares))), shares, strict=True):
        at = now - timedelta(hours=back)
        factor = Factor(key=rules.key(name), share=share, control=7)
        record.add(factor, owner=owner, now=at, zone="UTC", title=name)
        found.append(factor)
    return found


def learnt(
    owner: User, number: int, *, due: date | None = None, now: datetime = NOW, **more: Any
) -> Lesson:
    """The lesson of that number, `number` hours old, that comes back on `due`."""
    at = now - timedelta(hours=number)
    card = rules.first_card(at)
    lesson = Lesson(cue=f"cue {number}", response="call Ana", card=card, due=due, **more)
    title = rules.told(lesson.cue, lesson.response)
    record.add(lesson, owner=owner, now=at, zone="UTC", title=title)
    return lesson
