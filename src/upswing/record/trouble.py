"""Why the disk or the database did not do its part, in a sentence for the person."""

from __future__ import annotations

import errno

FULL = "The disk is full, so this could not be written. Make room on it, then try again."
READ_ONLY = (
    "The vault cannot be written now: its file, its folder or its disk is read-only. "
    "Change that, then try again."
)
BUSY = (
    "Something else has been writing to the vault for too long, so this had to give up. "
    "Try again in a moment."
)
FAILING = (
    "The disk would not do its part, so this could not be written. It may be full, or failing. "
    "Make sure there is room on it, then try again."
)
# By what the engines call it: SQLite's names of errors, PostgreSQL's five signs.
ENGINE = {
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CANTOPEN": READ_ONLY,
    "SQLITE_BUSY": BUSY,
    "SQLITE_IOERR": FAILING,
    "53100": FULL,
    "25006": READ_ONLY,
    "55P03": BUSY,
}
SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EIO: FAILING,
}


def sentence(error: BaseException | None) -> str:
    """What the person can be told of `error`; "" where it is of another kind, or a fault of ours.

    `error` is of the system, or of an engine as Django hands it on: with the engine's as its cause.
    """
    if isinstance(error, OSError):
        return SYSTEM.get(error.errno or 0, "")
    cause = error and error.__cause__
    name = getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "") or ""
    return next((words for known, words in ENGINE.items() if name.startswith(known)), "")
