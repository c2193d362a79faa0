"""What the chunks of a backup hold together: a manifest, then the database it describes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from upswing.vault import files
from upswing.vault.appending import FILE_MODE
from upswing.vault.backup import chunks, envelope
from upswing.vault.backup.envelope import Envelope
from upswing.vault.backup.snapshot import Contents
from upswing.vault.errors import DamagedBackup, DamagedVault, WrongSecret
from upswing.vault.key import VaultKey
from upswing.vault.slots import exactly, hex_bytes

LENGTH_BYTES = 4
LARGEST_MANIFEST = 1024 * 1024
PIECE_BYTES = 256 * 1024
SHA256_BYTES = 32

Progress = Callable[[int, int], None]  # bytes done, of


@dataclass(frozen=True)
class Manifest:
    """What the database in a backup is: bytes, SHA-256 (hex), rows by table."""

    size: int
    sha256: str
    contents: Contents


def manifest_of(database: Path, contents: Contents) -> Manifest:
    """The manifest of a database that nobody has open."""
    digest = hashlib.sha256()
    for piece in _pieces(database):
        digest.update(piece)
    return Manifest(database.stat().st_size, digest.hexdigest(), contents)


def parts(database: Path, manifest: Manifest, progress: Progress) -> Iterator[bytes]:
    """What is to be sealed, piece by piece."""
    described = _render(manifest)
    yield len(described).to_bytes(LENGTH_BYTES, "big") + described
    done = 0
    for piece in _pieces(database):
        yield piece
        done += len(piece)
        progress(done, manifest.size)


def _pieces(database: Path) -> Iterator[bytes]:
    with database.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def _render(manifest: Manifest) -> bytes:
    fields = {
        "database": {"bytes": manifest.size, "sha256": manifest.sha256},
        "rows": manifest.contents.tables,
        "schema": manifest.contents.schema,
    }
    return json.dumps(fields).encode()


def extract(path: Path, key: VaultKey, target: Path, progress: Progress) -> Manifest:
    """Write the database of the backup `path` to the new file `target`, synced and compared.

    Raises DamagedBackup, and then `target` is worth nothing; WrongSecret for another vault's key.
    """
    with path.open("rb") as file:
        about, bound = envelope.read(file, path.name)
        if about.vault_id != key.vault_id:
            raise WrongSecret(f"{path.name} is a backup of another vault.")
        pieces = chunks.unseal(file, about.content_key(key), bound, path.name)
        manifest, first = _manifest(pieces, path.name)
        _agree(about, manifest, path.name)
        _write(target, first, pieces, manifest, path.name, progress)
    return manifest


def opens(path: Path, key: VaultKey) -> bool:
    """Whether `key` is the key of this backup. False too where its beginning is damaged."""
    with path.open("rb") as file:
        about, bound = envelope.read(file, path.name)
        same = about.vault_id == key.vault_id
        return same and chunks.opens(file, about.content_key(key), bound)


def _manifest(pieces: Iterator[bytes], name: str) -> tuple[Manifest, bytes]:
    """The manifest, and what came of the database with it."""
    held = b""
    for piece in pieces:
        held += piece
        size = LENGTH_BYTES + int.from_bytes(held[:LENGTH_BYTES], "big")
        if size > LARGEST_MANIFEST:
            break
        if len(held) >= size:
            return _parsed(held[LENGTH_BYTES:size], name), held[size:]
    raise DamagedBackup(f"{name} holds no list of its contents. It was not used.")


def _parsed(described: bytes, name: str) -> Manifest:
    try:
        fields = exactly(json.loads(described), {"database", "rows", "schema"}, "a backup")
        database = exactly(fields["database"], {"bytes", "sha256"}, "a backup")
        sha256 = hex_bytes(database["sha256"], SHA256_BYTES, "the sum").hex()
        rows = _numbers(fields["rows"])
        return Manifest(
            _number(database["bytes"]), sha256, Contents(rows, _number(fields["schema"]))
        )
    except (ValueError, RecursionError, DamagedVault):
        raise DamagedBackup(f"{name} holds no list of its contents. It was not used.") from None


def _numbers(value: object) -> dict[str, int]:
    if not isinstance(value, dict):
        raise ValueError("rows")
    return {str(name): _number(count) for name, count in value.items()}


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("number")
    return value


def _agree(about: Envelope, manifest: Manifest, name: str) -> None:
    if about.schema != manifest.contents.schema:
        raise DamagedBackup(f"{name} says two things about itself. It was not used.")


def _write(
    target: Path,
    first: bytes,
    pieces: Iterator[bytes],
    manifest: Manifest,
    name: str,
    progress: Progress,
) -> None:
    digest, done, piece = hashlib.sha256(), 0, first
    with files.refusals_explained(target.parent):
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            while True:
                file.write(piece)
                digest.update(piece)
                done += len(piece)
                if done > manifest.size:
                    break
                progress(done, manifest.size)
                if (following := next(pieces, None)) is None:
                    break
                piece = following
            _flush(file)
    if done != manifest.size or digest.hexdigest() != manifest.sha256:
        raise DamagedBackup(f"{name} does not hold what it says. It was not used.")


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
