"""Bringing a backup back, always into a new folder: nothing that is there is ever replaced."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upswing.vault import files, header, names
from upswing.vault.appending import FOLDER_MODE, sync_folder
from upswing.vault.backup import reading
from upswing.vault.backup.content import Manifest, Progress
from upswing.vault.backup.envelope import Envelope
from upswing.vault.errors import NotWritable, VaultError
from upswing.vault.key import KEY_BYTES, VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Slot, wrap

CARRIED = ("passphrase", "recovery")


def check_target(to: Path) -> None:
    """Raise VaultError where `to` is anything but a new or an empty folder."""
    if to.is_symlink() or (to.exists() and not to.is_dir()):
        raise VaultError(f"{to} is there already and is no folder. Nothing was changed.")
    if to.is_dir() and any(to.iterdir()):
        raise VaultError(
            f"{to} is not empty. A backup is brought back into a new folder only; nothing was"
            " changed."
        )


def restore(
    path: Path,
    key: VaultKey,
    *,
    to: Path,
    newest_schema: int,
    progress: Progress = reading.silent,
) -> Manifest:
    """Make a vault in the folder `to` out of the backup `path`: whole and checked, or not at all.

    The passphrase and the recovery sheet of that time open it. Where there was no passphrase, a new
    key file is made. Raises VaultError; then `to` is as it was.
    """
    check_target(to)
    about = reading.look(path)
    reading.refuse_newer(about, path.name, newest_schema)
    files.make_folder(to.parent)
    with _beside(to) as room:
        manifest = reading.read_back(path, key, room / names.DATABASE, progress)
        _furnish(room, about, key)
        _move(room, to)
    return manifest


@contextmanager
def _beside(to: Path) -> Iterator[Path]:
    """A folder next to `to`, which takes its place in the end. What a killed one left goes."""
    with files.refusals_explained(to.parent):
        for left in to.parent.glob(f".{to.name}.*.restoring"):
            shutil.rmtree(left)
        room = to.with_name(f".{to.name}.{secrets.token_hex(4)}.restoring")
        room.mkdir(mode=FOLDER_MODE)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)  # after the move there is nothing to remove


def _furnish(room: Path, about: Envelope, key: VaultKey) -> None:
    """Everything but the record itself: header, inbox, and a key file where one is needed."""
    places = VaultPaths(room, room)
    files.make_folder(places.inbox)
    carried = [slot for slot in about.slots if slot.type in CARRIED]
    if not any(slot.type == "passphrase" for slot in carried):
        carried.append(_fresh_device(places, key))
    header.write(places, header.new_header(key, carried))


def _fresh_device(places: VaultPaths, key: VaultKey) -> Slot:
    secret = secrets.token_bytes(KEY_BYTES)
    files.write_whole(places.device_key, secret.hex().encode() + b"\n")
    return wrap(key, "device", secret)


def _move(room: Path, to: Path) -> None:
    sync_folder(str(room))
    with files.refusals_explained(to.parent):
        try:
            room.rename(to)  # takes the place of an empty folder, and of no other
        except OSError as error:
            raise NotWritable(f"{to} cannot be made: {error.strerror}.") from error
        sync_folder(str(to.parent))
