"""The other words of the terminal, as whole processes, with the vault unlocked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks import cpu, shares, words
from benchmarks.ground import PASS, Ground, Vault
from benchmarks.table import Line, at_most, milliseconds

BAR = 30
ROUNDS = 7
COMMANDS = (
    ("today",),
    ("timeline",),
    ("search", words.word(words.FREQUENT)),
    ("search", words.word(words.RARE)),
    ("thought",),
    ("review", "factors"),
    ("lesson", "--all"),
)
NAMES = (
    "today",
    "timeline",
    "search, frequent word",
    "search, rare word",
    "thoughts",
    "factors that return",
    "lessons",
)


def lines(here: Ground) -> Iterator[Line]:
    """Each command at the largest size, and `today` at the others."""
    for size in here.sizes[:-1]:
        yield _line(here.vault(size), NAMES[0], COMMANDS[0])
    for name, command in zip(NAMES, COMMANDS, strict=True):
        yield _line(here.vault(here.large), name, command)


def _line(vault: Vault, name: str, words: tuple[str, ...]) -> Line:
    command = vault.upswing(*words)
    pair = cpu.paired(
        ROUNDS, lambda: cpu.of(command, vault.environ), lambda: cpu.of(PASS, vault.environ)
    )
    line = at_most(
        f"command: {name}, {vault.size:,} items / python -c pass",
        milliseconds(pair.ours),
        milliseconds(pair.reference),
        pair.ratio,
        BAR,
    )
    if line.met:
        return line
    told = shares.sentence(shares.of_imports(command, vault.environ))
    return replace(line, said=f"Of the time spent importing: {told}.")
