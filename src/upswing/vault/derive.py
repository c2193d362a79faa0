"""Keys made from another secret, one for each purpose."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from upswing.vault.key import KEY_BYTES, VaultKey


def derive(secret: bytes, *, salt: bytes, purpose: str) -> bytes:
    """HKDF-SHA256: 32 bytes for one purpose, so that no two uses share a key."""
    info = f"upswing/{purpose}/v1".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)


def mac_key(key: VaultKey) -> bytes:
    """The key of the header's MAC."""
    return derive(key.data, salt=bytes.fromhex(key.vault_id), purpose="header mac")


def inbox_key(key: VaultKey) -> X25519PrivateKey:
    """The private half of the sealed inbox."""
    seed = derive(key.data, salt=bytes.fromhex(key.vault_id), purpose="inbox")
    return X25519PrivateKey.from_private_bytes(seed)
