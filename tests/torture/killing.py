"""Start processes, kill them, and keep account of what was promised meanwhile.

A storm is a module that is run in a process of its own (`run_storm`), sets Django up once, and
forks those who are killed: a start of Python for each of a thousand kills would take minutes.

A kill counts where it found its process at work, and a storm goes on until there were as many as
it was asked for. Whom to kill when is told by what the process has done, not by a clock alone, so
that a busy machine sees the same storm as an idle one, only later.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from browser.house import House
from upswing.vault import keeper

LONGEST = 3600  # seconds until a storm is given up
PATIENCE = 600.0  # seconds until a process that gives no sign is given up
TRIES = 30  # for one kill, until it finds its process at work
FIRST_GUESS = 0.03  # seconds that a piece of work takes, until it is known
BEGUN, DONE = "begun", "done"
SIZES = (0, 0, 2_000, 60_000)  # characters


def run_storm(module: str, *numbers: int) -> Any:
    """Run `torture.MODULE` in a house of its own; what it prints as JSON.

    The folder stands right under the temporary folder, because a socket's path may not be long.
    """
    with tempfile.TemporaryDirectory(prefix="up-") as name, tempfile.TemporaryFile() as out:
        house = House(Path(name))
        storm = subprocess.Popen(
            [sys.executable, "-m", f"torture.{module}", name, *map(str, numbers)],
            stdout=out,
            start_new_session=True,
            env=house.environment()
            | {"PYTHONPATH": os.pathsep.join(sys.path), "UPSWING_BACKUPS": "off"},
        )
        try:
            assert storm.wait(LONGEST) == 0, f"{module} did not come to its end"
        finally:
            _calm(storm, house)
        out.seek(0)
        return json.loads(out.read())


def _calm(storm: subprocess.Popen[bytes], house: House) -> None:
    """After a storm that broke off, nothing of it goes on."""
    if storm.returncode != 0:
        with suppress(ProcessLookupError):
            os.killpg(storm.pid, signal.SIGKILL)
        storm.wait()
    keeper.lock(house.paths)


def fork(work: Callable[[], object], *, again: bool = False) -> int:
    """Do `work` in a child, once or as long as we live.

    It ends with code 0, or 1 after an error.
    """
    parent = os.getpid()
    if child := os.fork():
        return child
    try:
        random.seed()
        work()
        while again and os.getppid() == parent:
            work()
        os._exit(0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def kill(child: int) -> bool:
    """Kill `child`; whether that is how it ended, and not by itself before."""
    os.kill(child, signal.SIGKILL)
    return code_of(child) is None


def code_of(child: int) -> int | None:
    """Wait for `child` to end; its exit code, None where it was killed."""
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return None if code < 0 else code


def is_killed(child: int, *others: int) -> bool:
    """Wait for `child` to end by itself, which takes `others`; whether it was by a kill."""
    ended: list[int] = []

    def look() -> bool:
        pid, status = os.waitpid(child, os.WNOHANG)
        ended.extend([status] if pid else [])
        return bool(ended)

    wait_for(look, "a kill", *others)
    return os.WIFSIGNALED(ended[0])


def die_after_commit(number: int, *, sign: Path | None = None) -> None:
    """Let this process be killed right after its commit `number`, before anybody hears of it.

    That is the moment for which there are receipts: it is written, and will be tried once more.
    sign: commits count from when this file is there.
    """
    from django.db.backends.base.base import BaseDatabaseWrapper

    commit, commits = BaseDatabaseWrapper.commit, count(1)

    def last_commit(self: BaseDatabaseWrapper) -> None:
        commit(self)
        if (sign is None or sign.exists()) and next(commits) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    BaseDatabaseWrapper.commit = last_commit  # type: ignore[method-assign]


class Diary:
    """What a process does, piece by piece: written down by itself, read by who is to kill it."""

    def __init__(self, path: Path) -> None:
        self.path, self.read, self.usual = path, 0, FIRST_GUESS
        note(path)

    def write(self, work: Callable[[], str]) -> str:
        """Do `work` between two lines, of which the second has the one word that it came to.

        DONE is the word for what came to its end; others are the writer's own.
        """
        note(self.path, BEGUN)
        began = time.monotonic()
        end = work()
        note(self.path, end, time.monotonic() - began)
        return end

    def turn_over(self) -> None:
        """Count from here on; so long as the pieces took on the page before, one usually takes."""
        took = [float(words[1]) for words in self._lines() if words[0] == DONE]
        self.usual = median(took) if took else self.usual
        self.read = self.path.stat().st_size

    def words(self) -> list[str]:
        """BEGUN for each piece of work that was begun, followed by its end where it has one."""
        return [words[0] for words in self._lines()]

    def _lines(self) -> list[list[str]]:
        with self.path.open() as lines:
            lines.seek(self.read)
            return [line.split() for line in lines if line.strip()]

    def busy(self) -> bool:
        """Whether it is in the middle of a piece of work, or was when it was killed."""
        return self.words()[-1:] == [BEGUN]

    def is_at(self, piece: int) -> bool:
        """Whether it is in the middle of this piece of work (from 1), or of a later one."""
        return self.busy() and self.words().count(BEGUN) >= piece

    def let_it_work(self) -> None:
        """Wait a part of the time that a piece of work usually takes."""
        time.sleep(random.uniform(0, 1.2 * self.usual))


def wait_for(sign: Callable[[], bool], what: str, *children: int) -> None:
    """Wait until `sign` is there. A storm in which it cannot come any more is given up.

    what: the sign in words; children: those without whom it will not come.
    """
    until = time.monotonic() + PATIENCE
    while not sign():
        assert time.monotonic() < until, f"{what}: it does not come"
        for child in children:
            assert os.waitpid(child, os.WNOHANG)[0] == 0, f"{what}: who makes it has ended"
        time.sleep(0.002)


def note(path: Path, *words: object) -> None:
    """Write a line down so that a kill of the writer does not lose it."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, " ".join(map(str, words)).encode() + b"\n")
    os.close(handle)


def noted(path: Path) -> list[str]:
    """The lines that were written down."""
    return path.read_text().splitlines() if path.exists() else []


def new_word() -> str:
    """A word that stands in no other text. Its last two figures say how long its text is."""
    return f"w{os.urandom(6).hex()}{random.randrange(len(SIZES)):02}"


def text_of(word: str, version: int = 1) -> str:
    """The whole text that belongs to `word`, as it reads after `version` - 1 changes."""
    some = random.Random(word)
    line = "".join(some.choices("abcdefgäöüß ", k=200))
    rest = (line * (SIZES[int(word[-2:])] // len(line))).strip()
    return f"{word} version{version} #kept {rest}".strip()
