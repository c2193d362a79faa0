"""Made-up records: the same at every run, but for the day at which they end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from benchmarks.words import draw, prose

SEED = 20_260_301
A_DAY = 10  # so that a hundred fill ten days, and a hundred thousand twenty-seven years
TAGS = 40


@dataclass(frozen=True)
class Moment:
    """One thing written. mood: 1-10 of a check-in, None of an entry."""

    at: datetime
    title: str
    body: str
    tags: tuple[str, ...]
    mood: int | None


def moments(
    count: int, *, end: datetime, check_ins: bool = True, tagged: bool = False
) -> Iterator[Moment]:
    """`count` of them, the last at `end`, oldest first. tagged: each with two tags."""
    random = Random(SEED)
    step = timedelta(days=1) / A_DAY
    for number in range(count):
        at = end - step * (count - 1 - number)
        mood = random.randint(1, 10) if check_ins and number % A_DAY in (3, 7) else None
        many = 2 if tagged else random.choice((0, 0, 1, 2))
        yield Moment(
            at=at.replace(second=0, microsecond=0),
            title=" ".join(draw(random, 5)).capitalize() if random.random() < 0.4 else "",
            body=prose(random, random.randint(20, 140)),
            tags=tuple({f"tag{random.randrange(TAGS)}" for _ in range(many)}),
            mood=mood,
        )
