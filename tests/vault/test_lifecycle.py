"""Making a vault, opening it, changing how it opens."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from upswing.vault import lifecycle, slots
from upswing.vault.errors import (
    DamagedVault,
    NewerVault,
    NotWritable,
    NoVault,
    PlainVault,
    VaultError,
    WrongSecret,
)
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def tamper(paths: VaultPaths, change: dict[str, object], slot: int | None = None) -> None:
    fields = json.loads(paths.header.read_text())
    (fields if slot is None else fields["slots"][slot]).update(change)
    paths.header.write_text(json.dumps(fields))


def test_a_passphrase_opens_what_it_made(paths: VaultPaths, key: VaultKey, passphrase: str) -> None:
    assert lifecycle.open_with_passphrase(paths, passphrase) == key
    assert len(key.data) == 32
    assert key.data.hex() not in repr(key)


def test_without_a_passphrase_the_device_file_opens(
    paths: VaultPaths, device_key: VaultKey
) -> None:
    assert lifecycle.open_with_device(paths) == device_key
    assert [slot.type for slot in lifecycle.slots(paths)] == ["device"]
    with pytest.raises(WrongSecret, match="no passphrase"):
        lifecycle.open_with_passphrase(paths, "anything at all")


def test_every_vault_has_a_key_of_its_own(tmp_path: Path, cheap: Argon2) -> None:
    made = [
        lifecycle.create(VaultPaths(tmp_path / name, tmp_path), passphrase="same words", cost=cheap)
        for name in "ab"
    ]
    assert made[0].data != made[1].data
    assert made[0].vault_id != made[1].vault_id


def test_folder_and_files_are_closed_to_others(paths: VaultPaths) -> None:
    before = os.umask(0)
    try:
        lifecycle.create(paths, passphrase=None)
    finally:
        os.umask(before)
    assert [mode(folder) for folder in (paths.home, paths.inbox)] == [0o700, 0o700]
    assert [mode(file) for file in (paths.header, paths.device_key)] == [0o600, 0o600]


def test_opening_closes_what_was_left_open(paths: VaultPaths, device_key: VaultKey) -> None:
    paths.database.write_bytes(b"not plain SQLite, for all that one can see")
    paths.home.chmod(0o755)
    for path in (paths.header, paths.device_key, paths.database):
        path.chmod(0o644)
    assert lifecycle.open_with_device(paths) == device_key
    assert mode(paths.home) == 0o700
    assert {mode(path) for path in (paths.header, paths.device_key, paths.database)} == {0o600}


def test_a_wrong_passphrase_is_refused(paths: VaultPaths, key: VaultKey) -> None:
    with pytest.raises(WrongSecret, match="does not open"):
        lifecycle.open_with_passphrase(paths, "quiet river at dusk")


def test_accents_may_be_typed_either_way(paths: VaultPaths, cheap: Argon2) -> None:
    made = lifecycle.create(paths, passphrase="caf\u00e9 au lait", cost=cheap)
    assert lifecycle.open_with_passphrase(paths, "cafe\u0301 au lait") == made


@pytest.mark.parametrize("poor", ["", "short", "x" * 1025])
def test_a_passphrase_that_protects_nothing_is_refused(paths: VaultPaths, poor: str) -> None:
    with pytest.raises(VaultError, match="characters"):
        lifecycle.create(paths, passphrase=poor)
    assert not paths.header.exists()


def test_a_second_vault_does_not_overwrite_the_first(
    paths: VaultPaths, key: VaultKey, passphrase: str
) -> None:
    with pytest.raises(VaultError, match="already"):
        lifecycle.create(paths, passphrase=None)
    assert lifecycle.open_with_passphrase(paths, passphrase) == key
    assert not paths.device_key.exists()


def test_a_database_without_its_header_is_not_given_a_new_one(paths: VaultPaths) -> None:
    paths.home.mkdir()
    paths.database.write_bytes(b"\x8f" * 4096)
    with pytest.raises(DamagedVault, match="without its header"):
        lifecycle.create(paths, passphrase=None)


def test_no_vault_is_said_so(paths: VaultPaths) -> None:
    for attempt in (lifecycle.open_with_device, lifecycle.slots):
        with pytest.raises(NoVault, match="upswing vault create"):
            attempt(paths)


def test_plain_sqlite_in_place_of_the_vault(paths: VaultPaths, key: VaultKey) -> None:
    paths.database.write_bytes(b"SQLite format 3\x00" + bytes(84))
    with pytest.raises(PlainVault, match="plain SQLite"):
        lifecycle.open_with_passphrase(paths, "quiet river at dawn")


def test_a_newer_vault_is_left_alone(paths: VaultPaths, key: VaultKey, passphrase: str) -> None:
    tamper(paths, {"version": 2})
    with pytest.raises(NewerVault, match="newer"):
        lifecycle.open_with_passphrase(paths, passphrase)


def test_a_tampered_slot_does_not_open(paths: VaultPaths, key: VaultKey, passphrase: str) -> None:
    wrapped = json.loads(paths.header.read_text())["slots"][0]["wrapped"]
    tamper(paths, {"wrapped": f"{int(wrapped[0], 16) ^ 1:x}{wrapped[1:]}"}, slot=0)
    with pytest.raises(WrongSecret):
        lifecycle.open_with_passphrase(paths, passphrase)


def test_a_cheaper_derivation_does_not_open(
    paths: VaultPaths, key: VaultKey, passphrase: str
) -> None:
    kdf = {"name": "argon2id", "memory_kib": 8192, "passes": 2, "lanes": 1}
    tamper(paths, {"kdf": kdf}, slot=0)
    with pytest.raises(WrongSecret):
        lifecycle.open_with_passphrase(paths, passphrase)


@pytest.mark.parametrize("field", ["mac", "inbox_public_key"])
def test_what_the_seal_covers_cannot_be_changed(
    paths: VaultPaths, key: VaultKey, passphrase: str, field: str
) -> None:
    tamper(paths, {field: "ab" * 32})
    with pytest.raises(DamagedVault, match="other than Upswing"):
        lifecycle.open_with_passphrase(paths, passphrase)


def test_a_slot_of_another_vault_does_not_open(
    tmp_path: Path, paths: VaultPaths, key: VaultKey, passphrase: str, cheap: Argon2
) -> None:
    other = VaultPaths(tmp_path / "other", tmp_path)
    lifecycle.create(other, passphrase=passphrase, cost=cheap)
    tamper(paths, {"slots": json.loads(other.header.read_text())["slots"]})
    with pytest.raises(WrongSecret):
        lifecycle.open_with_passphrase(paths, passphrase)


def test_a_new_passphrase_replaces_the_old_and_nothing_else(
    paths: VaultPaths, key: VaultKey, passphrase: str, cheap: Argon2
) -> None:
    lifecycle.set_device(paths, key)
    lifecycle.change_passphrase(paths, key, "another river at noon", cost=cheap)
    assert lifecycle.open_with_passphrase(paths, "another river at noon") == key
    assert lifecycle.open_with_device(paths) == key
    with pytest.raises(WrongSecret):
        lifecycle.open_with_passphrase(paths, passphrase)


def test_only_the_vaults_own_key_changes_it(paths: VaultPaths, key: VaultKey) -> None:
    stranger = VaultKey(bytes(32), key.vault_id)
    with pytest.raises(DamagedVault):
        lifecycle.set_device(paths, stranger)
    assert [slot.type for slot in lifecycle.slots(paths)] == ["passphrase"]


def test_setting_the_device_again_keeps_its_file(paths: VaultPaths, device_key: VaultKey) -> None:
    before = paths.device_key.read_bytes()
    lifecycle.set_device(paths, device_key)
    assert paths.device_key.read_bytes() == before
    assert lifecycle.open_with_device(paths) == device_key


def test_a_lost_device_file_can_be_made_anew(paths: VaultPaths, device_key: VaultKey) -> None:
    paths.device_key.unlink()
    with pytest.raises(WrongSecret, match="missing"):
        lifecycle.open_with_device(paths)
    lifecycle.set_device(paths, device_key)
    assert lifecycle.open_with_device(paths) == device_key


@pytest.mark.parametrize("content", [b"", b"zz", b"\xff\xfe", b"ab" * 600])
def test_a_broken_device_file_is_said_so(
    paths: VaultPaths, device_key: VaultKey, content: bytes
) -> None:
    paths.device_key.write_bytes(content)
    with pytest.raises(WrongSecret, match="device file"):
        lifecycle.open_with_device(paths)


def test_the_last_way_in_stays(paths: VaultPaths, key: VaultKey, passphrase: str) -> None:
    with pytest.raises(VaultError, match="last way"):
        lifecycle.remove_slot(paths, key, "passphrase")
    lifecycle.set_device(paths, key)
    lifecycle.remove_slot(paths, key, "passphrase")
    with pytest.raises(VaultError, match="last way"):
        lifecycle.remove_slot(paths, key, "device")
    assert lifecycle.open_with_device(paths) == key


def test_a_recovery_sheet_alone_is_no_everyday_way_in(
    paths: VaultPaths, device_key: VaultKey
) -> None:
    code = lifecycle.new_recovery_code()
    lifecycle.confirm_recovery(paths, device_key, code, {1: code.groups[0], 2: code.groups[1]})
    with pytest.raises(VaultError, match="last way"):
        lifecycle.remove_slot(paths, device_key, "device")


def test_removing_the_device_slot_removes_its_file(paths: VaultPaths, key: VaultKey) -> None:
    lifecycle.set_device(paths, key)
    lifecycle.remove_slot(paths, key, "device")
    assert not paths.device_key.exists()
    with pytest.raises(VaultError, match="no device"):
        lifecycle.remove_slot(paths, key, "device")


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 0), (2, 0), (3, 1), (5, 4), (40, 300)])
def test_the_delay_doubles_up_to_five_minutes(attempts: int, seconds: float) -> None:
    assert lifecycle.delay(attempts) == seconds


@pytest.mark.parametrize(
    ("seconds_at_floor", "mebibytes"), [(0.25, 256), (0.5, 128), (0.8, 80), (1.0, 64), (9.0, 64)]
)
def test_calibration_aims_at_a_second_within_its_bounds(
    seconds_at_floor: float, mebibytes: int
) -> None:
    cost = slots.calibrate(lambda memory: seconds_at_floor * memory / slots.FLOOR)
    assert cost == Argon2(memory=mebibytes * 1024, passes=3, lanes=4)


def test_calibration_measures_this_machine(cheap: Argon2) -> None:
    assert slots.seconds_for(8 * 1024) > 0


@pytest.fixture
def anybodys() -> Iterator[Path]:
    """A folder that other accounts can reach, unlike tmp_path."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


