"""Processes that back up or re-key while they are killed; each storm in its own process.

`python backup_storms.py create|rekey FOLDER KILLS` prints what is left as JSON. `share HOME` has
the record open until it is ended.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from upswing.vault import current, lifecycle, rekeyed, use
from upswing.vault.backup import folder, reading, writing
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.rekey import rekey
from upswing.vault.slots import Argon2
from vault.recording import add, dump, fill

CHEAP = Argon2(memory=8 * 1024, passes=1, lanes=1)
OLD, NEW = "the old passphrase", "the new passphrase"
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
OURS = ("upswing/vault", "vault/backup")
MOST_TRIES = 5


def killed_after(work: Callable[[], object], lines: int) -> bool:
    """Do `work` in a child that kills itself after so many lines of the vault's own code.

    False where it got through.
    """
    child = os.fork()
    if not child:
        count = 0

        def trace(frame: FrameType, event: str, argument: object) -> Any:
            nonlocal count
            if event == "line" and any(part in frame.f_code.co_filename for part in OURS):
                count += 1
                if count > lines:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        work()
        sys.settrace(None)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status == 0 or os.WIFSIGNALED(status), "it ended in an error"
    return status != 0


def lines_of(work: Callable[[], object]) -> int:
    """How many lines of the vault's own code `work` takes."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        count = 0

        def trace(frame: FrameType, event: str, argument: object) -> Any:
            nonlocal count
            if event == "line" and any(part in frame.f_code.co_filename for part in OURS):
                count += 1
            return trace

        sys.settrace(trace)
        work()
        sys.settrace(None)
        os.write(write, str(count).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    with os.fdopen(read) as pipe:
        return int(pipe.read())


def create_storm(root: Path, kills: int) -> dict[str, object]:
    """Killed somewhere within the making of a backup; after each, the last good one is whole.

    One that got through after all, as it had less to do than the one that was counted, is no kill
    and is tried again.
    """
    paths = VaultPaths(root / "home", root / "run")
    key = lifecycle.create(paths, passphrase=OLD, cost=CHEAP)
    fill(paths, key)
    writing.create(paths, key, now=NOW)
    whole = lines_of(partial(writing.create, paths, key, now=NOW + timedelta(hours=1)))
    sound, now, killed = list[bool](), NOW, 0
    while killed < kills and len(sound) < MOST_TRIES * kills:
        now += timedelta(days=1)
        add(paths, key, f"day {len(sound)}")
        killed += killed_after(
            partial(writing.create, paths, key, now=now), random.randrange(whole)
        )
        sound.append(_last_is_sound(paths, key, root))
    writing.create(paths, key, now=now + timedelta(days=1))
    return {
        "sound": sound,
        "killed": killed,
        "temporary": [path.name for path in paths.home.rglob("*") if path.name.startswith(".")],
        "stored": len(folder.listing(paths)),
        "unreadable": [
            one.name for one in folder.listing(paths) if not _reads(one.path, key, root)
        ],
    }


def _last_is_sound(paths: VaultPaths, key: VaultKey, root: Path) -> bool:
    last = folder.last_good(paths)
    return last is not None and _reads(paths.backups / last[0], key, root)


def _reads(path: Path, key: VaultKey, root: Path) -> bool:
    target = root / "read.db"
    try:
        reading.read_back(path, key, target, reading.silent)
    except VaultError:
        return False
    finally:
        target.unlink(missing_ok=True)
    return True


def rekey_storm(root: Path, kills: int) -> dict[str, object]:
    """Killed at `kills` moments spread over a whole re-key, each on a vault as it was before."""
    first = VaultPaths(root / "first", root / "run")
    key = lifecycle.create(first, passphrase=OLD, cost=CHEAP)
    fill(first, key)
    expected = dump(first.database, key)
    opened, left, same = [], [], True
    work = root / "home"
    paths = VaultPaths(work, root / "run")

    def change() -> None:
        rekey(paths, key, passphrase=NEW, drain=lambda: None, cost=CHEAP)

    shutil.copytree(first.home, work)
    whole = lines_of(change)
    for number in range(kills + 1):
        shutil.rmtree(work)
        shutil.copytree(first.home, work)
        killed_after(change, whole * number // kills)
        found = {each: _key(paths, each) for each in (OLD, NEW)}
        works = [each for each, key_ in found.items() if key_]
        opened.append({OLD: "old", NEW: "new"}[works[0]] if len(works) == 1 else "neither")
        present = found[works[0]]
        assert present is not None
        rekeyed.tidy(work, present)
        same &= dump(current.database(work), present) == expected
        left.append(len(list(work.glob("vault*.db"))))
    return {"opened": opened, "left": left, "same": same, "lines": whole}


def _key(paths: VaultPaths, passphrase: str) -> VaultKey | None:
    try:
        return lifecycle.open_with_passphrase(paths, passphrase)
    except VaultError:
        return None


def share(home: Path) -> None:
    use.share(home)
    print("open", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    word, where = sys.argv[1], Path(sys.argv[2])
    if word == "share":
        share(where)
    else:
        storm = {"create": create_storm, "rekey": rekey_storm}[word]
        print(json.dumps(storm(where, int(sys.argv[3]))))
