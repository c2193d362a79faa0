"""The terminal door in this process: the person and the clock of the tests behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from doors.cli.terminal import CHEAP, PASSPHRASE, Answer, Machine, Upswing

# The browser's own fixtures, for what is begun in one door and gone on with in the other.
from doors.web.conftest import door, launched, outside, web
from upswing.accounts.models import User
from upswing.cli import door as terminal_door
from upswing.cli import main, say
from upswing.vault import keeper, lifecycle
from upswing.vault.paths import VaultPaths

__all__ = ["door", "launched", "outside", "web"]


@pytest.fixture
def upswing(owner: User, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Upswing:
    """Runs `upswing WORDS…` with `typed` as standard input, which is no terminal."""
    monkeypatch.setattr(terminal_door, "opened", lambda: owner)
    monkeypatch.setattr(terminal_door, "now", lambda: now)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str, typed: str | bytes = "") -> Answer:
        done = CliRunner().invoke(main.upswing, list(words), input=typed)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Answer(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def someone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal and can be asked."""
    monkeypatch.setattr(say, "somebody_is_there", lambda: True)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Machine]:
    """A home with a vault that a device file opens, and one setback in it."""
    machine = Machine(tmp_path)
    paths = VaultPaths(home=machine.home, runtime=machine.root / "run")
    key = lifecycle.create(paths, passphrase=PASSPHRASE, cost=CHEAP)
    lifecycle.set_device(paths, key)
    assert machine.run("setback", "new", "Turned down as lead").code == 0
    yield machine
    keeper.lock(paths)
