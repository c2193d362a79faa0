"""Typed settings from the environment. Cheap to import; `places` is cheaper still."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from upswing import places
from upswing.places import zone_name

OFF = "off"

__all__ = ["Config", "ConfigError", "load", "zone_name"]


class ConfigError(Exception):
    """A setting that cannot be used; the message names it and says what it should be."""


@dataclass(frozen=True)
class Config:
    """Where this Upswing lives and how it runs."""

    home: Path
    runtime: Path
    database: str
    idle_minutes: int
    mode: str = "solo"
    backups: Path | None = None
    daily_backup: bool = True


def load(environ: Mapping[str, str]) -> Config:
    """Read UPSWING_* from `environ`; raise ConfigError where a value cannot be used."""
    return Config(
        home=Path(places.home(environ)),
        runtime=_runtime(environ),
        database=environ.get("UPSWING_DATABASE", ""),
        backups=_backups(environ.get("UPSWING_BACKUPS", "")),
        daily_backup=environ.get("UPSWING_BACKUPS") != OFF,
        idle_minutes=_idle_minutes(environ.get("UPSWING_IDLE_MINUTES", "10")),
    )


def _runtime(environ: Mapping[str, str]) -> Path:
    if chosen := environ.get("UPSWING_RUNTIME"):
        return Path(chosen).expanduser().absolute()
    if session := environ.get("XDG_RUNTIME_DIR"):
        return Path(session) / "upswing"
    return Path(environ.get("TMPDIR", "/tmp")) / f"upswing-{os.getuid()}"  # noqa: S108


def _backups(text: str) -> Path | None:
    """Another folder for backups; None means the one beside the vault."""
    return Path(text).expanduser().absolute() if text not in ("", OFF) else None


def _idle_minutes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 60:
        raise ConfigError(
            f"UPSWING_IDLE_MINUTES is “{text}”; it should be a whole number from 1 to 60."
        )
    return int(text)
