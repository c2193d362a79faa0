"""A new key for everything: nothing is lost on the way, and the old key opens nothing any more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from upswing.vault import current, header, inbox, lifecycle, rekeyed, seal, use
from upswing.vault.backend.base import open_keyed
from upswing.vault.backup import folder, reading, snapshot, writing
from upswing.vault.errors import DamagedVault, OldKey, VaultError, WrongSecret
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.rekey import rekey, unbar
from upswing.vault.slots import Argon2
from vault.recording import add, bodies, dump, fill

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
NEW = "another passphrase"
STORMS = Path(__file__).with_name("backup_storms.py")


@pytest.fixture
def record(paths: VaultPaths, key: VaultKey) -> VaultPaths:
    fill(paths, key)
    return paths


@pytest.fixture(autouse=True)
def _go_on() -> Iterator[None]:
    """The next test is another process, so to say."""
    yield
    unbar()


def drained() -> None:
    """The inbox of these vaults is empty."""


def names(paths: VaultPaths) -> list[str]:
    return sorted(path.name for path in paths.home.iterdir())


def test_the_record_is_the_same_under_the_new_key(
    record: VaultPaths, key: VaultKey, cheap: Argon2, passphrase: str
) -> None:
    before, old_file, old_header = dump(record.database, key), record.database, header.read(record)
    old_data = old_file.read_bytes()
    new = rekey(record, key, passphrase=NEW, drain=drained, cost=cheap)
    assert new.vault_id == key.vault_id
    assert new.data != key.data
    assert lifecycle.open_with_passphrase(record, NEW) == new
    assert dump(record.database, new) == before
    assert record.database != old_file
    assert not old_file.exists()
    assert record.database.read_bytes()[:16] != old_data[:16]
    with pytest.raises(WrongSecret):
        lifecycle.open_with_passphrase(record, passphrase)
    with pytest.raises(DamagedVault):
        open_keyed(str(record.database), key.data)
    # What the re-key is for: the old header and the old passphrase open nothing of it.
    header.write(record, old_header)
    assert lifecycle.open_with_passphrase(record, passphrase) == key
    assert not record.database.exists()


def test_every_other_way_in_is_dropped(record: VaultPaths, key: VaultKey, cheap: Argon2) -> None:
    lifecycle.set_device(record, key)
    code = lifecycle.new_recovery_code()
    lifecycle.confirm_recovery(record, key, code, {1: code.groups[0], 2: code.groups[1]})
    rekey(record, key, passphrase=NEW, drain=drained, cost=cheap)
    assert [way.type for way in lifecycle.slots(record)] == ["passphrase"]
    assert not record.device_key.exists()
    with pytest.raises(WrongSecret):
        lifecycle.open_with_recovery(record, code.text)


def test_a_vault_with_a_key_file_gets_a_new_one(paths: VaultPaths, device_key: VaultKey) -> None:
    fill(paths, device_key)
    old = paths.device_key.read_bytes()
    new = rekey(paths, device_key, passphrase=None, drain=drained)
    assert lifecycle.open_with_device(paths) == new
    assert len(paths.device_key.read_text().split()) == 1
    assert paths.device_key.read_bytes() != old


def test_twice_in_a_row(record: VaultPaths, key: VaultKey, cheap: Argon2) -> None:
    before = dump(record.database, key)
    one = rekey(record, key, passphrase=NEW, drain=drained, cost=cheap)
    unbar()
    two = rekey(record, one, passphrase="a third passphrase", drain=drained, cost=cheap)
    assert dump(record.database, two) == before
    assert [name for name in names(record) if ".db" in name] == [record.database.name]


def test_old_backups_keep_the_old_key_and_a_new_one_is_due(
    record: VaultPaths, key: VaultKey, cheap: Argon2, passphrase: str
) -> None:
    old = writing.create(record, key, now=NOW).path
    new = rekey(record, key, passphrase=NEW, drain=drained, cost=cheap)
    assert folder.last_good(record) is None
    assert not reading.opens_with(old, new)
    assert reading.key_by_secret(reading.look(old), passphrase) == key
    fresh = writing.create(record, new, now=NOW).path
    assert reading.key_by_secret(reading.look(fresh), NEW) == new


def test_the_wrong_key_and_a_short_passphrase_change_nothing(
    record: VaultPaths, key: VaultKey, cheap: Argon2
) -> None:
    before = record.header.read_bytes()
    stranger = VaultKey(bytes(32), key.vault_id)
    with pytest.raises(OldKey):
        rekey(record, stranger, passphrase=NEW, drain=drained, cost=cheap)
    with pytest.raises(VaultError, match="at least 8"):
        rekey(record, key, passphrase="short", drain=drained, cost=cheap)
    assert record.header.read_bytes() == before


def test_a_copy_that_is_not_sound_leaves_the_old_key(
    record: VaultPaths, key: VaultKey, cheap: Argon2, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, content = record.header.read_bytes(), dump(record.database, key)

    def damaged(database: Path, *_: object) -> None:
        raise DamagedVault("not sound")

    monkeypatch.setattr(snapshot, "check", damaged)
    with pytest.raises(VaultError, match="the old key stays"):
        rekey(record, key, passphrase=NEW, drain=drained, cost=cheap)
    assert record.header.read_bytes() == before
    assert dump(record.database, key) == content
    assert [name for name in names(record) if ".db" in name] == ["vault.db"]
    add(record, key, "and it can be written again")
    assert not inbox.pending(record)


def test_lines_captured_meanwhile_are_all_delivered(
    record: VaultPaths, key: VaultKey, cheap: Argon2
) -> None:
    """Before it under the old key, after it under the new one; none in between is lost."""
    delivered: list[bytes] = []
    acknowledged: list[bytes] = []
    stop = threading.Event()

    def capture() -> None:
        while not stop.is_set():
            line = str(len(acknowledged)).encode()
            seal.seal_line(record, line)
            acknowledged.append(line)

    def drain() -> None:
        inbox.drain(record, key, lambda line: delivered.append(line.payload))

    writer = threading.Thread(target=capture)
    writer.start()
    try:
        time.sleep(0.05)
        new = rekey(record, key, passphrase=NEW, drain=drain, cost=cheap)
        before = len(delivered)
        time.sleep(0.05)
    finally:
        stop.set()
        writer.join()
    unbar()
    inbox.drain(record, new, lambda line: delivered.append(line.payload))
    assert before > 0
    assert len(delivered) > before
    assert delivered == acknowledged
    assert not record.unreadable.exists()


def test_nobody_writes_to_the_old_file_meanwhile(
    record: VaultPaths, key: VaultKey, cheap: Argon2
) -> None:
    """A thread that has it open waits, and is refused in the end: it is never told “kept”."""
    connection: Any = open_keyed(
        str(record.database), key.data, timeout=0.2, check_same_thread=False
    )
    rekey(record, key, passphrase=NEW, drain=drained, cost=cheap)
    with pytest.raises(Exception, match=r"locked|readonly|disk I/O"):
        connection.execute("INSERT INTO entry (body) VALUES ('too late')")
    connection.close()


def test_it_waits_for_others_who_have_the_record_open(
    record: VaultPaths, key: VaultKey, cheap: Argon2, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = subprocess.Popen(
        [sys.executable, str(STORMS), "share", str(record.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        monkeypatch.setattr(use, "WAIT_SECONDS", 0.3)
        with pytest.raises(VaultError, match="still at work"):
            rekey(record, key, passphrase=NEW, drain=drained, cost=cheap)
        assert bodies(record.database, key)
        monkeypatch.undo()
        threading.Timer(0.2, other.terminate).start()
        new = rekey(record, key, passphrase=NEW, drain=drained, cost=cheap)
    assert bodies(record.database, new)


def test_what_a_killed_one_left_goes_at_the_next_opening(record: VaultPaths, key: VaultKey) -> None:
    stray = [record.home / name for name in ("vault-0a0b0c0d.db", "vault-0a0b0c0d.db-wal")]
    for path in stray:
        path.write_bytes(b"half")
    rekeyed.tidy(record.home, VaultKey(bytes(32), key.vault_id))
    assert all(path.exists() for path in stray), "a header that it cannot check decides nothing"
    rekeyed.tidy(record.home, key)
    assert not any(path.exists() for path in stray)
    assert bodies(record.database, key)


def test_a_changed_header_never_makes_it_remove_the_record(
    record: VaultPaths, key: VaultKey
) -> None:
    fields = json.loads(record.header.read_text())
    record.header.write_text(json.dumps(fields | {"database": "vault-0a0b0c0d.db"}))
    rekeyed.tidy(record.home, key)
    (record.home / "vault-0a0b0c0d.db").write_bytes(b"somebody else's")
    rekeyed.tidy(record.home, key)
    assert (record.home / "vault.db").exists()


@pytest.mark.parametrize("name", ["../vault.db", "vault.db-wal", "", "vault-XYZ.db", None, 3, []])
def test_a_header_names_a_database_of_ours_only(
    record: VaultPaths, key: VaultKey, name: object
) -> None:
    fields = json.loads(record.header.read_text())
    record.header.write_text(json.dumps(fields | {"database": name}))
    assert current.database(record.home) == record.home / "vault.db"
    with pytest.raises(DamagedVault, match="names no database"):
        header.read(record)


def test_killed_at_any_moment_the_old_or_the_new_one_opens(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(STORMS), "rekey", str(tmp_path), "40"],
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    left = json.loads(done.stdout)
    assert set(left["opened"]) == {"old", "new"}
    assert left["opened"] == sorted(left["opened"], reverse=True), "from old to new, once"
    assert left["same"], "the record was another one"
    assert left["left"] == [1] * len(left["left"]), "one database after the next opening"
