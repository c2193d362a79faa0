"""`upswing serve` as a process of its own, and a small browser that speaks HTTP to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from upswing.vault import keeper
from upswing.vault.paths import VaultPaths

SOURCE = Path(__file__).parents[3] / "src"
FORM = "application/x-www-form-urlencoded"
PATIENCE = 30.0  # seconds; the machine may be busy with other tests


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for `condition`; fail where it does not come."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.03)


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def place(self) -> str:
        return self.headers["Location"] or ""


@dataclass
class Browser:
    """Keeps cookies, sends what a browser sends; each request is a connection of its own."""

    host: str
    cookies: dict[str, str] = field(default_factory=lambda: {"upswing_csrf": 32 * "c"})

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        token = {"csrfmiddlewaretoken": self.cookies["upswing_csrf"]}
        return self.send("POST", path, urlencode(token | fields))

    def send(
        self, method: str, path: str, body: str = "", host: str = "", form: str = FORM
    ) -> Answer:
        """One request; a 307 is followed with its body, as browsers do."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", int(self.host.rpartition(":")[2]), timeout=PATIENCE
        )
        headers = self._headers(method, host or self.host, form)
        connection.request(method, path, body.encode(), headers)
        came = connection.getresponse()
        answer = Answer(came.status, came.headers, came.read().decode())
        connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, cookie in SimpleCookie(line).items():
                self.cookies[name] = cookie.value
        return self.send(method, answer.place, body) if answer.status == 307 else answer

    def _headers(self, method: str, host: str, form: str) -> dict[str, str]:
        headers = {
            "Host": host,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Sec-Fetch-Site": "same-origin",
        }
        if method == "POST":
            headers["Origin"] = f"http://{self.host}"
            headers["Content-Type"] = form
        return headers


@dataclass
class Served:
    """A running `upswing serve`: its folders, its process, and what it has printed."""

    paths: VaultPaths
    process: subprocess.Popen[str]
    printed: list[str]

    @property
    def host(self) -> str:
        address: str = json.loads((self.paths.runtime / "address.json").read_text())["host"]
        return address

    @property
    def code(self) -> str:
        return self.printed[-2].strip()

    def worker(self) -> int:
        """The process id of the worker; 0 while there is none."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int((children.read_text().split() or ["0"])[0])

    def launch(self) -> Browser:
        """A browser that was let in with the printed code."""
        browser = Browser(self.host)
        answer = browser.post("/launch/", ticket=self.code)
        assert answer.status == 200, answer.text
        return browser

    def run(self, *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Another `upswing` beside it."""
        return subprocess.run(
            [sys.executable, "-m", "upswing", *words],
            input=text,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env=environment(self.paths),
            check=False,
        )

    def stop(self, number: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does, and give its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def environment(paths: VaultPaths) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UPSWING_")}
    return kept | {
        "UPSWING_HOME": str(paths.home),
        "UPSWING_RUNTIME": str(paths.runtime),
        "UPSWING_BACKUPS": "off",
        "PYTHONPATH": str(SOURCE),
        "DISPLAY": "",
        "TZ": "Europe/Berlin",
    }


@contextmanager
def folders() -> Iterator[VaultPaths]:
    """Where a vault can be. Not pytest's: a socket's name has to be short.

    A daily backup may still be writing when it is removed.
    """
    with tempfile.TemporaryDirectory(prefix="up-", ignore_cleanup_errors=True) as folder:
        paths = VaultPaths(home=Path(folder) / "home", runtime=Path(folder) / "run")
        try:
            yield paths
        finally:
            if paths.runtime.exists():
                keeper.lock(paths)


@contextmanager
def serving(paths: VaultPaths) -> Iterator[Served]:
    """`upswing serve` over the vault in `paths`, until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "upswing", "serve", "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(paths),
    )
    try:
        assert process.stdout
        printed = [process.stdout.readline() for _ in range(8)]
        yield Served(paths, process, printed)
    finally:
        process.kill()
        process.communicate()
