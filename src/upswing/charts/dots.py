"""A dated series (mood over days) as dots, with a quiet line and an optional band.

`svg(dots)` draws it for wide and for narrow screens, `table(dots)` gives the numbers, `text(dots)`
a line of blocks for the terminal. A day without a value is a gap: nothing is drawn through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean

from upswing.charts.axes import days, long_day, nice
from upswing.charts.figure import Drawing, Point, Table, at, element, number, picture, words

BLOCKS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Dot:
    """One value on the day on which it was lived; several on one day are welcome."""

    day: date
    value: float


@dataclass(frozen=True)
class Dots:
    """A series named `name` on the scale `low` to `high`.

    `first` and `last` widen the span beyond the dots (the day of the setback, today). `level` is
    the line, one value a day; without it a hairline joins the means of days that follow each other.
    `band` is a (low, high) range drawn behind everything and named `band_name`. `ident` must be
    unique on the page.
    """

    name: str
    dots: tuple[Dot, ...]
    low: float = 1
    high: float = 10
    first: date | None = None
    last: date | None = None
    level: tuple[Dot, ...] | None = None
    band: tuple[float, float] | None = None
    band_name: str = ""
    ident: str = "dots"


@dataclass(frozen=True)
class Frame:
    """The measures of one drawing, in its own units (about CSS pixels at its usual width)."""

    which: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    marks: int
    radius: float


# Text is 14 units (charts.css). The narrow drawing is 283 px wide on a 320 px screen, the wide one
# never under 832 px, so nothing is read smaller than 12 px.
HALF_A_LETTER = 3.9
SMALLEST_DOT = 1.8
FEWEST_UNITS = 4.5  # where days stand closer than this, hairs between them only make it grey
WIDE = Frame("wide", 960, 250, 34, 946, 14, 214, 8, 3.2)
NARROW = Frame("narrow", 300, 210, 24, 292, 14, 176, 5, 2.8)


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def share(self, day: date) -> float:
        """Return where `day` lies, 0 at the first day, 1 at the last; 0.5 in a span of one day."""
        length = (self.last - self.first).days
        return (day - self.first).days / length if length else 0.5


def svg(dots: Dots) -> Drawing:
    """Draw the series twice."""
    return Drawing(wide=_draw(dots, WIDE), narrow=_draw(dots, NARROW))


def table(dots: Dots) -> Table:
    """Return one row a day, oldest first: the day, each of its values in the order given."""
    rows = tuple(
        (long_day(day), ", ".join(number(value) for value in values))
        for day, values in sorted(_by_day(dots.dots).items())
    )
    return Table(f"{dots.name} by day", ("Day", dots.name), rows)


def text(dots: Dots, width: int = 72) -> str:
    """Return three lines for a terminal: what it is, one block a day or more, first and last day.

    Where the span is longer than `width` days, each block is the mean of the days it stands for.
    """
    span = _span(dots)
    if span is None:
        return f"{dots.name}: nothing yet"
    blocks = "".join(_block(dots, values) for values in _columns(dots, span, width))
    ends = (long_day(span.first), long_day(span.last))
    room = max(len(blocks) - len(ends[0]), len(ends[1]) + 3)
    foot = ends[0] if span.first == span.last else ends[0] + ends[1].rjust(room)
    return f"{dots.name}: {summary(dots)}\n{blocks}\n{foot}"


def summary(dots: Dots) -> str:
    """Say in one line how many values there are, between which numbers, and the latest."""
    if not dots.dots:
        return "nothing yet"
    values = [dot.value for dot in dots.dots]
    latest = max(dots.dots, key=lambda dot: dot.day)
    if len(values) == 1:
        return f"one value, {number(values[0])} on {long_day(latest.day)}"
    return (
        f"{len(values)} values from {number(min(values))} to {number(max(values))}, "
        f"latest {number(_last_value(dots))} on {long_day(latest.day)}"
    )


def _last_value(dots: Dots) -> float:
    day = max(dot.day for dot in dots.dots)
    return [dot.value for dot in dots.dots if dot.day == day][-1]


def _span(dots: Dots) -> Span | None:
    known = [dot.day for dot in (*dots.dots, *(dots.level or ()))]
    known += [day for day in (dots.first, dots.last) if day is not None]
    return Span(min(known), max(known)) if known else None


def _by_day(series: Sequence[Dot]) -> dict[date, list[float]]:
    found: dict[date, list[float]] = {}
    for dot in series:
        found.setdefault(dot.day, []).append(dot.value)
    return found


def _draw(dots: Dots, usual: Frame) -> str:
    # The band's name stands over the picture: inside, it would lie on the dots.
    frame = replace(usual, top=usual.top + 20) if dots.band_name else usual
    span = _span(dots)
    parts = [*_band(dots, frame), *_scale(dots, frame), *_calendar(span, frame)]
    if span is not None:
        parts += [*_line(dots, frame, span), *_marks(dots, frame, span)]
    if not dots.dots:
        parts.append(_nothing(frame))
    ident = f"{dots.ident}-{frame.which}"
    desc = f"Scale from {number(dots.low)} to {number(dots.high)}: {summary(dots)}."
    return picture((frame.width, frame.height), ident, dots.name, desc, *parts)


def _y(dots: Dots, frame: Frame, value: float) -> float:
    share = (value - dots.low) / (dots.high - dots.low)
    return frame.bottom - share * (frame.bottom - frame.top)


def _x(frame: Frame, span: Span, day: date) -> float:
    inset = frame.radius + 4
    start, end = frame.left + inset, frame.right - inset
    return start + span.share(day) * (end - start)


def _band(dots: Dots, frame: Frame) -> list[str]:
    if dots.band is None:
        return []
    top, bottom = _y(dots, frame, dots.band[1]), _y(dots, frame, dots.band[0])
    shape = {"x": frame.left, "y": top, "width": frame.right - frame.left, "height": bottom - top}
    return [element("rect", {"class": "band", **shape}), *_band_name(dots, frame)]


def _band_name(dots: Dots, frame: Frame) -> list[str]:
    if not dots.band_name:
        return []
    swatch: dict[str, str | float] = {"class": "band", "x": frame.left, "y": 3}
    swatch |= {"width": 18, "height": 12}
    return [element("rect", swatch), words("text", dots.band_name, x=frame.left + 25, y=14)]


def _scale(dots: Dots, frame: Frame) -> list[str]:
    """Hairlines at the ends of the scale and at a round number between, each with its number."""
    between = [mark for mark in nice(dots.low, dots.high, 3) if dots.low < mark < dots.high]
    parts = []
    for value in (dots.low, *between, dots.high):
        y = _y(dots, frame, value)
        parts.append(_rule((frame.left, y), (frame.right, y)))
        parts.append(words("text", number(value), x=frame.left - 8, y=y + 4.5, text_anchor="end"))
    return parts


def _calendar(span: Span | None, frame: Frame) -> list[str]:
    if span is None:
        return []
    parts = []
    for day, said in days(span.first, span.last, frame.marks):
        x = _x(frame, span, day)
        parts.append(_rule((x, frame.bottom), (x, frame.bottom + 5)))
        inside = min(max(x, HALF_A_LETTER * len(said)), frame.width - HALF_A_LETTER * len(said))
        parts.append(words("text", said, x=inside, y=frame.bottom + 22, text_anchor="middle"))
    return parts


def _rule(start: Point, end: Point) -> str:
    ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    return element("line", {"class": "tick", **ends})


def _line(dots: Dots, frame: Frame, span: Span) -> list[str]:
    series = dots.dots if dots.level is None else dots.level
    means = sorted((day, fmean(values)) for day, values in _by_day(series).items())
    places = {day: (_x(frame, span, day), _y(dots, frame, value)) for day, value in means}
    near = [(a, b) for a, b in pairwise(places) if b - a == timedelta(days=1)]
    data = "".join(f"M{at(places[a])}L{at(places[b])}" for a, b in near)
    name = "hair" if dots.level is None else "level"
    crowded = name == "hair" and _pace(frame, span) < FEWEST_UNITS
    return [element("path", {"class": name, "d": data})] if data and not crowded else []


def _marks(dots: Dots, frame: Frame, span: Span) -> list[str]:
    places = [(_x(frame, span, dot.day), _y(dots, frame, dot.value)) for dot in dots.dots]
    radius = min(frame.radius, max(SMALLEST_DOT, _pace(frame, span) * 0.6))
    return [element("circle", {"class": "dot", "cx": x, "cy": y, "r": radius}) for x, y in places]


def _pace(frame: Frame, span: Span) -> float:
    """Return how far apart two days stand."""
    return (frame.right - frame.left) / ((span.last - span.first).days + 1)


def _nothing(frame: Frame) -> str:
    middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    return words(
        "text", "Nothing yet", class_="say", x=middle[0], y=middle[1], text_anchor="middle"
    )


def _columns(dots: Dots, span: Span, width: int) -> list[list[float]]:
    """Sort the values into at most `width` columns of equally many days."""
    length = (span.last - span.first).days + 1
    each = -(-length // width)
    columns: list[list[float]] = [[] for _ in range(-(-length // each))]
    for dot in dots.dots:
        columns[(dot.day - span.first).days // each].append(dot.value)
    return columns


def _block(dots: Dots, values: Sequence[float]) -> str:
    if not values:
        return " "
    share = (fmean(values) - dots.low) / (dots.high - dots.low)
    return BLOCKS[min(len(BLOCKS) - 1, max(0, round(share * (len(BLOCKS) - 1))))]
