"""The backups that lie in a folder, by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from upswing.vault.backup import envelope, state
from upswing.vault.backup.envelope import Envelope
from upswing.vault.errors import VaultError
from upswing.vault.paths import VaultPaths

NAME = re.compile(r"upswing-\d{4}-\d\d-\d\dT\d{4}Z(-\d{1,4})?\.upswing")
STAMP = "upswing-%Y-%m-%dT%H%MZ"
SUFFIX = ".upswing"


@dataclass(frozen=True)
class Stored:
    """One file. about: None where it cannot be read, then `trouble` says why.

    verified_at: when it was last read back and found sound, None where that is not known.
    """

    path: Path
    size: int
    about: Envelope | None
    trouble: str = ""
    verified_at: datetime | None = None

    @property
    def name(self) -> str:
        return self.path.name


def is_name(name: str) -> bool:
    """Whether a file of this name can be a backup of ours."""
    return NAME.fullmatch(name) is not None


def free_name(folder: Path, made_at: datetime) -> str:
    """A name that tells only when it was made, and that no file in `folder` has."""
    stem, number = made_at.strftime(STAMP), 1
    while (folder / (name := _numbered(stem, number))).exists():
        number += 1
    return name


def _numbered(stem: str, number: int) -> str:
    return f"{stem}-{number}{SUFFIX}" if number > 1 else f"{stem}{SUFFIX}"


def listing(paths: VaultPaths) -> list[Stored]:
    """The backups in the vault's own backup folder, newest first; those that cannot be read last.

    Reads the beginning of each. Needs no key.
    """
    verified = state.read(paths).verified
    found = [_stored(path, verified) for path in _files(paths.backups)]
    return sorted(found, key=_place, reverse=True)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.glob(f"*{SUFFIX}") if is_name(path.name) and path.is_file()]


def _place(one: Stored) -> tuple[bool, str, str]:
    return one.about is not None, str(one.about.made_at) if one.about else "", one.name


def _stored(path: Path, verified: dict[str, datetime]) -> Stored:
    size = path.stat().st_size
    try:
        return Stored(path, size, envelope.look(path), verified_at=verified.get(path.name))
    except VaultError as error:
        return Stored(path, size, None, trouble=str(error))


def last_good(paths: VaultPaths) -> tuple[str, datetime] | None:
    """Name and moment of the last backup that was read back and is still there."""
    known = state.read(paths)
    if known.last is None or known.made_at is None or not (paths.backups / known.last).exists():
        return None
    return known.last, known.made_at
