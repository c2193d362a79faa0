"""A backup of every released version can be read, by everything that came after it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doors.cli.terminal import Machine
from upswing.record import schema
from upswing.vault import keeper, lifecycle
from upswing.vault.backend.base import open_keyed
from upswing.vault.backup import reading, restoring
from upswing.vault.paths import VaultPaths

GOLDEN = sorted(Path(__file__).parent.glob("*.upswing"))


def told(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.with_suffix(".json").read_text())
    return found


def test_there_is_one_of_the_first_version() -> None:
    assert GOLDEN[0].name == "0.1.0.upswing"


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
@pytest.mark.parametrize("way", ["passphrase", "recovery"])
def test_it_opens_and_holds_what_it_held(file: Path, way: str, tmp_path: Path) -> None:
    expected = told(file)
    about = reading.look(file)
    key = reading.key_by_secret(about, expected[way])
    restoring.restore(file, key, to=tmp_path / "back", newest_schema=schema.code_version())
    back = VaultPaths(tmp_path / "back", tmp_path)
    assert lifecycle.open_with_passphrase(back, expected["passphrase"]) == key
    connection = open_keyed(str(back.database), key.data)
    for table, count in expected["rows"].items():
        query = f'SELECT count(*) FROM "{table}"'  # noqa: S608 - names from our own file
        assert connection.execute(query).fetchone()[0] == count, table
    query = "SELECT data FROM upswing_attachment WHERE name = ?"
    (data,) = connection.execute(query, (expected["file"]["name"],)).fetchone()
    connection.close()
    assert bytes(data).hex() == expected["file"]["hex"]


@pytest.fixture
def machine() -> Iterator[Machine]:
    """Not in pytest's folder: a socket's name has to be short."""
    with tempfile.TemporaryDirectory(prefix="up-", ignore_cleanup_errors=True) as folder:
        machine = Machine(Path(folder))
        yield machine
        keeper.lock(VaultPaths(machine.home, machine.root / "run"))


@pytest.mark.solo
@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_this_version_goes_on_with_it(file: Path, machine: Machine) -> None:
    """As somebody would who comes back after years: from the file alone, on a new machine."""
    expected = told(file)
    typed = expected["passphrase"] + "\n"
    answer = machine.run("backup", "restore", str(file), "--to", str(machine.home), typed=typed)
    assert (answer.code, answer.err) == (0, "")
    assert machine.run("unlock", typed=typed).code == 0
    found = machine.run("search", "golden", "--json")
    assert found.code == 0
    assert expected["sentence"] in found.out
    assert machine.run("log", "and it goes on").code == 0
    assert "and it goes on" in machine.run("timeline").out
    doctor = machine.run("vault", "doctor", "--json")
    assert doctor.data["sound"]
    assert doctor.data["pages_read"]
