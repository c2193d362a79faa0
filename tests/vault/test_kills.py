"""Whatever is killed when: nothing kept is lost or doubled, and a passphrase always opens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

STORMS = Path(__file__).with_name("storms.py")


def run_storm(name: str, folder: Path, kills: int) -> Any:
    done = subprocess.run(
        [sys.executable, str(STORMS), name, str(folder), str(kills)],
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return json.loads(done.stdout)


def test_every_acknowledged_line_is_delivered_once(tmp_path: Path) -> None:
    left = run_storm("inbox", tmp_path, kills=40)
    delivered, acknowledged = left["delivered"], set(left["acknowledged"])
    assert left["sound"], "a writer or a drain ended by itself"
    assert len(acknowledged) > 40
    assert len(delivered) == len(set(delivered))
    assert acknowledged <= set(delivered)
    # A line killed between the sync and the acknowledgement may come too, but nothing else.
    assert set(delivered) <= set(left["tried"])
    assert len(set(delivered) - acknowledged) <= 40 + 5
    assert not left["left"]


def test_the_old_or_the_new_passphrase_opens_never_none(tmp_path: Path) -> None:
    left = run_storm("passphrase", tmp_path, kills=20)
    assert [len(opened) for opened in left["opened"]] == [1] * 20
    assert left["sound"]
    assert left["left"] == ["inbox", "vault.json"]


def test_a_header_is_the_old_or_the_new_one_after_a_kill_at_any_line(tmp_path: Path) -> None:
    left = run_storm("steps", tmp_path, kills=2000)
    assert left["through"]
    assert set(left["found"]) == {"old", "new"}
    assert left["found"] == sorted(left["found"], reverse=True)
    assert len(left["found"]) > 20
    assert left["left"] == ["device.key", "inbox", "vault.json"]
