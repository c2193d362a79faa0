"""The header's parser against everything that anybody could put in its place."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upswing.vault import header, lifecycle
from upswing.vault.errors import DamagedVault, NewerVault, VaultError
from upswing.vault.header import LARGEST
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

HEX = "0123456789abcdef"
SOUND: dict[str, Any] = {
    "format": "upswing vault",
    "version": 1,
    "vault_id": "ab" * 16,
    "inbox_public_key": "cd" * 32,
    "database": "vault-0a1b2c3d.db",
    "slots": [
        {
            "type": "passphrase",
            "kdf": {"name": "argon2id", "memory_kib": 65536, "passes": 3, "lanes": 4},
            "salt": "01" * 16,
            "nonce": "02" * 12,
            "wrapped": "03" * 48,
        },
        {
            "type": "device",
            "kdf": {"name": "hkdf-sha256"},
            "salt": "04" * 16,
            "nonce": "05" * 12,
            "wrapped": "06" * 48,
        },
    ],
    "mac": "ef" * 32,
}


def with_change(change: Any) -> bytes:
    fields = copy.deepcopy(SOUND)
    change(fields)
    return json.dumps(fields).encode()


def test_a_sound_header_is_read_and_written_alike() -> None:
    found = header.parse(json.dumps(SOUND).encode())
    assert [slot.type for slot in found.slots] == ["passphrase", "device"]
    assert json.loads(header.render(found)) == SOUND


def asks_for(**numbers: object) -> Any:
    return lambda fields: fields["slots"][0]["kdf"].update(numbers)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (asks_for(memory_kib=100 * 1024 * 1024), "absurd"),
        (asks_for(memory_kib=0), "absurd"),
        (asks_for(passes=10**9), "absurd"),
        (asks_for(lanes=0), "absurd"),
        (asks_for(memory_kib=True), "derivation"),
        (asks_for(memory_kib="65536"), "derivation"),
        (asks_for(memory_kib=65536.0), "derivation"),
        (asks_for(name="md5"), "derivation"),
        (lambda fields: fields["slots"][0].update(kdf={"name": "hkdf-sha256"}), "not its own"),
        (lambda fields: fields["slots"][1].update(type="passphrase"), "not its own"),
        (lambda fields: fields["slots"].append(fields["slots"][1]), "same kind"),
        (lambda fields: fields["slots"][1].update(type="owner"), "kind of slot"),
        (lambda fields: fields["slots"][1].update(type=["device"]), "kind of slot"),
        (lambda fields: fields["slots"][1].update(salt="AB" * 16), "salt"),
        (lambda fields: fields["slots"][1].update(nonce="ab"), "nonce"),
        (lambda fields: fields["slots"][1].update(extra=1), "fields"),
        (lambda fields: fields.update(slots=[]), "no slots"),
        (lambda fields: fields.update(slots={}), "no slots"),
        (lambda fields: fields.update(slots=[None]), "fields"),
        (lambda fields: fields.update(vault_id="ab" * 15), "id"),
        (lambda fields: fields.update(mac=7), "seal"),
        (lambda fields: fields.update(owner="me"), "fields"),
        (lambda fields: fields.pop("mac"), "fields"),
        (lambda fields: fields.update(format="other"), "what it is"),
        (lambda fields: fields.update(version="1"), "what it is"),
        (lambda fields: fields.update(version=True), "what it is"),
        (lambda fields: fields.update(version=0), "what it is"),
    ],
)
def test_a_hostile_header_is_damaged(change: Any, sentence: str) -> None:
    with pytest.raises(DamagedVault, match=sentence) as caught:
        header.parse(with_change(change))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"{" * 50_000,
        b"[" * 60_000,
        b'{"format": "upswing vault", "format": "upswing vault"}',
        b'{"version": ' + b"9" * 5000 + b"}",
        b" " * (LARGEST + 1),
    ],
)
def test_what_is_no_header_at_all_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedVault):
        header.parse(data)


def test_a_newer_header_is_newer_whatever_else_it_holds() -> None:
    with pytest.raises(NewerVault):
        header.parse(b'{"format": "upswing vault", "version": 2, "more": {}}')


def test_a_huge_header_is_not_read_whole(paths: VaultPaths, key: VaultKey) -> None:
    with paths.header.open("wb") as file:
        file.truncate(10 * 2**30)
    with pytest.raises(DamagedVault, match="larger"):
        header.read(paths)


def test_a_folder_in_place_of_the_header(paths: VaultPaths, key: VaultKey) -> None:
    paths.header.unlink()
    paths.header.mkdir()
    with pytest.raises(DamagedVault, match="folder"):
        header.read(paths)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.text(HEX, min_size=24, max_size=96),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(sorted(SOUND)), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to everything inside `value`."""
    if not isinstance(value, dict | list):
        return []
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for name, part in inside:
        found += [(*path, name), *places(part, (*path, name))]
    return found


@st.composite
def mutated(draw: st.DrawFn, sound: dict[str, Any] = SOUND) -> bytes:
    """A header with up to three parts replaced or removed, and now and then a byte flipped."""
    fields = copy.deepcopy(sound)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(places(fields) or [("format",)]))
        inside: Any = fields
        for step in way:
            inside = inside[step]
        if draw(st.booleans()):
            inside[last] = draw(anything)
        elif isinstance(inside, dict):
            inside.pop(last, None)
    data = bytearray(json.dumps(fields).encode())
    if draw(st.integers(0, 3)) == 0:
        data[draw(st.integers(0, len(data) - 1))] ^= 1 << draw(st.integers(0, 7))
    return bytes(data)


@given(mutated() | st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_only_vault_errors_come_out_of_a_mutated_header(data: bytes) -> None:
    try:
        found = header.parse(data)
    except VaultError:
        return
    assert header.parse(header.render(found)) == found


def test_a_mutated_header_never_opens_with_another_key(tmp_path: Path) -> None:
    paths = VaultPaths(tmp_path / "home", tmp_path / "run")
    key = lifecycle.create(paths, passphrase=None)
    sound = json.loads(paths.header.read_text())

    @given(mutated(sound))
    @settings(max_examples=100, deadline=None)
    def attempt(data: bytes) -> None:
        paths.header.write_bytes(data)
        try:
            assert lifecycle.open_with_device(paths) == key
        except VaultError:
            return
        assert header.render(header.parse(data)) == header.render(
            header.parse(json.dumps(sound).encode())
        )

    attempt()
