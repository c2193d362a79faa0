"""What every chart gives back, and the few shapes they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """One picture drawn twice, as escaped SVG text: the page shows the one that fits its width."""

    wide: str
    narrow: str


@dataclass(frozen=True)
class Table:
    """The numbers of a picture: a caption, the heads of the columns, rows of ready text."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def number(value: float) -> str:
    """Write a length or coordinate with at most one decimal: 3.0 -> "3", 2.25 -> "2.2"."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(tag: str, attributes: Mapping[str, str | float], *children: str) -> str:
    """Return one SVG element; attribute values are escaped, children are SVG already."""
    parts = [
        f' {name}="{escape(value if isinstance(value, str) else number(value))}"'
        for name, value in attributes.items()
    ]
    start = f"<{tag}{''.join(parts)}"
    return f"{start}>{''.join(children)}</{tag}>" if children else f"{start}/>"


def words(tag: str, text: str, **attributes: str | float) -> str:
    """Return an element that holds only text, which is escaped; `class_` becomes `class`."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return element(tag, named, escape(text))


def picture(
    size: tuple[float, float], ident: str, title: str, desc: str, *parts: str, links: bool = False
) -> str:
    """Return a whole <svg> of `size` (width, height) with title and description.

    `ident` must be unique on the page. A picture with links is a group, not an image: what
    stands inside role=img is not read out, and its links could not be reached by name.
    """
    attributes = {
        "viewBox": f"0 0 {number(size[0])} {number(size[1])}",
        "role": "group" if links else "img",
        "aria-labelledby": f"{ident}-title",
        "aria-describedby": f"{ident}-desc",
    }
    heads = (
        words("title", title, id=f"{ident}-title"),
        words("desc", desc, id=f"{ident}-desc"),
    )
    return element("svg", attributes, *heads, *parts)


def smooth(points: Sequence[Point]) -> list[tuple[Point, Point, Point, Point]]:
    """Return one cubic Bezier segment (start, two handles, end) between each two points in turn.

    A Catmull-Rom curve through all of them; the first and last point stand in for what is beyond.
    """
    padded = [points[0], *points, points[-1]]
    segments = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        out = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        into = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        segments.append((start, out, into, end))
    return segments


def drawn(segments: Sequence[tuple[Point, Point, Point, Point]]) -> str:
    """Return path data for the segments; lifts the pen where one does not go on from the last."""
    data = ""
    pen: Point | None = None
    for start, out, into, end in segments:
        if start != pen:
            data += f"M{at(start)}"
        data += f"C{at(out)} {at(into)} {at(end)}"
        pen = end
    return data


def at(point: Point) -> str:
    """Write a point as path data does: "3,2.5"."""
    return f"{number(point[0])},{number(point[1])}"
