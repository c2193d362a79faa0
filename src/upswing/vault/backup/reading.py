"""Reading a backup: what opens it, and whether every bit of it is what was written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from upswing.vault import lifecycle, recovery
from upswing.vault.backup import content, envelope, snapshot
from upswing.vault.backup.content import Manifest, Progress
from upswing.vault.backup.envelope import Envelope
from upswing.vault.errors import NewerVault, NotWritable, WrongSecret
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import passphrase_secret, unwrap

ONLY_DEVICE = (
    "Only the key file of the machine that made it opens this backup, as it was made with neither a"
    " passphrase nor a recovery sheet."
)


def silent(done: int, of: int) -> None:
    """Tell nobody how far it is."""


def look(path: Path) -> Envelope:
    """What the file says of itself; raises ForeignBackup, DamagedBackup, NewerVault or
    NotWritable.
    """
    with _readable(path):
        return envelope.look(path)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NotWritable(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise NotWritable(f"{path} is a folder. Name the backup file in it.") from None
    except PermissionError:
        raise NotWritable(f"{path} is closed to this account.") from None


def opens_with(path: Path, key: VaultKey) -> bool:
    """Whether `key` is this backup's; one from before a re-key has another."""
    with _readable(path):
        return content.opens(path, key)


def key_by_secret(about: Envelope, secret: str) -> VaultKey:
    """The key, from the passphrase or the recovery code of the time when the backup was made.

    Raises WrongSecret.
    """
    if slot := about.slot("recovery"):
        try:
            return unwrap(slot, about.vault_id, recovery.read_code(secret).secret)
        except WrongSecret:
            if about.slot("passphrase") is None:
                raise
    if slot := about.slot("passphrase"):
        try:
            return unwrap(slot, about.vault_id, passphrase_secret(secret))
        except WrongSecret:
            raise WrongSecret("That does not open this backup.") from None
    raise WrongSecret(ONLY_DEVICE)


def only_by_device(about: Envelope) -> bool:
    """Whether no secret that a person can know opens it."""
    return about.slot("passphrase") is None and about.slot("recovery") is None


def key_by_device(about: Envelope, paths: VaultPaths) -> VaultKey | None:
    """The key, from the key file of this machine; None where that does not fit."""
    slot = about.slot("device")
    if slot is None:
        return None
    with suppress(WrongSecret):
        for secret in lifecycle.device_secrets(paths):
            with suppress(WrongSecret):
                return unwrap(slot, about.vault_id, secret)
    return None


def refuse_newer(about: Envelope, name: str, newest_schema: int) -> None:
    """Raise NewerVault where this Upswing does not know the tables of the backup."""
    if about.schema > newest_schema:
        raise NewerVault(envelope.NEWER.format(name))


def verify(
    paths: VaultPaths,
    path: Path,
    key: VaultKey,
    *,
    newest_schema: int,
    progress: Progress = silent,
) -> Manifest:
    """Read everything in the file and compare it; raises VaultError where anything is not right."""
    refuse_newer(look(path), path.name, newest_schema)
    if not paths.home.is_dir():
        with tempfile.TemporaryDirectory(prefix="upswing-") as room:
            return read_back(path, key, Path(room) / "read.db", progress)
    with snapshot.lock(paths), snapshot.workshop(paths.home) as room:
        return read_back(path, key, room / "read.db", progress)


def read_back(path: Path, key: VaultKey, into: Path, progress: Progress) -> Manifest:
    """Bring the record out of `path` into the new file `into`, still encrypted, and check it."""
    with _readable(path):
        manifest = content.extract(path, key, into, progress)
    snapshot.check(into, key.data, manifest.contents, path.name)
    return manifest
