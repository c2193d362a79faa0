"""Rules of reviews, factors and lessons. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING, Any, Literal

from upswing.errors import RuleError, all_at_once
from upswing.exercises.questions import IfThen, Line, whole
from upswing.record.words import fold
from upswing.stats import steady

if TYPE_CHECKING:
    from fsrs import Scheduler

Control = Literal["mine", "influence", "outside"]

REST = timedelta(hours=48)  # between what happened and a review of it that is offered
CALM = 6  # up to which heaviness (0-10) a review is offered
SOME, MOST = 4, 7  # from which control (0-10) on a factor is partly, and mostly, in one's hands
CHECKS = (timedelta(days=14), timedelta(days=60))
HEAVIER = 3  # how much heavier a review may leave somebody before that is said
MOST_FACTORS = 12
FEWEST_FOR_A_TREND = 5  # of four, even one that rises each time does so by chance, 1 in 12
MOST_FOR_A_TREND = 12  # the latest reviews that name it; what was years ago is another story
BY_CHANCE = 0.05
OFTEN = 3  # how often in a row a lesson is forgotten before another form is offered
LONGEST_INTERVAL = 365  # days
LONGEST_HALF = 140  # signs of each half of a lesson, so that both fit into one title
LONGEST_LINE = 300
LONGEST_KEY = 300

UNNAMED = "What contributed? A few words are enough."
UNSAID_CONTROL = "How much of it was in your hands, from 0 to 10?"
NOTHING_NAMED = "Name at least one thing that contributed, by luck or by skill."
NO_CUE = "When will it be? A lesson needs its moment, too."
NO_RESPONSE = "And what will you do then?"
UNSAID = "Used it, forgot it, it didn’t help, or not needed any more?"

WHEN = re.compile(r"^when(ever)?\s+", re.IGNORECASE)  # as the sentence says it already
WILL = re.compile(r"^(then,?\s+)?(I\s+will|I['’]ll)\s+", re.IGNORECASE)

USED, FORGOT, NO_HELP, RETIRE = "used", "forgot", "no_help", "retire"
SAID = {
    USED: "I used it",
    FORGOT: "I forgot",
    NO_HELP: "It didn’t help",
    RETIRE: "I don’t need it any more",
}


def wait(*, happened_at: datetime | None, weight: int | None, now: datetime) -> str:
    """Why a review is not offered yet, in a sentence; "" where it is. Nothing is ever locked."""
    if happened_at is not None and now - happened_at < REST:
        return (
            "This is less than two days old. Looking for reasons goes better after some rest, and "
            "going over it at once can make it heavier. It can wait, and it is yours to decide."
        )
    if weight is not None and weight > CALM:
        return (
            f"You said that it weighs {weight} of 10. On a heavy day a review easily turns into "
            "blame. Something that steadies you may come first; if you want to look now, you can."
        )
    return ""


def grew_heavier(before: int | None, after: int | None) -> bool:
    """Whether looking back has left somebody much heavier than before."""
    return before is not None and after is not None and after - before >= HEAVIER


def control(degree: int | None) -> Control | None:
    """Whose hands a factor is in, by its control 0-10; None where that is not said."""
    if degree is None:
        return None
    return "mine" if degree >= MOST else "influence" if degree >= SOME else "outside"


CONTROL_WORDS: dict[Control | None, str] = {
    "mine": "in my hands",
    "influence": "I can influence it",
    "outside": "outside my hands",
    None: "not said",
}


def teaches(degree: int | None) -> bool:
    """Whether a lesson can be taken from a factor: only where one can influence it."""
    return degree is not None and degree >= SOME


def key(name: str) -> str:
    """The name by which the same factor is found again: case, accents and signs do not count.

    Some signs become several letters, so it is cut to what its column holds.
    """
    return " ".join(fold(name))[:LONGEST_KEY].rstrip()


def name(typed: str, taken: Collection[str] = ()) -> str:
    """A factor's name in one line; `taken` are the keys of others. Raises RuleError."""
    line = str(Line(name="name", ask="", required=UNNAMED).clean(typed, {}))
    if not key(line):
        raise RuleError("name", "A name needs at least one letter or number.")
    if key(line) in taken:
        raise RuleError("name", "This review names it already.")
    return line


def degree(field: str, value: Any, top: int) -> int | None:
    """A whole number from 0 to `top`, None where nothing is said. Raises RuleError."""
    return None if value in (None, "") else whole(field, value, top)


def said_control(value: Any) -> int:
    """How much of a factor is in one's hands, 0 to 10. Raises RuleError, also where unsaid."""
    if (found := degree("control", value, 10)) is None:
        raise RuleError("control", UNSAID_CONTROL)
    return found


def said(word: str) -> str:
    """How a lesson served, one of SAID. Raises RuleError."""
    if word not in SAID:
        raise RuleError("said", UNSAID)
    return word


def witnesses(names: Iterable[str]) -> list[str]:
    """Names of people, each once. Raises RuleError."""
    lines = [str(Line(name="seen_by", ask="", longest=200).clean(each, {})) for each in names]
    found = {key(line) or line: line for line in lines if line}
    if len(found) > 10:
        raise RuleError("seen_by", "Up to ten people fit here.")
    return list(found.values())


