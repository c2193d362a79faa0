"""Taking everything out: only for whoever knows the passphrase, and never over something."""

from __future__ import annotations

import stat
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from doors.cli.terminal import CHEAP, PASSPHRASE, Upswing
from exchange import full
from upswing import solo
from upswing.accounts.models import User
from upswing.record import actions
from upswing.record.models import Item
from upswing.strategies.coping.actions import check_in, write_entry
from upswing.vault import keeper, lifecycle
from upswing.vault.paths import VaultPaths

NAME = "upswing-export-2026-11-22.zip"


def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str | None) -> VaultPaths:
    monkeypatch.setenv("UPSWING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UPSWING_RUNTIME", str(tmp_path / "run"))
    monkeypatch.setattr(lifecycle, "calibrate", lambda: CHEAP)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr(keeper, "fetch", lambda where: None)
    monkeypatch.setattr(keeper, "start", lambda where, key, idle: None)
    where = solo.paths()
    lifecycle.create(where, passphrase=passphrase)
    return where


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with a passphrase; the folder in which the command runs."""
    vault(tmp_path, monkeypatch, PASSPHRASE)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def device(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with a vault that a key file opens."""
    vault(here.parent / "other", monkeypatch, None)
    return here


@pytest.fixture(autouse=True)
def record(owner: User, now: datetime) -> None:
    write_entry(owner=owner, now=now, zone="Europe/Berlin", body="They said no.")
    check_in(owner=owner, now=now, zone="Europe/Berlin", mood=4)
    thrown = write_entry(owner=owner, now=now, zone="Europe/Berlin", body="Thrown away.")
    actions.trash(thrown, now=now)


def test_it_warns_asks_and_writes(upswing: Upswing, here: Path) -> None:
    answer = upswing("export", typed=f"{PASSPHRASE}\n")
    assert answer.code == 0
    assert "not encrypted" in answer.err
    assert answer.out.startswith(f"{NAME}  ")
    assert "upswing import" in answer.out
    made = here / NAME
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    with zipfile.ZipFile(made) as archive:
        assert b"Thrown away." in archive.read("record/items.jsonl")


def test_without_the_passphrase_nothing_is_written(upswing: Upswing, here: Path) -> None:
    for typed in ("", "\n", "wrong words here\n"):
        for more in ([], ["--yes"]):
            answer = upswing("export", *more, typed=typed)
            assert answer.code == 1
            assert PASSPHRASE not in answer.out + answer.err
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("someone")
def test_at_a_terminal_a_slip_is_no_end(upswing: Upswing, here: Path) -> None:
    answer = upswing("export", typed=f"wrong words here\n{PASSPHRASE}\n")
    assert answer.code == 0
    assert "does not open the vault" in answer.err
    assert (here / NAME).exists()


@pytest.mark.usefixtures("someone")
def test_a_vault_with_a_key_file_wants_a_word(upswing: Upswing, device: Path) -> None:
    assert upswing("export", typed="yes\n").code == 1
    assert list(device.iterdir()) == []
    assert upswing("export", typed="Everything\n").code == 0
    assert (device / NAME).exists()


def test_a_script_says_yes_to_it(upswing: Upswing, device: Path) -> None:
    answer = upswing("export")
    assert answer.code == 1
    assert "--yes" in answer.err
    assert upswing("export", "--yes").code == 0


def test_nothing_is_overwritten(upswing: Upswing, here: Path) -> None:
    assert upswing("export", typed=f"{PASSPHRASE}\n").code == 0
    before = (here / NAME).read_bytes()
    again = upswing("export", typed=f"{PASSPHRASE}\n")
    assert again.code == 1
    assert "there already" in again.err
    assert (here / NAME).read_bytes() == before
    assert len(list(here.iterdir())) == 1


def test_the_other_ways_are_folders(upswing: Upswing, here: Path) -> None:
    assert upswing("export", "--format", "csv", typed=f"{PASSPHRASE}\n").code == 0
    folder = here / "upswing-csv-2026-11-22"
    assert {path.name for path in folder.iterdir()} == {"entries.csv", "check-ins.csv"}
    words = ["--format", "markdown", "--to", "pages.zip"]
    assert upswing("export", *words, typed=f"{PASSPHRASE}\n").code == 0
    with zipfile.ZipFile(here / "pages.zip") as archive:
        assert all(name.startswith("2026/11/") for name in archive.namelist())


def test_the_trash_can_stay(upswing: Upswing, here: Path) -> None:
    assert upswing("export", "--no-trash", "--to", "a.zip", typed=f"{PASSPHRASE}\n").code == 0
    with zipfile.ZipFile(here / "a.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"They said no." in everything
    assert b"Thrown away." not in everything
    assert b"What lay in the trash was left out." in everything


@pytest.mark.usefixtures("someone")
def test_a_bar_shows_how_far_it_is(upswing: Upswing, here: Path, owner: User) -> None:
    assert "Writing" in upswing("export", typed=f"{PASSPHRASE}\n").err
    full.clear(owner)
    for kind in ("csv", "markdown", "zip"):
        words = ["--format", kind, "--to", f"empty-{kind}.zip"]
        assert upswing("export", *words, typed=f"{PASSPHRASE}\n").code == 0, kind


def test_what_was_taken_out_can_be_brought_back(upswing: Upswing, here: Path, owner: User) -> None:
    assert upswing("export", typed=f"{PASSPHRASE}\n").code == 0
    assert "New               0" in upswing("import", NAME, "--dry-run").out
    full.clear(owner)
    answer = upswing("import", NAME, "--yes")
    assert answer.code == 0
    assert "brought in." in answer.out
    assert "--undo" not in answer.out
    (batch,) = upswing("import", "--list").ids
    assert "Nothing that belongs" in upswing("import", "--undo", batch, "--yes").err
    assert Item.objects.count() == 3
