"""Slots: each keeps the vault key, wrapped by another secret. The slot is public, that is not."""

from __future__ import annotations

import json
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast, get_args

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from upswing.vault.derive import derive
from upswing.vault.errors import DamagedVault, VaultError, WrongSecret
from upswing.vault.key import KEY_BYTES, VaultKey

SlotType = Literal["passphrase", "recovery", "device", "keyring"]
TYPES: tuple[SlotType, ...] = get_args(SlotType)

SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
MIB = 1024  # KiB

FLOOR = 64 * MIB
CEILING = 256 * MIB
PASSES, MOST_PASSES = 3, 4
LANES = 4
AIM_SECONDS = 1.0

SHORTEST_PASSPHRASE = 8
LONGEST_PASSPHRASE = 1024


@dataclass(frozen=True)
class Argon2:
    """The cost of one guess at a passphrase; memory in KiB."""

    memory: int
    passes: int = PASSES
    lanes: int = LANES

    def reasonable(self) -> bool:
        """False for what a hostile header would ask for; the lowest values are there for tests."""
        memory = 8 * MIB <= self.memory <= CEILING
        return memory and 1 <= self.passes <= MOST_PASSES and 1 <= self.lanes <= 16


@dataclass(frozen=True)
class Slot:
    """One slot as it stands in the header; `cost` is None where the secret is random anyway."""

    type: SlotType
    cost: Argon2 | None
    salt: bytes
    nonce: bytes
    wrapped: bytes

    def describe(self) -> str:
        """The derivation in words."""
        if self.cost is None:
            return "HKDF-SHA256 over a random secret"
        memory = self.cost.memory // MIB
        return f"Argon2id, {memory} MiB, {self.cost.passes} passes, {self.cost.lanes} lanes"


def seconds_for(memory: int) -> float:
    """How long this machine takes for one derivation with `memory` KiB."""
    begin = time.perf_counter()
    _argon2(b"calibration", bytes(SALT_BYTES), Argon2(memory))
    return time.perf_counter() - begin


def calibrate(measure: Callable[[int], float] = seconds_for) -> Argon2:
    """The memory that takes about a second here, between 64 and 256 MiB.

    `measure` takes KiB and gives seconds; the time grows in proportion to the memory.
    """
    wanted = int(FLOOR * AIM_SECONDS / max(measure(FLOOR), 1e-6))
    return Argon2(min(CEILING, max(FLOOR, wanted // MIB * MIB)))


def passphrase_secret(passphrase: str) -> bytes:
    """The same bytes for the same passphrase, however a keyboard composes its accents."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def check_passphrase(passphrase: str) -> None:
    """Raise VaultError for a passphrase that is too short to protect anything, or absurdly long."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise VaultError(f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters.")
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise VaultError(f"A passphrase can have at most {LONGEST_PASSPHRASE} characters.")


def wrap(key: VaultKey, kind: SlotType, secret: bytes, cost: Argon2 | None = None) -> Slot:
    """A fresh slot in which `secret` opens `key`."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    bound = _bound_to(key.vault_id, kind, cost, salt)
    wrapped = AESGCM(_wrapping_key(kind, secret, cost, salt)).encrypt(nonce, key.data, bound)
    return Slot(kind, cost, salt, nonce, wrapped)


def unwrap(slot: Slot, vault_id: str, secret: bytes) -> VaultKey:
    """The key in `slot`; raises WrongSecret, which is also all that a tampered slot can tell."""
    wrapping = AESGCM(_wrapping_key(slot.type, secret, slot.cost, slot.salt))
    bound = _bound_to(vault_id, slot.type, slot.cost, slot.salt)
    try:
        return VaultKey(wrapping.decrypt(slot.nonce, slot.wrapped, bound), vault_id)
    except InvalidTag:
        raise WrongSecret(REFUSALS[slot.type]) from None


REFUSALS: dict[SlotType, str] = {
    "passphrase": "That passphrase does not open the vault.",
    "recovery": "That recovery code does not open this vault.",
    "device": "The device file does not open this vault.",
    "keyring": "What the keyring holds does not open this vault.",
}


def _argon2(secret: bytes, salt: bytes, cost: Argon2) -> bytes:
    return hash_secret_raw(
        secret,
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _wrapping_key(kind: SlotType, secret: bytes, cost: Argon2 | None, salt: bytes) -> bytes:
    if cost is not None:
        secret = _argon2(secret, salt, cost)
    return derive(secret, salt=salt, purpose=f"slot {kind}")


def _bound_to(vault_id: str, kind: SlotType, cost: Argon2 | None, salt: bytes) -> bytes:
    """What the wrapping authenticates: a slot moved to another vault or made cheaper won't open."""
    return canonical([vault_id, kind, kdf_json(cost), salt.hex()])


def canonical(value: object) -> bytes:
    """One spelling of a JSON value, to be authenticated."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def kdf_json(cost: Argon2 | None) -> dict[str, object]:
    if cost is None:
        return {"name": "hkdf-sha256"}
    return {
        "name": "argon2id",
        "memory_kib": cost.memory,
        "passes": cost.passes,
        "lanes": cost.lanes,
    }


def slot_json(slot: Slot) -> dict[str, object]:
    return {
        "type": slot.type,
        "kdf": kdf_json(slot.cost),
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
    }


def slot_from_json(value: object) -> Slot:
    """Read one slot; raises DamagedVault with a sentence for anything that wrap() never makes."""
    fields = exactly(value, {"type", "kdf", "salt", "nonce", "wrapped"}, "a slot")
    kind = fields["type"]
    if kind not in TYPES:
        raise DamagedVault("The vault's header names a kind of slot that does not exist.")
    cost = _cost_from_json(fields["kdf"])
    if (cost is not None) != (kind == "passphrase"):
        raise DamagedVault("A slot in the vault's header has a derivation that is not its own.")
    return Slot(
        type=kind,
        cost=cost,
        salt=hex_bytes(fields["salt"], SALT_BYTES, "a slot's salt"),
        nonce=hex_bytes(fields["nonce"], NONCE_BYTES, "a slot's nonce"),
        wrapped=hex_bytes(fields["wrapped"], KEY_BYTES + TAG_BYTES, "a slot's wrapped key"),
    )


def _cost_from_json(value: object) -> Argon2 | None:
    if value == {"name": "hkdf-sha256"}:
        return None
    fields = exactly(value, {"name", "memory_kib", "passes", "lanes"}, "a derivation")
    numbers = [fields[name] for name in ("memory_kib", "passes", "lanes")]
    if fields["name"] != "argon2id" or any(type(number) is not int for number in numbers):
        raise DamagedVault("The vault's header names a derivation that Upswing does not use.")
    cost = Argon2(*cast("list[int]", numbers))
    if not cost.reasonable():
        raise DamagedVault("The vault's header asks for an absurd amount of memory or time.")
    return cost


def exactly(value: object, names: set[str], what: str) -> dict[str, object]:
    """`value` as an object with just these names; raises DamagedVault."""
    if not isinstance(value, dict) or set(value) != names:
        raise DamagedVault(f"The vault's header is damaged: {what} has not the fields it should.")
    return cast("dict[str, object]", value)


def hex_bytes(value: object, size: int, what: str) -> bytes:
    """`value` as `size` bytes from lower-case hex; raises DamagedVault."""
    if isinstance(value, str) and len(value) == 2 * size and not set(value) - set(HEX_DIGITS):
        return bytes.fromhex(value)
    raise DamagedVault(f"The vault's header is damaged: {what} is not what it should be.")


HEX_DIGITS = "0123456789abcdef"
