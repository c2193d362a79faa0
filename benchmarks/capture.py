"""One line kept from the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import cpu, journal
from benchmarks.ground import PASS, Ground, Vault
from benchmarks.table import Line, at_least, at_most, milliseconds

TEXT = "The interview was moved to Thursday, and I am glad of the day more."
# Entries, tagged or not, how many times dearer jrnl is to be, and rounds.
JOURNALS = (
    (1_000, False, 4, 7),
    (10_000, True, 50, 5),
    (100_000, False, 50, 3),
)
ROUNDS = 15
THE_SAME = 1.1


def lines(here: Ground) -> Iterator[Line]:
    """Against Python alone, against the smallest record, and against jrnl."""
    small, large = here.vault(here.small), here.vault(here.large)
    for size in here.sizes:
        yield _against_pass(here.vault(size))
    pair = cpu.paired(ROUNDS, lambda: _kept(large), lambda: _kept(small))
    yield at_most(
        f"capture: log, {large.size:,} items / {small.size:,}", *_shown(pair), pair.ratio, THE_SAME
    )
    for count, tagged, bar, rounds in JOURNALS:
        if count <= here.large:
            yield _against_jrnl(here, large, (count, tagged, bar, rounds))


def _kept(vault: Vault) -> float:
    return cpu.of(vault.upswing("log", TEXT), vault.environ)


def _shown(pair: cpu.Pair) -> tuple[str, str]:
    return milliseconds(pair.ours), milliseconds(pair.reference)


def _against_pass(vault: Vault) -> Line:
    pair = cpu.paired(ROUNDS, lambda: _kept(vault), lambda: cpu.of(PASS, vault.environ))
    return at_most(
        f"capture: log, {vault.size:,} items / python -c pass", *_shown(pair), pair.ratio, 5
    )


def _against_jrnl(here: Ground, vault: Vault, asked: tuple[int, bool, int, int]) -> Line:
    count, tagged, bar, rounds = asked
    other = journal.written(here, count, tagged=tagged)
    pair = cpu.paired(
        rounds,
        lambda: cpu.of(other.jrnl(TEXT), other.environ),
        lambda: _kept(vault),
        warm=count < 100_000,
    )
    name = f"capture: jrnl at {count:,} {'tagged ' if tagged else ''}entries / log"
    return at_least(name, milliseconds(pair.reference), milliseconds(pair.ours), pair.ratio, bar)
