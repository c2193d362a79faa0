"""Settings from the environment, and where things are on the machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from upswing import config, places


def test_what_is_named_is_taken() -> None:
    found = config.load(
        {
            "UPSWING_HOME": "/vaults/mine",
            "UPSWING_RUNTIME": "/run/mine",
            "UPSWING_DATABASE": "postgresql://me@db/up",
            "UPSWING_IDLE_MINUTES": "60",
        }
    )
    assert (found.home, found.runtime) == (Path("/vaults/mine"), Path("/run/mine"))
    assert (found.database, found.idle_minutes) == ("postgresql://me@db/up", 60)


def test_where_things_are_when_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    found = config.load({})
    assert found.home == Path("/home/ann/.local/share/upswing")
    assert found.runtime == Path(f"/tmp/upswing-{os.getuid()}")
    assert (found.database, found.idle_minutes) == ("", 10)


def test_the_folders_of_the_system_are_used() -> None:
    found = config.load({"XDG_DATA_HOME": "/data", "XDG_RUNTIME_DIR": "/run/user/7"})
    assert found.home == Path("/data/upswing")
    assert found.runtime == Path("/run/user/7/upswing")


def test_a_home_may_be_written_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.chdir(tmp_path)
    assert config.load({"UPSWING_HOME": "~/mine"}).home == Path("/home/ann/mine")
    assert config.load({"UPSWING_HOME": "mine"}).home == tmp_path / "mine"


@pytest.mark.parametrize("minutes", ["0", "61", "-1", "ten", "1.5", "", " 5"])
def test_minutes_that_cannot_be_used(minutes: str) -> None:
    with pytest.raises(config.ConfigError, match="should be a whole number from 1 to 60"):
        config.load({"UPSWING_IDLE_MINUTES": minutes})


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine in Lisbon that knows two more zones."""
    zones = tmp_path / "zoneinfo"
    for name in ("Europe/Lisbon", "Asia/Tokyo", "UTC"):
        (zones / name).parent.mkdir(parents=True, exist_ok=True)
        (zones / name).touch()
    (tmp_path / "localtime").symlink_to(zones / "Europe/Lisbon")
    monkeypatch.setattr(places, "ZONES", str(zones))
    monkeypatch.setattr(places, "LOCALTIME", str(tmp_path / "localtime"))
    return tmp_path


@pytest.mark.parametrize(
    ("named", "zone"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        (":Asia/Tokyo", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("", "Europe/Lisbon"),
        ("Mars/Olympus", "Europe/Lisbon"),
        ("CET-1CEST", "Europe/Lisbon"),
        (":/etc/localtime", "Europe/Lisbon"),
        ("../localtime", "Europe/Lisbon"),
        ("Europe", "Europe/Lisbon"),
    ],
)
def test_the_zone_of_the_machine(machine: Path, named: str, zone: str) -> None:
    assert config.zone_name({"TZ": named}) == zone


def test_a_machine_that_does_not_tell_its_zone(machine: Path) -> None:
    (machine / "localtime").unlink()
    assert config.zone_name({}) == "UTC"
    (machine / "localtime").touch()
    assert config.zone_name({}) == "UTC"


def test_a_machine_without_a_list_of_zones_believes_what_is_named(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "ZONES", str(machine / "nowhere"))
    assert config.zone_name({"TZ": "Asia/Tokyo"}) == "Asia/Tokyo"
    assert config.zone_name({"TZ": "CET-1CEST"}) == "Europe/Lisbon"


def test_backups_can_go_elsewhere_or_be_left_to_the_person() -> None:
    assert config.load({}).backups is None
    assert config.load({}).daily_backup
    assert config.load({"UPSWING_BACKUPS": "/media/drive"}).backups == Path("/media/drive")
    off = config.load({"UPSWING_BACKUPS": "off"})
    assert (off.backups, off.daily_backup) == (None, False)
