"""Mutated backups, by the commands that read them: a sentence, or what was there; nothing else.

They are read in a process of its own, where all that it raises, writes and takes is seen.
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

from upswing.vault.slots import CEILING

pytestmark = pytest.mark.solo

READER = Path(__file__).with_name("hostile_backup_reader.py")
MOST_SECONDS, MOST_MEMORY = 10, 300 << 20
# A passphrase may cost 256 MiB where the backup was made, and so costs them where it is read.
MOST_FOR_A_PASSPHRASE = (CEILING << 10) + (100 << 20)
PATIENCE = 120  # seconds, as a busy machine may be slow


def test_a_mutated_backup_is_read_or_refused_in_one_sentence(
    tmp_path: Path, times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    tried = times(2_000, 50_000)
    told = read_all(tmp_path, tried)
    figure(
        "Mutated backups",
        tried=f"{tried:,} files, {told['read']:,} of them readable",
        found=f"{len(told['wrong'])} tracebacks, {len(told['done'] + told['left'])} files written, "
        f"slowest {told['slowest']:.2f} s, {told['peak'] >> 20} MiB at most",
        bar=f"0 tracebacks, 0 files written, {MOST_SECONDS} s, {MOST_MEMORY >> 20} MiB",
    )
    assert told["wrong"] == []
    assert (told["done"], told["left"]) == ([], [])
    assert told["read"] + told["refused"] == tried
    assert min(told["read"], told["refused"]) > tried / 20
    assert told["slowest"] < MOST_SECONDS
    assert told["peak"] < MOST_MEMORY


def test_a_backup_that_asks_for_absurd_memory_or_time_does_not_get_it(
    tmp_path: Path, times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    told = read_all(tmp_path, 0)
    figure(
        "Backups that ask for as much memory and time as they can get",
        tried=f"{told['refused']} files",
        found=f"slowest {told['slowest']:.2f} s, {told['peak'] >> 20} MiB at most",
        bar=f"{MOST_SECONDS} s, {MOST_FOR_A_PASSPHRASE >> 20} MiB",
    )
    assert (told["wrong"], told["done"], told["left"]) == ([], [], [])
    assert told["read"] == 0
    assert told["peak"] < MOST_FOR_A_PASSPHRASE
    assert told["slowest"] < times(PATIENCE, MOST_SECONDS)


def read_all(root: Path, tried: int) -> dict[str, Any]:
    """Let another process read them, in folders of its own."""
    for name in ("work/temporary", "home", "elsewhere"):
        (root / name).mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, str(READER), str(root), str(tried)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=root / "elsewhere",
        env=os.environ
        | {
            "HOME": str(root / "home"),
            "TMPDIR": str(root / "work" / "temporary"),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told
