"""The verbs of the vault: make it, open it, change how it opens.

Every verb raises a VaultError whose message is a sentence for the person. A change of slots is one
atomic replacement of the header, so whatever is killed when, the old way or the new way opens.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from upswing.vault import files, header, keyring_slot, recovery
from upswing.vault.appending import FILE_MODE, FOLDER_MODE, sync_folder
from upswing.vault.errors import DamagedVault, NotWritable, PlainVault, VaultError, WrongSecret
from upswing.vault.header import Header
from upswing.vault.key import ID_BYTES, KEY_BYTES, VaultKey
from upswing.vault.keyring_slot import Keyring
from upswing.vault.paths import VaultPaths
from upswing.vault.recovery import RecoveryCode
from upswing.vault.slots import (
    Argon2,
    Slot,
    SlotType,
    calibrate,
    check_passphrase,
    passphrase_secret,
    unwrap,
    wrap,
)

SQLITE_MAGIC = b"SQLite format 3\x00"
EVERYDAY: set[SlotType] = {"passphrase", "device"}
FREE_ATTEMPTS = 3
LONGEST_DELAY = 300.0


@dataclass(frozen=True)
class SlotInfo:
    """One way to open the vault, and how its secret is turned into a key."""

    type: SlotType
    detail: str


def exists(paths: VaultPaths) -> bool:
    """Whether a vault was made here, sound or not."""
    return paths.header.exists()


def create(paths: VaultPaths, *, passphrase: str | None, cost: Argon2 | None = None) -> VaultKey:
    """Make a vault; without a passphrase a device file opens it. The database is made by migrate.

    `cost` None means: calibrated on this machine. Raises VaultError where a vault or a database
    is already there, NotWritable where the folder cannot be written.
    """
    if passphrase is not None:
        check_passphrase(passphrase)
    files.make_folder(paths.home)
    with files.folder_lock(paths.home):
        _refuse_to_overwrite(paths)
        files.tighten(paths.home, FOLDER_MODE)
        files.make_folder(paths.inbox)
        key = VaultKey(secrets.token_bytes(KEY_BYTES), secrets.token_hex(ID_BYTES))
        first = _first_slot(paths, key, passphrase, cost)
        header.write(paths, header.new_header(key, [first]))
    return key


def _refuse_to_overwrite(paths: VaultPaths) -> None:
    if paths.header.exists():
        raise VaultError(f"There is already a vault in {paths.home}; it stays as it is.")
    refuse_plain(paths)
    if paths.database.exists():
        raise DamagedVault(
            f"{paths.home} has a database without its header; put vault.json back beside it."
        )


def _first_slot(
    paths: VaultPaths, key: VaultKey, passphrase: str | None, cost: Argon2 | None
) -> Slot:
    if passphrase is None:
        return wrap(key, "device", _fresh_device_secret(paths))
    return wrap(key, "passphrase", passphrase_secret(passphrase), cost or calibrate())


def open_with_passphrase(paths: VaultPaths, passphrase: str) -> VaultKey:
    return _open(paths, "passphrase", passphrase_secret(passphrase))


def open_with_recovery(paths: VaultPaths, code: str) -> VaultKey:
    """`code` as typed; raises WrongSecret and names the group with a typing mistake."""
    return _open(paths, "recovery", recovery.read_code(code).secret)


def open_with_device(paths: VaultPaths) -> VaultKey:
    """The key, by the key file; raises WrongSecret."""
    _checked(paths)
    secrets_here = device_secrets(paths)
    for secret in secrets_here[:-1]:
        with suppress(WrongSecret):
            return _open(paths, "device", secret)
    return _open(paths, "device", secrets_here[-1])


def open_with_keyring(paths: VaultPaths, backend: Keyring | None = None) -> VaultKey:
    found = _checked(paths)
    backend = backend or keyring_slot.system_keyring()
    return _open(paths, "keyring", keyring_slot.load(found.vault_id, backend))


def _open(paths: VaultPaths, kind: SlotType, secret: bytes) -> VaultKey:
    found = _checked(paths)
    slot = found.slot(kind)
    if slot is None:
        raise WrongSecret(f"This vault has no {kind} slot.")
    key = unwrap(slot, found.vault_id, secret)
    header.verify(found, key)
    return key


def _checked(paths: VaultPaths) -> Header:
    """The header of a vault that may be opened: ours, closed to others, writable, not plain."""
    found = header.read(paths)
    _close_to_others(paths)
    files.check_writable(paths.home)
    refuse_plain(paths)
    return found


def _close_to_others(paths: VaultPaths) -> None:
    for folder in paths.folders():
        files.tighten(folder, FOLDER_MODE)
    for path in paths.files():
        files.tighten(path, FILE_MODE)


def refuse_plain(paths: VaultPaths) -> None:
    """Raise PlainVault where anybody could read the database."""
    with files.refusals_explained(paths.home):
        plain = files.peek(paths.database, len(SQLITE_MAGIC)) == SQLITE_MAGIC
    if plain:
        raise PlainVault(
            f"{paths.database} is a plain SQLite file, not an encrypted vault, so Upswing"
            " does not open it."
        )


def slots(paths: VaultPaths) -> list[SlotInfo]:
    """The ways in which this vault opens. Needs no key."""
    return [SlotInfo(slot.type, slot.describe()) for slot in header.read(paths).slots]


def change_passphrase(
    paths: VaultPaths, key: VaultKey, new: str, *, cost: Argon2 | None = None
) -> None:
    """Set or replace the passphrase. Other slots stay as they are."""
    check_passphrase(new)
    slot = wrap(key, "passphrase", passphrase_secret(new), cost or calibrate())
    with _header_to_change(paths, key) as found:
        header.write(paths, header.with_slot(found, slot, key))


def set_device(paths: VaultPaths, key: VaultKey) -> None:
    """Let this machine open the vault without a passphrase."""
    with _header_to_change(paths, key) as found:
        secret = _secret_that_works(paths, found) or _fresh_device_secret(paths)
        header.write(paths, header.with_slot(found, wrap(key, "device", secret), key))


def _secret_that_works(paths: VaultPaths, found: Header) -> bytes | None:
    """The device secret in use, to be kept: file and header cannot change in one moment."""
    slot = found.slot("device")
    if slot is None:
        return None
    with suppress(WrongSecret):
        for secret in device_secrets(paths):
            with suppress(WrongSecret):
                return secret if unwrap(slot, found.vault_id, secret) else None
    return None


def remove_slot(paths: VaultPaths, key: VaultKey, kind: SlotType) -> None:
    """Take one way in away; raises VaultError where it is the last that opens the vault."""
    with _header_to_change(paths, key) as found:
        if found.slot(kind) is None:
            raise VaultError(f"This vault has no {kind} slot.")
        if not (found.kinds() - {kind}) & EVERYDAY:
            raise VaultError(
                "That is the last way to open the vault; set a passphrase or the device file first."
            )
        header.write(paths, header.without_slot(found, kind, key))
        if kind == "device":
            paths.device_key.unlink(missing_ok=True)
            sync_folder(str(paths.home))


def add_keyring(paths: VaultPaths, key: VaultKey, backend: Keyring | None = None) -> None:
    """Let the session's keyring open the vault too; raises VaultError for an unsafe keyring."""
    backend = backend or keyring_slot.system_keyring()
    keyring_slot.refuse_unsafe(backend)
    with _header_to_change(paths, key) as found:
        slot = wrap(key, "keyring", keyring_slot.store(key.vault_id, backend))
        header.write(paths, header.with_slot(found, slot, key))


