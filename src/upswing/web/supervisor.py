"""`upswing serve`: keeps the address, opens the browser, and starts a worker again after each lock.

The supervisor never holds the key. A lock ends the worker that does; the next one starts locked.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from upswing import config
from upswing.vault import files, keeper, peers
from upswing.vault.errors import VaultError
from upswing.web.door import CODE_SECONDS, TOKEN_SECONDS, issue, launch_file

CODE_SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
ADDRESS = "address.json"
START_SECONDS = 5.0  # for another supervisor to write down its address
TOO_SOON = 5.0  # seconds; a worker that breaks earlier would break again
END_SECONDS = 5.0
USAGE = """Usage: upswing serve [--no-browser] [--port N]

Opens Upswing in the browser, on this machine only. Ctrl-C ends it.
"""


@dataclass(frozen=True)
class Address:
    """Where the page is: a random name, so that no other local page shares its cookies."""

    host: str
    home: str


def main(argv: Sequence[str]) -> int:
    """Serve until interrupted. Exit codes: 0 ended, 1 it cannot run, 2 usage."""
    words = list(argv)
    if "--help" in words or "-h" in words:
        print(USAGE, end="")
        return 0
    try:
        port, browser = _options(words)
    except ValueError as error:
        print(f"upswing serve: {error}", file=sys.stderr)
        return 2
    try:
        return serve(config.load(os.environ), port=port, browser=browser)
    except (VaultError, config.ConfigError) as error:
        print(error, file=sys.stderr)
        return 1


def _options(words: list[str]) -> tuple[int, bool]:
    browser = "--no-browser" not in words
    rest = [word for word in words if word != "--no-browser"]
    if not rest:
        return 0, browser
    if len(rest) == 2 and rest[0] == "--port" and rest[1].isdecimal() and int(rest[1]) < 65536:
        return int(rest[1]), browser
    raise ValueError(f"“{' '.join(rest)}” is not something it knows. See: upswing serve --help")


def serve(settings: config.Config, *, port: int = 0, browser: bool = True) -> int:
    """Open the page where it already runs; else run it here. Raises VaultError."""
    os.umask(0o077)
    peers.make_private(settings.runtime)
    with _claim(settings.runtime) as first:
        if not first:
            return _open_running(settings, browser=browser)
        try:
            listener = _listen(port)
        except OSError as error:
            print(f"Port {port} cannot be had: {error.strerror}.", file=sys.stderr)
            return 1
        with listener:
            return _run(settings, listener, browser=browser)


@contextlib.contextmanager
def _claim(runtime: Path) -> Iterator[bool]:
    """Be the one supervisor of this runtime folder; False where another one is."""
    handle = os.open(runtime / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        first = True
    except BlockingIOError:
        first = False
    try:
        yield first
    finally:
        os.close(handle)


def _open_running(settings: config.Config, *, browser: bool) -> int:
    running = _running(settings.runtime)
    if running is None:
        print("Upswing is starting or ending. Try again in a moment.", file=sys.stderr)
        return 1
    if running.home != str(settings.home):
        print(
            f"Upswing is open already, for the vault in {running.home}. To open another one"
            " beside it, set UPSWING_RUNTIME.",
            file=sys.stderr,
        )
        return 1
    print("Upswing is running already.")
    open_page(settings.runtime, running.host, browser=browser)
    return 0


def _running(runtime: Path) -> Address | None:
    """Where the other supervisor serves; it may still be writing that down."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(FileNotFoundError):
            return Address(**json.loads((runtime / ADDRESS).read_text()))
        time.sleep(0.05)
    return None


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(64)
    return listener


def _run(settings: config.Config, listener: socket.socket, *, browser: bool) -> int:
    host = f"{_name(settings.runtime)}.localhost:{listener.getsockname()[1]}"
    address = settings.runtime / ADDRESS
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        files.write_whole(address, json.dumps(asdict(Address(host, str(settings.home)))).encode())
        open_page(settings.runtime, host, browser=browser)
        return _keep_a_worker(listener, host)
    except KeyboardInterrupt:
        print("\nClosed. The vault locks itself when it is idle; `upswing lock` locks it now.")
        return 0
    finally:
        address.unlink(missing_ok=True)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _name(runtime: Path) -> str:
    """The random first part of the address, the same as long as the runtime folder lasts."""
    path = runtime / "name"
    if not path.exists():
        files.write_whole(path, b"up-" + secrets.token_hex(5).encode())
    return path.read_text()


def _keep_a_worker(listener: socket.socket, host: str) -> int:
    """Start a worker, and the next one whenever it has ended. Returns where none can run."""
    order = {
        "fd": listener.fileno(),
        "host": host,
        "launch_secret": secrets.token_urlsafe(32),
    }
    while True:
        began = time.monotonic()
        with _worker(json.dumps(order).encode() + b"\n", listener.fileno()) as worker:
            worker.wait()
        if worker.returncode and time.monotonic() - began < TOO_SOON:
            print("The page could not start.", file=sys.stderr)
            return 1


@contextlib.contextmanager
def _worker(order: bytes, listener: int) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that ends when we end, however that comes: its standard input is ours.

    Ctrl-C reaches us alone, as the worker has a session of its own.
    """
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "upswing.web.worker"],
        stdin=subprocess.PIPE,
        pass_fds=[listener],
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": keeper.import_path()},
        bufsize=0,
    )
    with worker.stdin as pipe:  # type: ignore[union-attr]
        try:
            with contextlib.suppress(BrokenPipeError):  # it ended at once; its exit code tells
                pipe.write(order)
            yield worker
        finally:
            _end(worker)


def _end(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is None:
        worker.terminate()
    try:
        worker.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def open_page(runtime: Path, host: str, *, browser: bool) -> None:
    """Open the page with a one-time token; where that cannot be, print the address and a code."""
    if browser and _can_open() and webbrowser.open(_launch_file(runtime, host).as_uri()):
        print(f"Upswing opens in your browser, at http://{host}/\nCtrl-C ends it.", flush=True)
        return
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(8))
    issue(runtime, code, seconds=CODE_SECONDS)
    print(
        f"Open this address in a browser on this machine:\n\n    http://{host}/\n\n"
        f"and type this code there, within ten minutes:\n\n    {code[:4]}-{code[4:]}\n",
        flush=True,
    )


def _can_open() -> bool:
    """Whether a browser with a screen can be expected."""
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER")
    ):
        return False
    with contextlib.suppress(webbrowser.Error):
        webbrowser.get()
        return True
    return False


def _launch_file(runtime: Path, host: str) -> Path:
    """A private page that posts the token, so that it stands in no address and no history."""
    token = secrets.token_urlsafe(32)
    issue(runtime, token, seconds=TOKEN_SECONDS)
    path = launch_file(runtime, token)
    page = (
        "<!doctype html><meta charset=utf-8><title>Upswing</title>"
        f'<form method=post action="http://{host}/launch/">'
        f'<input type=hidden name=ticket value="{token}"><button>Open Upswing</button></form>'
        "<script>document.forms[0].submit()</script>"
    )
    files.write_whole(path, page.encode())
    return path
