"""The files of the inbox: lines are appended whole, synced, under a lock on the file itself.

`upswing log` loads this module, so it speaks to the system through `os` alone.
"""

# pathlib would cost `upswing log` half of what Python itself takes to start.
# ruff: noqa: PTH102, PTH112, PTH116
from __future__ import annotations

import errno
import fcntl
import os

# Why a system does not let one write: it is not allowed, or there is no room.
REFUSED = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.ENOTDIR,
    errno.EFBIG,
    errno.EIO,
}
FOLDER_MODE = 0o700
FILE_MODE = 0o600


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def append(folder: str, name: str, make_line: Callable[[], bytes]) -> None:
    """Add a line to a file of the inbox: all of it, synced, or none of it. Raises OSError.

    `make_line` is called under the file's lock, and what it raises leaves the file as it was.
    """
    if not os.path.isdir(folder):
        os.mkdir(folder, FOLDER_MODE)
    handle = open_locked(f"{folder}/{name}")
    try:
        line = make_line()
        before = os.fstat(handle).st_size
        if os.write(handle, line) < len(line):
            os.ftruncate(handle, before)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
        if before == 0:
            sync_folder(folder)
    finally:
        os.close(handle)


def open_locked(path: str) -> int:
    """A locked handle on the file that has this name now: a drain may rename it while we wait."""
    while True:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        handle = os.open(path, flags, FILE_MODE)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if _inode(path) == os.fstat(handle).st_ino:
            return handle
        os.close(handle)


def _inode(path: str) -> int | None:
    try:
        return os.stat(path).st_ino
    except FileNotFoundError:
        return None


def sync_folder(folder: str) -> None:
    """Make new names, renames and removals in `folder` survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
