"""Seal a line into the inbox: anybody on this machine may, only the vault's key reads it.

A line is newline + base64(id, HPKE ciphertext) + newline. The newline in front keeps a torn line,
left by a kill or a full disk, from swallowing the next. HPKE (RFC 9180) is X25519, HKDF-SHA256 and
ChaCha20-Poly1305 with a fresh key for each line.

`upswing log` loads this module, so it imports little and makes no classes.
"""

from __future__ import annotations

import binascii
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from upswing.vault import names
from upswing.vault.appending import REFUSED, append
from upswing.vault.errors import DamagedVault, NewerVault, NotWritable, NoVault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class SealPlaces(Protocol):
        """Where the header and the inbox folder are; VaultPaths is one."""

        @property
        def header(self) -> str | os.PathLike[str]: ...
        @property
        def inbox(self) -> str | os.PathLike[str]: ...


VERSION = 1
ID_BYTES = 16
LARGEST_HEADER = 64 * 1024


def seal_line(paths: SealPlaces, payload: bytes) -> None:
    """Seal `payload` to the vault and keep it; when this returns, it survives a loss of power.

    Raises NoVault, DamagedVault, NewerVault or NotWritable, with nothing kept.
    """
    _recipient(paths.header)  # a vault that is not there is told before the inbox is touched
    try:
        append(os.fspath(paths.inbox), names.PENDING, lambda: _line(paths, payload))
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        raise NotWritable(f"Upswing cannot write in {paths.inbox}: {error.strerror}.") from error


def _line(paths: SealPlaces, payload: bytes) -> bytes:
    """The payload, sealed to the key of now: a re-key changes it under the lock of the inbox."""
    vault_id, public_key = _recipient(paths.header)
    name = os.urandom(ID_BYTES)
    try:
        sealed = _suite().encrypt(payload, public_key, _info(vault_id, name))
    except ValueError:
        raise DamagedVault("The inbox key in the vault's header is not a key.") from None
    return b"\n" + binascii.b2a_base64(name + sealed, newline=False) + b"\n"


def unseal(line: bytes, vault_id: bytes, private_key: X25519PrivateKey) -> tuple[str, bytes]:
    """The id (hex) and payload of one line; ValueError for a torn one or another vault's."""
    whole = binascii.a2b_base64(line, strict_mode=True)
    name, sealed = whole[:ID_BYTES], whole[ID_BYTES:]
    try:
        return name.hex(), _suite().decrypt(sealed, private_key, _info(vault_id, name))
    except InvalidTag:
        raise ValueError("not sealed to this vault") from None


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _info(vault_id: bytes, name: bytes) -> bytes:
    """Binds a line to its vault and to its id."""
    return b"upswing/inbox/v1" + vault_id + name


def _recipient(header: str | os.PathLike[str]) -> tuple[bytes, X25519PublicKey]:
    """Read from the header only what sealing needs; `header.parse` checks all of it at opening."""
    try:
        with open(header, "rb") as file:  # noqa: PTH123 - pathlib is dear here, see appending
            fields = json.loads(file.read(LARGEST_HEADER))
        if fields["version"] != VERSION:
            raise NewerVault("This vault was written by another Upswing; please update Upswing.")
        public_key = bytes.fromhex(fields["inbox_public_key"])
        return bytes.fromhex(fields["vault_id"]), X25519PublicKey.from_public_bytes(public_key)
    except FileNotFoundError:
        raise NoVault(
            "There is no vault yet. Make one with `upswing serve` or `upswing vault create`."
        ) from None
    except PermissionError:
        raise NotWritable(f"{header} is closed to this account.") from None
    except (ValueError, KeyError, TypeError, RecursionError, IsADirectoryError):
        raise DamagedVault("The vault's header cannot be read; it is damaged.") from None
