"""What is known of a vault's backups, beside the vault: which were read back, what went wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime

from upswing.vault import files
from upswing.vault.errors import DamagedVault
from upswing.vault.paths import VaultPaths

LARGEST = 256 * 1024


@dataclass(frozen=True)
class Trouble:
    """Why the last backup could not be made, in a sentence."""

    at: datetime
    sentence: str


@dataclass(frozen=True)
class State:
    """last: the name of the last good backup; made_at: when; verified: names, and when each was
    last read back and found sound; trouble: of the last try, None where it went well. UTC."""

    last: str | None = None
    made_at: datetime | None = None
    verified: dict[str, datetime] = field(default_factory=dict)
    trouble: Trouble | None = None


def read(paths: VaultPaths) -> State:
    """The state on disk; one that is missing or unreadable knows of no backup."""
    try:
        return _parsed(json.loads(files.read_small(paths.backup_state, LARGEST)))
    except (FileNotFoundError, DamagedVault, ValueError, KeyError, TypeError, AttributeError):
        return State()


def _parsed(fields: dict[str, dict[str, str]]) -> State:
    last, trouble = fields["last"], fields["trouble"]
    return State(
        last["name"] if last else None,
        _moment(last["made_at"]) if last else None,
        {name: _moment(at) for name, at in fields["verified"].items()},
        Trouble(_moment(trouble["at"]), trouble["sentence"]) if trouble else None,
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment


def _write(paths: VaultPaths, state: State) -> None:
    last = {"name": state.last, "made_at": state.made_at.isoformat()} if state.made_at else None
    trouble = state.trouble
    whole = {
        "last": last,
        "verified": {name: at.isoformat() for name, at in state.verified.items()},
        "trouble": trouble and {"at": trouble.at.isoformat(), "sentence": trouble.sentence},
    }
    files.sweep(paths.backup_state)
    files.write_whole(paths.backup_state, json.dumps(whole, indent=1).encode() + b"\n")


def note_good(paths: VaultPaths, name: str, *, made_at: datetime, now: datetime) -> None:
    """The backup `name` was made and read back."""
    verified = read(paths).verified | {name: now}
    _write(paths, State(name, made_at, verified, None))


def note_verified(paths: VaultPaths, name: str, *, sound: bool, now: datetime) -> None:
    """The backup `name` was read back."""
    found = read(paths)
    others = {other: at for other, at in found.verified.items() if other != name}
    _write(paths, replace(found, verified=others | ({name: now} if sound else {})))


def note_gone(paths: VaultPaths, names: set[str]) -> None:
    """These backups were removed, as newer ones stand for them."""
    found = read(paths)
    left = {name: at for name, at in found.verified.items() if name not in names}
    _write(paths, replace(found, verified=left))


def note_trouble(paths: VaultPaths, sentence: str, *, now: datetime) -> None:
    """A backup could not be made."""
    _write(paths, replace(read(paths), trouble=Trouble(now, sentence)))


def note_new_key(paths: VaultPaths) -> None:
    """After a re-key no backup opens with what opens the vault, so the next one is due."""
    _write(paths, replace(read(paths), last=None, made_at=None))
