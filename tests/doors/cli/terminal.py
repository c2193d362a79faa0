"""Two ways to run `upswing`: in this process, and as a process of its own."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import upswing
from upswing.vault.slots import Argon2

PASSPHRASE = "quiet river at dawn"
CHEAP = Argon2(memory=8 * 1024, passes=1, lanes=1)
SOURCE = Path(upswing.__file__).parent.parent
DROP_FROM_BOUNDING_SET, READ_ANYTHING, WRITE_ANYTHING = 24, 2, 1


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What `--json` printed."""
        return json.loads(self.out)

    @property
    def ids(self) -> list[str]:
        """The short ids at the far side of a list."""
        ends = [line.split()[-1] for line in self.out.splitlines() if line.strip()]
        return [end for end in ends if len(end) == 8 and set(end) <= set("0123456789abcdef")]


Upswing = Callable[..., Answer]


@dataclass(frozen=True)
class Machine:
    """A home of its own in which `upswing` runs as a process, without a terminal."""

    root: Path

    @property
    def home(self) -> Path:
        return self.root / "home"

    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return kept | {
            "HOME": str(self.root),
            "UPSWING_HOME": str(self.home),
            "UPSWING_RUNTIME": str(self.root / "run"),
            "UPSWING_BACKUPS": "off",  # none beside the commands that are looked at
            "PYTHONPATH": str(SOURCE),
            "COLUMNS": "80",
            "TZ": "Europe/Berlin",
        }

    def run(
        self,
        *words: str | bytes,
        typed: str | bytes | IO[bytes] = b"",
        powerless: bool = False,
        environ: dict[str, str] | None = None,
    ) -> Answer:
        """Run `upswing WORDS…`; powerless: root may not pass over the modes of files."""
        piped = typed.encode() if isinstance(typed, str) else typed
        source: dict[str, Any] = {"input": piped} if isinstance(piped, bytes) else {"stdin": piped}
        done = subprocess.run(
            [sys.executable, "-m", "upswing", *words],
            env=self.environ() | (environ or {}),
            cwd=self.root,
            capture_output=True,
            timeout=60,
            check=False,
            preexec_fn=_give_up_power if powerless else None,
            **source,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start `upswing WORDS…`, with pipes for what it prints."""
        return subprocess.Popen(
            [sys.executable, "-m", "upswing", *words],
            env=self.environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def _give_up_power() -> None:
    """Between fork and exec: the program about to start obeys the modes of files, root or not."""
    libc = ctypes.CDLL(None)
    for capability in (READ_ANYTHING, WRITE_ANYTHING):
        libc.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)
