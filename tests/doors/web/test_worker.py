"""The HTTP server keeps what goes through it out of temporary files."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from waitress import buffers

from upswing.web import worker

MUCH = 6_000_000


def application(environ: Any, start_response: Any) -> Iterator[bytes]:
    """Read the body, and answer with as much."""
    sent = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    for _ in range(MUCH // 1_000_000):
        yield b"x" * 1_000_000
    yield str(len(sent)).encode()


@contextmanager
def served() -> Iterator[int]:
    """The port of a server as the worker makes it."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = worker.make_server(application, listener)
    stopped = threading.Event()

    def run() -> None:
        while not stopped.is_set():
            server.asyncore.loop(timeout=0.05, map=server._map, count=1)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stopped.set()
        thread.join(10)
        server.task_dispatcher.shutdown()
        for channel in list(server._map.values()):
            channel.close()


@pytest.fixture
def spilled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each temporary file that the server makes."""
    made: list[object] = []

    class Watched(buffers.TempfileBasedBuffer):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            made.append(self)
            super().__init__(*args, **kwargs)

    monkeypatch.setattr(buffers, "TempfileBasedBuffer", Watched)
    return made


def test_neither_a_large_form_nor_a_slow_reader_makes_a_temporary_file(
    spilled: list[object],
) -> None:
    with served() as port, socket.create_connection(("127.0.0.1", port), timeout=20) as browser:
        head = f"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {MUCH}\r\n\r\n"
        browser.sendall(head.encode() + b"a" * MUCH)
        time.sleep(0.5)  # reads nothing for a while, so that the answer piles up on our side
        came = b"".join(iter(lambda: browser.recv(1_000_000), b""))
    assert str(MUCH).encode() in came[-30:]
    assert came.count(b"x") >= MUCH
    assert not spilled


def test_a_server_with_narrower_bounds_would(
    spilled: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the test above can fail."""
    monkeypatch.setattr(worker, "LARGEST_BODY", 300_000)
    with served() as port, socket.create_connection(("127.0.0.1", port), timeout=20) as browser:
        browser.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        time.sleep(0.5)
        while browser.recv(1_000_000):
            pass
    assert spilled


def test_a_fault_below_every_page_tells_its_place_and_no_word(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(environ: Any, start_response: Any) -> Iterator[bytes]:
        raise ZeroDivisionError("private words")

    monkeypatch.setattr(sys.modules[__name__], "application", broken)
    with served() as port, socket.create_connection(("127.0.0.1", port), timeout=20) as browser:
        browser.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        came = b"".join(iter(lambda: browser.recv(1_000_000), b""))
    told = capfd.readouterr().err
    assert "upswing: ZeroDivisionError at" in told
    assert b"private words" not in came + told.encode()
