"""A browser that was let in: the door of this process, and a client with its cookies."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from upswing import solo
from upswing.accounts.models import User
from upswing.vault import header, held
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2, passphrase_secret, wrap
from upswing.web.door import LAUNCH, SESSION, Door, open_door
from upswing.web.unlock import Attempts

HOST = "up-test.localhost:8000"
PASSPHRASE = "quiet river at dawn"
CHEAP = Argon2(memory=8 * 1024, passes=1, lanes=1)


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """The door of this process, open at `up-test.localhost:8000`."""
    door = Door(host=HOST, launch_secret="launch", runtime=tmp_path)
    open_door(door)
    Attempts.wrong, Attempts.until = 0, 0.0
    return door


@pytest.fixture
def outside(door: Door) -> Client:
    """A browser at the right address that brings no cookie."""
    return Client(
        headers={"host": door.host, "origin": door.origin, "sec-fetch-site": "same-origin"}
    )


@pytest.fixture
def launched(outside: Client, door: Door) -> Client:
    """The person's own browser, outside of a session: what it sees while the vault is locked."""
    outside.cookies[LAUNCH] = door.launch_secret
    return outside


@pytest.fixture
def web(launched: Client, door: Door, owner: User) -> Client:
    """The browser of `owner`, in an open session."""
    launched.cookies[SESSION] = door.session_secret
    return launched


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VaultPaths:
    """The files of a vault that PASSPHRASE opens, under the key that this process holds.

    Its database is the one of the tests.
    """
    monkeypatch.setenv("UPSWING_HOME", str(tmp_path / "home"))
    paths = solo.paths()
    paths.inbox.mkdir(parents=True, mode=0o700)
    slot = wrap(held.held(), "passphrase", passphrase_secret(PASSPHRASE), CHEAP)
    header.write(paths, header.new_header(held.held(), [slot]))
    return paths
