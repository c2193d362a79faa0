"""A house: one home with a vault, and the real `upswing serve` that shows it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from upswing.vault import keeper, lifecycle
from upswing.vault.backend.base import open_keyed
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2

PASSPHRASE = "heron quince lantern ferry"
ZONE = "Europe/Berlin"
FILL = Path(__file__).with_name("fill.py")
IDLE_MINUTES = 10
PATIENCE = 60  # seconds until a server that says nothing is given up

CHEAPEST = Argon2(memory=8 * 1024, passes=1, lanes=1)

ADDRESS = re.compile(r"http://(\S+)/")
CODE = re.compile(r"\s+([A-Z0-9]{4}-[A-Z0-9]{4})\s")


@dataclass
class House:
    """Where it is, its server while it runs, and what the server has printed."""

    folder: Path
    ids: dict[str, str] = field(default_factory=dict)
    host: str = ""
    code: str = ""
    keys: Any = None  # the cookies of a browser that has been let in; see visitor.py
    server: subprocess.Popen[str] | None = None

    @property
    def paths(self) -> VaultPaths:
        return VaultPaths(home=self.folder / "home", runtime=self.folder / "run")

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def port(self) -> int:
        return int(self.host.rpartition(":")[2])

    def environment(self) -> dict[str, str]:
        """The person's own settings out, this house's in."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("UPSWING_", "PYTHONDONTWRITE", "DJANGO_"))
        }
        mine = {"UPSWING_HOME": str(self.paths.home), "UPSWING_RUNTIME": str(self.paths.runtime)}
        return {**kept, **mine, "TZ": ZONE, "PYTHONUNBUFFERED": "1"}

    def terminal(self, *words: str, typed: str = "") -> str:
        """Run `upswing …` in this house; its output."""
        return self._python("-m", "upswing", *words, typed=typed)

    def fill(self) -> None:
        """Make a vault and live in it for a while; see fill.py."""
        self.ids = json.loads(self._python(str(FILL)))

    def _python(self, *words: str, typed: str = "") -> str:
        run = subprocess.run(
            [sys.executable, *words],
            env=self.environment(),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def unlock(self) -> None:
        """Open the vault with its key file, as `upswing unlock` does."""
        keeper.start(self.paths, lifecycle.open_with_device(self.paths), IDLE_MINUTES)

    def set_passphrase(self, passphrase: str) -> None:
        """Let the passphrase open the vault in place of the key file."""
        key = lifecycle.open_with_device(self.paths)
        lifecycle.change_passphrase(self.paths, key, passphrase, cost=CHEAPEST)
        lifecycle.remove_slot(self.paths, key, "device")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the vault's write lock, so that whoever wants to write has to wait."""
        key = lifecycle.open_with_device(self.paths)
        connection = open_keyed(str(self.paths.database), key.data)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.rollback()
            connection.close()

    def open(self) -> None:
        """Start the server and read its address and its one-time code."""
        self.server = subprocess.Popen(
            [sys.executable, "-m", "upswing", "serve", "--no-browser"],
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        impatience = threading.Timer(PATIENCE, self.server.kill)
        impatience.start()
        said = ""
        for line in self.server.stdout or ():
            said += line
            if CODE.search(said):
                break
        impatience.cancel()
        self.code, self.host = _first(CODE, said), _first(ADDRESS, said)

    def new_code(self) -> str:
        """Another code for the server that runs already."""
        return _first(CODE, self.terminal("serve", "--no-browser"))

    def close(self) -> str:
        """End the server as Ctrl-C does, and its keeper; what the server said meanwhile."""
        assert self.server is not None
        self.server.send_signal(signal.SIGINT)
        said, _ = self.server.communicate(timeout=PATIENCE)
        keeper.lock(self.paths)
        assert self.server.returncode == 0, said
        return said


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found, f"The server did not say where it is: {text}"
    return found[1]


@contextmanager
def a_house(model: House | None = None, *, passphrase: str = "") -> Iterator[House]:
    """An open house, empty or an unlocked copy of `model`; at the end its server must have nothing
    to tell. `passphrase` opens the copy in place of its key file.

    The folder stands right under the temporary folder, because a socket's path may not be long.
    """
    with tempfile.TemporaryDirectory(prefix="up-") as name:
        house = House(Path(name))
        if model:
            shutil.copytree(model.paths.home, house.paths.home)
            house.ids = model.ids
            house.unlock()
        if passphrase:
            house.set_passphrase(passphrase)
        house.open()
        try:
            yield house
        finally:
            said = house.close()
        assert "upswing: " not in said, said
