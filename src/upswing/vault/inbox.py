"""The sealed inbox, taken in: every line that `seal.seal_line` kept is opened and handed on.

Delivery is at least once; `deliver` keeps the ids it has seen, so each line counts once. Most
commands only look and find nothing, so the cryptography is imported when there is a line to open.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from upswing.vault.appending import append, open_locked, sync_folder
from upswing.vault.key import VaultKey
from upswing.vault.names import UNREADABLE
from upswing.vault.paths import VaultPaths


@dataclass(frozen=True)
class Captured:
    """One line that came out; `id` (hex) is the same however often it comes."""

    id: str
    payload: bytes


@dataclass(frozen=True)
class DrainReport:
    """How many lines were handed on, and how many were set aside because nobody can read them."""

    delivered: int
    unreadable: int


class Undeliverable(Exception):
    """Raised by `deliver` for a payload that will never make sense; its line is set aside."""


Deliver = Callable[[Captured], None]


def pending(paths: VaultPaths) -> bool:
    """Whether a drain has something to do. Two looks at the folder, nothing is read."""
    return any(_size(path) for path in (paths.pending, paths.draining))


def drain(paths: VaultPaths, key: VaultKey, deliver: Deliver) -> DrainReport:
    """Hand every line to `deliver`, oldest first, and remove it once that has returned.

    Whatever is killed when, a line stays until it was delivered, so `deliver` may see an id twice
    and must keep ids in the transaction in which it writes. Two drains wait for each other. An
    error of `deliver` other than Undeliverable ends the drain and leaves the lines for the next.
    """
    if not pending(paths):
        return DrainReport(0, 0)
    guard = open_locked(str(paths.drain_lock))
    try:
        left = _hand_on(paths, key, deliver)  # of a drain that was killed
        _take(paths)
        fresh = _hand_on(paths, key, deliver)
    finally:
        os.close(guard)
    return DrainReport(left.delivered + fresh.delivered, left.unreadable + fresh.unreadable)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _take(paths: VaultPaths) -> None:
    """Take the pending lines away from the writers, who go on with a new file."""
    if not _size(paths.pending):
        return
    handle = open_locked(str(paths.pending))
    try:
        paths.pending.rename(paths.draining)
        sync_folder(str(paths.inbox))
    finally:
        os.close(handle)


def _hand_on(paths: VaultPaths, key: VaultKey, deliver: Deliver) -> DrainReport:
    if not paths.draining.exists():
        return DrainReport(0, 0)
    lines = [line for line in paths.draining.read_bytes().split(b"\n") if line]
    aside = _deliver_all(lines, key, deliver)
    for line in aside:
        _set_aside(paths, line)
    paths.draining.unlink()
    sync_folder(str(paths.inbox))
    return DrainReport(len(lines) - len(aside), len(aside))


def _deliver_all(lines: list[bytes], key: VaultKey, deliver: Deliver) -> list[bytes]:
    """Deliver what can be opened; the rest comes back."""
    from upswing.vault.derive import inbox_key
    from upswing.vault.seal import unseal

    vault_id, private_key = bytes.fromhex(key.vault_id), inbox_key(key)
    aside = []
    for line in lines:
        try:
            captured = Captured(*unseal(line, vault_id, private_key))
        except ValueError:
            aside.append(line)
            continue
        try:
            deliver(captured)
        except Undeliverable:
            aside.append(line)
    return aside


def _set_aside(paths: VaultPaths, line: bytes) -> None:
    """Keep a line that cannot be read, as sealed as it is; once, also after a kill."""
    kept = paths.unreadable.read_bytes() if _size(paths.unreadable) else b""
    if line not in kept.split(b"\n"):
        append(str(paths.inbox), UNREADABLE, lambda: b"\n" + line + b"\n")
