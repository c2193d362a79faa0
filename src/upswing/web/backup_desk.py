"""Work on backups that takes a while: one piece at a time, in a thread beside the page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from upswing.journeys import backups
from upswing.record import schema
from upswing.vault.backup import reading, state, writing
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.web.errors import tell_where

BROKEN = "Something broke, on our side. The backups that were there are as they were."
OTHER_KEY = (
    "The present key does not open this backup: it has an earlier one, or it is damaged. With its"
    " own passphrase or sheet it can be read in a terminal: upswing backup verify FILE"
)
FIRST_LOOK, NEXT_LOOK = 20.0, 60.0  # seconds


@dataclass
class Work:
    """step: what is being done now, in words; done of total: bytes of that step.

    result: the notice of a good end; trouble: the sentence of another one.
    """

    step: str
    done: int = 0
    total: int = 0
    result: str = ""
    trouble: str = ""

    @property
    def ended(self) -> bool:
        return bool(self.result or self.trouble)

    def tell(self, step: int, done: int, of: int) -> None:
        self.step, self.done, self.total = writing.STEPS[step], done, of


_desk: list[Work] = []
_guard = threading.Lock()


def present() -> Work | None:
    """The work that is under way, or has ended and was not shown yet."""
    return _desk[0] if _desk else None


def clear() -> None:
    """Forget work that has ended."""
    with _guard:
        _desk[:] = [work for work in _desk if not work.ended]


def make(where: VaultPaths, key: VaultKey) -> None:
    """Make a backup. While other work is under way nothing is begun."""

    def job(work: Work) -> None:
        try:
            writing.create(where, key, now=datetime.now(UTC), tell=work.tell)
        except VaultError as error:
            state.note_trouble(where, str(error), now=datetime.now(UTC))
            raise
        work.result = "backup"

    _begin(Work(writing.STEPS[0]), job)


def verify(where: VaultPaths, key: VaultKey, name: str) -> None:
    """Read the backup `name` whole. While other work is under way nothing is begun."""

    def job(work: Work) -> None:
        newest, path = schema.code_version(), where.backups / name

        def progress(done: int, of: int) -> None:
            work.tell(2, done, of)

        if not reading.opens_with(path, key):
            raise VaultError(OTHER_KEY)
        try:
            reading.verify(where, path, key, newest_schema=newest, progress=progress)
        except VaultError:
            state.note_verified(where, name, sound=False, now=datetime.now(UTC))
            raise
        state.note_verified(where, name, sound=True, now=datetime.now(UTC))
        work.result = "backup-sound"

    _begin(Work(writing.STEPS[2]), job)


def _begin(work: Work, job: Callable[[Work], None]) -> None:
    with _guard:
        if any(not other.ended for other in _desk):
            return
        _desk[:] = [work]
    _in_background(lambda: _carry_out(work, job))


def _carry_out(work: Work, job: Callable[[Work], None]) -> None:
    try:
        job(work)
    except VaultError as error:
        work.trouble = str(error)
    except Exception:  # nobody is there to catch it: the page that waits has to tell
        tell_where()
        work.trouble = BROKEN


def _in_background(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="backup", daemon=True).start()


def watch(where: VaultPaths, key: VaultKey, zone: str) -> None:
    """Make the daily backup for as long as this process serves an open vault."""
    time.sleep(FIRST_LOOK)  # the first pages come first
    while backups.wanted():
        now = datetime.now(UTC)
        if backups.is_due(where, zone=zone, now=now):
            backups.make_if_due(where, key, zone=zone, now=now)
        time.sleep(NEXT_LOOK)
