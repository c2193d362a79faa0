"""Making a backup: a picture of the record, sealed, synced, renamed, and read back whole.

Only then are older ones removed. Killed at any moment, the last good one is still there, and what
lies about half done is removed by the next.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from upswing.vault import files, header, use
from upswing.vault.appending import FILE_MODE, sync_folder
from upswing.vault.backup import chunks, content, envelope, folder, rules, snapshot, state
from upswing.vault.backup.content import Manifest
from upswing.vault.backup.envelope import SALT_BYTES, Envelope
from upswing.vault.backup.reading import read_back
from upswing.vault.errors import NotWritable, VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

TEMPORARY = ".new"
STEPS = ("Taking a picture of the record", "Writing it down", "Reading it back", "Done")

Tell = Callable[[int, int, int], None]  # place in STEPS, done, of


@dataclass(frozen=True)
class Backup:
    """A backup that was made and read back. size: bytes; made_at: UTC; rows: in all tables."""

    path: Path
    size: int
    made_at: datetime
    rows: int


def _silent(step: int, done: int, of: int) -> None:
    """Tell nobody."""


def create(
    paths: VaultPaths,
    key: VaultKey,
    *,
    now: datetime,
    to: Path | None = None,
    tell: Tell = _silent,
) -> Backup:
    """Make a backup of the record as it is now, in the vault's backup folder or in `to`.

    Raises VaultError; then no backup was added, and the older ones are as they were. A backup in
    `to` is one more copy: it is not listed, and none there is ever removed.
    """
    use.share(paths.home)
    with snapshot.lock(paths):
        return write(paths, key, now=now, to=to, tell=tell)


def write(
    paths: VaultPaths, key: VaultKey, *, now: datetime, to: Path | None, tell: Tell = _silent
) -> Backup:
    """As `create`, by one who shares the record and has the lock."""
    now = now.replace(microsecond=0)
    if not paths.database.exists():
        raise VaultError("There is no record in this vault yet, so there is nothing to back up.")
    _check_folder(paths, to)
    target = to or paths.backups
    _sweep(target)
    try:
        backup = _made(paths, key, target, now, tell)
    except OSError as error:
        raise NotWritable(f"The backup could not be made: {error.strerror}.") from error
    if to is None:
        state.note_good(paths, backup.path.name, made_at=now, now=now)
        _prune(paths, key, now)
    tell(3, 1, 1)
    return backup


def _check_folder(paths: VaultPaths, to: Path | None) -> None:
    """A folder that was named has to be there: a drive that is not plugged in is no new folder."""
    chosen = to or paths.backups_in
    if chosen is None:
        files.make_folder(paths.backups)
    elif not chosen.is_dir():
        raise NotWritable(f"The folder for backups, {chosen}, is not there.")


def _sweep(target: Path) -> None:
    for left in target.glob(f".upswing-*{TEMPORARY}"):
        left.unlink(missing_ok=True)


def _made(paths: VaultPaths, key: VaultKey, target: Path, now: datetime, tell: Tell) -> Backup:
    with snapshot.workshop(paths.home) as room:
        tell(0, 0, 1)
        picture = room / "picture.db"
        contents = snapshot.copy(paths.database, key.data, picture, key.data)
        manifest = content.manifest_of(picture, contents)
        about = _envelope(paths, key, contents.schema, now)
        path = _put(target, about, key, picture, manifest, lambda *done: tell(1, *done))
        picture.unlink()
        try:
            read_back(path, key, room / "read.db", lambda *done: tell(2, *done))
        except VaultError:
            path.unlink()
            raise
    rows = sum(contents.tables.values())
    return Backup(path, path.stat().st_size, now, rows)


def _envelope(paths: VaultPaths, key: VaultKey, schema: int, now: datetime) -> Envelope:
    found = header.read(paths)
    header.verify(found, key)
    return Envelope(
        vault_id=key.vault_id,
        app=version("upswing"),
        schema=schema,
        made_at=now,
        slots=found.slots,
        salt=secrets.token_bytes(SALT_BYTES),
    )


def _put(
    target: Path,
    about: Envelope,
    key: VaultKey,
    picture: Path,
    manifest: Manifest,
    progress: content.Progress,
) -> Path:
    """Write the file whole under a temporary name, sync it, and give it its own."""
    path = target / folder.free_name(target, about.made_at)
    fresh = target / f".{path.name}.{secrets.token_hex(4)}{TEMPORARY}"
    start = envelope.render(about)
    sealed = chunks.seal(content.parts(picture, manifest, progress), about.content_key(key), start)
    with files.refusals_explained(target):
        try:
            _write(fresh, start, sealed)
            fresh.rename(path)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(str(target))
    return path


def _write(fresh: Path, start: bytes, sealed: Iterable[bytes]) -> None:
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(start)
        for chunk in sealed:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _prune(paths: VaultPaths, key: VaultKey, now: datetime) -> None:
    """Remove this vault's backups for which newer ones stand. Others' files are left alone.

    Those from the future, made while a clock ran ahead, are counted by themselves: they stand for
    none that is made today.
    """
    own = [
        rules.Stamp(one.name, one.about.made_at, one.about.schema)
        for one in folder.listing(paths)
        if one.about and one.about.vault_id == key.vault_id
    ]
    last = folder.last_good(paths)
    keep: set[str] = set()
    for ahead in (False, True):
        side = [one for one in own if (one.made_at > now) is ahead]
        keep |= rules.kept(side, verified=last[0] if last else None)
    gone = {one.name for one in own} - keep
    for name in gone:
        (paths.backups / name).unlink(missing_ok=True)
    if gone:
        sync_folder(str(paths.backups))
        state.note_gone(paths, gone)
