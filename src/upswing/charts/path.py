"""The eight stepping stones of a setback as one drawn path, rising from left to right.

`svg(path)` draws it for wide screens (one sweep) and for narrow ones (winding upward, two stones a
row); `table(path)` and `text(path)` say the same in rows and in a terminal. Stones can be walked in
any order: the trail turns solid on both sides of each walked stone, so it fills as one walks.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin
from typing import Literal

from upswing.charts.figure import Drawing, Point, Table, drawn, element, picture, smooth, words

State = Literal["walked", "here", "next", "ahead"]
Segment = tuple[Point, Point, Point, Point]

SAY: dict[State, str] = {"walked": "walked", "here": "you are here", "next": "next", "ahead": ""}
MARKS: dict[State, str] = {"walked": "●", "here": "◉", "next": "◎", "ahead": "○"}

# How far a stone reaches right, down, left and up, as parts of a true ellipse, and its tilt in
# degrees: each stone is a little its own.
SHAPES = (
    (1.00, 1.06, 0.95, 0.94, -5.0),
    (0.93, 0.97, 1.07, 1.05, -8.0),
    (1.08, 1.02, 0.92, 0.96, -3.0),
    (0.98, 0.94, 1.04, 1.08, -9.0),
)
ROUND = 0.5523  # the handle that makes a quarter of a circle from one Bezier segment
SIZES = ((31, 19), (34, 17), (29, 18), (32, 20), (35, 18), (30, 17), (33, 19), (36, 21))

WIDE = (960.0, 344.0)
WIDE_STONES: tuple[Point, ...] = (
    (66, 252),
    (184, 229),
    (302, 214),
    (420, 180),
    (538, 166),
    (656, 124),
    (774, 104),
    (890, 52),
)
WIDE_LEAD: tuple[Point, Point] = ((4, 282), (956, 22))
STAGE_DROP = 92.0  # from the middle of a stage's two stones down to its word

NARROW = (300.0, 520.0)
NARROW_STONES: tuple[Point, ...] = (
    (66, 450),
    (222, 424),
    (234, 324),
    (78, 298),
    (66, 198),
    (222, 172),
    (234, 72),
    (78, 46),
)
NARROW_LEAD: tuple[Point, Point] = ((8, 496), (40, 6))


@dataclass(frozen=True)
class Stone:
    """One stone: `stage` is the name of its stage, `href` where it leads ("" for nowhere)."""

    key: str
    name: str
    stage: str
    state: State
    href: str = ""


@dataclass(frozen=True)
class Path:
    """Exactly eight stones in order, two a stage; `ident` must be unique on the page."""

    stones: tuple[Stone, ...]
    ident: str = "stones"

    def __post_init__(self) -> None:
        """Raise ValueError for any other number of stones."""
        if len(self.stones) != len(WIDE_STONES):
            raise ValueError(f"a path has {len(WIDE_STONES)} stones, not {len(self.stones)}")


def svg(path: Path) -> Drawing:
    """Draw the path twice."""
    return Drawing(wide=_wide(path), narrow=_narrow(path))


def table(path: Path) -> Table:
    """Return one row a stone: stage, name, and its state in words."""
    rows = tuple((stone.stage, stone.name, SAY[stone.state] or "ahead") for stone in path.stones)
    return Table("The eight stones", ("Stage", "Stone", "Now"), rows)


def text(path: Path, width: int = 72) -> str:
    """Draw the path for a terminal, the first stage lowest; under 56 columns one stone a line."""
    legend = "   ".join(f"{MARKS[state]}\N{NO-BREAK SPACE}{SAY[state] or 'ahead'}" for state in SAY)
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in textwrap.wrap(legend, width)]
    return "\n".join([*_terminal_rows(path, width), "", *lines])


def summary(path: Path) -> str:
    """Say in one line how far the path is walked."""
    walked = sum(stone.state == "walked" for stone in path.stones)
    here = [stone.name for stone in path.stones if stone.state == "here"]
    start = f"{walked} of {len(path.stones)} stones walked"
    return f"{start}; you are at {', '.join(here)}" if here else start


def _wide(path: Path) -> str:
    stones = [
        _stone(stone, index, at) for index, (stone, at) in enumerate(_placed(path, WIDE_STONES))
    ]
    stages = [_stage(word, (x, y + STAGE_DROP)) for word, (x, y) in _stages(path, WIDE_STONES)]
    parts = [*_trail(path, WIDE_STONES, WIDE_LEAD), *stages, *stones]
    return _picture(path, WIDE, "wide", parts)


def _narrow(path: Path) -> str:
    stones = [
        _stone(stone, index, at) for index, (stone, at) in enumerate(_placed(path, NARROW_STONES))
    ]
    stages = [_stage(word, (150, y - 12)) for word, (_, y) in _stages(path, NARROW_STONES)]
    parts = [*_trail(path, NARROW_STONES, NARROW_LEAD), *stages, *stones]
    return _picture(path, NARROW, "narrow", parts)


def _picture(path: Path, size: Point, which: str, parts: Sequence[str]) -> str:
    names = ", ".join(f"{stone.name} {SAY[stone.state]}".strip() for stone in path.stones)
    ident = f"{path.ident}-{which}"
    links = any(stone.href for stone in path.stones)
    return picture(size, ident, f"{summary(path)}.", f"In order: {names}.", *parts, links=links)


def _placed(path: Path, places: Sequence[Point]) -> list[tuple[Stone, Point]]:
    return list(zip(path.stones, places, strict=True))


def _stages(path: Path, places: Sequence[Point]) -> list[tuple[str, Point]]:
    """Return each stage's name with the point half way between its two stones."""
    pairs = zip(path.stones[::2], places[::2], places[1::2], strict=True)
    return [(stone.stage, _mid(left, right)) for stone, left, right in pairs]


