"""The doctor sees what is there and what is wrong, and changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from upswing.vault import doctor, seal
from upswing.vault.errors import NoVault
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths


@pytest.fixture
def database(paths: VaultPaths, key: VaultKey) -> Path:
    """A real SQLCipher database of some pages in the vault."""
    connection: Any = dbapi2.connect(str(paths.database))
    connection.execute(f"PRAGMA key = \"x'{key.data.hex()}'\"")
    connection.execute("CREATE TABLE entry (body TEXT)")
    connection.executemany("INSERT INTO entry VALUES (?)", [("x" * 500,) for _ in range(200)])
    connection.execute("CREATE TABLE gone AS SELECT * FROM entry")
    connection.execute("DROP TABLE gone")
    connection.commit()
    connection.close()
    paths.database.chmod(0o600)
    return paths.database


def test_a_sound_vault(paths: VaultPaths, key: VaultKey, database: Path) -> None:
    seal.seal_line(paths, b"one")
    seal.seal_line(paths, b"two")
    report = doctor.examine(paths, key)
    assert report.sound
    assert report.checked
    assert report.versions.sqlcipher.startswith("4.")
    assert report.versions.sqlite.startswith("3.")
    assert "OpenSSL" in report.versions.provider
    assert report.versions.header == 1
    assert [slot.type for slot in report.slots] == ["passphrase"]
    assert "Argon2id, 8 MiB" in report.slots[0].detail
    assert report.sizes["vault.db"] == database.stat().st_size
    assert report.modes["vault.db"] == "0600"
    assert report.modes["."] == "0700"
    assert (report.waiting, report.unreadable) == (2, 0)
    assert report.vault_id == key.vault_id


def test_it_changes_nothing(paths: VaultPaths, key: VaultKey, database: Path) -> None:
    before = {path: path.read_bytes() for path in paths.files()}
    doctor.examine(paths, key)
    assert {path: path.read_bytes() for path in paths.files()} == before


def test_without_a_key_the_database_is_not_read(paths: VaultPaths, database: Path) -> None:
    report = doctor.examine(paths, None)
    assert report.sound
    assert not report.checked


@pytest.mark.parametrize("page", [0, 3, 10, -1], ids=["first", "third", "tenth", "free"])
def test_a_flipped_bit_is_found(
    paths: VaultPaths, key: VaultKey, database: Path, page: int
) -> None:
    data = bytearray(database.read_bytes())
    data[page % (len(data) // 4096) * 4096 + 1000] ^= 1
    database.write_bytes(data)
    report = doctor.examine(paths, key)
    assert report.checked
    assert not report.sound
    assert "database" in report.problems[0]


def test_the_database_of_another_vault_is_found(
    paths: VaultPaths, key: VaultKey, database: Path
) -> None:
    connection: Any = dbapi2.connect(str(database))
    connection.execute(f"PRAGMA key = \"x'{key.data.hex()}'\"")
    connection.execute(f"PRAGMA rekey = \"x'{'ab' * 32}'\"")
    connection.close()
    assert not doctor.examine(paths, key).sound


def test_plain_sqlite_is_found_without_a_key(paths: VaultPaths, key: VaultKey) -> None:
    paths.database.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    paths.database.chmod(0o600)
    (problem,) = doctor.examine(paths, None).problems
    assert "plain SQLite" in problem


def test_open_permissions_are_found(paths: VaultPaths, key: VaultKey) -> None:
    paths.header.chmod(0o640)
    (problem,) = doctor.examine(paths, key).problems
    assert "vault.json can be read by others" in problem


def test_a_damaged_header_is_a_problem_and_not_an_end(
    paths: VaultPaths, key: VaultKey, database: Path
) -> None:
    paths.header.write_bytes(b"{}")
    report = doctor.examine(paths, key)
    assert report.slots == []
    assert report.checked
    assert len(report.problems) == 1


def test_a_header_that_somebody_else_wrote_is_found(paths: VaultPaths, key: VaultKey) -> None:
    text = paths.header.read_text()
    paths.header.write_text(text.replace('"inbox_public_key": "', '"inbox_public_key": "00')[:-3])
    assert not doctor.examine(paths, key).sound


def test_no_vault(paths: VaultPaths, key: VaultKey) -> None:
    shutil.rmtree(paths.home)
    with pytest.raises(NoVault):
        doctor.examine(paths, None)
