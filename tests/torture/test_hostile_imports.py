"""Mutated files, through every importer that there is: rows or one sentence, and nothing else.

Each importer reads its files in a process of its own, where all that it raises, writes and takes is
seen. `test_hostile_rows` brings a part of the same files in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exchange import trying
from torture.hostile_samples import lay
from torture.importer_files import NAMES, SAMPLES
from upswing.accounts.models import User
from upswing.exchange.importers import recognise, source

pytestmark = pytest.mark.solo

READER = Path(__file__).with_name("hostile_reader.py")
MOST_SECONDS, MOST_MEMORY = 10, 300 << 20


@pytest.mark.parametrize("name", NAMES)
def test_the_samples_are_sound(owner: User, name: str) -> None:
    """Else nothing would be tried but how rubbish is refused."""
    for sample in SAMPLES[name](owner):
        assert recognise(sample.data, sample.name) is source(name)
        assert trying.read_or_refused(name, sample.data, sample.name)


@pytest.mark.parametrize("name", NAMES)
def test_a_mutated_file_gives_rows_or_one_sentence(
    owner: User,
    name: str,
    tmp_path: Path,
    times: Callable[[int, int], int],
    figure: Callable[..., None],
) -> None:
    lay(SAMPLES[name](owner), tmp_path / "samples")
    for folder in ("work", "home", "temporary"):
        (tmp_path / folder).mkdir()
    tried = times(2_000, 50_000)
    told = read_all(name, tried, tmp_path)
    figure(
        f"Mutated files for {source(name).label}",
        tried=f"{tried:,} files, {told['read']:,} of them readable",
        found=f"{len(told['wrong'])} tracebacks, {len(told['done'])} files written, "
        f"slowest {told['slowest']:.2f} s, {told['peak'] >> 20} MiB at most",
        bar=f"0 tracebacks, 0 files written, {MOST_SECONDS} s, {MOST_MEMORY >> 20} MiB",
    )
    assert told["wrong"] == []
    assert told["done"] == []
    assert left_over(tmp_path) == []
    assert told["read"] + told["refused"] == tried
    assert min(told["read"], told["refused"]) > tried / 40
    assert told["slowest"] < MOST_SECONDS
    assert told["peak"] < MOST_MEMORY


def read_all(name: str, tried: int, root: Path) -> dict[str, Any]:
    """Let another process read them, in folders of its own."""
    done = subprocess.run(
        [sys.executable, str(READER), name, str(tried), str(root)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=root / "work",
        env=os.environ
        | {
            "HOME": str(root / "home"),
            "TMPDIR": str(root / "temporary"),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def left_over(root: Path) -> list[Path]:
    """What is in its folders, but for the samples that it was given and the files that it read."""
    ours = {root / "work" / path.name for path in (root / "samples").glob("*/*")}
    places = (path for name in ("work", "home", "temporary") for path in (root / name).rglob("*"))
    return [path for path in places if path not in ours]
