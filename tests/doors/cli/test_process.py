"""The whole program as a process of its own, on a real vault."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from doors.cli.terminal import CHEAP, PASSPHRASE, Machine
from upswing.vault import keeper, lifecycle
from upswing.vault.backend.base import open_keyed
from upswing.vault.paths import VaultPaths

pytestmark = pytest.mark.solo

LOCKED = "The vault is locked. Unlock it with: upswing unlock\n"
NOT_LOADED = {
    "argon2",
    "cryptography",
    "dateparser",
    "numpy",
    "rich",
    "upswing.charts.path",
    "upswing.cli.editor",
    "upswing.exchange.run",
    "upswing.web.urls",
}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def paths(machine: Machine) -> Iterator[VaultPaths]:
    """Where its vault is. The keeper ends with the test."""
    paths = VaultPaths(home=machine.home, runtime=machine.root / "run")
    yield paths
    keeper.lock(paths)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with its tables, which PASSPHRASE or a device file opens: made once, then copied."""
    first = Machine(tmp_path_factory.mktemp("pattern"))
    paths = VaultPaths(home=first.home, runtime=first.root / "run")
    key = lifecycle.create(paths, passphrase=PASSPHRASE, cost=CHEAP)
    lifecycle.set_device(paths, key)
    assert first.run("today").code == 0
    keeper.lock(paths)
    return first.home


@pytest.fixture
def vault(pattern: Path, paths: VaultPaths) -> VaultPaths:
    """A vault of this test, which PASSPHRASE or a device file opens."""
    shutil.copytree(pattern, paths.home)
    return paths


def test_one_day_in_the_terminal(machine: Machine, vault: VaultPaths) -> None:
    lifecycle.remove_slot(vault, lifecycle.open_with_device(vault), "device")
    locked = machine.run("today")
    assert (locked.code, locked.out, locked.err) == (1, "", LOCKED)
    assert machine.run("log", typed="They said no. #kestrel\n").code == 0

    wrong = machine.run("unlock", typed="loud river at dusk\n")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == "That passphrase does not open the vault.\n"
    opened = machine.run("unlock", typed=f"{PASSPHRASE}\n")
    assert (opened.code, opened.err) == (0, "")
    assert "10 minutes" in opened.out

    told = machine.run("setback", "new", "Laid off from Kestrel", "--weight", "8", "--json")
    assert (told.code, told.err) == (0, "")
    assert told.data["zone"] == "Europe/Berlin"
    assert "Laid off from Kestrel" in machine.run().out
    (item,) = machine.run("search", "kestrel", "kind:entry").ids
    assert machine.run("edit", item, typed="They said no, kindly. #kestrel\n").code == 0
    assert machine.run("show", item, "--json").data["body"] == "They said no, kindly. #kestrel"

    assert machine.run("lock").out == "The vault is locked.\n"
    again = machine.run("show", item)
    assert (again.code, again.out, again.err) == (1, "", LOCKED)


def test_create_and_look_after_a_vault_with_a_device_file(
    machine: Machine, paths: VaultPaths
) -> None:
    made = machine.run("vault", "create", "--device")
    assert (made.code, made.err) == (0, "")
    words = " ".join(made.out.split())
    assert "A device that belongs to an employer may record what is typed" in words
    assert "There is no back door." in words
    assert "does not protect it from anybody who uses your account here" in words
    for path in [machine.home, *machine.home.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    doctor = machine.run("vault", "doctor", "--json")
    assert doctor.code == 0
    assert doctor.data["sound"]
    assert doctor.data["pages_read"]


def test_create_refuses_what_is_too_short_and_makes_nothing(
    machine: Machine, paths: VaultPaths
) -> None:
    answer = machine.run("vault", "create", typed="short\n")
    assert answer.code == 1
    assert answer.err == "A passphrase needs at least 8 characters.\n"
    assert not paths.header.exists()


def test_a_command_loads_only_what_it_needs(machine: Machine, vault: VaultPaths) -> None:
    keeper.start(vault, lifecycle.open_with_device(vault), idle_minutes=5)
    answer = machine.run("timeline", environ={"PYTHONPROFILEIMPORTTIME": "1"})
    loaded = {line.rsplit("|", 1)[-1].strip() for line in answer.err.splitlines()}
    assert answer.code == 0
    assert "upswing.record.reads" in loaded
    assert not loaded & NOT_LOADED


def test_no_vault_at_all(machine: Machine, paths: VaultPaths) -> None:
    answer = machine.run()
    assert answer.code == 1
    assert answer.err.startswith(f"There is no vault in {machine.home} yet.")
    assert not machine.home.exists()


def test_a_newer_vault_is_not_touched(machine: Machine, vault: VaultPaths) -> None:
    header = json.loads(vault.header.read_text())
    vault.header.write_text(json.dumps(header | {"version": 2}))
    answer = machine.run("today")
    assert (answer.code, answer.out) == (1, "")
    assert "newer Upswing" in answer.err


def test_tables_of_a_newer_upswing_are_not_touched(machine: Machine, vault: VaultPaths) -> None:
    key = lifecycle.open_with_device(vault)
    connection = open_keyed(str(vault.database), key.data)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = vault.database.read_bytes()
    answer = machine.run("timeline")
    assert (answer.code, answer.out) == (1, "")
    assert "newer Upswing" in answer.err
    assert vault.database.read_bytes() == before


def test_plain_sqlite_in_place_of_the_vault(machine: Machine, vault: VaultPaths) -> None:
    vault.database.unlink()
    with sqlite3.connect(vault.database) as plain:
        plain.execute("CREATE TABLE x (y)")
    before = vault.database.read_bytes()
    answer = machine.run("today")
    assert (answer.code, answer.out) == (1, "")
    assert "plain SQLite" in answer.err
    assert answer.err.count("\n") == 1
    assert vault.database.read_bytes() == before


def test_a_damaged_vault(machine: Machine, vault: VaultPaths) -> None:
    data = bytearray(vault.database.read_bytes())
    data[100:4000] = bytes(3900)
    vault.database.write_bytes(bytes(data))
    answer = machine.run("today")
    assert (answer.code, answer.out) == (1, "")
    assert "damaged" in answer.err
    doctor = machine.run("vault", "doctor")
    assert doctor.code == 1
    assert "Traceback" not in doctor.err


@pytest.mark.skipif(sys.platform != "linux", reason="root gives its power up in Linux's way")
def test_a_read_only_folder(machine: Machine, vault: VaultPaths) -> None:
    machine.home.chmod(0o500)
    try:
        answer = machine.run("today", powerless=True)
    finally:
        machine.home.chmod(0o700)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"Upswing cannot write in {machine.home}")


def test_fifty_megabytes_of_text(machine: Machine, vault: VaultPaths, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"all of it " * 5_000_000)
    with large.open("rb") as typed:
        answer = machine.run("setback", "new", typed=typed)
    assert (answer.code, answer.out) == (1, "")
    assert "longer than one entry can hold" in answer.err
    assert machine.run("setback", "--json").data == {"items": []}


def test_a_reader_that_leaves_early_sees_no_traceback(machine: Machine, vault: VaultPaths) -> None:
    process = machine.start("timeline", "--json")
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)
