"""The beginning of a backup may be written by anybody: a wrong one is refused in a sentence."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.vault.backup import envelope
from upswing.vault.backup.envelope import Envelope
from upswing.vault.errors import DamagedBackup, VaultError

SLOT = {
    "type": "passphrase",
    "kdf": {"name": "argon2id", "memory_kib": 65536, "passes": 3, "lanes": 4},
    "salt": "01" * 16,
    "nonce": "02" * 12,
    "wrapped": "03" * 48,
}
SOUND: dict[str, Any] = {
    "app": "0.1.0",
    "made_at": "2026-11-22T18:00:00Z",
    "salt": "0a" * 32,
    "schema": 3,
    "slots": [SLOT],
    "vault_id": "ab" * 16,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
FIELD = st.sampled_from([*SOUND, "more"])


def with_start(header: bytes, version: int = 1) -> bytes:
    return envelope.START.pack(envelope.MAGIC, version, len(header)) + header


def read(data: bytes) -> Envelope | None:
    """What is read from `data`; None where it is refused in a sentence. Nothing else may happen."""
    try:
        return envelope.read(io.BytesIO(data), "a file")[0]
    except VaultError as error:
        sentence = str(error)
    assert sentence.startswith("a file ")
    assert sentence.endswith(".")
    return None


def test_a_sound_one_is_read_and_written_alike() -> None:
    data = with_start(json.dumps(SOUND).encode())
    found = read(data)
    assert found is not None
    assert envelope.render(found) == data


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    assert read(data) is None


@given(st.binary(max_size=300))
def test_any_bytes_behind_a_right_start(data: bytes) -> None:
    assert read(with_start(data)) is None


@given(JSON)
def test_any_json(value: Any) -> None:
    assert read(with_start(json.dumps(value).encode())) is None


@given(FIELD, JSON)
def test_any_value_in_any_field(name: str, value: Any) -> None:
    found = read(with_start(json.dumps(SOUND | {name: value}).encode()))
    if found is not None:
        again = json.loads(envelope.render(found)[envelope.START.size :])
        assert again == SOUND | {name: value}


@given(st.integers(0, 65535), st.integers(0, 2**32 - 1))
def test_any_version_and_length(version: int, size: int) -> None:
    start = envelope.START.pack(envelope.MAGIC, version, size)
    assert read(start + b"{}") is None


@pytest.mark.parametrize(
    "change",
    [
        {"slots": [SLOT | {"kdf": {**SLOT["kdf"], "memory_kib": 100_000_000}}]},  # type: ignore[dict-item]
        {"slots": []},
        {"slots": [SLOT] * 9},
        {"app": "../../etc"},
        {"app": "x" * 41},
        {"made_at": "2026-11-22T18:00:00+01:00"},
        {"made_at": "2026-02-30T18:00:00Z"},
        {"made_at": "2026-1-1T1:00:00Z"},
        {"schema": -1},
        {"schema": True},
        {"schema": 2**31},
        {"salt": "0A" * 32},
    ],
)
def test_what_is_out_of_bounds(change: dict[str, Any]) -> None:
    assert read(with_start(json.dumps(SOUND | change).encode())) is None


def test_a_field_twice_and_a_deep_nest() -> None:
    twice = json.dumps(SOUND).encode().replace(b'"schema": 3', b'"schema": 3, "schema": 3')
    assert read(with_start(twice)) is None
    assert read(with_start(b"[" * 60_000)) is None


def test_a_header_far_too_long_is_not_read() -> None:
    start = envelope.START.pack(envelope.MAGIC, 1, 2**32 - 1)
    with pytest.raises(DamagedBackup):
        envelope.read(io.BytesIO(start), "a file")
