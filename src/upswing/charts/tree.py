"""What contributed, as a small tree: three boughs by whose hands it was in, a leaf a factor.

`svg(tree)` draws it for wide and for narrow screens, `table(tree)` gives the numbers, `text(tree)`
lines for the terminal. A leaf's bar is as long as its share of the influence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from upswing.charts.figure import Drawing, Point, Table, at, element, number, picture, words

UNSAID = "not said"


@dataclass(frozen=True)
class Leaf:
    """One factor: its share 0-100, or None where that is not said, and more cells for the table."""

    name: str
    share: int | None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bough:
    """The leaves that hang together. `key` colours them."""

    key: str
    name: str
    leaves: tuple[Leaf, ...]

    @property
    def share(self) -> int | None:
        """All of its shares together; None where none is said yet."""
        said = [leaf.share for leaf in self.leaves if leaf.share is not None]
        return sum(said) if said else None

    @property
    def told(self) -> str:
        """Its name, with its share where that is said."""
        return self.name if self.share is None else f"{self.name} · {self.share}"


@dataclass(frozen=True)
class Tree:
    """A tree named `name`; `columns` are the heads of the leaves' cells; `ident` is unique."""

    name: str
    boughs: tuple[Bough, ...]
    columns: tuple[str, ...] = ()
    ident: str = "tree"


@dataclass(frozen=True)
class Frame:
    """The measures of one drawing, in its own units."""

    which: str
    width: float
    trunk: float
    bough: float
    leaf: float
    letters: int


WIDE = Frame("wide", 900, 8, 40, 76, 100)
NARROW = Frame("narrow", 340, 8, 22, 42, 36)
TOP, BOUGH_STEP, LEAF_STEP, BAR, GAP = 10.0, 30.0, 44.0, 7.0, 12.0
FIGURE = 44.0  # the width of the number at the right


def svg(tree: Tree) -> Drawing:
    """Draw the tree twice."""
    return Drawing(wide=_draw(tree, WIDE), narrow=_draw(tree, NARROW))


def table(tree: Tree) -> Table:
    """One row a leaf: its name, whose hands, its share, and its other cells."""
    rows = tuple(
        (leaf.name, bough.name, _share(leaf), *leaf.cells)
        for bough in tree.boughs
        for leaf in bough.leaves
    )
    return Table(tree.name, ("Factor", "Whose hands", "Share", *tree.columns), rows)


def text(tree: Tree, width: int = 72) -> str:
    """Lines for a terminal: the boughs with their sums, and a bar of up to 20 blocks a leaf."""
    lines = []
    for bough in _held(tree):
        lines.append(bough.told)
        for leaf in bough.leaves:
            bar = "█" * round((leaf.share or 0) / 5)
            name = _cut(leaf.name, width - 32)
            lines.append(f"  {name:<{width - 32}}  {_share(leaf):>8}  {bar}".rstrip())
    return "\n".join(lines) or "Nothing is named yet."


def summary(tree: Tree) -> str:
    """Say in one line how many factors there are and how the influence is shared."""
    many = sum(len(bough.leaves) for bough in tree.boughs)
    if not many:
        return "nothing is named yet"
    start = f"{many} factor{'s' if many > 1 else ''}"
    parts = [f"{one.name} {one.share}" for one in _held(tree) if one.share is not None]
    return f"{start}; share of influence: {', '.join(parts)}" if parts else f"{start}, not weighed"


def _held(tree: Tree) -> list[Bough]:
    return [bough for bough in tree.boughs if bough.leaves]


def _share(leaf: Leaf) -> str:
    return UNSAID if leaf.share is None else str(leaf.share)


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room else name[: room - 1].rstrip() + "…"


def _draw(tree: Tree, frame: Frame) -> str:
    parts: list[str] = []
    y, roots = TOP, []
    for bough in _held(tree):
        roots.append(y + BOUGH_STEP / 2)
        parts += _bough(bough, frame, y)
        y += BOUGH_STEP + LEAF_STEP * len(bough.leaves) + GAP
    if not roots:
        y = TOP + BOUGH_STEP
        parts.append(words("text", "Nothing is named yet", class_="say", x=frame.trunk, y=y - 8))
    else:
        parts = [_limb("trunk", (frame.trunk, TOP), (frame.trunk, roots[-1])), *parts]
    ident = f"{tree.ident}-{frame.which}"
    return picture((frame.width, y), ident, tree.name, f"{summary(tree)}.", *parts)


def _bough(bough: Bough, frame: Frame, top: float) -> Iterator[str]:
    middle = top + BOUGH_STEP / 2
    yield _limb("limb", (frame.trunk, middle), (frame.bough - 6, middle))
    yield words("text", bough.told, class_="bough", x=frame.bough, y=middle + 5)
    for place, leaf in enumerate(bough.leaves):
        yield from _leaf(bough, leaf, frame, (middle, top + BOUGH_STEP + LEAF_STEP * place))


def _leaf(bough: Bough, leaf: Leaf, frame: Frame, ys: Point) -> Iterator[str]:
    start, top = ys
    stem, line = frame.bough + 6, top + 27
    bend = f"M{at((stem, start + 12))}V{number(line - 6)}Q{at((stem, line))} {at((stem + 6, line))}"
    yield element("path", {"class": "limb", "d": f"{bend}H{number(frame.leaf - 4)}"})
    room = frame.width - frame.leaf - FIGURE
    yield words("text", _cut(leaf.name, frame.letters), class_="say", x=frame.leaf, y=top + 16)
    bar: dict[str, str | float] = {"x": frame.leaf, "y": line - BAR / 2, "height": BAR, "rx": 2}
    yield element("rect", {"class": "room", "width": room, **bar})
    if leaf.share:
        filled = {"width": max(room * leaf.share / 100, 2), **bar}
        yield element("rect", {"class": f"share {bough.key}", **filled})
    figure = "?" if leaf.share is None else str(leaf.share)
    yield words("text", figure, x=frame.width - 2, y=line + 5, text_anchor="end")


def _limb(name: str, start: Point, end: Point) -> str:
    return element("path", {"class": name, "d": f"M{at(start)}L{at(end)}"})
