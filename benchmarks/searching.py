"""Search inside a process, against the same question asked of the engine alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks import cpu, shares, words
from benchmarks.ground import Ground
from benchmarks.inside import Inside
from benchmarks.table import Line, at_most, milliseconds

BAR = 1.5
ROUNDS = 15
FREQUENT, MIDDLING, RARE = map(words.word, (words.FREQUENT, words.MIDDLING, words.RARE))
# What is typed, and how the bare index is asked for the same.
ASKED = (
    ("frequent", f'"{FREQUENT}"', f'"{FREQUENT}"'),
    ("middling", f'"{MIDDLING}"', f'"{MIDDLING}"'),
    ("rare", f'"{RARE}"', f'"{RARE}"'),
    ("middling beginning of a", MIDDLING, f'"{MIDDLING}"*'),
)
ORDERS = (("newest first", False), ("best match", True))


def lines(here: Ground) -> Iterator[Line]:
    """Each word in each order, on the largest record."""
    inside = Inside(here.vault(here.large))
    inside.ask("index")
    for name, text, bare in ASKED:
        for order, best in ORDERS:
            yield _line(inside, f"{order}, {name} word, {here.large:,} items", text, bare, best)
    inside.close()


def _line(inside: Inside, name: str, text: str, bare: str, best: bool) -> Line:
    times = 2 if best else 10
    ours = {"text": text, "best": best, "times": times}
    pair = cpu.paired(
        ROUNDS,
        lambda: float(inside.ask("search", **ours)),
        lambda: float(inside.ask("bare", **ours | {"text": bare})),
    )
    line = at_most(
        f"search: {name} / bare FTS5",
        milliseconds(pair.ours),
        milliseconds(pair.reference),
        pair.ratio,
        BAR,
    )
    if line.met:
        return line
    return replace(line, said=f"{shares.sentence(inside.ask('profile', order='search', **ours))}.")
