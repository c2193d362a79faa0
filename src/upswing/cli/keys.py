"""The key of the vault, for a command that needs it."""

from __future__ import annotations

from upswing import solo
from upswing.cli import say
from upswing.vault.errors import VaultLocked
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths


def found_or_asked(where: VaultPaths) -> VaultKey:
    """The key of the unlocked vault; somebody at a terminal is asked, and not again until the lock.

    Raises VaultLocked where nobody can be asked.
    """
    try:
        return solo.find_key(where)
    except VaultLocked:
        if not say.somebody_is_there():
            raise
    from upswing.cli import unlocking  # with it comes the cryptography

    return solo.unlocked(where, unlocking.by_any_way(where))
