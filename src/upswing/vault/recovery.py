"""The recovery sheet: 160 random bits that a person can copy by hand and type back.

Eight groups of five signs in Crockford's base32 (no I, L, O, U). Each group carries four signs of
the code and one check sign, so a mistake is found in the group in which it was made.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import reduce

from upswing.vault.errors import WrongSecret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8
GROUP_DATA = 4
GROUP_SIGNS = GROUP_DATA + 1
SECRET_BYTES = 20
BITS = 5
LOOK_ALIKES = str.maketrans("OIL", "011")
FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


@dataclass(frozen=True, repr=False)
class RecoveryCode:
    """A code as it stands on the sheet; `groups` in order, numbered from 1 for people."""

    groups: tuple[str, ...]

    @property
    def text(self) -> str:
        return "-".join(self.groups)

    @property
    def secret(self) -> bytes:
        signs = "".join(group[:GROUP_DATA] for group in self.groups)
        number = reduce(lambda total, sign: total << BITS | ALPHABET.index(sign), signs, 0)
        return number.to_bytes(SECRET_BYTES, "big")

    def __repr__(self) -> str:
        return "<RecoveryCode>"


def new_code() -> RecoveryCode:
    return code_of(secrets.token_bytes(SECRET_BYTES))


def code_of(secret: bytes) -> RecoveryCode:
    """The code for 20 bytes."""
    number = int.from_bytes(secret, "big")
    count = GROUPS * GROUP_DATA
    signs = [ALPHABET[number >> BITS * (count - 1 - place) & 31] for place in range(count)]
    parts = ["".join(signs[at : at + GROUP_DATA]) for at in range(0, count, GROUP_DATA)]
    return RecoveryCode(
        tuple(part + _check_sign(part, place) for place, part in enumerate(parts, 1))
    )


def groups_to_ask() -> tuple[int, int]:
    """The numbers (from 1) of two different groups to be typed back."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, GROUPS + 1), 2))
    return first, second


def plain(typed: str) -> str:
    """What was typed, without case, spaces and hyphens, and with 0 for O, 1 for I and L."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return signs.translate(LOOK_ALIKES)


def read_code(typed: str) -> RecoveryCode:
    """The code that was typed; raises WrongSecret and says which group has a mistake."""
    signs = plain(typed)
    if len(signs) != GROUPS * GROUP_SIGNS:
        raise WrongSecret(
            f"A recovery code has {GROUPS} groups of {GROUP_SIGNS} signs;"
            f" {len(signs)} signs were typed in place of {GROUPS * GROUP_SIGNS}."
        )
    groups = [signs[at : at + GROUP_SIGNS] for at in range(0, len(signs), GROUP_SIGNS)]
    for place, group in enumerate(groups, 1):
        if not _holds(group, place):
            raise WrongSecret(f"Group {place} of the recovery code has a typing mistake.")
    return RecoveryCode(tuple(groups))


def _holds(group: str, place: int) -> bool:
    known = all(sign in ALPHABET for sign in group)
    return known and _check_sign(group[:GROUP_DATA], place) == group[GROUP_DATA]


def _check_sign(part: str, place: int) -> str:
    """Finds every single wrong sign, every swap of two in a group, and groups out of order.

    A weighted sum in GF(32) with a different weight for each place; the check sign weighs 1.
    """
    total = place
    weight = 1
    for sign in part:
        weight = _times(weight, 2)
        total ^= _times(weight, ALPHABET.index(sign))
    return ALPHABET[total]


def _times(one: int, other: int) -> int:
    """The product in GF(32)."""
    product = 0
    for bit in range(BITS):
        if other >> bit & 1:
            product ^= one << bit
    for bit in range(2 * BITS - 2, BITS - 1, -1):
        if product >> bit & 1:
            product ^= FIELD_POLYNOMIAL << (bit - BITS)
    return product
