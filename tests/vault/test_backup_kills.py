"""Killed while a backup is made: the last good one is whole, and nothing is left lying about."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

STORMS = Path(__file__).with_name("backup_storms.py")


def test_the_last_good_one_stays_and_no_half_one_is_left(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(STORMS), "create", str(tmp_path), "20"],
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    left = json.loads(done.stdout)
    assert left["killed"] == 20
    assert all(left["sound"])
    assert left["temporary"] == []
    assert left["unreadable"] == []
    assert left["stored"] >= 1
