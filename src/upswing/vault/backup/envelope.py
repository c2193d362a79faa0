"""The public beginning of a backup: whose it is, when it was made, and what opens it.

Anybody may have written it. It is bound to every chunk that follows, so once the key is known, a
change of any bit of it is found.
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from upswing.vault.derive import derive
from upswing.vault.errors import DamagedBackup, DamagedVault, ForeignBackup, NewerVault
from upswing.vault.key import ID_BYTES, VaultKey
from upswing.vault.slots import Slot, exactly, hex_bytes, slot_from_json, slot_json

MAGIC = b"\x89UPSWING"
VERSION = 1
START = struct.Struct(">8sHI")  # magic, version, bytes of the header
LARGEST_HEADER = 64 * 1024
SALT_BYTES = 32
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
APP = re.compile(r"[0-9A-Za-z.+-]{1,40}")
FIELDS = {"app", "made_at", "salt", "schema", "slots", "vault_id"}
HIGHEST_SCHEMA = 2**31 - 1

FOREIGN = "{} is not a backup of Upswing."
CUT = "{} is not whole: it ends too early. It was not used."
CHANGED = "{} is damaged: its beginning cannot be read. It was not used."
NEWER = "{} was made by a newer Upswing. Please update Upswing first; nothing was changed."


@dataclass(frozen=True)
class Envelope:
    """What a backup says of itself. made_at: UTC, whole seconds; schema: number of migrations."""

    vault_id: str
    app: str
    schema: int
    made_at: datetime
    slots: tuple[Slot, ...]
    salt: bytes

    def slot(self, kind: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.type == kind), None)

    def content_key(self, key: VaultKey) -> bytes:
        """The key of the chunks; another one for each backup, as its salt is."""
        return derive(key.data, salt=self.salt, purpose="backup")


def render(envelope: Envelope) -> bytes:
    """The first bytes of the file; all of them are bound to each chunk."""
    fields = {
        "app": envelope.app,
        "made_at": envelope.made_at.strftime(MOMENT),
        "salt": envelope.salt.hex(),
        "schema": envelope.schema,
        "slots": [slot_json(slot) for slot in envelope.slots],
        "vault_id": envelope.vault_id,
    }
    header = json.dumps(fields).encode()
    return START.pack(MAGIC, VERSION, len(header)) + header


def read(file: BinaryIO, name: str) -> tuple[Envelope, bytes]:
    """The envelope, and its bytes as they stand; `file` then stands at the first chunk.

    Raises ForeignBackup, DamagedBackup or NewerVault, each with one sentence about `name`.
    """
    start = file.read(START.size)
    if not start.startswith(MAGIC):
        cut = start and MAGIC.startswith(start)
        raise DamagedBackup(CUT.format(name)) if cut else ForeignBackup(FOREIGN.format(name))
    if len(start) < START.size:
        raise DamagedBackup(CUT.format(name))
    _, version, size = START.unpack(start)
    if version > VERSION:
        raise NewerVault(NEWER.format(name))
    if version < 1 or size > LARGEST_HEADER:
        raise DamagedBackup(CHANGED.format(name))
    header = file.read(size)
    if len(header) < size:
        raise DamagedBackup(CUT.format(name))
    return _parsed(header, name), start + header


def _parsed(header: bytes, name: str) -> Envelope:
    try:
        return _envelope(json.loads(header.decode("utf-8"), object_pairs_hook=_no_doubles))
    except (ValueError, RecursionError, DamagedVault):
        raise DamagedBackup(CHANGED.format(name)) from None


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field stands in it twice")
    return found


def _envelope(value: object) -> Envelope:
    """Raises ValueError or DamagedVault where a field is not what it should be."""
    fields = exactly(value, FIELDS, "a backup")
    app, schema, slots = fields["app"], fields["schema"], fields["slots"]
    if not isinstance(app, str) or not APP.fullmatch(app):
        raise ValueError("app")
    if type(schema) is not int or not 0 <= schema <= HIGHEST_SCHEMA:
        raise ValueError("schema")
    if not isinstance(slots, list) or not 0 < len(slots) <= 8:
        raise ValueError("slots")
    return Envelope(
        vault_id=hex_bytes(fields["vault_id"], ID_BYTES, "the vault's id").hex(),
        app=app,
        schema=schema,
        made_at=_moment(fields["made_at"]),
        slots=tuple(slot_from_json(slot) for slot in slots),
        salt=hex_bytes(fields["salt"], SALT_BYTES, "the salt"),
    )


def _moment(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("made_at")
    moment = datetime.strptime(value, MOMENT).replace(tzinfo=UTC)
    if moment.strftime(MOMENT) != value:
        raise ValueError("made_at")
    return moment


def look(path: Path) -> Envelope:
    """The envelope of the file `path`. Needs no key, so nothing in it is proved yet."""
    with path.open("rb") as file:
        return read(file, path.name)[0]
