"""The passphrase, changed while it is killed: at random moments, and line by line.

`python -m torture.passphrase_storm FOLDER KILLS LINES` prints what is left as JSON. LINES above 0:
one change is made again and again, killed one line further each time, LINES at most. Of Upswing's
lines those count that touch the disk; the others are only arithmetic.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from torture.killing import DONE, TRIES, Diary, code_of, fork, kill, wait_for
from upswing import solo
from upswing.vault import header, lifecycle
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2

CHEAP = Argon2(memory=8 * 1024, passes=1, lanes=1)
OLD, NEW = "the old passphrase", "the new passphrase"
AT_THE_DISK = ("vault/files.py", "vault/appending.py")


def at_random(paths: VaultPaths, folder: Path, kills: int) -> dict[str, object]:
    """Killed in the first, second or third of many changes; then both passphrases are tried."""
    key, diary = lifecycle.create(paths, passphrase=OLD, cost=CHEAP), Diary(folder / "diary")
    opened, killed = [], 0
    for number in range(TRIES * kills):
        if killed == kills:
            break
        killed += _killed_at_work(paths, key, diary, piece=1 + number % 3)
        opened.append(_opening(paths, key))
        if len(opened[-1]) != 1:
            break  # none of them could go on
    return {"killed": killed, "opened": opened, "left": _changed_once_more(paths, key)}


def _changed_once_more(paths: VaultPaths, key: VaultKey) -> list[str]:
    """Change the passphrase, which sweeps what the killed ones left; the files that are there."""
    with suppress(VaultError):
        lifecycle.change_passphrase(paths, key, NEW, cost=CHEAP)
    return sorted(path.name for path in paths.home.iterdir())


def _killed_at_work(paths: VaultPaths, key: VaultKey, diary: Diary, piece: int) -> bool:
    """Kill one who changes the passphrase; whether it was in the middle of a change."""
    diary.turn_over()
    child = fork(lambda: _change_and_back(paths, key, diary), again=True)
    wait_for(lambda: diary.is_at(piece), "a change of the passphrase", child)
    diary.let_it_work()
    assert kill(child), "the changes ended by themselves"
    return diary.busy()


def _change_and_back(paths: VaultPaths, key: VaultKey, diary: Diary) -> None:
    def change(passphrase: str) -> str:
        lifecycle.change_passphrase(paths, key, passphrase, cost=CHEAP)
        return DONE

    other = OLD if NEW in _opening(paths, key) else NEW
    diary.write(lambda: change(other))


def _opening(paths: VaultPaths, key: VaultKey) -> list[str]:
    """Those of the two passphrases that open the vault."""
    return [each for each in (OLD, NEW) if _opens(paths, key, each)]


def _opens(paths: VaultPaths, key: VaultKey, passphrase: str) -> bool:
    try:
        return lifecycle.open_with_passphrase(paths, passphrase) == key
    except VaultError:
        return False


def line_by_line(paths: VaultPaths, most: int) -> dict[str, object]:
    """Killed after each line in turn; it ends with the first change that gets through."""
    key = lifecycle.create(paths, passphrase=OLD, cost=CHEAP)
    before = header.read(paths)
    opened: list[list[str]] = []
    for step in range(most):
        header.write(paths, before)
        through = _got_through(paths, key, step)
        opened.append(_opening(paths, key))
        if through:
            break
    return {"opened": opened, "through": through, "left": _changed_once_more(paths, key)}


def _got_through(paths: VaultPaths, key: VaultKey, step: int) -> bool:
    """Change the passphrase in a child that kills itself after `step` lines."""
    child = fork(lambda: _change_until(paths, key, step))
    return code_of(child) == 0


def _change_until(paths: VaultPaths, key: VaultKey, step: int) -> None:
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        if event == "line" and frame.f_code.co_filename.endswith(AT_THE_DISK):
            count += 1
            if count > step:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    lifecycle.change_passphrase(paths, key, NEW, cost=CHEAP)
    sys.settrace(None)


if __name__ == "__main__":
    place, (kills, lines) = Path(sys.argv[1]), map(int, sys.argv[2:4])
    where = solo.paths()
    print(json.dumps(line_by_line(where, lines) if lines else at_random(where, place, kills)))
