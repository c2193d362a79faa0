"""The terminal door in this process: the person and the clock of the tests behind it."""

from __future__ import annotations

from datetime import datetime

import pytest
from click.testing import CliRunner

from doors.cli.terminal import Answer, Upswing

# The browser's own fixtures, for what is begun in one door and gone on with in the other.
from doors.web.conftest import door, launched, outside, web
from upswing.accounts.models import User
from upswing.cli import door as terminal_door
from upswing.cli import main, say

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
