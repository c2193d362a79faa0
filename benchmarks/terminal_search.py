"""Search from the terminal, against jrnl on the same entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks import cpu, journal, words
from benchmarks.ground import Ground
from benchmarks.table import Line, at_least, milliseconds

ENTRIES = 50_000
BAR = 5
ROUNDS = 5


def lines(here: Ground) -> Iterator[Line]:
    """A rare word and a middling one."""
    count = min(ENTRIES, here.large)
    vault, other = here.vault(count, entries_only=True), journal.written(here, count)
    for name, rank in (("rare", words.RARE), ("middling", words.MIDDLING)):
        word = words.word(rank)
        pair = cpu.paired(
            ROUNDS,
            partial(cpu.of, other.jrnl("-contains", word), other.environ),
            partial(cpu.of, vault.upswing("search", word), vault.environ),
        )
        yield at_least(
            f"terminal search: jrnl -contains / search, {name} word, {count:,} entries",
            milliseconds(pair.reference),
            milliseconds(pair.ours),
            pair.ratio,
            BAR,
        )
