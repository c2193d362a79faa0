"""The vault's public header: which vault this is, its slots, and the public key of its inbox.

Everything in it may be read by anybody. The MAC tells, once the key is known, that nobody else
wrote it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from upswing.vault import current, files, names
from upswing.vault.derive import inbox_key, mac_key
from upswing.vault.errors import DamagedVault, NewerVault, NoVault
from upswing.vault.key import ID_BYTES, VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import (
    Slot,
    SlotType,
    canonical,
    exactly,
    hex_bytes,
    slot_from_json,
    slot_json,
)

FORMAT = "upswing vault"
VERSION = 1
LARGEST = 64 * 1024
MAC_BYTES = 32
PUBLIC_KEY_BYTES = 32
FIELDS = {"format", "version", "vault_id", "inbox_public_key", "database", "slots", "mac"}


@dataclass(frozen=True)
class Header:
    """One header as it stands on disk; `database` is the name of the file with the record."""

    vault_id: str
    inbox_public_key: bytes
    slots: tuple[Slot, ...]
    mac: bytes
    database: str = names.DATABASE

    def slot(self, kind: SlotType) -> Slot | None:
        return next((slot for slot in self.slots if slot.type == kind), None)

    def kinds(self) -> set[SlotType]:
        return {slot.type for slot in self.slots}


def new_header(key: VaultKey, slots: Iterable[Slot], database: str = names.DATABASE) -> Header:
    """The header of a new vault, signed."""
    public = inbox_key(key).public_key().public_bytes_raw()
    return sign(Header(key.vault_id, public, tuple(slots), bytes(MAC_BYTES), database), key)


def with_slot(header: Header, slot: Slot, key: VaultKey) -> Header:
    """`header` with `slot` in place of any other of its kind, signed."""
    others = tuple(other for other in header.slots if other.type != slot.type)
    return sign(replace(header, slots=(*others, slot)), key)


def without_slot(header: Header, kind: SlotType, key: VaultKey) -> Header:
    """`header` without its slot of this kind, signed."""
    others = tuple(other for other in header.slots if other.type != kind)
    return sign(replace(header, slots=others), key)


def sign(header: Header, key: VaultKey) -> Header:
    return replace(header, mac=_mac(header, key))


def verify(header: Header, key: VaultKey) -> None:
    """Raise DamagedVault where the header is not the one that a holder of `key` wrote."""
    if not hmac.compare_digest(header.mac, _mac(header, key)):
        raise DamagedVault("The vault's header was changed by something other than Upswing.")


def _mac(header: Header, key: VaultKey) -> bytes:
    return hmac.digest(mac_key(key), canonical(_signed_part(header)), "sha256")


def _signed_part(header: Header) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "vault_id": header.vault_id,
        "inbox_public_key": header.inbox_public_key.hex(),
        "database": header.database,
        "slots": [slot_json(slot) for slot in header.slots],
    }


def render(header: Header) -> bytes:
    """The bytes of vault.json."""
    whole = _signed_part(header) | {"mac": header.mac.hex()}
    return json.dumps(whole, indent=1).encode() + b"\n"


def parse(data: bytes) -> Header:
    """Read a header that anybody may have written.

    Raises DamagedVault or NewerVault, each with one sentence, and nothing else.
    """
    fields = _known_version(_json_object(data))
    fields = exactly(fields, FIELDS, "it")
    if not isinstance(found := fields["slots"], list) or not found:
        raise DamagedVault("The vault's header is damaged: it has no slots.")
    slots = tuple(slot_from_json(slot) for slot in found)
    if len({slot.type for slot in slots}) != len(slots):
        raise DamagedVault("The vault's header is damaged: two slots are of the same kind.")
    if not current.is_name(database := fields["database"]):
        raise DamagedVault("The vault's header is damaged: it names no database of Upswing's.")
    return Header(
        vault_id=hex_bytes(fields["vault_id"], ID_BYTES, "the vault's id").hex(),
        inbox_public_key=hex_bytes(fields["inbox_public_key"], PUBLIC_KEY_BYTES, "the inbox key"),
        slots=slots,
        mac=hex_bytes(fields["mac"], MAC_BYTES, "the seal"),
        database=database,
    )


def _json_object(data: bytes) -> dict[str, object]:
    if len(data) > LARGEST:
        raise DamagedVault("The vault's header is far larger than Upswing ever writes it.")
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_no_doubles)
    except (ValueError, RecursionError):
        raise DamagedVault("The vault's header cannot be read; it is damaged.") from None
    if not isinstance(value, dict):
        raise DamagedVault("The vault's header is damaged: it is not an object.")
    return value


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DamagedVault("The vault's header is damaged: a field stands in it twice.")
    return found


def _known_version(fields: dict[str, object]) -> dict[str, object]:
    version = fields.get("version")
    if fields.get("format") != FORMAT or type(version) is not int or version < 1:
        raise DamagedVault("The vault's header is damaged: it does not say what it is.")
    if version > VERSION:
        raise NewerVault("This vault was written by a newer Upswing; please update Upswing first.")
    return fields


def read(paths: VaultPaths) -> Header:
    """The header on disk; raises NoVault, DamagedVault, NewerVault or NotWritable."""
    try:
        return parse(files.read_small(paths.header, LARGEST))
    except FileNotFoundError:
        raise NoVault(
            f"There is no vault in {paths.home} yet. Make one with `upswing serve`"
            " or `upswing vault create`."
        ) from None
    except IsADirectoryError:
        raise DamagedVault("The vault's header is a folder where a file should be.") from None


def write(paths: VaultPaths, header: Header) -> None:
    """Put `header` on disk, whole or not at all; raises NotWritable. Needs the folder's lock."""
    files.sweep(paths.header)
    files.write_whole(paths.header, render(header))