def shares(given: Mapping[str, Any]) -> dict[str, int]:
    """The share of each factor in the influence; together they are 100. Raises RuleError."""
    if not given:
        raise RuleError("shares", NOTHING_NAMED)
    with all_at_once() as ask:
        found = {one: ask(whole, "shares", value or 0, 100) for one, value in given.items()}
    total = sum(found.values())
    if total > 100:
        raise RuleError(
            "shares",
            f"Together these are {total}, and all the influence there was is 100. "
            f"Take {total - 100} away where you are least sure.",
        )
    if total < 100:
        raise RuleError(
            "shares",
            f"Together these are {total}; {100 - total} are left. Give them to a factor, or name "
            "one more: “what I don’t know” is a factor, too.",
        )
    return found


def plan(cue: str, response: str) -> tuple[str, str]:
    """The halves of a lesson. Raises RuleError at each half that is missing or too long."""
    with all_at_once() as ask:
        when = ask(_half, "cue", cue, NO_CUE)
        then = ask(_half, "response", response, NO_RESPONSE)
    cue = WHEN.sub("", when, count=1).rstrip(" ,…")
    response = WILL.sub("", then, count=1).removesuffix(".")
    return cue or when, response or then


def _half(field: str, typed: str, missing: str) -> str:
    line = Line(name=field, ask="", longest=LONGEST_HALF, required=missing)
    return str(line.clean(typed, {}))


def told(cue: str, response: str) -> str:
    """A lesson in one sentence."""
    return IfThen(name="", ask="").told({"when": cue, "then": response})


def upcoming(field: str, value: Any, *, today: date, before: date | None = None) -> date | None:
    """A day that is still to come, or is the one that stood there `before`. Raises RuleError."""
    day = read_day(field, value)
    if day is not None and day < today and day != before:
        raise RuleError(field, "That day is over. Any day from today on will do.")
    if day is not None and day > today + timedelta(days=3660):
        raise RuleError(field, "That is more than ten years from now. A nearer day will do.")
    return day


def read_day(field: str, value: Any) -> date | None:
    """A day written as 2026-11-03. Raises RuleError."""
    if value in (None, "") or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise RuleError(field, "There is no such date. One is written like 2026-11-03.") from None


def line(text: str) -> str:
    """One line of what happened. Raises RuleError."""
    return str(Line(name="line", ask="", longest=LONGEST_LINE).clean(text, {}))


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler  # late: only a lesson needs it

    return Scheduler(
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_INTERVAL,
        enable_fuzzing=False,
    )


def first_card(now: datetime) -> dict[str, Any]:
    """How a lesson is remembered when it has just been written: that was its first time."""
    from fsrs import Card

    return _rated(Card(card_id=0, due=now.astimezone(UTC)), USED, now)


def sound_card(card: Any) -> None:
    """Refuse a memory that FSRS did not write. Raises RuleError."""
    from fsrs import Card

    try:
        read = Card.from_dict(card)
        moments = (read.due, read.last_review)
        sound = all(one and one.tzinfo and 1900 < one.year < 2200 for one in moments)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        sound = False
    if not sound:
        raise RuleError("card", "How it is remembered is not as Upswing writes it.")


def next_card(card: Mapping[str, Any], said: str, now: datetime) -> dict[str, Any]:
    """How it is remembered after `said`. Raises RuleError for an odd card."""
    from fsrs import Card

    try:
        return _rated(Card.from_dict(dict(card)), said, now)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError, AssertionError, OverflowError):
        return first_card(now)  # one that came from elsewhere begins anew


def _rated(card: Any, said: str, now: datetime) -> dict[str, Any]:
    from fsrs import Rating

    ratings = {USED: Rating.Good, FORGOT: Rating.Again, NO_HELP: Rating.Hard}
    rated, _ = _scheduler().review_card(card, ratings[said], now.astimezone(UTC))
    return dict(rated.to_dict())


def comes_back(card_day: date, checks: Sequence[date | None], today: date) -> date:
    """The next day on which a lesson is shown: by its memory, or a check that is still to come."""
    days = [max(card_day, today + timedelta(days=1))]
    return min([*days, *(check for check in checks if check is not None and check > today)])


def trend(values: Sequence[int | None]) -> str:
    """Whether a factor's share rose or fell over its latest reviews, oldest first.

    "" where they are too few to tell. docs/statistics/returned-factors.md says how it is worked
    out.
    """
    known = [value for value in values[-MOST_FOR_A_TREND:] if value is not None]
    if len(known) < FEWEST_FOR_A_TREND:
        return ""
    if steady.chance(known) > BY_CHANCE:
        return f"No steady rise or fall in its share over {len(known)} reviews."
    half = len(known) // 2
    early, late = fmean(known[:half]), fmean(known[-half:])
    return (
        f"Its share {'rose' if steady.lean(known) > 0 else 'fell'} over {len(known)} reviews: "
        f"{early:.0f} on average in the first {half}, {late:.0f} in the last {half}. "
        "Chance alone does that to one factor in twenty, at the most."
    )
