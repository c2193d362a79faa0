"""Who is at the other end of a Unix socket, and whether a runtime folder is really ours."""

from __future__ import annotations

import os
import socket
import stat
import struct
from pathlib import Path

from upswing.vault import files
from upswing.vault.appending import FOLDER_MODE
from upswing.vault.errors import NotWritable, VaultError

SOL_LOCAL = 0  # macOS and the BSDs: the level and option that give a struct xucred
LOCAL_PEERCRED = 1
XUCRED_BYTES = 76


def peer_uid(connection: socket.socket) -> int:
    """The user id of the process at the other end, as the kernel saw it at connect time.

    Raises VaultError where this system cannot tell, so that nothing is handed out unchecked.
    """
    linux_option = getattr(socket, "SO_PEERCRED", None)
    try:
        if linux_option is not None:
            found = connection.getsockopt(socket.SOL_SOCKET, linux_option, struct.calcsize("3i"))
            return int(struct.unpack("3i", found)[1])
        found = connection.getsockopt(SOL_LOCAL, LOCAL_PEERCRED, XUCRED_BYTES)
        return int(struct.unpack_from("II", found)[1])
    except (OSError, struct.error) as error:
        raise VaultError("This system cannot tell who asks for the key.") from error


def is_own(connection: socket.socket) -> bool:
    """Whether the other end runs as the same user."""
    return peer_uid(connection) == os.geteuid()


def make_private(folder: Path) -> None:
    """Make the runtime folder (0700), or raise NotWritable where somebody else has put one there.

    It may stand in a folder in which everybody may write, such as /tmp.
    """
    files.make_folder(folder)
    check_private(folder)
    files.tighten(folder, FOLDER_MODE)


def check_private(folder: Path) -> None:
    """Raise NotWritable for a link or another account's folder; FileNotFoundError for none."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise NotWritable(f"{folder} is not a folder of this account, so Upswing does not use it.")
