"""A new key for everything: the record copied under it, and one replacement of the header.

An old copy of the header and the old passphrase open nothing of the vault afterwards. Killed at any
moment, the old key or the new one opens, and the next opening removes what is left over.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from upswing.vault import files, header, inbox, keyring_slot, rekeyed, use
from upswing.vault.appending import open_locked, sync_folder
from upswing.vault.backend.base import open_keyed
from upswing.vault.backup import snapshot, state
from upswing.vault.errors import VaultError
from upswing.vault.header import Header
from upswing.vault.key import KEY_BYTES, VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2, Slot, calibrate, check_passphrase, passphrase_secret, wrap

WAIT_SECONDS = 20

# Kept until this process ends: its other threads must not write to the old file, nor read the
# inbox with the old key, once the new ones are in force.
_barred: list[Callable[[], None]] = []


def unbar() -> None:
    """Let the inbox be read again, in a process that has no other thread and holds the new key."""
    while _barred:
        _barred.pop()()


def rekey(
    paths: VaultPaths,
    key: VaultKey,
    *,
    passphrase: str | None,
    drain: Callable[[], object],
    cost: Argon2 | None = None,
) -> VaultKey:
    """Give the vault a new key, and return it; without a passphrase a new key file opens it.

    `drain` delivers what waits in the inbox into the record. The recovery sheet and the keyring
    open nothing afterwards, and old backups keep the old key. Afterwards this process may not read
    or write through connections that it had before; it is best ended (else see `unbar`).
    Raises VaultError; then everything is as it was.
    """
    if passphrase is not None:
        check_passphrase(passphrase)
    new = VaultKey(secrets.token_bytes(KEY_BYTES), key.vault_id)
    by_passphrase = _passphrase_slot(new, passphrase, cost) if passphrase is not None else None
    with use.alone(paths.home), snapshot.lock(paths), files.folder_lock(paths.home):
        rekeyed.refuse_old_key(paths.home, key)
        found = header.read(paths)
        with _inbox_shut(paths, drain), _record_shut(paths, key):
            slot = by_passphrase or _device_slot(paths, new)
            _switch(paths, key, new, slot)
        _clear_up(paths, found, slot)
    return new


def _passphrase_slot(new: VaultKey, passphrase: str, cost: Argon2 | None) -> Slot:
    return wrap(new, "passphrase", passphrase_secret(passphrase), cost or calibrate())


def _device_slot(paths: VaultPaths, new: VaultKey) -> Slot:
    """A slot for a fresh secret, which stands in the key file beside the old one until the end."""
    secret = secrets.token_bytes(KEY_BYTES)
    old = paths.device_key.read_text().split() if paths.device_key.exists() else []
    _write_secrets(paths, [*old[-1:], secret.hex()])
    return wrap(new, "device", secret)


def _write_secrets(paths: VaultPaths, lines: list[str]) -> None:
    files.write_whole(paths.device_key, "".join(f"{line}\n" for line in lines).encode())


@contextmanager
def _inbox_shut(paths: VaultPaths, drain: Callable[[], object]) -> Iterator[None]:
    """Have the inbox empty and closed: a capture waits, and then is sealed to the new key."""
    files.make_folder(paths.inbox)
    while True:
        drain()
        drains = open_locked(str(paths.drain_lock))
        captures = open_locked(str(paths.pending))
        if not inbox.pending(paths):
            break
        os.close(captures)
        os.close(drains)
    try:
        yield
        _barred.append(lambda: os.close(drains))
    except BaseException:
        os.close(drains)
        raise
    finally:
        paths.pending.unlink()  # empty; whoever waits for it makes a new one
        os.close(captures)


@contextmanager
def _record_shut(paths: VaultPaths, key: VaultKey) -> Iterator[None]:
    """Let no other thread of this process write from here on; other processes are out already."""
    connection: Any = open_keyed(
        str(paths.database), key.data, isolation_level=None, timeout=WAIT_SECONDS
    )
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        _barred.append(connection.close)
    except BaseException:
        connection.close()
        raise


def _switch(paths: VaultPaths, key: VaultKey, new: VaultKey, slot: Slot) -> None:
    name = f"vault-{secrets.token_hex(4)}.db"
    target = paths.home / name
    try:
        contents = snapshot.copy(paths.database, key.data, target, new.data)
        _check(target, new, contents)
        sync_folder(str(paths.home))
        header.write(paths, header.new_header(new, [slot], name))
    except BaseException:
        if paths.database != target:  # the header still names the old one
            target.unlink(missing_ok=True)
        raise


def _check(target: Any, new: VaultKey, contents: snapshot.Contents) -> None:
    try:
        snapshot.check(target, new.data, contents, target.name)
    except VaultError:
        raise VaultError(
            "The copy under the new key was not sound, so the old key stays. Nothing was changed."
        ) from None


def _clear_up(paths: VaultPaths, old: Header, slot: Slot) -> None:
    """Remove what opens or holds nothing any more. A kill in here leaves it to the next opening."""
    if slot.type == "device":
        _write_secrets(paths, paths.device_key.read_text().split()[-1:])
    else:
        paths.device_key.unlink(missing_ok=True)
    for path in paths.home.glob(f"{old.database}*"):
        path.unlink(missing_ok=True)
    sync_folder(str(paths.home))
    state.note_new_key(paths)
    if old.slot("keyring"):
        with suppress(VaultError):  # an entry that stays opens nothing
            keyring_slot.forget(old.vault_id, keyring_slot.system_keyring())
