"""A few ratings of the same things, one time after the other, as lines with their numbers.

`svg(moves)` draws them for wide and for narrow screens, `table(moves)` gives the numbers,
`text(moves)` a small table for the terminal. The times stand at equal distances, because what
counts is their order; a time at which something was not rated is left out of its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from upswing.charts.figure import Drawing, Point, Table, at, element, number, picture, words

NONE = "–"
STYLES = ("one", "two", "three")


@dataclass(frozen=True)
class Line:
    """What was rated, and how at each time; None where it was not."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Moves:
    """Lines over the same times, on the scale `low` to `high`. `ident` is unique on the page."""

    name: str
    times: tuple[str, ...]
    lines: tuple[Line, ...]
    low: float = 0
    high: float = 100
    ident: str = "moves"


@dataclass(frozen=True)
class Frame:
    """The measures of one drawing, in its own units (about CSS pixels at its usual width)."""

    which: str
    width: float
    left: float
    right: float
    height: float


WIDE = Frame("wide", 960, 44, 930, 190)
NARROW = Frame("narrow", 300, 34, 276, 150)
LEGEND, FOOT, INSET = 22.0, 30.0, 26.0
CLOSE = 18.0  # units between two numbers, under which the lower one goes below its dot


def svg(moves: Moves) -> Drawing:
    """Draw the lines twice."""
    return Drawing(wide=_draw(moves, WIDE), narrow=_draw(moves, NARROW))


def table(moves: Moves) -> Table:
    """Return one row a line: its name, then its value at each time."""
    rows = tuple((line.name, *map(_said, line.values)) for line in moves.lines)
    return Table(moves.name, ("", *moves.times), rows)


def text(moves: Moves, width: int = 72) -> str:
    """Return the numbers as lines of a terminal, the names cut so that they fit into `width`."""
    columns = [max(len(time), 4) for time in moves.times]
    room = max(8, width - sum(columns) - 2 * len(columns))
    names = [_cut(line.name, room) for line in moves.lines]
    room = max(map(len, names), default=0)
    rows = [("", moves.times)]
    rows += [
        (name, tuple(map(_said, line.values)))
        for name, line in zip(names, moves.lines, strict=True)
    ]
    return "\n".join(
        name.ljust(room)
        + "".join(f"  {said:>{size}}" for said, size in zip(values, columns, strict=True))
        for name, values in rows
    )


def summary(moves: Moves) -> str:
    """Say in one line where each of them began and where it is now."""
    return "; ".join(f"{line.name}: {_from_to(line)}" for line in moves.lines)


def _from_to(line: Line) -> str:
    known = [value for value in line.values if value is not None]
    if not known:
        return "not rated"
    first, last = number(known[0]), number(known[-1])
    return f"from {first} to {last}" if len(known) > 1 else first


def _said(value: float | None) -> str:
    return NONE if value is None else number(value)


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1]}…"


def _draw(moves: Moves, frame: Frame) -> str:
    top = LEGEND * len(moves.lines) + 16
    parts = [*_legend(moves, frame), *_scale(moves, frame, top), *_times(moves, frame, top)]
    places = [_places(moves, line, frame, top) for line in moves.lines]
    for style, of_line in zip(STYLES, places, strict=False):
        parts += _line(style, of_line)
    parts += _numbers(moves, places)
    size = (frame.width, top + frame.height + FOOT)
    desc = f"Scale from {number(moves.low)} to {number(moves.high)}. {summary(moves)}."
    return picture(size, f"{moves.ident}-{frame.which}", moves.name, desc, *parts)


def _legend(moves: Moves, frame: Frame) -> list[str]:
    parts = []
    for place, (style, line) in enumerate(zip(STYLES, moves.lines, strict=False)):
        y = 12 + LEGEND * place
        parts += _line(style, [(frame.left, y), (frame.left + 28, y)], dots=False)
        parts.append(_dot(style, (frame.left + 14, y)))
        parts.append(words("text", line.name, class_="say", x=frame.left + 38, y=y + 4.5))
    return parts


def _y(moves: Moves, value: float, frame: Frame, top: float) -> float:
    share = (value - moves.low) / (moves.high - moves.low)
    return top + frame.height * (1 - share)


def _x(moves: Moves, place: int, frame: Frame) -> float:
    start, end = frame.left + INSET, frame.right - INSET
    return start + (end - start) * place / max(1, len(moves.times) - 1)


def _scale(moves: Moves, frame: Frame, top: float) -> list[str]:
    parts = []
    for value in (moves.low, (moves.low + moves.high) / 2, moves.high):
        y = _y(moves, value, frame, top)
        ends = {"x1": frame.left, "y1": y, "x2": frame.right, "y2": y}
        parts.append(element("line", {"class": "tick", **ends}))
        label = words("text", number(value), x=frame.left - 8, y=y + 4.5, text_anchor="end")
        parts.append(label)
    return parts


def _times(moves: Moves, frame: Frame, top: float) -> list[str]:
    y = top + frame.height + 22
    return [
        words("text", time, x=_x(moves, place, frame), y=y, text_anchor="middle")
        for place, time in enumerate(moves.times)
    ]


def _places(moves: Moves, line: Line, frame: Frame, top: float) -> list[Point]:
    return [
        (_x(moves, place, frame), _y(moves, value, frame, top))
        for place, value in enumerate(line.values)
        if value is not None
    ]


def _line(style: str, places: list[Point], *, dots: bool = True) -> list[str]:
    data = "".join(f"M{at(a)}L{at(b)}" for a, b in pairwise(places))
    drawn = [element("path", {"class": f"move {style}", "d": data})] if data else []
    return drawn + ([_dot(style, place) for place in places] if dots else [])


def _dot(style: str, place: Point) -> str:
    return element("circle", {"class": f"mark {style}", "cx": place[0], "cy": place[1], "r": 4.5})


def _numbers(moves: Moves, places: list[list[Point]]) -> list[str]:
    """Each number above its dot, or below it where another line runs close above."""
    parts = []
    for line, of_line in zip(moves.lines, places, strict=True):
        before = [place for other in places[: places.index(of_line)] for place in other]
        others = [place for other in places if other is not of_line for place in other]
        known = [value for value in line.values if value is not None]
        for value, place in zip(known, of_line, strict=True):
            y = place[1] + (20 if place in before or _close_above(place, others) else -10)
            label = words("text", number(value), x=place[0], y=y, text_anchor="middle")
            parts.append(label)
    return parts


def _close_above(place: Point, others: list[Point]) -> bool:
    return any(x == place[0] and 0 < place[1] - y < 2 * CLOSE for x, y in others)
