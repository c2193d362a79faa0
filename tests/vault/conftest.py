"""A vault to try things on, cheap to open."""

from __future__ import annotations

from pathlib import Path

import pytest

from upswing.vault import lifecycle
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2

CHEAP = Argon2(memory=8 * 1024, passes=1, lanes=1)
PASSPHRASE = "quiet river at dawn"


@pytest.fixture
def paths(tmp_path: Path) -> VaultPaths:
    return VaultPaths(home=tmp_path / "home", runtime=tmp_path / "run")


@pytest.fixture
def cheap() -> Argon2:
    return CHEAP


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def key(paths: VaultPaths) -> VaultKey:
    """The key of a vault that PASSPHRASE opens."""
    return lifecycle.create(paths, passphrase=PASSPHRASE, cost=CHEAP)


@pytest.fixture
def device_key(paths: VaultPaths) -> VaultKey:
    """The key of a vault that a device file opens."""
    return lifecycle.create(paths, passphrase=None)
