"""Small whole files for each importer, as its own tests have them; what they are mutated from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from torture import mutating, mutating_zips
from upswing.exchange.rows import Options

ZIP, DATABASE = b"PK", b"SQLite format 3"
OPTIONS = (
    Options("Europe/Berlin"),
    Options("Europe/Berlin", best=5, places=True),
    Options("Pacific/Apia", best=1, file_dates=True),
    Options("UTC", best=5, file_dates=True),
    Options("America/New_York", timeformat="%Y-%m-%d %H:%M", places=True),
)


@dataclass(frozen=True)
class Sample:
    """A sound file under the name that it comes with."""

    name: str
    data: bytes


def mutant(samples: list[Sample], source: str, number: int) -> tuple[Sample, Options]:
    """The mutated file of that number, always the same one, and how it is to be read."""
    chance = Random(f"{source} {number}")
    sample = samples[number % len(samples)]
    return Sample(sample.name, _mutated(sample, chance)), chance.choice(OPTIONS)


def _mutated(sample: Sample, chance: Random) -> bytes:
    if sample.data.startswith(DATABASE):
        return mutating_zips.database(sample.data, chance)
    if sample.data.startswith(ZIP):
        return mutating_zips.mutated(_members(sample.data), chance)
    shape = mutating.shape_of(sample.name, sample.data)
    return mutating.mutated(sample.data, shape, chance)


@cache
def _members(data: bytes) -> list[mutating_zips.Member]:
    return mutating_zips.members(data)


def lay(samples: list[Sample], folder: Path) -> None:
    """Write them down for another process."""
    for number, sample in enumerate(samples):
        (folder / f"{number:02}").mkdir(parents=True)
        (folder / f"{number:02}" / sample.name).write_bytes(sample.data)


def found(folder: Path) -> list[Sample]:
    """What `lay` wrote."""
    return [Sample(path.name, path.read_bytes()) for path in sorted(folder.glob("*/*"))]
