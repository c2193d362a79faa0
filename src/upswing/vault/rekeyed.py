"""What a re-key leaves to the next opening: files to remove, and a key that opens nothing more."""

from __future__ import annotations

from pathlib import Path

from upswing.vault import current
from upswing.vault.appending import sync_folder
from upswing.vault.errors import DamagedVault, OldKey, VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths


def tidy(home: Path, key: VaultKey) -> None:
    """Remove databases that the header does not name: the old one, or a new one that was torn.

    Call it as one who shares the record (see `use`): then nobody is in the middle of a re-key.
    Only a header that `key` signed may name what goes.
    """
    named = current.named(home)
    left = [path for path in home.glob("vault*.db*") if not path.name.startswith(str(named))]
    if not left or not (home / str(named)).exists() or not _signed(home, key):
        return
    for path in left:
        path.unlink(missing_ok=True)
    sync_folder(str(home))


def refuse_old_key(home: Path, key: VaultKey) -> None:
    """Raise OldKey where the vault has another key now than `key`."""
    if not _signed(home, key):
        raise OldKey("The vault was given a new key meanwhile. Unlock it again: upswing unlock")


def _signed(home: Path, key: VaultKey) -> bool:
    from upswing.vault import header  # with it comes the cryptography

    try:
        header.verify(header.read(VaultPaths(home, home)), key)
    except DamagedVault:
        return False
    except VaultError:
        return True  # no header, or a newer one: the key is not what is wrong
    return True
