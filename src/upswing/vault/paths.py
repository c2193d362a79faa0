"""Where the files of one vault are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from upswing.vault import current, names


class HomeAndRuntime(Protocol):
    """The part of the configuration that says where things are."""

    @property
    def home(self) -> Path: ...
    @property
    def runtime(self) -> Path: ...
    @property
    def backups(self) -> Path | None: ...


@dataclass(frozen=True)
class VaultPaths:
    """`home` keeps the vault (0700); `runtime` keeps what ends with the session (0700).

    backups_in: another folder for the backups than the one in `home`.
    """

    home: Path
    runtime: Path
    backups_in: Path | None = None

    @classmethod
    def of(cls, config: HomeAndRuntime) -> VaultPaths:
        return cls(config.home, config.runtime, config.backups)

    @property
    def header(self) -> Path:
        return self.home / names.HEADER

    @property
    def database(self) -> Path:
        """The file that the header names; a re-key makes another one."""
        return current.database(self.home)

    @property
    def backups(self) -> Path:
        """The folder of the backups that Upswing makes by itself."""
        return self.backups_in or self.home / names.BACKUPS

    @property
    def backup_state(self) -> Path:
        """What is known of the backups: which were verified, and what went wrong."""
        return self.home / names.BACKUP_STATE

    @property
    def backup_lock(self) -> Path:
        return self.home / names.BACKUP_LOCK

    @property
    def device_key(self) -> Path:
        return self.home / names.DEVICE_KEY

    @property
    def inbox(self) -> Path:
        """The folder of the sealed inbox."""
        return self.home / names.INBOX

    @property
    def pending(self) -> Path:
        """The file that captures are appended to."""
        return self.inbox / names.PENDING

    @property
    def draining(self) -> Path:
        """The lines that a drain has taken and not yet delivered."""
        return self.inbox / names.DRAINING

    @property
    def drain_lock(self) -> Path:
        return self.inbox / names.DRAIN_LOCK

    @property
    def unreadable(self) -> Path:
        """Lines that nobody could read, kept as they are."""
        return self.inbox / names.UNREADABLE

    def folders(self) -> list[Path]:
        """The folders of the vault that are there."""
        return [folder for folder in (self.home, self.inbox) if folder.is_dir()]

    def files(self) -> list[Path]:
        """The files of the vault that are there, side files of the database included."""
        known = [self.header, self.device_key, *self.home.glob("vault*.db*")]
        return [path for path in (*known, *self.inbox.glob("*")) if path.is_file()]

    @property
    def socket(self) -> Path:
        """The keeper's socket; named after the home, as two vaults may share a runtime folder."""
        mark = hashlib.sha256(str(self.home.absolute()).encode()).hexdigest()[:12]
        return self.runtime / f"keeper-{mark}.sock"
