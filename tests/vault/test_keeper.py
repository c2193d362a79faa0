"""The worker that holds the key, as a real process."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from upswing.vault import keeper, keeping, peers
from upswing.vault.errors import NotWritable, VaultError, VaultLocked
from upswing.vault.idle import Clocks
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

KEY = VaultKey(bytes(range(32)), "ab" * 16)
OTHER = VaultKey(bytes(32), "cd" * 16)
NOBODY = 65534


@pytest.fixture
def paths() -> Iterator[VaultPaths]:
    """Paths short enough for a socket, below a folder that others may enter."""
    base = Path(tempfile.mkdtemp(prefix="up-"))
    base.chmod(0o755)
    found = VaultPaths(home=base / "home", runtime=base / "run")
    yield found
    keeper.lock(found)
    shutil.rmtree(base)


def until(condition: Callable[[], bool]) -> bool:
    """Whether `condition` comes true within a few seconds."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def pid_of(paths: VaultPaths) -> int:
    found = keeper.status(paths)
    assert found is not None
    return found.pid


def raw(paths: VaultPaths, data: bytes) -> bytes:
    """What comes back for `data`; all of it, where the worker hangs up."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(3)
        connection.connect(str(paths.socket))
        connection.sendall(data)
        return connection.recv(4096)


def test_where_none_runs_nobody_answers(paths: VaultPaths) -> None:
    assert keeper.fetch(paths) is None
    assert keeper.status(paths) is None
    assert not keeper.touch(paths)
    assert not keeper.lock(paths)
    with pytest.raises(VaultLocked):
        keeper.lease(paths, lambda: None)


def test_the_key_stays_until_the_lock(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    assert keeper.fetch(paths) == KEY
    assert keeper.fetch(paths) == KEY
    assert keeper.touch(paths)
    found = keeper.status(paths)
    assert found is not None
    assert (found.vault_id, found.idle_seconds) == (KEY.vault_id, 600)
    assert 598 <= found.seconds_left <= 600
    assert keeper.lock(paths)
    assert keeper.fetch(paths) is None
    assert not paths.socket.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_process_is_gone_after_the_lock(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    pid = pid_of(paths)
    keeper.lock(paths)
    assert until(lambda: not alive(pid))


def test_socket_and_folder_are_closed_to_others(paths: VaultPaths) -> None:
    paths.runtime.mkdir(mode=0o755)
    keeper.start(paths, KEY, 10)
    assert paths.runtime.stat().st_mode & 0o777 == 0o700
    assert paths.socket.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_key_is_in_neither_arguments_nor_environment_nor_a_core(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    about = Path(f"/proc/{pid_of(paths)}")
    secret = KEY.data.hex().encode()
    assert secret not in (about / "cmdline").read_bytes()
    if os.geteuid() == 0:  # not dumpable: its owner may not even look
        assert secret not in (about / "environ").read_bytes()
    assert (about / "limits").read_text().split("Max core file size")[1].split()[:2] == ["0", "0"]


@pytest.mark.skipif(sys.platform != "linux", reason="a Linux protection")
def test_the_worker_is_not_dumpable() -> None:
    asks = "from upswing.vault import keeping; keeping.harden(); import ctypes; "
    asks += "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    found = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "0"


def test_a_second_start_reuses_the_worker(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    pid = pid_of(paths)
    keeper.start(paths, KEY, 30)
    found = keeper.status(paths)
    assert found is not None
    assert (found.pid, found.idle_seconds) == (pid, 600)


def test_many_starts_at_once_make_one_worker(paths: VaultPaths) -> None:
    starts = [threading.Thread(target=keeper.start, args=(paths, KEY, 10)) for _ in range(4)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert keeper.fetch(paths) == KEY
    assert keeper.lock(paths)
    assert not keeper.lock(paths)


def test_a_worker_with_another_key_gives_way(paths: VaultPaths) -> None:
    keeper.start(paths, OTHER, 10)
    keeper.start(paths, KEY, 10)
    assert keeper.fetch(paths) == KEY


def test_the_socket_of_a_killed_worker_is_cleaned_up(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    os.kill(pid_of(paths), signal.SIGKILL)
    assert until(lambda: keeper.fetch(paths) is None)
    assert paths.socket.exists()
    assert not keeper.lock(paths)
    keeper.start(paths, KEY, 10)
    assert keeper.fetch(paths) == KEY


def test_the_end_of_the_session_ends_it_in_order(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    os.kill(pid_of(paths), signal.SIGTERM)
    assert until(lambda: not paths.socket.exists())


def test_it_ends_when_nobody_used_it(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, idle_minutes=0.4 / 60)
    assert until(lambda: not paths.socket.exists())
    assert keeper.fetch(paths) is None


def test_no_key_is_handed_out_when_the_limit_passed_during_the_wait(tmp_path: Path) -> None:
    clock = [0.0]
    order = keeping.Order("", KEY.vault_id, KEY.data.hex(), idle_seconds=60)
    listener = socket.socket(socket.AF_UNIX)
    with listener, socket.socket(socket.AF_UNIX) as connection:
        place = tmp_path / "s"
        listener.bind(str(place))
        listener.listen()
        worker = keeping.Worker(listener, order, lambda: Clocks(*clock * 3), place.exists)
        thread = threading.Thread(target=worker.run, daemon=True)
        thread.start()
        connection.settimeout(0.5)
        connection.connect(str(place))
        connection.sendall(b"STATUS\n")
        assert connection.recv(100).endswith(b" 60 60\n")
        time.sleep(0.2)  # until the worker waits again
        clock[0] = 60.0
        connection.sendall(b"GET\n")
        with pytest.raises(TimeoutError):
            connection.recv(100)
        thread.join(timeout=3)
        worker.close()


def test_it_ends_when_its_socket_was_swept_away(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    ended = threading.Event()
    keeper.lease(paths, ended.set)
    paths.socket.unlink()
    assert ended.wait(5)


def test_a_lease_tells_of_the_lock(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    ended = threading.Event()
    keeper.lease(paths, ended.set)
    assert not ended.wait(0.1)
    keeper.lock(paths)
    assert ended.wait(3)


def test_a_lease_tells_of_a_kill(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    ended = threading.Event()
    keeper.lease(paths, ended.set)
    os.kill(pid_of(paths), signal.SIGKILL)
    assert ended.wait(3)


@pytest.mark.parametrize("data", [b"\n", b"get\n", b"GET me\n", b"\xff\xfe\n"])
def test_what_it_does_not_know_it_says_so(paths: VaultPaths, data: bytes) -> None:
    keeper.start(paths, KEY, 10)
    assert raw(paths, data) == b"UNKNOWN\n"


def test_an_endless_line_is_hung_up_on(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    with contextlib.suppress(ConnectionError):  # hung up before all of it was sent
        assert raw(paths, b"G" * 100_000) == b""
    assert keeper.fetch(paths) == KEY


def test_the_peer_is_told_by_the_kernel() -> None:
    one, other = socket.socketpair()
    with one, other:
        assert peers.peer_uid(one) == os.geteuid()
        assert peers.is_own(other)


def test_a_system_that_cannot_tell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "SO_PEERCRED")
    one, other = socket.socketpair()
    with one, other, pytest.raises(VaultError, match="cannot tell"):
        peers.is_own(one)


AS_NOBODY = """
import os, socket, sys
os.setgid(65534); os.setuid(65534)
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(sys.argv[1])
    try:
        connection.sendall(b"GET\\n")
        print(connection.recv(4096))
    except ConnectionError:
        print(b"")
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to become another account")
def test_another_account_gets_nothing_even_with_the_doors_open(paths: VaultPaths) -> None:
    keeper.start(paths, KEY, 10)
    paths.runtime.chmod(0o755)
    paths.socket.chmod(0o666)
    found = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(paths.socket)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "b''"
    assert keeper.fetch(paths) == KEY


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to give a folder to another account")
def test_a_runtime_folder_of_another_account_is_not_used(paths: VaultPaths) -> None:
    paths.runtime.mkdir()
    os.chown(paths.runtime, NOBODY, NOBODY)
    with pytest.raises(NotWritable, match="this account"):
        keeper.start(paths, KEY, 10)
    with pytest.raises(NotWritable, match="this account"):
        keeper.fetch(paths)
    os.chown(paths.runtime, 0, 0)


def test_a_link_in_place_of_the_runtime_folder_is_not_followed(paths: VaultPaths) -> None:
    elsewhere = paths.runtime.parent / "elsewhere"
    elsewhere.mkdir()
    paths.runtime.symlink_to(elsewhere)
    with pytest.raises(NotWritable):
        keeper.start(paths, KEY, 10)
    paths.runtime.unlink()


def test_a_name_too_long_for_a_socket_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="UPSWING_RUNTIME"):
        keeper.start(VaultPaths(tmp_path, tmp_path / ("x" * 120)), KEY, 10)


def test_two_homes_have_two_sockets(tmp_path: Path) -> None:
    one, other = (VaultPaths(tmp_path / name, tmp_path) for name in "ab")
    assert one.socket != other.socket
