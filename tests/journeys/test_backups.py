"""The daily backup: once a day, and what goes wrong is told and breaks nothing."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from upswing.journeys import backups
from upswing.vault import lifecycle
from upswing.vault.backup import folder, state
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from vault.recording import fill

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
HERE = "Europe/Berlin"


@pytest.fixture
def where(tmp_path: Path) -> VaultPaths:
    return VaultPaths(tmp_path / "home", tmp_path / "run")


@pytest.fixture
def key(where: VaultPaths) -> VaultKey:
    """The key of a vault with a record."""
    key = lifecycle.create(where, passphrase=None)
    fill(where, key, rows=2)
    return key


def test_once_a_day(where: VaultPaths, key: VaultKey) -> None:
    for hours, count in ((0, 1), (1, 1), (4, 1), (6, 2), (24, 2), (30, 3)):
        backups.make_if_due(where, key, zone=HERE, now=NOW + timedelta(hours=hours))
        assert len(folder.listing(where)) == count, hours


def test_one_that_was_taken_away_is_made_again(where: VaultPaths, key: VaultKey) -> None:
    backups.make_if_due(where, key, zone=HERE, now=NOW)
    folder.listing(where)[0].path.unlink()
    assert backups.is_due(where, zone=HERE, now=NOW)


def test_a_vault_without_a_record_is_not_backed_up(where: VaultPaths) -> None:
    assert not backups.is_due(where, zone=HERE, now=NOW)
    key = lifecycle.create(where, passphrase=None)
    backups.make_if_due(where, key, zone=HERE, now=NOW)
    assert folder.listing(where) == []
    assert state.read(where).trouble is None


def test_trouble_is_noted_and_tried_again_an_hour_later(
    where: VaultPaths, key: VaultKey, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    away = VaultPaths(where.home, where.runtime, drive)
    backups.make_if_due(away, key, zone=HERE, now=NOW)
    trouble = state.read(away).trouble
    assert trouble is not None
    assert trouble.at == NOW
    assert "is not there" in trouble.sentence
    drive.mkdir()
    backups.make_if_due(away, key, zone=HERE, now=NOW + timedelta(minutes=30))
    assert folder.listing(away) == []
    backups.make_if_due(away, key, zone=HERE, now=NOW + timedelta(minutes=61))
    assert len(folder.listing(away)) == 1
    assert state.read(away).trouble is None


def test_nothing_is_started_where_none_is_due(
    where: VaultPaths, key: VaultKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.delenv("UPSWING_BACKUPS", raising=False)
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **_: started.append(args))
    backups.start_if_due(where, zone=HERE, now=NOW)
    assert len(started) == 1
    monkeypatch.setenv("UPSWING_BACKUPS", "off")
    backups.start_if_due(where, zone=HERE, now=NOW)
    assert len(started) == 1
    monkeypatch.delenv("UPSWING_BACKUPS")
    backups.make_if_due(where, key, zone=HERE, now=NOW)
    backups.start_if_due(where, zone=HERE, now=NOW)
    assert len(started) == 1
