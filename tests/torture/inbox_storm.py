"""Three who capture and three who drain into the record, killed again and again.

`python -m torture.inbox_storm FOLDER KILLS` prints what is left as JSON.
"""

from __future__ import annotations

import io
import json
import os
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from torture.killing import (
    DONE,
    TRIES,
    Diary,
    die_after_commit,
    fork,
    is_killed,
    kill,
    new_word,
    note,
    noted,
    text_of,
    wait_for,
)
from upswing import solo
from upswing.vault import capture, inbox, keeper, lifecycle
from upswing.vault.derive import inbox_key
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.seal import unseal

FULL = 60_000  # bytes that wait, at which those who capture wait too, or they would run away


class Runner:
    """One who does `work` over and over, and keeps a diary of it."""

    def __init__(self, diary: Path, work: Callable[[], object], rest: Callable[[], object]) -> None:
        self.diary, self.work, self.rest = Diary(diary), work, rest
        self.child = 0

    def start(self, turn: int) -> None:
        self.diary.turn_over()
        self.child = fork(self._once, again=True)

    def _once(self) -> None:
        self.rest()
        self.diary.write(self._piece)

    def _piece(self) -> str:
        self.work()
        return DONE

    def end(self, turn: int) -> bool:
        """Kill it at its piece of work 1, 2 or 3, by turns; whether it was in the middle of one."""
        wait_for(lambda: self.diary.is_at(1 + turn % 3), self.diary.path.name, self.child)
        self.diary.let_it_work()
        assert kill(self.child), "one who captures or drains ended by itself"
        return self.diary.busy()


class Doomed(Runner):
    """One who is killed by itself: it has delivered 1, 2 or 3 lines and cannot strike them off."""

    def start(self, turn: int) -> None:
        self.child = fork(lambda: self._doom(1 + turn % 3))

    def _doom(self, commits: int) -> None:
        storm = os.getppid()
        die_after_commit(commits)
        while os.getppid() == storm:
            self.rest()
            self.work()

    def end(self, turn: int) -> bool:
        return is_killed(self.child)


def main(folder: Path, kills: int) -> dict[str, object]:
    from django.db import connection

    from torture import whole

    paths = solo.paths()
    key = lifecycle.create(paths, passphrase=None)
    solo.open_record(key)
    connection.close()
    runners = _runners(folder, paths, key)
    killed = _kill_in_turn(runners, kills)
    running = [runner.child for runner in runners]
    wait_for(lambda: len(noted(folder / "kept")) >= kills, "enough that is kept", *running[:3])
    sound = [kill(child) for child in running] == [True] * len(running)
    result = whole.account(paths, key) | {"sound": sound, "killed": killed}
    keeper.lock(paths)
    return result | {"left": inbox.pending(paths), "aside": _whole_lines_aside(paths, key)}


def _runners(folder: Path, paths: VaultPaths, key: VaultKey) -> list[Runner]:
    def room() -> None:
        wait_for(lambda: _waiting(paths) < FULL, "room in the inbox")

    captures = [Runner(folder / f"capture-{n}", lambda: _capture(folder), room) for n in range(3)]
    drains = [Runner(folder / f"drain-{n}", lambda: _drain(key), _rest) for n in range(2)]
    return [*captures, *drains, Doomed(folder / "doomed", lambda: _drain(key), _rest)]


def _kill_in_turn(runners: list[Runner], kills: int) -> int:
    """Kill one after the other, and start each anew; how many were killed at their work."""
    for runner in runners:
        runner.start(turn=0)
    killed = 0
    for number in range(TRIES * kills):
        if killed == kills:
            break
        turn, place = divmod(number, len(runners))
        killed += runners[place].end(turn)
        runners[place].start(turn + 1)
    return killed


def _capture(folder: Path) -> None:
    """`upswing log`, and now and then `upswing checkin`."""
    word = new_word()
    note(folder / "tried", word)
    given = random.choice([["log"], ["log"], ["checkin", "--mood", "3"]])
    said = io.StringIO()
    code = capture.main([*given, text_of(word)], os.environ, sys.stdin, said, sys.stderr)
    assert code == capture.DONE
    note(folder / "kept", word)


def _drain(key: VaultKey) -> None:
    """What each page and each unlocked command does first."""
    solo.open_record(key)


def _waiting(paths: VaultPaths) -> int:
    try:
        return paths.pending.stat().st_size
    except FileNotFoundError:
        return 0


def _whole_lines_aside(paths: VaultPaths, key: VaultKey) -> int:
    """How many lines were put aside that can be read. A capture that is killed may leave a part."""
    vault_id, private_key = bytes.fromhex(key.vault_id), inbox_key(key)
    whole = 0
    for line in paths.unreadable.read_bytes().split() if paths.unreadable.exists() else ():
        with suppress(ValueError):
            unseal(line, vault_id, private_key)
            whole += 1
    return whole


def _rest() -> None:
    time.sleep(random.uniform(0, 0.01))


if __name__ == "__main__":
    solo.wake()
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