AS_NOBODY = """
import os, sys
import cryptography.hazmat.backends.openssl.backend  # nobody may not be able to read it later
from pathlib import Path
from upswing.vault import lifecycle, seal
from upswing.vault.errors import VaultError
from upswing.vault.paths import VaultPaths
os.setgid(65534); os.setuid(65534)
paths = VaultPaths(Path(sys.argv[1]), Path(sys.argv[1]) / "run")
for attempt in (
    lambda: lifecycle.open_with_device(paths),
    lambda: lifecycle.create(VaultPaths(paths.home / "new", paths.runtime), passphrase=None),
    lambda: seal.seal_line(paths, b"a line"),
):
    try:
        attempt()
    except VaultError as error:
        print(type(error).__name__)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to become another account")
def test_a_folder_that_cannot_be_written_is_said_so(anybodys: Path) -> None:
    paths = VaultPaths(anybodys / "home", anybodys / "run")
    lifecycle.create(paths, passphrase=None)
    for path in [*paths.folders(), *paths.files()]:
        os.chown(path, 65534, 65534)
    paths.home.chmod(0o500)
    paths.inbox.chmod(0o500)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(paths.home)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.split() == ["NotWritable"] * 3


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to give files to another account")
def test_a_vault_of_another_account_stays_closed(paths: VaultPaths, device_key: VaultKey) -> None:
    os.chown(paths.device_key, 65534, 65534)
    with pytest.raises(NotWritable, match="another account"):
        lifecycle.open_with_device(paths)
