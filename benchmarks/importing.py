"""A Day One export brought in, against bare statements into the same tables and index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks import ground, shares
from benchmarks.ground import Ground
from benchmarks.table import Line, at_least, at_most, milliseconds

RATE, RATE_BAR, ROUNDS = 10_000, 0.4, 3
MEMORY, FLAT = (1_000, 20_000, 100_000), 1.1


def lines(here: Ground) -> Iterator[Line]:
    """The rate, then the highest memory of each size over that of the smallest."""
    yield _rate(here, min(RATE, here.large))
    sizes = [size for size in MEMORY if size <= here.large] or [here.small]
    peaks = [_peak(here, size) for size in sizes]
    for size, peak in zip(sizes[1:], peaks[1:], strict=True):
        yield at_most(
            f"import: Day One, peak memory, {size:,} entries / {sizes[0]:,}",
            f"{peak:.0f} MiB",
            f"{peaks[0]:.0f} MiB",
            peak / peaks[0],
            FLAT,
        )


def _export(here: Ground, count: int) -> Path:
    path = here.folder / f"dayone-{count}.zip"
    if not path.exists():
        ground.child("dayone", path, count, here.end.isoformat(), env=ground.environ())
    return path


def _rate(here: Ground, count: int) -> Line:
    rounds = [_round(here, count, number) for number in range(ROUNDS)]
    ours, bare = (median(each[side] for each in rounds) for side in (0, 1))
    ratio = median(bare / mine for mine, bare in rounds)
    line = at_least(
        f"import: bare executemany / Day One, {count:,} entries",
        milliseconds(ours),
        milliseconds(bare),
        ratio,
        RATE_BAR,
    )
    return line if line.met else replace(line, said=_said(here, count))


def _round(here: Ground, count: int, number: int) -> tuple[float, float]:
    """CPU of the import, and of the bare statements."""
    export = _export(here, count)
    brought = here.bare(f"brought-{count}-{number}")
    ours = ground.child("bring", "bring", export, env=brought.environ)
    bare = here.bare(f"bare-{count}-{number}")
    theirs = ground.child("bring", "bare", brought.folder, env=bare.environ)
    if not count == ours["added"] == theirs["added"]:
        raise RuntimeError(f"{count} entries became {ours['added']} and {theirs['added']}.")
    return float(ours["cpu"]), float(theirs["cpu"])


def _said(here: Ground, count: int) -> str:
    vault = here.bare(f"profile-{count}")
    told = ground.child("bring", "profile", _export(here, count), env=vault.environ)
    return f"{shares.sentence(told)}."


def _peak(here: Ground, count: int) -> float:
    """The most memory in MiB of a process that looks first and then brings in."""
    vault = here.bare(f"memory-{count}")
    return float(ground.child("bring", "whole", _export(here, count), env=vault.environ)["peak"])
