"""The engine under the record: encrypted or not at all, and safe with two processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from making import entry
from upswing.accounts.models import User
from upswing.record.models import Item
from upswing.vault import held
from upswing.vault.backend.base import PLAIN_MAGIC, open_keyed
from upswing.vault.errors import DamagedVault, PlainVault, VaultLocked, WrongEngine

KEY, OTHER = bytes(range(32)), bytes(32)
vault_only = pytest.mark.skipif(
    bool(os.environ.get("UPSWING_DATABASE")), reason="PRAGMA is the vault's own word"
)


@vault_only
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("foreign_keys", 1),
        ("cipher_memory_security", "1"),
        ("busy_timeout", 20_000),
    ],
)
def test_what_is_in_force(owner: User, pragma: str, value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)
        cursor.execute("PRAGMA cipher_version")
        assert cursor.fetchone()
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A small vault of one table under KEY."""
    path = tmp_path / "vault.db"
    made = open_keyed(str(path), KEY)
    made.execute("CREATE TABLE counted (n INTEGER)")
    made.execute("INSERT INTO counted VALUES (0)")
    made.commit()
    made.close()
    return path


def test_the_file_holds_no_trace_of_sqlite(vault: Path) -> None:
    data = vault.read_bytes()
    assert len(data) >= 4096
    assert PLAIN_MAGIC not in data
    assert b"counted" not in data
    assert vault.stat().st_mode & 0o777 == 0o600


def test_another_key_opens_nothing(vault: Path) -> None:
    with pytest.raises(DamagedVault):
        open_keyed(str(vault), OTHER)


@pytest.mark.parametrize("at", [0, 100, 4000])
def test_a_damaged_first_page_is_told_as_damage(vault: Path, at: int) -> None:
    data = bytearray(vault.read_bytes())
    data[at] ^= 1
    vault.write_bytes(data)
    with pytest.raises(DamagedVault):
        open_keyed(str(vault), KEY)


def test_a_plain_file_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "plain.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (x)")
    plain.commit()
    plain.close()
    before = path.read_bytes()
    with pytest.raises(PlainVault):
        open_keyed(str(path), KEY)
    assert path.read_bytes() == before


def test_an_engine_that_cannot_encrypt_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    from upswing.vault.backend import base

    monkeypatch.setattr(base, "Database", sqlite3)
    with pytest.raises(WrongEngine):
        open_keyed(str(tmp_path / "vault.db"), KEY)


@vault_only
def test_without_the_key_nothing_opens(owner: User) -> None:
    held.let_go()
    with pytest.raises(VaultLocked):
        connection.get_new_connection(connection.get_connection_params())


def test_text_json_and_patterns_are_read_as_they_were_written(owner: User) -> None:
    item = entry(owner, "100 % sure, a_b \\ c ' \" ?1 :x %s {y} é🙂", title="It's 5%")
    kept = Item.objects.get(pk=item.pk)
    assert (kept.body, kept.title) == (item.body, "It's 5%")
    for lookup in ("100 %", "a_b", "\\ c", "%s", "?1", "é🙂"):
        assert Item.objects.filter(body__contains=lookup).count() == 1, lookup
        assert Item.objects.filter(body__contains=lookup + "~").count() == 0
    assert Item.objects.filter(body__iregex=r"100 % SURE").exists()
    assert Item.objects.filter(day__year=2026, title__iexact="it's 5%").exists()


def test_a_percent_sign_in_sql_stays_one_where_there_are_parameters(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'a%%b', %s", ["c%d"])
        assert cursor.fetchone() == ("a%b", "c%d")
        cursor.execute("SELECT 'a%b'")
        assert cursor.fetchone() == ("a%b",)


@vault_only
def test_names_work_as_parameters_too(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %(one)s || %(two)s", {"one": "a", "two": "b"})
        assert cursor.fetchone() == ("ab",)


COUNT = """
import sys
from pathlib import Path
from upswing.vault.backend.base import open_keyed
vault = open_keyed(sys.argv[1], bytes(range(32)), timeout=20, isolation_level=None)
for _ in range(100):
    vault.execute("BEGIN IMMEDIATE")
    n, = vault.execute("SELECT n FROM counted").fetchone()
    vault.execute("UPDATE counted SET n = ?", (n + 1,))
    vault.execute("COMMIT")
"""


def test_two_processes_write_in_turn_and_nothing_is_lost(vault: Path) -> None:
    command = [sys.executable, "-c", COUNT, str(vault)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    told = [process.communicate(timeout=60)[1] for process in both]
    assert told == [b"", b""]
    opened = open_keyed(str(vault), KEY)
    assert opened.execute("SELECT n FROM counted").fetchone() == (200,)
    assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    opened.close()
