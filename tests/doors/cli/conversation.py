"""A person at a terminal who reads each question: `upswing` on a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from doors.cli.terminal import Machine

PATIENCE = 30.0  # seconds


class Conversation:
    """What stands on the terminal, and hands to type with."""

    def __init__(self, master: int, process: subprocess.Popen[bytes]) -> None:
        self.master, self.process = master, process
        self.seen, self._told = "", 0

    def wait(self, words: str) -> str:
        """Wait until `words` appear behind what was waited for before; returns all up to there."""
        until = time.monotonic() + PATIENCE
        while words not in self.seen[self._told :]:
            assert time.monotonic() < until, f"no {words!r} after: {self.seen[-600:]}"
            assert self._read(), f"it ended without {words!r}: {self.seen[-600:]}"
        end = self.seen.index(words, self._told) + len(words)
        before, self._told = self.seen[self._told : end], end
        return before

    def answer(self, question: str, *lines: str) -> None:
        """Wait for a question, then type lines, each when the terminal asks for it."""
        self.wait(question)
        for line in lines:
            self.wait("> ")
            os.write(self.master, f"{line}\n".encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        return self.process.wait(PATIENCE)

    def _read(self) -> bool:
        ready, _, _ = select.select([self.master], [], [], PATIENCE)
        try:
            data = os.read(self.master, 65_536) if ready else b""
        except OSError:  # what Linux says where the other side is closed
            data = b""
        self.seen += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)


@contextmanager
def conversation(machine: Machine, *words: str) -> Iterator[Conversation]:
    """Run `upswing WORDS…` with a terminal before it."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "upswing", *words],
        env=machine.environ() | {"TERM": "dumb", "COLUMNS": "80"},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=machine.root,
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Conversation(master, process)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(master)
