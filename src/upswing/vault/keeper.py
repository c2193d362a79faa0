"""Ask the worker that holds the key (see `keeping`), as ssh asks its agent.

`python -m upswing.vault.keeper` is that worker. At most one runs for a vault.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from upswing.vault import peers
from upswing.vault.errors import NotWritable, VaultError, VaultLocked
from upswing.vault.idle import Clocks
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

ANSWER_SECONDS = 5.0
START_SECONDS = 20.0
LONGEST_ANSWER = 256
LONGEST_SOCKET_NAME = 100
GONE = (FileNotFoundError, ConnectionRefusedError, ConnectionResetError, BrokenPipeError)


@dataclass(frozen=True)
class KeeperStatus:
    """A worker that runs: its process, its idle limit and what is left of it, in seconds."""

    vault_id: str
    pid: int
    idle_seconds: int
    seconds_left: int


def read_clocks() -> Clocks:
    """Look at the three clocks."""
    # macOS has no CLOCK_BOOTTIME, but its CLOCK_MONOTONIC goes on during sleep.
    boot = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return Clocks(time.monotonic(), time.clock_gettime(boot), time.time())


def start(paths: VaultPaths, key: VaultKey, idle_minutes: float) -> None:
    """Let a worker hold `key` until the lock, or until `idle_minutes` without use.

    A worker that already holds this key is kept, with its own limit, and counts this as use; one
    that holds another key is ended first. Raises VaultError where no worker can be started.
    """
    if len(os.fsencode(paths.socket)) > LONGEST_SOCKET_NAME:
        raise VaultError(f"{paths.runtime} is too long a name for a socket; set UPSWING_RUNTIME.")
    peers.make_private(paths.runtime)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        # Asking costs nothing beside a start; asked again, as one may have started meanwhile.
        if fetch(paths) == key or _spawn(paths, key, idle_minutes) or fetch(paths) == key:
            return
        lock(paths)
        time.sleep(0.05)
    raise VaultError("The worker that should hold the key did not start.")


def _spawn(paths: VaultPaths, key: VaultKey, idle_minutes: float) -> bool:
    """Start a worker; False where another one runs already."""
    order = {
        "socket": str(paths.socket),
        "vault_id": key.vault_id,
        "key": key.data.hex(),
        "idle_seconds": idle_minutes * 60,
    }
    done = subprocess.run(
        [sys.executable, "-P", "-m", "upswing.vault.keeper"],
        input=json.dumps(order).encode() + b"\n",
        capture_output=True,
        timeout=START_SECONDS,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": import_path()},
        check=False,
    )
    if done.returncode:
        raise VaultError("The worker that should hold the key did not start.")
    return done.stdout.strip() == b"ready"


def import_path() -> str:
    """Where this process found Upswing, so that the worker is of the same version."""
    own = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, [own, os.environ.get("PYTHONPATH")]))


def fetch(paths: VaultPaths) -> VaultKey | None:
    """The key, from the worker; None where none runs. Counts as use."""
    answer = _ask(paths, "GET")
    if answer is None:
        return None
    _, vault_id, data = answer.split(" ")
    return VaultKey(bytes.fromhex(data), vault_id)


def touch(paths: VaultPaths) -> bool:
    """Say that the vault is in use; False where no worker runs."""
    return _ask(paths, "TOUCH") is not None


def status(paths: VaultPaths) -> KeeperStatus | None:
    """The worker that runs, or None. Does not count as use."""
    answer = _ask(paths, "STATUS")
    if answer is None:
        return None
    _, vault_id, *numbers = answer.split(" ")
    return KeeperStatus(vault_id, *map(int, numbers))


def lock(paths: VaultPaths) -> bool:
    """End the worker and wait until it is gone; False where none ran."""
    connection = _connect(paths)
    if connection is None:
        return False
    with connection:
        return _exchange(connection, "LOCK") is not None and _read_line(connection) is None


def lease(paths: VaultPaths, on_end: Callable[[], None]) -> None:
    """Have `on_end` called, from a thread of its own, when the worker goes away.

    Raises VaultLocked where none runs.
    """
    connection = _connect(paths)
    if connection is None or _exchange(connection, "LEASE") is None:
        raise VaultLocked("The vault is locked.")
    connection.settimeout(None)
    threading.Thread(target=_wait, args=(connection, on_end), daemon=True).start()


def _wait(connection: socket.socket, on_end: Callable[[], None]) -> None:
    with connection, contextlib.suppress(OSError):
        connection.recv(1)
    on_end()


def _ask(paths: VaultPaths, line: str) -> str | None:
    connection = _connect(paths)
    if connection is None:
        return None
    with connection:
        return _exchange(connection, line)


def _connect(paths: VaultPaths) -> socket.socket | None:
    """A connection to a worker of this user; None where none runs."""
    with contextlib.ExitStack() as unless_all_is_well:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        unless_all_is_well.enter_context(connection)
        connection.settimeout(ANSWER_SECONDS)
        try:
            peers.check_private(paths.runtime)
            connection.connect(str(paths.socket))
        except GONE:
            return None
        except PermissionError:
            raise NotWritable(f"{paths.runtime} is closed to this account.") from None
        if not peers.is_own(connection):
            raise NotWritable(f"{paths.socket} belongs to another account.")
        unless_all_is_well.pop_all()
        return connection


def _exchange(connection: socket.socket, line: str) -> str | None:
    """One line there, one line back; None where the worker ended in between."""
    try:
        connection.sendall(line.encode() + b"\n")
    except GONE:
        return None
    return _read_line(connection)


def _read_line(connection: socket.socket) -> str | None:
    """The next line; None where the worker has ended."""
    line = b""
    try:
        while not line.endswith(b"\n"):
            came = connection.recv(LONGEST_ANSWER)
            if not came:
                return None
            line += came
    except GONE:
        return None
    except TimeoutError:
        raise VaultError("The worker that holds the key does not answer.") from None
    return line.decode("ascii").strip()


if __name__ == "__main__":
    from upswing.vault import keeping

    sys.exit(keeping.main(read_clocks))
