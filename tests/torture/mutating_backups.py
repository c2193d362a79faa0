"""Backups changed from without, and from within by somebody who has the key.

Every bit of a backup is bound to its key, so whoever has not got that can only make one that is
refused. Whoever has it can make one that is sound and says anything: what it says is changed too.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from torture import mutating
from upswing.vault.backup import chunks, content, envelope
from upswing.vault.derive import derive
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey

CHUNK = chunks.CHUNK_BYTES + chunks.TAG_BYTES
SIZES = (0, 1, 2, 13, 255, 0xFFFF, 0x10000, 0x10001, 0x7FFFFFFF, 0xFFFFFFFF)
VERSIONS = (0, 2, 3, 256, 0xFFFF)
MAGICS = (
    bytes(8),
    b"\x89UPSWINF",
    b"UPSWING\x89",
    b"\x89PNG\r\n\x1a\n",
    b"SQLite f",
    b"PK\x03\x04....",
)
# A hundred gigabytes, a hundred years; and the same said otherwise.
COSTS: tuple[Any, ...] = (
    0, -1, 1, 7, 8, 11, 17, 8191, 262_145, 100_000_000, 1 << 31, 1 << 32, 1 << 63, 1 << 70, 1e9,
    3.0, True, None, "65536", [65536], {}, float("inf"),
)  # fmt: skip
COST_FIELDS = ("memory_kib", "passes", "lanes")
KINDS = ("passphrase", "recovery", "device", "keyring", "", "root", None)
KDFS: tuple[Any, ...] = (
    {"name": "hkdf-sha256"}, {"name": "argon2id"}, {"name": "none"}, {}, None, "argon2id", [],
    {"name": "argon2i", "memory_kib": 8192, "passes": 1, "lanes": 1},
)  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A sound backup, taken apart. described: its manifest; the rest of its content is database."""

    header: bytes
    body: bytes
    described: bytes
    database: bytes
    key: VaultKey

    @property
    def data(self) -> bytes:
        return started(self.header) + self.body


def opened(data: bytes, key: VaultKey) -> Opened:
    """Take a sound backup apart."""
    file = io.BytesIO(data)
    about, bound = envelope.read(file, "it")
    held = b"".join(chunks.unseal(file, about.content_key(key), bound, "it"))
    end = content.LENGTH_BYTES + int.from_bytes(held[: content.LENGTH_BYTES], "big")
    described, database = held[content.LENGTH_BYTES : end], held[end:]
    return Opened(bound[envelope.START.size :], data[len(bound) :], described, database, key)


def started(header: bytes) -> bytes:
    """A header behind its right beginning."""
    return envelope.START.pack(envelope.MAGIC, envelope.VERSION, len(header)) + header


def sealed(header: bytes, parts: list[bytes], key: VaultKey) -> bytes:
    """A backup of this header and content, as one writes it who has the key."""
    start = started(header)
    try:
        salt = envelope.read(io.BytesIO(start), "it")[0].salt
    except VaultError:
        salt = bytes(envelope.SALT_BYTES)
    wrapping = derive(key.data, salt=salt, purpose="backup")
    return start + b"".join(chunks.seal(parts, wrapping, start))


def with_length(described: bytes) -> bytes:
    return len(described).to_bytes(content.LENGTH_BYTES, "big") + described


# --- From without --------------------------------------------------------------------------------


def anywhere(whole: Opened, chance: Random) -> bytes:
    return mutating.mutated(whole.data, "text", chance)


def beginning(whole: Opened, chance: Random) -> bytes:
    """Bytes of the beginning, and then what followed it."""
    return mutating.mutated(started(whole.header), "text", chance) + whole.body


def lie(whole: Opened, chance: Random) -> bytes:
    """A wrong magic, version or length."""
    magic, version, size = envelope.MAGIC, envelope.VERSION, len(whole.header)
    what = chance.randrange(3)
    if what == 0:
        magic = chance.choice(MAGICS)
    elif what == 1:
        version = chance.choice(VERSIONS)
    else:
        size = chance.choice((*SIZES, size - 1, size + 1, 2 * size))
    start = envelope.START.pack(magic[:8], version, size)
    return start + whole.header + whole.body


def fields(whole: Opened, chance: Random) -> bytes:
    return started(mutating.mutated(whole.header, "json", chance)) + whole.body


def slots(whole: Opened, chance: Random) -> bytes:
    return started(_other_slots(whole.header, chance)) + whole.body


def _other_slots(header: bytes, chance: Random) -> bytes:
    """A slot that costs another sum, is of another kind, stands twice, or is not there."""
    told = json.loads(header)
    for _ in range(chance.choice(mutating.STEPS)):
        chance.choice(OF_A_SLOT)(told["slots"], chance)
    return json.dumps(told).encode()


def _dear(found: list[Any], chance: Random) -> None:
    for slot in found:
        if isinstance(slot["kdf"], dict) and slot["kdf"].get("name") == "argon2id":
            slot["kdf"][chance.choice(COST_FIELDS)] = chance.choice(COSTS)