def remove_keyring(paths: VaultPaths, key: VaultKey, backend: Keyring | None = None) -> None:
    """Take the keyring's way in away, first here, then in the keyring."""
    remove_slot(paths, key, "keyring")
    keyring_slot.forget(key.vault_id, backend or keyring_slot.system_keyring())


def new_recovery_code() -> RecoveryCode:
    """A code for a sheet. It opens nothing until confirm_recovery()."""
    return recovery.new_code()


def confirm_recovery(
    paths: VaultPaths, key: VaultKey, code: RecoveryCode, typed: Mapping[int, str]
) -> None:
    """Write the recovery slot once two groups (numbers from 1) are typed back rightly.

    Raises WrongSecret and writes nothing otherwise.
    """
    if len(typed) < 2:
        raise WrongSecret("Please type two groups of the recovery code back.")
    for place, group in typed.items():
        if not 1 <= place <= recovery.GROUPS or recovery.plain(group) != code.groups[place - 1]:
            raise WrongSecret(f"Group {place} is not what stands on the sheet.")
    with _header_to_change(paths, key) as found:
        header.write(paths, header.with_slot(found, wrap(key, "recovery", code.secret), key))


def delay(attempts: int) -> float:
    """Seconds to wait before the next attempt after `attempts` wrong ones: 0, 0, 1, 2, 4 … 300."""
    if attempts < FREE_ATTEMPTS:
        return 0.0
    return min(2.0 ** min(attempts - FREE_ATTEMPTS, 16), LONGEST_DELAY)


@contextmanager
def _header_to_change(paths: VaultPaths, key: VaultKey) -> Iterator[Header]:
    """The present header, locked against other changes; only the vault's own key may change it."""
    with files.folder_lock(paths.home):
        found = _checked(paths)
        header.verify(found, key)
        yield found


def _fresh_device_secret(paths: VaultPaths) -> bytes:
    secret = secrets.token_bytes(KEY_BYTES)
    files.write_whole(paths.device_key, secret.hex().encode() + b"\n")
    return secret


def device_secrets(paths: VaultPaths) -> list[bytes]:
    """What the key file holds: one secret, or two where a re-key was killed before its end.

    Raises WrongSecret where there is none.
    """
    try:
        text = files.read_small(paths.device_key, limit=1024).decode("ascii")
        return [bytes.fromhex(line) for line in text.split()] or [b""]
    except FileNotFoundError:
        raise WrongSecret(f"The device file {paths.device_key} is missing.") from None
    except (ValueError, NotWritable, DamagedVault):
        raise WrongSecret(f"The device file {paths.device_key} cannot be read.") from None
