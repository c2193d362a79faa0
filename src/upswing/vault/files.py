"""Private files: written whole or not at all, 0600 in a 0700 folder."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upswing.vault.appending import FILE_MODE, FOLDER_MODE, REFUSED, sync_folder
from upswing.vault.errors import DamagedVault, NotWritable

OTHERS = 0o077
TEMPORARY = ".new"


@contextmanager
def refusals_explained(folder: Path) -> Iterator[None]:
    """Turn the system's refusal to write into NotWritable; other errors pass."""
    try:
        yield
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        raise NotWritable(f"Upswing cannot write in {folder}: {error.strerror}.") from error


def make_folder(folder: Path) -> None:
    """Make `folder` (0700, missing parents too); raise NotWritable where that is not possible."""
    with refusals_explained(folder):
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def check_writable(folder: Path) -> None:
    """Raise NotWritable where nothing can be written in `folder`."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise NotWritable(f"Upswing cannot write in {folder}, so it cannot open the vault there.")


def tighten(path: Path, mode: int) -> None:
    """Take `path` away from everybody else; raise NotWritable where it is not ours to change."""
    status = path.stat()
    if status.st_uid != os.geteuid():
        raise NotWritable(f"{path} belongs to another account, so Upswing does not open it.")
    if status.st_mode & OTHERS:
        with refusals_explained(path):
            path.chmod(mode)


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's advisory lock, so that two changes of a header cannot undo each other."""
    with refusals_explained(folder):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def peek(path: Path, size: int) -> bytes:
    """The first bytes of a database that may be open in this process; "" where it is not there.

    SQLite's locks are those of the whole process, and closing any other handle on the file drops
    them. Then only the lock on the log's index keeps a command that ends elsewhere from taking the
    log away under us, and writes from being lost. So the handle stays open.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return b""
    mark = (status.st_dev, status.st_ino)
    if mark not in _peeked:
        _peeked[mark] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    return os.pread(_peeked[mark], size, 0)


_peeked: dict[tuple[int, int], int] = {}


def write_whole(path: Path, data: bytes) -> None:
    """Replace `path` by `data`: old or new after a kill, never a mixture. Raises NotWritable."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    with refusals_explained(path.parent):
        try:
            _write_synced(fresh, data)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(str(path.parent))


def _write_synced(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sweep(path: Path) -> None:
    """Remove what killed writers of `path` left behind. Call it under the folder's lock."""
    for left in path.parent.glob(f".{path.name}.*{TEMPORARY}"):
        left.unlink(missing_ok=True)


def read_small(path: Path, limit: int) -> bytes:
    """The bytes of `path`; raises DamagedVault above `limit` bytes, FileNotFoundError."""
    with refusals_explained(path.parent), path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise DamagedVault(f"{path.name} is larger than Upswing ever writes it.")
    return data