def _other_way(found: list[Any], chance: Random) -> None:
    if found:
        chance.choice(found)["kdf"] = chance.choice(KDFS)


def _other_kind(found: list[Any], chance: Random) -> None:
    if found:
        chance.choice(found)["type"] = chance.choice(KINDS)


MOST_SLOTS = 100


def _more(found: list[Any], chance: Random) -> None:
    """Each of them again, and often; a hundred times a hundred would be a file of 300 MB."""
    copies = [json.loads(json.dumps(slot)) for slot in found[:MOST_SLOTS]]
    times = chance.choice((1, 4, 100))
    found.extend(copies * times if len(found) < MOST_SLOTS else copies)


def _fewer(found: list[Any], chance: Random) -> None:
    if found:
        found.pop(chance.randrange(len(found)))


def _traded(found: list[Any], chance: Random) -> None:
    """Two secrets of two slots change places; the order of all of them is another one."""
    chance.shuffle(found)
    if len(found) > 1:
        name = chance.choice(("salt", "nonce", "wrapped"))
        found[0][name], found[1][name] = found[1][name], found[0][name]


OF_A_SLOT: tuple[Callable[[list[Any], Random], None], ...] = (
    _dear, _dear, _other_way, _other_kind, _more, _fewer, _traded
)  # fmt: skip


def pieces(whole: Opened, chance: Random) -> bytes:
    """Chunks that are gone, come twice, or stand in another order; or something behind them."""
    parts = [whole.body[at : at + CHUNK] for at in range(0, len(whole.body), CHUNK)]
    extra = chance.choice((parts[-1], parts[0], b"x", bytes(CHUNK), whole.data))
    what = chance.randrange(4)
    if what == 0:
        del parts[chance.randrange(len(parts))]
    elif what == 1:
        parts.insert(chance.randrange(len(parts)), chance.choice(parts))
    elif what == 2:
        chance.shuffle(parts)
    else:
        parts.append(extra)
    return started(whole.header) + b"".join(parts)


# --- By somebody who has the key -----------------------------------------------------------------


def harmless(whole: Opened, chance: Random) -> bytes:
    """What may well be otherwise: the version, the moment, another salt, how the JSON is set."""
    told = json.loads(whole.header)
    told["app"] = chance.choice((told["app"], "0.0.1", "9.9.9", "1.0.0-rc.1+x"))
    told["made_at"] = chance.choice((told["made_at"], "1999-12-31T23:59:59Z"))
    told["salt"] = chance.choice((told["salt"], chance.randbytes(envelope.SALT_BYTES).hex()))
    order = chance.sample(list(told), len(told))
    header = json.dumps({name: told[name] for name in order}, indent=chance.choice((None, 0, 9)))
    return sealed(header.encode(), [with_length(whole.described), whole.database], whole.key)


def known_fields(whole: Opened, chance: Random) -> bytes:
    change = chance.choice((_other_slots, lambda data, dice: mutating.in_json(data, dice)))
    header = change(whole.header, chance)
    return sealed(header, [with_length(whole.described), whole.database], whole.key)


def known_manifest(whole: Opened, chance: Random) -> bytes:
    """A list of contents that says something else, or says that it is longer than it is."""
    described = with_length(mutating.mutated(whole.described, "json", chance))
    if chance.random() < 0.2:
        size = chance.choice((*SIZES, len(described)))
        described = size.to_bytes(content.LENGTH_BYTES, "big") + described[4:]
    return sealed(whole.header, [described, whole.database], whole.key)


def known_database(whole: Opened, chance: Random) -> bytes:
    """Another database, mostly with its right sum."""
    database = chance.choice((b"", b"SQLite format 3\0" + bytes(8176), chance.randbytes(8192)))
    if chance.random() < 0.8:
        database = mutating.mutated(whole.database, "text", chance)
    described = whole.described
    if chance.random() < 0.8:
        told = json.loads(described)
        sha256 = hashlib.sha256(database).hexdigest()
        told["database"] = {"bytes": len(database), "sha256": sha256}
        described = json.dumps(told).encode()
    return sealed(whole.header, [with_length(described), database], whole.key)


WITHOUT: tuple[Callable[[Opened, Random], bytes], ...] = (
    anywhere, beginning, beginning, lie, fields, fields, fields, slots, slots, slots, pieces
)  # fmt: skip
WITHIN: tuple[Callable[[Opened, Random], bytes], ...] = (
    harmless, harmless, known_fields, known_fields, known_manifest, known_database
)  # fmt: skip


def mutant(whole: Opened, chance: Random) -> tuple[bytes, bool]:
    """A changed backup, and whether it was made with its key."""
    within = chance.random() < 0.3
    return chance.choice(WITHIN if within else WITHOUT)(whole, chance), within


def asking(whole: Opened, cost: dict[str, Any]) -> bytes:
    """The backup with other numbers in the slot of its passphrase."""
    told = json.loads(whole.header)
    for slot in told["slots"]:
        if slot["type"] == "passphrase":
            slot["kdf"] |= cost
    return started(json.dumps(told).encode()) + whole.body
