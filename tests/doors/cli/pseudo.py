"""Somebody at a real terminal: a pseudo-terminal on which each prompt is answered as it comes."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence

from doors.cli.terminal import Answer, Machine

PROMPT = b"> "
PATIENCE = 60  # seconds


def converse(machine: Machine, words: Sequence[str], lines: Sequence[str]) -> Answer:
    """Run `upswing WORDS…` at a terminal and type a line at each prompt."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "upswing", *words],
        env=machine.environ() | {"TERM": "dumb"},
        cwd=machine.root,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        said = _talk(ours, list(lines))
        return Answer(process.wait(PATIENCE), said.decode(errors="replace"), "")
    finally:
        process.kill()
        os.close(ours)


def _talk(ours: int, lines: list[str]) -> bytes:
    """What was said until the other end closed; each prompt got the next line."""
    said, until = b"", time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not select.select([ours], [], [], 1)[0]:
            continue
        try:
            heard = os.read(ours, 4096)
        except OSError:  # the other end is gone
            return said
        if not heard:
            return said
        said += heard
        if said.endswith(PROMPT) and lines:
            os.write(ours, lines.pop(0).encode() + b"\n")
    raise AssertionError(f"It does not end: {said[-500:].decode(errors='replace')}")
