"""`upswing backup` and `upswing vault rekey`, as processes on a real vault."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from doors.cli.terminal import CHEAP, PASSPHRASE, Machine
from upswing.vault import keeper, lifecycle
from upswing.vault.paths import VaultPaths

pytestmark = pytest.mark.solo

NEW = "another passphrase\n"


@pytest.fixture
def machine() -> Iterator[Machine]:
    """Not in pytest's folder: a socket's name has to be short."""
    with tempfile.TemporaryDirectory(prefix="up-", ignore_cleanup_errors=True) as folder:
        yield Machine(Path(folder))


@pytest.fixture
def vault(machine: Machine) -> Iterator[VaultPaths]:
    """A vault that is open, with one entry."""
    paths = VaultPaths(home=machine.home, runtime=machine.root / "run")
    key = lifecycle.create(paths, passphrase=PASSPHRASE, cost=CHEAP)
    keeper.start(paths, key, idle_minutes=5)
    assert machine.run("log", "the canary entry").code == 0
    yield paths
    keeper.lock(paths)


def only_backup(machine: Machine) -> Path:
    (found,) = machine.run("backup", "list", "--json").data["backups"]
    return Path(found["file"])


def test_there_and_back_as_a_newcomer_does_it(machine: Machine, vault: VaultPaths) -> None:
    made = machine.run("backup", "create")
    assert (made.code, made.err) == (0, "")
    file = only_backup(machine)
    assert str(file) in made.out
    sound = machine.run("backup", "verify", str(file), "--json")
    assert sound.code == 0
    assert sound.data["sound"]
    assert sound.data["items"] == 1
    keeper.lock(vault)
    back = machine.root / "back"
    answer = machine.run("backup", "restore", str(file), "--to", str(back), typed=f"{PASSPHRASE}\n")
    assert (answer.code, answer.err) == (0, "")
    assert f"UPSWING_HOME={back} upswing" in answer.out
    there = {"UPSWING_HOME": str(back)}
    assert machine.run("unlock", typed=f"{PASSPHRASE}\n", environ=there).code == 0
    assert "the canary entry" in machine.run("timeline", environ=there).out
    assert machine.run("lock", environ=there).code == 0


def test_the_open_vault_is_not_asked_again(machine: Machine, vault: VaultPaths) -> None:
    machine.run("backup", "create")
    file, back = only_backup(machine), machine.root / "back"
    assert machine.run("backup", "restore", str(file), "--to", str(back)).code == 0


def test_a_wrong_secret_and_a_full_folder_change_nothing(
    machine: Machine, vault: VaultPaths
) -> None:
    machine.run("backup", "create")
    file, back = only_backup(machine), machine.root / "back"
    keeper.lock(vault)
    order = ("backup", "restore", str(file), "--to", str(back))
    answer = machine.run(*order, typed="not the passphrase\n")
    assert (answer.code, answer.err) == (1, "That does not open this backup.\n")
    assert not back.exists()
    back.mkdir()
    (back / "mine").write_text("mine")
    answer = machine.run(*order, typed=f"{PASSPHRASE}\n")
    assert answer.code == 1
    assert "is not empty" in answer.err
    assert [path.name for path in back.iterdir()] == ["mine"]
    assert machine.run("backup", "restore", str(file)).code == 2


@pytest.mark.parametrize("what", ["foreign", "cut", "flipped", "missing"])
def test_what_is_not_whole_is_refused_in_one_sentence(
    machine: Machine, vault: VaultPaths, what: str
) -> None:
    machine.run("backup", "create")
    file = only_backup(machine)
    data = bytearray(file.read_bytes())
    torn = machine.root / "torn.upswing"
    if what != "missing":
        data[-50] ^= 4
        wrong = {"foreign": b"PK\x03\x04 a zip", "cut": bytes(data[:9000]), "flipped": bytes(data)}
        torn.write_bytes(wrong[what])
    for order in (["verify", str(torn)], ["restore", str(torn), "--to", str(machine.root / "to")]):
        answer = machine.run("backup", *order)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.count("\n") == 1
        assert "Traceback" not in answer.err
    assert not (machine.root / "to").exists()


def test_one_is_made_by_itself_on_each_day_of_use(machine: Machine, vault: VaultPaths) -> None:
    daily = {"UPSWING_BACKUPS": ""}
    assert machine.run("backup", "list", "--json").data["backups"] == []
    assert machine.run("today", environ=daily).code == 0
    until = time.monotonic() + 20
    while not (found := machine.run("backup", "list", "--json").data["backups"]):
        assert time.monotonic() < until, "no backup was made"
    assert len(found) == 1
    while found[0]["verified_at"] is None:
        assert time.monotonic() < until, "it was not read back"
        found = machine.run("backup", "list", "--json").data["backups"]
    assert machine.run("today", environ=daily).code == 0
    time.sleep(0.5)
    assert machine.run("backup", "list", "--json").data["backups"] == found
    doctor = machine.run("vault", "doctor")
    assert "the last good one is from less than an hour ago" in doctor.out


def test_a_folder_that_is_not_there_is_told_and_breaks_nothing(
    machine: Machine, vault: VaultPaths
) -> None:
    away = {"UPSWING_BACKUPS": str(machine.root / "unplugged")}
    answer = machine.run("backup", "create", environ=away)
    assert answer.code == 1
    assert "is not there" in answer.err
    assert machine.run("today", environ=away).code == 0
    until = time.monotonic() + 20
    while "is not there" not in machine.run("vault", "doctor", environ=away).out:
        assert time.monotonic() < until, "nobody was told"
    assert not (machine.root / "unplugged").exists()


def test_a_new_key(machine: Machine, vault: VaultPaths) -> None:
    machine.run("backup", "create", "--to", str(machine.root))
    (old,) = machine.root.glob("*.upswing")
    answer = machine.run("vault", "rekey", typed=f"{PASSPHRASE}\n{NEW}")
    assert (answer.code, answer.err) == (0, "")
    assert "recovery sheet opens nothing" in answer.out
    assert "the canary entry" in machine.run("timeline").out
    assert "vault-" in vault.database.name
    machine.run("lock")
    assert machine.run("unlock", typed=f"{PASSPHRASE}\n").code == 1
    assert machine.run("log", "sealed to the new key").code == 0
    assert machine.run("unlock", typed=NEW).code == 0
    assert "sealed to the new key" in machine.run("timeline").out
    assert machine.run("backup", "verify", str(old), typed=f"{PASSPHRASE}\n").code == 0
    assert machine.run("vault", "doctor", "--json").data["sound"]


def test_a_new_key_needs_the_present_passphrase(machine: Machine, vault: VaultPaths) -> None:
    before = vault.header.read_bytes()
    answer = machine.run("vault", "rekey", typed=f"not it at all\n{NEW}")
    assert answer.code == 1
    assert vault.header.read_bytes() == before


def test_a_backup_comes_before_a_change_of_the_tables(machine: Machine, vault: VaultPaths) -> None:
    """The vault is made to say that its tables are older; the migration itself is Django's."""
    from upswing.vault.backend.base import open_keyed

    assert machine.run("backup", "create").code == 0
    file = only_backup(machine)
    file.unlink()
    key = keeper.fetch(vault)
    assert key
    connection = open_keyed(str(vault.database), key.data)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    away = {"UPSWING_BACKUPS": str(machine.root / "unplugged")}
    answer = machine.run("timeline", environ=away)
    assert answer.code == 1
    assert "Nothing was changed." in answer.err
    assert machine.run("timeline").code == 0
    stored = machine.run("backup", "list", "--json").data["backups"]
    assert stored
    assert stored[-1]["verified_at"]
