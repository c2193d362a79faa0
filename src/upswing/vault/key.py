"""The vault key. Cheap to import: every unlocked command loads it."""

from __future__ import annotations

from dataclasses import dataclass

KEY_BYTES = 32
ID_BYTES = 16


@dataclass(frozen=True, repr=False)
class VaultKey:
    """The 32 random bytes that everything in the vault `vault_id` (hex) hangs on."""

    data: bytes
    vault_id: str

    def __repr__(self) -> str:
        return f"<VaultKey of {self.vault_id}>"
