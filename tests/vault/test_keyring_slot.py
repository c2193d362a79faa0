"""The keyring is one more way in, never the only one, and only where it protects something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from keyring.backends import chainer, fail, null

from upswing.vault import keyring_slot, lifecycle
from upswing.vault.errors import VaultError, WrongSecret
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

EMPTY: Any = null.Keyring
FAILING: Any = fail.Keyring


class Locker:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class PlaintextKeyring(Locker):
    """Named like the one that writes secrets into a readable file."""


class Closed(Locker):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError("the keyring is locked")


class Forgetful(Locker):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Takes it and drops it."""


class Chain(Locker):
    def __init__(self, *backends: object) -> None:
        super().__init__()
        self.backends = backends


def test_the_keyring_opens_and_never_holds_the_vault_key(paths: VaultPaths, key: VaultKey) -> None:
    locker = Locker()
    lifecycle.add_keyring(paths, key, locker)
    assert lifecycle.open_with_keyring(paths, locker) == key
    assert key.data.hex() not in locker.kept.values()


@pytest.mark.parametrize(
    "unsafe",
    [EMPTY, FAILING, PlaintextKeyring, lambda: Chain(Locker(), EMPTY())],
)
def test_a_keyring_that_protects_nothing_is_refused(
    paths: VaultPaths, key: VaultKey, unsafe: Callable[[], keyring_slot.Keyring]
) -> None:
    before = paths.header.read_bytes()
    with pytest.raises(VaultError, match="no keyring"):
        lifecycle.add_keyring(paths, key, unsafe())
    assert paths.header.read_bytes() == before


def test_the_real_chainer_has_the_parts_that_are_looked_at() -> None:
    assert hasattr(chainer.ChainerBackend, "backends")


@pytest.mark.parametrize("broken", [Closed(), Forgetful()])
def test_a_keyring_that_does_not_keep_is_no_slot(
    paths: VaultPaths, key: VaultKey, broken: Locker
) -> None:
    with pytest.raises(VaultError, match="keyring did not"):
        lifecycle.add_keyring(paths, key, broken)
    assert [slot.type for slot in lifecycle.slots(paths)] == ["passphrase"]


def test_removing_it_leaves_the_other_ways(
    paths: VaultPaths, key: VaultKey, passphrase: str
) -> None:
    locker = Locker()
    lifecycle.add_keyring(paths, key, locker)
    lifecycle.remove_keyring(paths, key, locker)
    assert locker.kept == {}
    assert lifecycle.open_with_passphrase(paths, passphrase) == key
    with pytest.raises(WrongSecret):
        lifecycle.open_with_keyring(paths, locker)


def test_it_is_never_the_only_way(paths: VaultPaths, key: VaultKey) -> None:
    lifecycle.add_keyring(paths, key, Locker())
    with pytest.raises(VaultError, match="last way"):
        lifecycle.remove_slot(paths, key, "passphrase")


def test_a_keyring_that_lost_its_entry_is_said_so(paths: VaultPaths, key: VaultKey) -> None:
    lifecycle.add_keyring(paths, key, Locker())
    with pytest.raises(WrongSecret, match="keyring"):
        lifecycle.open_with_keyring(paths, Locker())
