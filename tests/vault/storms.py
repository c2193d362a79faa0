"""Processes that write while they are killed; run by the kill tests, each storm in its own process.

`python storms.py inbox|passphrase|steps FOLDER KILLS` prints what is left as JSON. It forks, as
starting Python anew for each of many kills would take minutes.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from upswing.vault import header, inbox, lifecycle, seal
from upswing.vault.errors import VaultError
from upswing.vault.inbox import Captured
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2, wrap

CHEAP = Argon2(memory=8 * 1024, passes=1, lanes=1)
OLD, NEW = "the old passphrase", "the new passphrase"


def fork(work: Callable[[], None]) -> int:
    """Do `work` in a child until it is killed."""
    if child := os.fork():
        return child
    try:
        while True:
            work()
    finally:
        os._exit(1)


def kill(child: int, *, already: bool = False) -> bool:
    """Kill `child`, or wait where it does that itself; False where it ended in another way."""
    if not already:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def note(path: Path, word: str) -> None:
    """Write `word` down so that a kill of the writer does not lose it."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, word.encode() + b"\n")
    os.close(handle)


def append_one(paths: VaultPaths, folder: Path) -> None:
    word = os.urandom(8).hex()
    note(folder / "tried", word)
    seal.seal_line(paths, word.encode() + b" " * random.choice((0, 5_000, 100_000)))
    note(folder / "acknowledged", word)


def deliver_into(database: Path) -> Callable[[Captured], None]:
    """As the record does it: the receipt and what it stands for in one transaction."""

    def deliver(captured: Captured) -> None:
        with sqlite3.connect(database, timeout=30) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # a kill loses nothing by it
            new = connection.execute(
                "INSERT OR IGNORE INTO receipt VALUES (?)", (captured.id,)
            ).rowcount
            if new:
                word = captured.payload.decode().strip()
                connection.execute("INSERT INTO effect VALUES (?)", (word,))
        connection.close()

    return deliver


def inbox_storm(paths: VaultPaths, folder: Path, kills: int) -> dict[str, object]:
    key = lifecycle.create(paths, passphrase=None)
    database = folder / "record.db"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE receipt (id TEXT PRIMARY KEY)")
        connection.execute("CREATE TABLE effect (word TEXT)")
    connection.close()
    deliver = deliver_into(database)

    def drain() -> None:
        inbox.drain(paths, key, deliver)
        time.sleep(0.001)

    work = [lambda: append_one(paths, folder)] * 3 + [drain] * 2
    sound = storm(work, kills)
    report = inbox.drain(paths, key, deliver)
    with sqlite3.connect(database) as connection:
        effects = [word for (word,) in connection.execute("SELECT word FROM effect")]
    connection.close()
    return {
        "sound": sound,
        "tried": (folder / "tried").read_text().split(),
        "acknowledged": (folder / "acknowledged").read_text().split(),
        "delivered": effects,
        "last_drain": report.delivered,
        "left": inbox.pending(paths),
    }


def storm(work: list[Callable[[], None]], kills: int) -> bool:
    """Keep all of `work` going, killing one at random again and again; all of it ends killed."""
    running = [fork(each) for each in work]
    sound = True
    for _ in range(kills):
        time.sleep(random.uniform(0.002, 0.05))
        place = random.randrange(len(work))
        sound &= kill(running[place])
        running[place] = fork(work[place])
    time.sleep(0.05)
    ends = [kill(child) for child in running]
    return sound and all(ends)


def passphrase_storm(paths: VaultPaths, folder: Path, kills: int) -> dict[str, object]:
    key = lifecycle.create(paths, passphrase=OLD, cost=CHEAP)

    def change() -> None:
        for passphrase in (NEW, OLD):
            lifecycle.change_passphrase(paths, key, passphrase, cost=CHEAP)

    opened = []
    for _ in range(kills):
        child = fork(change)
        time.sleep(random.uniform(0.02, 0.09))
        kill(child)
        opened.append([each for each in (OLD, NEW) if opens(paths, key, each)])
    lifecycle.change_passphrase(paths, key, NEW, cost=CHEAP)
    return {
        "opened": opened,
        "left": sorted(path.name for path in paths.home.iterdir()),
        "sound": opens(paths, key, NEW),
    }


def steps(paths: VaultPaths, folder: Path, kills: int) -> dict[str, object]:
    """Replace the header again and again, killed one line of Python further each time.

    `kills` is the most; it ends with the first that gets through.
    """
    key = lifecycle.create(paths, passphrase=None)
    sound = header.read(paths)
    old, new = (header.with_slot(sound, wrap(key, "keyring", word), key) for word in (b"1", b"2"))
    found: list[str] = []
    for step in range(kills):
        if header.read(paths) != old:
            header.write(paths, old)
        killed = kill(fork_stepped(lambda: header.write(paths, new), step), already=True)
        found.append({old: "old", new: "new"}.get(header.read(paths), "neither"))
        if not killed:
            break
    header.write(paths, old)
    return {
        "found": found,
        "through": not killed,
        "left": sorted(path.name for path in paths.home.iterdir()),
    }


def fork_stepped(work: Callable[[], None], step: int) -> int:
    """Do `work` in a child that kills itself after `step` lines of it."""
    if child := os.fork():
        return child
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        own = "upswing/vault" in frame.f_code.co_filename
        if event == "line" and (own or frame.f_code.co_name.startswith("write_")):
            count += 1
            if count > step:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    work()
    sys.settrace(None)
    os._exit(0)


def opens(paths: VaultPaths, key: VaultKey, passphrase: str) -> bool:
    try:
        return lifecycle.open_with_passphrase(paths, passphrase) == key
    except VaultError:
        return False


if __name__ == "__main__":
    where = Path(sys.argv[2])
    storms = {"inbox": inbox_storm, "passphrase": passphrase_storm, "steps": steps}
    outcome = storms[sys.argv[1]](VaultPaths(where / "home", where), where, int(sys.argv[3]))
    print(json.dumps(outcome))
