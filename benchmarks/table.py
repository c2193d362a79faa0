"""The table: one line for each figure, with its bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = ("name", "ours", "reference", "ratio", "bar", "")


@dataclass(frozen=True)
class Line:
    """One figure. ours, reference: as shown; said: what a profile says where the bar is short."""

    name: str
    ours: str
    reference: str
    ratio: float
    bar: str
    met: bool
    said: str = ""

    def cells(self) -> tuple[str, ...]:
        """The line as the table shows it."""
        verdict = "ok" if self.met else "short"
        return self.name, self.ours, self.reference, f"{self.ratio:.2f}", self.bar, verdict


def at_most(name: str, ours: str, reference: str, ratio: float, bar: float) -> Line:
    """A figure that is to be no more than `bar` times its reference."""
    return Line(name, ours, reference, ratio, f"≤ {bar:g}", ratio <= bar)


def at_least(name: str, ours: str, reference: str, ratio: float, bar: float) -> Line:
    """A figure whose reference is to be at least `bar` times as dear."""
    return Line(name, ours, reference, ratio, f"≥ {bar:g}", ratio >= bar)


def milliseconds(seconds: float) -> str:
    """CPU seconds as they are shown."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.2f} s"


def show(line: Line) -> None:
    """Print one line, in columns; below it what a profile says."""
    _print(line.cells())
    if line.said:
        print(f"    {line.said}", flush=True)


def show_head() -> None:
    """Print what the columns are."""
    _print(HEAD)


def _print(cells: tuple[str, ...]) -> None:
    name, ours, reference, ratio, bar, verdict = cells
    print(f"{name:<72} {ours:>9} {reference:>9} {ratio:>7} {bar:>9}  {verdict}", flush=True)


def markdown(lines: Iterable[Line]) -> str:
    """All lines as a Markdown table."""
    rows = [HEAD, ("---", *["---:"] * 4, "---"), *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
