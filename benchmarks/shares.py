"""Where time goes: a profile, summed up by part."""

from __future__ import annotations

import cProfile
import pstats
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from benchmarks import ground

MOST = 5
PARTS = (
    ("Cursor.execute", "the engine"),
    ("django/template/", "Django's templates"),
    ("django/db/", "Django's ORM"),
    ("django/forms/", "Django's forms"),
    ("django/", "Django otherwise"),
    ("upswing/record/words", "Upswing's folding and snippets"),
    ("upswing/record/", "Upswing's record"),
    ("upswing/web/", "Upswing's views"),
    ("upswing/exchange/", "Upswing's importer"),
    ("upswing/", "Upswing otherwise"),
    ("sqlcipher3", "the engine"),
    ("zlib", "packing"),
    ("re/", "regular expressions"),
    ("re.Pattern", "regular expressions"),
)
Shares = list[tuple[str, float]]


def shares(work: Callable[[], object]) -> Shares:
    """The parts of the time of `work`, dearest first, as shares of one."""
    profile = cProfile.Profile()
    profile.runcall(work)
    found: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        found[_part(f"{file} {name}")] += own
    return _dearest(found)


def _part(where: str) -> str:
    return next((part for mark, part in PARTS if mark in where), "Python itself")


def _dearest(found: Counter[str]) -> Shares:
    whole = sum(found.values())
    return [(part, cost / whole) for part, cost in found.most_common(MOST)]


def of_imports(command: Sequence[str], environ: Mapping[str, str]) -> Shares:
    """The packages whose import makes up most of a command, as shares of all importing."""
    told = subprocess.run(
        [ground.PASS[0], "-X", "importtime", "-m", "upswing", *command[1:]],
        env=dict(environ),
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    found: Counter[str] = Counter()
    for own, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", told):
        found[name.partition(".")[0]] += int(own)
    return _dearest(found)


def sentence(parts: Iterable[tuple[str, float]]) -> str:
    """The parts in words."""
    return ", ".join(f"{part} {share:.0%}" for part, share in parts)
