"""The key of this process."""

from __future__ import annotations

import pytest

from upswing.vault import held
from upswing.vault.errors import VaultLocked
from upswing.vault.key import VaultKey


def test_it_is_held_until_it_is_let_go() -> None:
    key = VaultKey(bytes(32), "ab" * 16)
    held.hold(key)
    assert held.is_held()
    assert held.held() is key
    held.let_go()
    assert not held.is_held()
    with pytest.raises(VaultLocked, match="upswing unlock"):
        held.held()
