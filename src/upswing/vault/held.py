"""The key that this process holds, and nothing else. The database backend asks here."""

from __future__ import annotations

from upswing.vault.errors import VaultLocked
from upswing.vault.key import VaultKey

_held: list[VaultKey] = []


def hold(key: VaultKey) -> None:
    """Hold `key` from now on, in place of any other."""
    _held[:] = [key]


def held() -> VaultKey:
    """The key; raises VaultLocked where none is held."""
    if not _held:
        raise VaultLocked("The vault is locked. Unlock it with `upswing unlock`.")
    return _held[0]


def is_held() -> bool:
    return bool(_held)


def let_go() -> None:
    """Forget the key. Python cannot wipe memory, so a lock also ends the process that held it."""
    _held.clear()
