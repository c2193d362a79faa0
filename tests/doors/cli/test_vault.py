"""The vault's own words, in this process: how it is, and how it opens."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from doors.cli.terminal import CHEAP, PASSPHRASE, Upswing
from upswing import solo
from upswing.accounts.models import User
from upswing.cli import keys, unlocking
from upswing.vault import keeper, keyring_slot, lifecycle, recovery
from upswing.vault.errors import VaultLocked, WrongSecret
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VaultPaths:
    """A vault that PASSPHRASE opens. What stands for the keeper lives in this process."""
    monkeypatch.setenv("UPSWING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UPSWING_RUNTIME", str(tmp_path / "run"))
    monkeypatch.setattr(lifecycle, "calibrate", lambda: CHEAP)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    where = solo.paths()
    lifecycle.create(where, passphrase=PASSPHRASE, cost=CHEAP)
    return where


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[VaultKey]:
    """What the keeper holds."""
    kept: list[VaultKey] = []

    def lock(where: VaultPaths) -> bool:
        was_open = bool(kept)
        kept.clear()
        return was_open

    def status(where: VaultPaths) -> keeper.KeeperStatus | None:
        return keeper.KeeperStatus(kept[0].vault_id, 1, 600, 90) if kept else None

    monkeypatch.setattr(keeper, "fetch", lambda where: kept[0] if kept else None)
    monkeypatch.setattr(keeper, "start", lambda where, key, idle: kept.append(key))
    monkeypatch.setattr(keeper, "lock", lock)
    monkeypatch.setattr(keeper, "status", status)
    return kept


pytestmark = pytest.mark.usefixtures("paths", "held")


@pytest.mark.usefixtures("someone")
def test_unlock_asks_until_it_fits_and_leaves_the_key(
    upswing: Upswing, held: list[VaultKey]
) -> None:
    answer = upswing("unlock", typed=f"wrong words here\nagain wrong\n{PASSPHRASE}\n")
    assert answer.code == 0
    assert answer.err.count("That passphrase does not open the vault.") == 2
    assert PASSPHRASE not in answer.out + answer.err
    assert len(held) == 1
    assert "open already" in upswing("unlock").out


@pytest.mark.usefixtures("someone")
def test_unlock_gives_up_and_slows_down(
    upswing: Upswing, held: list[VaultKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    answer = upswing("unlock", typed="wrong words here\n" * unlocking.ATTEMPTS)
    assert answer.code == 1
    assert not held
    assert waits == sorted(waits)
    assert waits[-1] > 0


def test_without_a_terminal_the_secret_is_one_line(upswing: Upswing, held: list[VaultKey]) -> None:
    assert upswing("unlock").code == 1
    assert upswing("unlock", typed="wrong words here\n").code == 1
    assert not held
    assert upswing("unlock", typed=f"{PASSPHRASE}\n").code == 0
    assert held


def test_lock(upswing: Upswing, paths: VaultPaths) -> None:
    assert upswing("lock").out == "The vault was locked already.\n"
    upswing("unlock", typed=f"{PASSPHRASE}\n")
    assert upswing("lock").out == "The vault is locked.\n"


@pytest.mark.usefixtures("someone")
def test_a_command_asks_for_the_passphrase_and_the_next_one_does_not(
    paths: VaultPaths, held: list[VaultKey]
) -> None:
    with CliRunner().isolation(input=f"{PASSPHRASE}\n"):
        first = keys.found_or_asked(paths)
    assert held == [first]
    assert keys.found_or_asked(paths) == first


def test_nobody_to_ask(paths: VaultPaths) -> None:
    with pytest.raises(VaultLocked, match="upswing unlock"):
        keys.found_or_asked(paths)


def test_status(upswing: Upswing, paths: VaultPaths) -> None:
    out = upswing("vault").out
    assert "locked" in out
    assert str(paths.home) in out
    assert "There is no recovery sheet yet." in out
    upswing("unlock", typed=f"{PASSPHRASE}\n")
    assert "locks itself in about 2 minutes" in upswing("vault", "status").out
    data = upswing("vault", "status", "--json").data
    assert (data["open"], data["seconds_left"], data["ways"]) == (True, 90, ["passphrase"])


def test_doctor_while_locked_and_with_a_fault(upswing: Upswing, paths: VaultPaths) -> None:
    answer = upswing("vault", "doctor")
    assert answer.code == 0
    assert "its pages were not read" in answer.out
    assert "passphrase: Argon2id, 8 MiB" in answer.out
    paths.header.chmod(0o644)
    answer = upswing("vault", "doctor")
    assert answer.code == 1
    assert "can be read by others." in answer.out
    assert not upswing("vault", "doctor", "--json").data["sound"]


def test_doctor_without_a_vault(upswing: Upswing, paths: VaultPaths) -> None:
    paths.header.unlink()
    assert upswing("vault", "doctor").err.startswith("There is no vault in")


def test_a_new_passphrase_needs_the_present_one(upswing: Upswing, paths: VaultPaths) -> None:
    upswing("unlock", typed=f"{PASSPHRASE}\n")
    assert upswing("vault", "passphrase", typed="wrong words\nnew words at noon\n").code == 1
    assert lifecycle.open_with_passphrase(paths, PASSPHRASE)
    answer = upswing("vault", "passphrase", typed=f"{PASSPHRASE}\nnew words at noon\n")
    assert answer.code == 0
    assert lifecycle.open_with_passphrase(paths, "new words at noon")
    with pytest.raises(WrongSecret):
        lifecycle.open_with_passphrase(paths, PASSPHRASE)


@pytest.mark.usefixtures("someone")
def test_a_new_passphrase_is_typed_twice(upswing: Upswing, paths: VaultPaths) -> None:
    typed = [PASSPHRASE, "short", "new words at noon", "new words at nine"]
    typed += ["new words at noon", "new words at noon"]
    answer = upswing("vault", "passphrase", typed="\n".join(typed) + "\n")
    assert answer.code == 0
    assert "at least 8 characters" in answer.err
    assert "These two are not the same." in answer.err
    assert lifecycle.open_with_passphrase(paths, "new words at noon")


@pytest.mark.usefixtures("someone")
def test_no_new_passphrase_changes_nothing(upswing: Upswing, paths: VaultPaths) -> None:
    assert "Nothing was changed." in upswing("vault", "passphrase", typed=f"{PASSPHRASE}\n\n").out
    assert lifecycle.open_with_passphrase(paths, PASSPHRASE)


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch, owner: User) -> recovery.RecoveryCode:
    """The code of the next sheet, whose groups 2 and 5 will be asked for."""
    code = recovery.code_of(bytes(range(20)))
    monkeypatch.setattr(lifecycle, "new_recovery_code", lambda: code)
    monkeypatch.setattr(recovery, "groups_to_ask", lambda: (2, 5))
    monkeypatch.setattr(solo, "open_record", lambda key: owner)
    return code


@pytest.mark.usefixtures("someone")
def test_the_sheet_opens_once_two_groups_are_typed_back(
    upswing: Upswing, paths: VaultPaths, code: recovery.RecoveryCode, owner: User, now: datetime
) -> None:
    typed = [PASSPHRASE, "WRONG", code.groups[4], code.groups[1].lower(), code.groups[4]]
    answer = upswing("vault", "recovery", typed="\n".join(typed) + "\n")
    assert answer.code == 0
    assert all(group in answer.out for group in code.groups)
    assert "Group 2 is not what stands on the sheet." in answer.err
    assert "Write it down" not in answer.out
    assert lifecycle.open_with_recovery(paths, code.text)
    owner.refresh_from_db()
    assert owner.recovery_confirmed_at == now
    upswing("lock")
    assert upswing("unlock", "--recovery", typed=f"{code.text}\n").code == 0


@pytest.mark.usefixtures("someone")
def test_a_sheet_that_is_left_for_later_opens_nothing(
    upswing: Upswing, paths: VaultPaths, code: recovery.RecoveryCode, owner: User
) -> None:
    answer = upswing("vault", "recovery", typed=f"{PASSPHRASE}\n\n")
    assert answer.code == 0
    assert "This sheet opens nothing." in answer.err
    assert {way.type for way in lifecycle.slots(paths)} == {"passphrase"}
    owner.refresh_from_db()
    assert owner.recovery_confirmed_at is None


def test_a_sheet_needs_a_terminal(upswing: Upswing, code: recovery.RecoveryCode) -> None:
    assert upswing("vault", "recovery").err.startswith("Two groups of the sheet are typed back")


@pytest.mark.usefixtures("someone")
def test_a_lost_passphrase_is_replaced_with_the_sheet(
    upswing: Upswing, paths: VaultPaths, code: recovery.RecoveryCode
) -> None:
    key = lifecycle.open_with_passphrase(paths, PASSPHRASE)
    lifecycle.confirm_recovery(paths, key, code, {1: code.groups[0], 2: code.groups[1]})
    typed = [code.text, "new words at noon", "new words at noon"]
    assert upswing("vault", "passphrase", "--recovery", typed="\n".join(typed) + "\n").code == 0
    assert lifecycle.open_with_passphrase(paths, "new words at noon") == key


def test_the_device_file_on_and_off(upswing: Upswing, paths: VaultPaths) -> None:
    assert upswing("vault", "device", "on").code == 1  # locked, and nobody can be asked
    upswing("unlock", typed=f"{PASSPHRASE}\n")
    assert upswing("vault", "device", "on").code == 0
    assert lifecycle.open_with_device(paths)
    assert "device file opens it again" in upswing("lock").out
    assert upswing("vault", "device", "off").code == 0
    assert not paths.device_key.exists()
    assert upswing("vault", "device", "off").code == 1
    assert upswing("vault", "device", "maybe").code == 2


class Drawer:
    """A keyring in this process."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_the_keyring_on_and_off(upswing: Upswing, monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = Drawer()
    monkeypatch.setattr(keyring_slot, "system_keyring", lambda: drawer)
    upswing("unlock", typed=f"{PASSPHRASE}\n")
    assert upswing("vault", "keyring", "on").code == 0
    upswing("lock")
    assert upswing("unlock").code == 0  # without a question
    assert upswing("vault", "keyring", "off").code == 0
    assert not drawer.kept
