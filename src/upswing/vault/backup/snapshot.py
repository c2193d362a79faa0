"""A picture of the record at one moment, encrypted like the record, while others go on writing."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from upswing.vault import files
from upswing.vault.appending import FILE_MODE
from upswing.vault.backend.base import open_keyed
from upswing.vault.errors import DamagedBackup, NotWritable, VaultError
from upswing.vault.paths import VaultPaths

PREFIX = ".snapshot-"
FULL, FAILING = "full", "disk I/O"


@dataclass(frozen=True)
class Contents:
    """What a database holds: rows by table, and how many migrations it has been through."""

    tables: dict[str, int]
    schema: int


@contextmanager
def lock(paths: VaultPaths) -> Iterator[None]:
    """Be the only one at work on this vault's backups; waits for others to end."""
    with files.refusals_explained(paths.home):
        handle = os.open(paths.backup_lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def workshop(home: Path) -> Iterator[Path]:
    """A private folder in `home` for one piece of work, removed afterwards. Needs the lock.

    What a killed one left is removed first.
    """
    with files.refusals_explained(home):
        for left in home.glob(f"{PREFIX}*"):
            shutil.rmtree(left)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def copy(source: Path, key: bytes, target: Path, target_key: bytes) -> Contents:
    """Copy the database `source` as it is at this moment into the new file `target`, synced.

    Raises VaultError; a `target` that was begun is left behind.
    """
    with (
        _explained(target.parent),
        _closing(open_keyed(str(source), key)) as from_,
        _closing(open_keyed(str(target), target_key, isolation_level=None)) as to,
    ):
        to.execute("PRAGMA synchronous = OFF")  # synced as a whole below
        to.execute("PRAGMA journal_mode = OFF")
        from_.backup(to)
        to.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        contents = _contents(to)
    _sync(target)
    return contents


def check(database: Path, key: bytes, expected: Contents, name: str) -> None:
    """Read every page of `database`; raises DamagedBackup where `name` does not hold `expected`."""
    try:
        with _closing(open_keyed(str(database), key)) as connection:
            torn = [*connection.execute("PRAGMA cipher_integrity_check")]
            wrong = [row for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            sound = not torn and not wrong and _contents(connection) == expected
    except (dbapi2.DatabaseError, VaultError):
        sound = False
    if not sound:
        raise DamagedBackup(f"{name} holds a record that is not sound. It was not used.")


def _contents(connection: Any) -> Contents:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    tables = [str(name) for (name,) in connection.execute(query)]
    return Contents(
        {name: _one(connection, f"SELECT count(*) FROM {_quoted(name)}") for name in tables},  # noqa: S608
        _one(connection, "PRAGMA user_version"),
    )


def _one(connection: Any, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _closing(connection: Any) -> Iterator[Any]:
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn the engine's own refusals into sentences."""
    try:
        with files.refusals_explained(folder):
            yield
    except dbapi2.DatabaseError as error:
        if FULL in str(error):
            raise NotWritable(f"Upswing cannot write in {folder}: it is full.") from None
        if FAILING in str(error):
            why = "it may be full, or failing"
            raise NotWritable(f"Upswing cannot write in {folder}: {why}.") from None
        raise VaultError(f"The vault could not be copied: {error}.") from None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
