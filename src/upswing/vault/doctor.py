"""How the vault is: versions, slots, sizes, permissions, inbox, and with the key its integrity."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from upswing.vault import header, lifecycle
from upswing.vault.backup import folder, state
from upswing.vault.errors import DamagedVault, NewerVault, VaultError
from upswing.vault.key import VaultKey
from upswing.vault.lifecycle import SlotInfo
from upswing.vault.paths import VaultPaths

OTHERS = 0o077
MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Versions:
    """What stands under the vault; "" where the engine does not say."""

    sqlcipher: str
    sqlite: str
    provider: str
    header: int


@dataclass(frozen=True)
class Backups:
    """The vault's own backups. size: bytes of all; last: name and moment of the last good one.

    trouble: why the last try failed, "" where it did not; that is no fault of the vault itself.
    """

    place: str
    count: int
    size: int
    last: tuple[str, datetime] | None
    trouble: str


@dataclass(frozen=True)
class Report:
    """One examination. Sizes in bytes; `checked` says whether the database was read with a key."""

    home: str
    vault_id: str
    versions: Versions
    slots: list[SlotInfo]
    sizes: dict[str, int]
    modes: dict[str, str]
    waiting: int
    unreadable: int
    checked: bool
    backups: Backups
    problems: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Nothing was found; without a key the database itself was not looked at."""
        return not self.problems


def examine(paths: VaultPaths, key: VaultKey | None) -> Report:
    """Look at everything and change nothing. Raises NoVault where there is no vault."""
    problems: list[str] = []
    found = _read_header(paths, key, problems)
    files = [*paths.folders(), *paths.files()]
    problems += [f"{path} can be read by others." for path in files if _mode(path) & OTHERS]
    checked = _check_database(paths, key, problems)
    return Report(
        home=str(paths.home),
        vault_id=found.vault_id if found else "",
        versions=_versions(),
        slots=[SlotInfo(slot.type, slot.describe()) for slot in found.slots] if found else [],
        sizes={_short(path, paths): path.stat().st_size for path in paths.files()},
        modes={_short(path, paths): f"{_mode(path):04o}" for path in files},
        waiting=_lines(paths.pending) + _lines(paths.draining),
        unreadable=_lines(paths.unreadable),
        checked=checked,
        backups=_backups(paths),
        problems=problems,
    )


def _read_header(
    paths: VaultPaths, key: VaultKey | None, problems: list[str]
) -> header.Header | None:
    try:
        found = header.read(paths)
        if key is not None:
            header.verify(found, key)
    except (DamagedVault, NewerVault) as error:
        problems.append(str(error))
        return None
    return found


def _backups(paths: VaultPaths) -> Backups:
    stored = folder.listing(paths)
    trouble = state.read(paths).trouble
    return Backups(
        place=str(paths.backups),
        count=len(stored),
        size=sum(one.size for one in stored),
        last=folder.last_good(paths),
        trouble=trouble.sentence if trouble else "",
    )


def _short(path: Path, paths: VaultPaths) -> str:
    return str(path.relative_to(paths.home))


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def _lines(path: Path) -> int:
    return sum(1 for line in path.read_bytes().split(b"\n") if line) if path.exists() else 0


def _versions() -> Versions:
    connection = _connect(":memory:", bytes(32))
    try:
        return Versions(
            sqlcipher=_pragma(connection, "cipher_version"),
            sqlite=_driver().sqlite_version,
            provider=_pragma(connection, "cipher_provider_version"),
            header=header.VERSION,
        )
    finally:
        connection.close()


def _check_database(paths: VaultPaths, key: VaultKey | None, problems: list[str]) -> bool:
    """Append what is wrong with the database; False where there was no key or no file to read."""
    try:
        lifecycle.refuse_plain(paths)
    except VaultError as error:
        problems.append(str(error))
        return False
    if key is None or not paths.database.exists():
        return False
    problems += _integrity(paths.database, key.data)
    return True


def _integrity(database: Path, key: bytes) -> list[str]:
    connection = _connect(str(database), key)
    found: list[str] = []
    try:
        found += _rows(connection, "cipher_integrity_check")
        found += [row for row in _rows(connection, "integrity_check") if row != "ok"]
    except _driver().DatabaseError as error:
        found.insert(0, f"it cannot be read whole, {error}")
    finally:
        connection.close()
    return [f"The database is damaged: {one}." for one in found[:MOST_PROBLEMS]]


def _driver() -> Any:
    from sqlcipher3 import dbapi2  # only a doctor or an unlocked command needs the engine

    return dbapi2


def _connect(database: str, key: bytes) -> Any:
    connection: Any = _driver().connect(database)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _rows(connection: Any, pragma: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}")]


def _pragma(connection: Any, name: str) -> str:
    return next(iter(_rows(connection, name)), "")
