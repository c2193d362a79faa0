"""What this worker knows of its own address and of who may come in.

Two cookies, both random and both gone with the browser. The *launch* cookie says that this browser
was opened by the person at this machine; it outlives a lock, and only shows the page that unlocks.
The *session* cookie lives as long as this worker, and a lock ends the worker.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from pathlib import Path

from upswing.vault import keeper
from upswing.vault.idle import Clocks

LAUNCH, SESSION = "upswing_launch", "upswing_session"
TOKEN_SECONDS = 60
CODE_SECONDS = 600
WRONG_CODES = 10


@dataclass
class Door:
    """The open address of this worker, and its secrets."""

    host: str
    launch_secret: str
    runtime: Path
    session_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    closing: bool = False
    wrong_codes: int = 0
    refuse_more: Callable[[], None] = lambda: None  # leave new connections to the next worker

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    def launched(self, cookie: str) -> bool:
        """Whether the launch cookie is ours."""
        return compare_digest(cookie.encode(), self.launch_secret.encode())

    def in_session(self, cookie: str) -> bool:
        """Whether the session cookie is of this worker."""
        return compare_digest(cookie.encode(), self.session_secret.encode())

    def admit(self, ticket: str) -> bool:
        """Take a launch token or a typed code; each opens once, within its time."""
        if self.wrong_codes >= WRONG_CODES:
            return False
        admitted = spend(self.runtime, ticket)
        self.wrong_codes += not admitted
        return admitted


def issue(runtime: Path, ticket: str, *, seconds: int, now: float | None = None) -> None:
    """Leave word in the private runtime folder that `ticket` opens the page once, for a while."""
    path = _ticket(runtime, ticket)
    path.touch(mode=0o600)
    path.write_text(json.dumps([seconds, *_clocks(now)]))


def spend(runtime: Path, ticket: str, *, now: float | None = None) -> bool:
    """Use up `ticket`; False where it is unknown, used or too old. Whoever unlinks first has it.

    As with the lock, the clock that says most time has passed is believed.
    """
    path = _ticket(runtime, ticket)
    try:
        seconds, *then = json.loads(path.read_text())
        path.unlink()
    except FileNotFoundError:
        return False
    launch_file(runtime, ticket).unlink(missing_ok=True)
    passed = [new - old for new, old in zip(_clocks(now), Clocks(*then), strict=True)]
    return max(passed) < float(seconds)


def _clocks(now: float | None) -> Clocks:
    return keeper.read_clocks() if now is None else Clocks(now, now, now)


def launch_file(runtime: Path, ticket: str) -> Path:
    """The page that posts `ticket`; it goes when the ticket is used up."""
    return runtime / f"launch-{_mark(ticket)}.html"


def _ticket(runtime: Path, ticket: str) -> Path:
    return runtime / f"ticket-{_mark(ticket)}"


def _mark(ticket: str) -> str:
    """The ticket as files are named after it; a code counts in any case, with hyphen or without."""
    spoken = "".join(ticket.replace("-", " ").split()).upper() if len(ticket) < 16 else ticket
    return hashlib.sha256(spoken.encode()).hexdigest()[:32]


_door: list[Door] = []


def open_door(door: Door) -> None:
    """Let this process answer at `door`."""
    _door[:] = [door]


def the_door() -> Door:
    """The door of this process."""
    return _door[0]
