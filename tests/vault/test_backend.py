"""The engine under Django, where two processes and several threads have the same file open."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from upswing.vault import lifecycle
from upswing.vault.backend.base import open_keyed
from upswing.vault.errors import PlainVault
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from vault.recording import bodies, fill

ELSEWHERE = """
import sys
from upswing.vault.backend.base import open_keyed
connection = open_keyed(sys.argv[1], bytes.fromhex(sys.argv[2]))
with connection:
    connection.execute("INSERT INTO entry (body) VALUES ('from elsewhere')")
connection.close()
"""


def write_elsewhere(paths: VaultPaths, key: VaultKey) -> None:
    """As a command in the terminal does: open, write, close, end."""
    subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(paths.database), key.data.hex()],
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )


def test_a_look_at_the_file_does_not_let_go_of_its_locks(
    paths: VaultPaths, device_key: VaultKey
) -> None:
    """Closing any handle on the file drops this process's locks on it. Then a command that ends
    elsewhere may take the log away, and what is written here afterwards goes nowhere.
    """
    fill(paths, device_key, rows=1)
    page: Any = open_keyed(str(paths.database), device_key.data, isolation_level=None)
    second: Any = open_keyed(str(paths.database), device_key.data, isolation_level=None)
    for connection in (page, second):
        connection.execute("INSERT INTO entry (body) VALUES ('before')")
    lifecycle.refuse_plain(paths)
    # The log's index has a lock of its own, which would hide the loss of the other. It goes too.
    with paths.database.with_name(f"{paths.database.name}-shm").open("rb"):
        pass
    write_elsewhere(paths, device_key)
    for connection in (page, second):
        connection.execute("INSERT INTO entry (body) VALUES ('from the page')")
    write_elsewhere(paths, device_key)
    page.close()
    second.close()
    assert bodies(paths.database, device_key)[1:] == [
        "before",
        "before",
        "from elsewhere",
        "from the page",
        "from the page",
        "from elsewhere",
    ]


def test_plain_sqlite_is_still_refused(paths: VaultPaths, device_key: VaultKey) -> None:
    paths.database.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    before = paths.database.read_bytes()
    with pytest.raises(PlainVault):
        open_keyed(str(paths.database), device_key.data)
    with pytest.raises(PlainVault):
        lifecycle.open_with_device(paths)
    assert paths.database.read_bytes() == before
