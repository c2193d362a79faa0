"""The part of the year that just happens: check-ins, and entries of ordinary days. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from upswing.demo.days import HARD, Year
from upswing.demo.moods import Felt, look, words
from upswing.demo.passages import BANDS, Corpus, Passage
from upswing.demo.steps import CheckIn, Write
from upswing.demo.story import written

AFTERMATH = 5  # days after a setback on which nothing ordinary is written
HOURS = {"morning": (6, 8), "noon": (12, 13), "evening": (18, 22)}
LINE_CHANCE = 0.16
LINE_CHANCE_RAW = 0.3


class Lines:
    """Lines beside check-ins, each used once."""

    def __init__(self, corpus: Corpus, rng: Random) -> None:
        self.rng = rng
        self.left = {place: list(texts) for place, texts in corpus.lines.items()}
        for place in sorted(self.left):
            rng.shuffle(self.left[place])

    def take(self, mood: int, phase: str) -> str:
        """A line that fits, or nothing once they are used up."""
        band = BANDS[(mood > 4) + (mood > 6)]
        for place in self.rng.sample([(band, phase), (band, "any")], 2):
            if self.left[place]:
                return self.left[place].pop()
        return ""


def entries(year: Year, corpus: Corpus, taken: set[date], rng: Random) -> Iterator[Write]:
    """Passages of the pools, each on a free day that suits it. Adds those days to `taken`."""
    pool = [passage for passage in corpus.entries if passage.pool]
    rng.shuffle(pool)
    for passage in sorted(pool, key=lambda one: not (one.days_of_year or one.months)):
        days = [day for day in year.days() if day not in taken and _suits(year, day, passage)]
        if days:
            taken.add(day := rng.choice(days))
            yield written(year, day, passage, rng)


def _suits(year: Year, day: date, passage: Passage) -> bool:
    at_home = not any(year.during(what, day) for what in ("sick", "holiday", "lisbon"))
    calm = all(not 0 <= year.since(name, day) <= AFTERMATH for name in HARD)
    return at_home and calm and passage.fits(day) and _in_pool(year, day, passage)


def _in_pool(year: Year, day: date, passage: Passage) -> bool:
    if passage.since and day < year.day(passage.since):
        return False
    if passage.pool == "home":
        return True
    return year.is_workday(day) if passage.pool == "work" else year.phase(day) == "free"


def check_ins(
    year: Year, levels: dict[date, float], lines: Lines, rng: Random
) -> Iterator[CheckIn]:
    """Check-ins on most days, some of them several, a few added the morning after."""
    for day in year.days():
        for part in _parts(year, day, rng):
            clock = time(rng.randint(*HOURS[part]), rng.randrange(60))
            felt = look(year, day, clock.hour, levels[day], rng)
            yield checked_in(year, day, clock, felt, lines, rng)


def _parts(year: Year, day: date, rng: Random) -> list[str]:
    """The parts of the day at which the person looked."""
    if rng.random() >= _chance(year, day):
        return []
    count = rng.choices((1, 2, 3), (0.45, 0.4, 0.15) if _raw(year, day) else (0.74, 0.22, 0.04))[0]
    chosen = rng.choices(list(HOURS), (0.3, 0.15, 0.55))[0] if count == 1 else ""
    return [chosen] if chosen else sorted(rng.sample(list(HOURS), count))


def _raw(year: Year, day: date) -> bool:
    return 0 <= year.since("layoff", day) < 45 or 0 <= year.since("review", day) < 7


def _chance(year: Year, day: date) -> float:
    if year.during("holiday", day):
        return 0.0
    if year.during("sick", day):
        return 0.3
    if day == year.last:
        return 1.0
    return 0.93 if _raw(year, day) else 0.84 if day.weekday() < 5 else 0.7


def checked_in(
    year: Year, day: date, clock: time, felt: Felt, lines: Lines, rng: Random
) -> CheckIn:
    """One check-in, perhaps with a line, perhaps tied to the setback that is fresh."""
    lived = year.moment(day, clock)
    line = lines.take(felt.mood, year.phase(day)) if rng.random() < _line_chance(year, day) else ""
    return CheckIn(
        at=_written_at(lived, year, rng),
        zone=year.zone(day),
        lived=lived,
        felt=felt,
        words=words(felt, rng),
        line=line,
        setback=_fresh(year, day, rng),
    )


def _written_at(lived: datetime, year: Year, rng: Random) -> datetime:
    """Mostly at once; now and then the morning after."""
    later = lived + timedelta(hours=11)
    afterwards = rng.random() < 0.04 and later < year.moment(year.last, time(12))
    return later if afterwards else lived


def _line_chance(year: Year, day: date) -> float:
    return LINE_CHANCE_RAW if _raw(year, day) else LINE_CHANCE


def _fresh(year: Year, day: date, rng: Random) -> str:
    """A setback of the last three weeks, for about a third of its check-ins."""
    fresh = [name for name in HARD if 1 <= year.since(name, day) <= 21]
    return fresh[-1] if fresh and rng.random() < 0.35 else ""
