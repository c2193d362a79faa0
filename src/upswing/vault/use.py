"""Who has the record open. A re-key needs it alone: a write to the old file would be lost.

Every process that opens the record holds `use.lock` shared until it ends, and the system lets go
of it however it ends. A file of its own, as SQLite's locks and these must not meet.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upswing.vault import names
from upswing.vault.appending import FILE_MODE
from upswing.vault.errors import VaultError

WAIT_SECONDS = 20.0
BUSY = "Another Upswing command is still at work on this vault. Let it end, then try again."
_held: dict[Path, int] = {}
_guard = threading.Lock()


def share(home: Path) -> bool:
    """Be one of those who have the record in `home` open, until this process ends.

    Returns whether it is new. Raises VaultError where a re-key takes longer than WAIT_SECONDS.
    """
    with _guard:
        if home in _held:
            return False
        handle = _open(home / names.USE_LOCK)
        try:
            _lock(handle, fcntl.LOCK_SH, "The vault is being given a new key. Try again soon.")
        except BaseException:
            os.close(handle)
            raise
        _held[home] = handle
        return True


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have the record to this process alone; raises VaultError where others do not end in time."""
    share(home)
    # While it waits, this process may for a moment hold no lock; so only one at a time waits.
    gate = _open(home / names.REKEY_LOCK)
    try:
        _lock(gate, fcntl.LOCK_EX, BUSY)
        _lock(_held[home], fcntl.LOCK_EX, BUSY)
        yield
    finally:
        fcntl.flock(_held[home], fcntl.LOCK_SH)
        os.close(gate)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)


def _lock(handle: int, kind: int, too_long: str) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise VaultError(too_long) from None
            time.sleep(0.02)
