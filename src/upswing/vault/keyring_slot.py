"""The system's keyring as one more way in. It holds a random slot key, never the vault key."""

from __future__ import annotations

import secrets
from typing import Protocol, cast

from upswing.vault.errors import VaultError, WrongSecret
from upswing.vault.key import KEY_BYTES

SERVICE = "upswing"
UNSAFE = ("null", "fail", "plaintext")


class Keyring(Protocol):
    """What Upswing needs of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def system_keyring() -> Keyring:
    """The keyring of this session; raises VaultError where there is none that protects anything."""
    try:
        import keyring  # dear to import, and most people never use this slot
    except ImportError:
        raise VaultError("The keyring slot needs the optional package “keyring”.") from None
    backend = cast("Keyring", keyring.get_keyring())
    refuse_unsafe(backend)
    return backend


def refuse_unsafe(backend: object) -> None:
    """Raise VaultError for a backend that keeps nothing, or keeps it readable."""
    for part in [backend, *getattr(backend, "backends", [])]:
        name = f"{type(part).__module__}.{type(part).__qualname__}".lower()
        if any(word in name for word in UNSAFE):
            raise VaultError("This system has no keyring that keeps a secret safe.")


def store(vault_id: str, backend: Keyring) -> bytes:
    """Put a fresh slot key into the keyring and give it back; raises VaultError."""
    secret = secrets.token_bytes(KEY_BYTES)
    try:
        backend.set_password(SERVICE, vault_id, secret.hex())
        kept = backend.get_password(SERVICE, vault_id)
    except Exception as error:  # each backend raises errors of its own, without a common root
        raise VaultError(f"The keyring did not take the slot key: {error}.") from error
    if kept != secret.hex():
        raise VaultError("The keyring did not give back what was put into it.")
    return secret


def load(vault_id: str, backend: Keyring) -> bytes:
    """The slot key; raises WrongSecret where the keyring has none or is closed."""
    try:
        kept = backend.get_password(SERVICE, vault_id)
        return bytes.fromhex(kept or "not there")
    except Exception as error:  # see store()
        raise WrongSecret("The keyring does not give the key of this vault.") from error


def forget(vault_id: str, backend: Keyring) -> None:
    """Remove the slot key; raises VaultError where the keyring refuses."""
    try:
        backend.delete_password(SERVICE, vault_id)
    except Exception as error:  # see store()
        raise VaultError(
            "The slot is gone, but the keyring kept its entry, which now opens nothing."
        ) from error
