"""A browser that was let in, and a person with something of everything."""

from __future__ import annotations

import pytest

# The doors' own fixtures, so that the promises are asked of the same doors.
from doors.web.conftest import door, launched, outside, vault, web
from promises.world import World, furnish
from upswing.accounts.models import User
from upswing.vault.paths import VaultPaths

__all__ = ["door", "launched", "outside", "vault", "web"]


@pytest.fixture
def world(owner: User, vault: VaultPaths) -> World:
    """`owner` with something of everything, each text with a mark of its own."""
    vault.database.write_bytes(bytes(1000))  # a file where its database would be
    return furnish(owner)
