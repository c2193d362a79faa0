"""The worker that holds the key: one small process that ends when the vault is locked.

The key comes over a pipe and leaves over a Unix socket, to processes of the same user only. Lines:
GET, TOUCH, LOCK, STATUS, LEASE (a connection that stays open and ends with the worker).
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import resource
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from upswing.vault import peers
from upswing.vault.appending import FILE_MODE
from upswing.vault.idle import Clocks, Idle

POLL_SECONDS = 1.0
LONGEST_LINE = 64
MOST_CONNECTIONS = 128
PR_SET_DUMPABLE = 4

READY = "ready"
RUNNING = "running"


class Order(NamedTuple):
    """What a worker is started with."""

    socket: str
    vault_id: str
    key: str
    idle_seconds: float


def harden() -> None:
    """No core file and, on Linux, no debugger: the key must not leave by those ways."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def main(read_clocks: Callable[[], Clocks]) -> int:
    """Take an Order from stdin, say "ready" or "running" on stdout, and go on in the background."""
    harden()
    os.umask(0o077)
    order = Order(**json.loads(sys.stdin.buffer.readline()))
    place = Path(order.socket)
    if not _claim(place):
        _say(RUNNING)
        return 0
    listener = _listen(place)
    if os.fork():
        _say(READY)
        os._exit(0)  # the socket belongs to the child now
    _detach()
    own = place.stat().st_ino
    try:
        worker = Worker(listener, order, read_clocks, lambda: _stands(place, own))
        worker.run()
        worker.close()
    finally:
        if _stands(place, own):
            place.unlink()
    return 0


def _stands(place: Path, own: int) -> bool:
    """Whether the socket can still be reached: tidy systems empty /tmp, also of sockets in use."""
    try:
        return place.stat().st_ino == own
    except FileNotFoundError:
        return False


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def _claim(place: Path) -> bool:
    """Hold the worker's lock until this process ends; False where another worker holds it."""
    handle = os.open(place.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _listen(place: Path) -> socket.socket:
    """Listen at `place`. With the lock in hand, a socket that is already there is a dead one's."""
    place.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(place))
    place.chmod(FILE_MODE)
    listener.listen()
    listener.setblocking(False)
    return listener


def _detach() -> None:
    """Let go of the terminal and the starter's pipes; end in order when the session ends."""
    os.chdir("/")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Worker:
    """Answers until LOCK comes, nobody has used the vault for long enough, or nobody can ask."""

    def __init__(
        self,
        listener: socket.socket,
        order: Order,
        read_clocks: Callable[[], Clocks],
        stands: Callable[[], bool],
    ) -> None:
        self._listener = listener
        self._order = order
        self._read_clocks = read_clocks
        self._stands = stands
        self._idle = Idle(order.idle_seconds, read_clocks())
        self._connections: dict[socket.socket, bytes] = {}
        self._selector = selectors.DefaultSelector()
        self._locked = False

    def run(self) -> None:
        self._selector.register(self._listener, selectors.EVENT_READ)
        while not self._is_over():
            for ready, _ in self._selector.select(POLL_SECONDS):
                # Time may have run out during the select, most of all while the machine slept.
                if self._is_over():
                    return
                self._attend(ready.fileobj)

    def close(self) -> None:
        """Hang up on everybody."""
        for connection in list(self._connections):
            self._drop(connection)
        self._selector.close()

    def _is_over(self) -> bool:
        return self._locked or self._idle.over(self._read_clocks()) or not self._stands()

    def _attend(self, ready: object) -> None:
        if ready is self._listener:
            self._accept()
        elif isinstance(ready, socket.socket):
            self._hear(ready)

    def _accept(self) -> None:
        connection, _ = self._listener.accept()
        if not peers.is_own(connection) or len(self._connections) >= MOST_CONNECTIONS:
            connection.close()
            return
        connection.setblocking(False)
        self._connections[connection] = b""
        self._selector.register(connection, selectors.EVENT_READ)

    def _hear(self, connection: socket.socket) -> None:
        try:
            came = connection.recv(LONGEST_LINE)
            heard = self._connections[connection] + came
            if not came or len(heard) > LONGEST_LINE:
                self._drop(connection)
                return
            *lines, self._connections[connection] = heard.split(b"\n")
            for line in lines:
                connection.send(self._answer(line.decode("ascii", "replace")).encode() + b"\n")
        except OSError:
            self._drop(connection)  # the other end went away; that is its business

    def _drop(self, connection: socket.socket) -> None:
        self._selector.unregister(connection)
        del self._connections[connection]
        connection.close()

    def _answer(self, line: str) -> str:
        answers: dict[str, Callable[[], str]] = {
            "GET": self._get,
            "TOUCH": self._touch,
            "LOCK": self._lock,
            "STATUS": self._status,
            "LEASE": lambda: "OK",
        }
        known = answers.get(line)
        return known() if known else "UNKNOWN"

    def _get(self) -> str:
        self._touch()
        return f"KEY {self._order.vault_id} {self._order.key}"

    def _touch(self) -> str:
        self._idle.touch(self._read_clocks())
        return "OK"

    def _lock(self) -> str:
        self._locked = True
        return "OK"

    def _status(self) -> str:
        left = self._idle.left(self._read_clocks())
        limit = self._order.idle_seconds
        return f"STATUS {self._order.vault_id} {os.getpid()} {limit:.0f} {left:.0f}"
