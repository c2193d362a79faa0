"""A review as Markdown, with its factors and lessons: to print, to keep, to show to somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from upswing.strategies.reviews import reads, rules
from upswing.strategies.reviews.models import Factor, Lesson, Review


@dataclass(frozen=True)
class Whole:
    """A review with everything that hangs on it."""

    review: Review
    factors: Sequence[Factor]
    lessons: dict[UUID, list[Lesson]]
    seen_by: dict[UUID, list[tuple[UUID, str]]]

    @property
    def teaching(self) -> list[Factor]:
        """Those that one can influence."""
        return [one for one in self.factors if rules.teaches(one.control)]

    @property
    def outside(self) -> list[Factor]:
        """Those to accept or to plan around."""
        return [one for one in self.factors if not rules.teaches(one.control)]

    @property
    def shared(self) -> int:
        """All shares together; 100 where the influence is shared out."""
        return sum(one.share or 0 for one in self.factors)

    @property
    def own_words(self) -> list[str]:
        """The person's own texts in what hangs on the review."""
        hanging = [*self.factors, *(one for some in self.lessons.values() for one in some)]
        return [text for one in hanging for text in one.own_words]

    @property
    def heavier(self) -> bool:
        """Whether looking back left somebody much heavier than before."""
        answers = self.review.answers
        return rules.grew_heavier(answers.get("distress_before"), answers.get("distress_after"))


def whole(review: Review) -> Whole:
    """The review and all of its factors, lessons and witnesses, in four questions."""
    factors = reads.factors_of(review)
    return Whole(review, factors, reads.lessons_of(factors), reads.witnesses(factors))


def markdown(whole: Whole) -> str:
    """The whole review as one Markdown text."""
    return "\n\n".join(part for part in _parts(whole) if part) + "\n"


def _parts(whole: Whole) -> Iterator[str]:
    item = whole.review.item
    about = f" of “{_line(item.setback.item.title)}”" if item.setback else ""
    yield f"# {_line(item.title)}"
    yield f"Review{about}, {item.day.day} {item.day:%B %Y}"
    yield item.body.strip()
    if whole.factors:
        yield "## What contributed"
        yield "\n".join([*HEAD, *(_row(whole, one) for one in whole.factors)])
        yield from (_more(one) for one in whole.factors)
    if any(whole.lessons.values()):
        yield "## Lessons"
        yield "\n".join(
            f"- {_line(one.item.title)}{_first(one)}"
            for some in whole.lessons.values()
            for one in some
        )
    if whole.outside:
        yield "## To accept, or to plan around"
        yield "\n".join(f"- {_line(one.item.title)}{_way(one)}" for one in whole.outside)


HEAD = (
    "| Factor | Share | Whose hands | Control | Lasting | Known then | Sure | Seen by |",
    "|---|---:|---|---:|---|---|---:|---|",
)


def _row(whole: Whole, one: Factor) -> str:
    names = ", ".join(name for _, name in whole.seen_by[one.pk])
    cells = (
        one.item.title,
        _number(one.share),
        one.held,
        _number(one.control),
        one.lasting,
        one.known,
        _number(one.confidence),
        names,
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _cell(text: str) -> str:
    return _line(text).replace("\\", "\\\\").replace("|", "\\|")


def _line(text: str) -> str:
    return " ".join(text.split())


def _more(one: Factor) -> str:
    told = [one.item.body.strip()]
    if one.advice.strip():
        told.append(f"To a colleague: {one.advice.strip()}")
    words = "\n\n".join(part for part in told if part)
    return f"### {_line(one.item.title)}\n\n{words}" if words else ""


def _first(lesson: Lesson) -> str:
    day = lesson.first_use
    return f" First use: {day.day} {day:%B %Y}." if day else ""


def _way(one: Factor) -> str:
    return f": {_line(one.way)}" if one.way.strip() else ""
