"""The sealed part of a backup: chunks that cannot be changed, cut, swapped or added to unseen.

Each is AES-256-GCM over 64 KiB. Its nonce is its number and whether it is the last one, so a chunk
fits in one place only; the key is used for one file only, so no nonce comes twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from upswing.vault.errors import DamagedBackup

CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def seal(parts: Iterable[bytes], key: bytes, bound: bytes) -> Iterator[bytes]:
    """The sealed chunks of all `parts` together, which hold at least one byte."""
    cipher, waiting, number = AESGCM(key), bytearray(), 0
    for part in parts:
        waiting += part
        while len(waiting) > CHUNK_BYTES:
            chunk = bytes(waiting[:CHUNK_BYTES])
            yield cipher.encrypt(_nonce(number, last=False), chunk, bound)
            del waiting[:CHUNK_BYTES]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), bound)


def unseal(file: BinaryIO, key: bytes, bound: bytes, name: str) -> Iterator[bytes]:
    """What stands in the rest of `file`, chunk by chunk; DamagedBackup at the first wrong one.

    Nothing may be used before the last chunk has come, as only that one proves the end.
    """
    cipher, number = AESGCM(key), 0
    chunk = file.read(CHUNK_BYTES + TAG_BYTES)
    while True:
        following = file.read(CHUNK_BYTES + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, bound)
        except (InvalidTag, ValueError):
            raise DamagedBackup(f"{name} is damaged or not whole. It was not used.") from None
        if not following:
            return
        chunk, number = following, number + 1


def opens(file: BinaryIO, key: bytes, bound: bytes) -> bool:
    """Whether `key` opens the first chunk; a damaged first chunk looks the same as a wrong key."""
    try:
        next(unseal(file, key, bound, ""))
    except DamagedBackup:
        return False
    return True