def _stage(word: str, at: Point) -> str:
    return words("text", word, class_="stage", x=at[0], y=at[1], text_anchor="middle")


def _trail(path: Path, places: Sequence[Point], lead: tuple[Point, Point]) -> list[str]:
    segments = smooth([lead[0], *places, lead[1]])
    walked = _walked(path, segments)
    both = (("trail", segments), ("trail-walked", walked))
    return [element("path", {"class": name, "d": drawn(part)}) for name, part in both if part]


def _walked(path: Path, segments: Sequence[Segment]) -> list[Segment]:
    """Return the halves of the trail that touch a walked stone; whole ones where both ends do.

    The lead-in belongs to the first stone, the way out to the last.
    """
    done = [stone.state == "walked" for stone in path.stones]
    ends = [(done[0], done[0]), *pairwise(done), (done[-1], done[-1])]
    halves: list[Segment] = []
    for segment, (start, end) in zip(segments, ends, strict=True):
        if start and end:
            halves.append(segment)
        elif start or end:
            halves.append(_split(segment)[0 if start else 1])
    return halves


def _split(segment: Segment) -> tuple[Segment, Segment]:
    """Cut a Bezier segment in the middle (de Casteljau)."""
    a, b, c, d = segment
    ab, bc, cd = _mid(a, b), _mid(b, c), _mid(c, d)
    abc, bcd = _mid(ab, bc), _mid(bc, cd)
    middle = _mid(abc, bcd)
    return (a, ab, abc, middle), (middle, bcd, cd, d)


def _mid(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


def _stone(stone: Stone, index: int, at: Point) -> str:
    width, height = SIZES[index]
    parts = [
        _ring(at, width, height),
        element("path", {"class": "rock", "d": _rock(at, width, height, index)}),
        # The spaces keep the lines apart as words where the link is read out.
        " ".join(_label(stone, at[0], at[1] + height + 19)),
    ]
    attributes = {"class": f"stone {stone.state}"}
    if not stone.href:
        return element("g", attributes, *parts)
    return element("a", {"href": stone.href} | attributes, *parts)


def _ring(at: Point, width: float, height: float) -> str:
    """The focus ring: outside the stone, drawn always and coloured only on keyboard focus."""
    size = {"cx": at[0], "cy": at[1], "rx": width + 7, "ry": height + 7}
    return element("ellipse", {"class": "ring", **size})


def _rock(at: Point, width: float, height: float, index: int) -> str:
    right, down, left, up, tilt = SHAPES[index % len(SHAPES)]
    tips = ((right * width, 0), (0, down * height), (-left * width, 0), (0, -up * height))
    quarters: list[Segment] = []
    for start, end in pairwise((*tips, tips[0])):
        out = (start[0] + ROUND * end[0], start[1] + ROUND * end[1])
        into = (end[0] + ROUND * start[0], end[1] + ROUND * start[1])
        a, b, c, d = (_turned(point, at, tilt) for point in (start, out, into, end))
        quarters.append((a, b, c, d))
    return drawn(quarters) + "Z"


def _turned(point: Point, about: Point, degrees: float) -> Point:
    """Turn a point that is measured from `about`, and measure it from the picture's corner."""
    turn = radians(degrees)
    x = point[0] * cos(turn) - point[1] * sin(turn)
    y = point[0] * sin(turn) + point[1] * cos(turn)
    return (about[0] + x, about[1] + y)


def _label(stone: Stone, x: float, y: float) -> list[str]:
    lines = textwrap.wrap(stone.name, 15) or [stone.key]
    names = [
        words("text", line, class_="name", x=x, y=y + 17 * row, text_anchor="middle")
        for row, line in enumerate(lines)
    ]
    if not SAY[stone.state]:
        return names
    below = y + 17 * len(lines)
    note = words("text", SAY[stone.state], class_="note", x=x, y=below, text_anchor="middle")
    return [*names, note]


def _terminal_rows(path: Path, width: int) -> list[str]:
    side = max(len(stone.stage) for stone in path.stones) + 2
    if width < 56:
        order = range(len(path.stones) - 1, -1, -1)
        return [f"{_stage_word(path, at):{side}}{_word(path.stones[at])}" for at in order]
    cell = (width - side) // 2
    rows = []
    for at in range(len(path.stones) - 2, -1, -2):
        left, right = path.stones[at : at + 2]
        joined = "─" if left.state == right.state == "walked" else "·"
        rows.append(f"{left.stage:{side}}{_word(left) + ' ':{joined}<{cell - 1}} {_word(right)}")
    return rows


def _stage_word(path: Path, at: int) -> str:
    """The stage, said once: beside the upper of its stones."""
    stones = path.stones
    upper = at + 1 == len(stones) or stones[at + 1].stage != stones[at].stage
    return stones[at].stage if upper else ""


def _word(stone: Stone) -> str:
    return f"{MARKS[stone.state]} {stone.name}"
