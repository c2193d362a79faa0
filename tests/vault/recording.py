"""A small record in a vault without Django: made, changed and read as plain rows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from upswing.vault.backend.base import open_keyed
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

Dump = dict[str, list[tuple[Any, ...]]]


def fill(paths: VaultPaths, key: VaultKey, rows: int = 40, schema: int = 3) -> None:
    """Make the database: words, and bytes as attachments have them."""
    connection = open_keyed(str(paths.database), key.data)
    with connection:
        connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, body TEXT)")
        connection.execute("CREATE TABLE file (id INTEGER PRIMARY KEY, data BLOB)")
        for number in range(rows):
            connection.execute("INSERT INTO entry (body) VALUES (?)", (f"canary {number} ärger",))
        connection.execute("INSERT INTO file (data) VALUES (?)", (os.urandom(150_000),))
    connection.execute(f"PRAGMA user_version = {schema}")
    connection.close()


def add(paths: VaultPaths, key: VaultKey, body: str) -> None:
    """Write one more entry."""
    connection = open_keyed(str(paths.database), key.data, timeout=20)
    with connection:
        connection.execute("INSERT INTO entry (body) VALUES (?)", (body,))
    connection.close()


def dump(database: Path, key: VaultKey) -> Dump:
    """Every row of every table."""
    connection = open_keyed(str(database), key.data)
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    names = [name for (name,) in connection.execute(query)]
    found = {
        name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608
        for name in names
    }
    connection.close()
    return found


def bodies(database: Path, key: VaultKey) -> list[str]:
    """The entries, in the order in which they were written."""
    connection = open_keyed(str(database), key.data)
    found = [body for (body,) in connection.execute("SELECT body FROM entry ORDER BY id")]
    connection.close()
    return found
