"""The recovery sheet: what is on it, and what typing mistakes it finds."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.vault import lifecycle, recovery
from upswing.vault.errors import WrongSecret
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.recovery import ALPHABET, GROUPS

secrets = st.binary(min_size=20, max_size=20)


@given(secrets)
def test_a_code_holds_160_bits(secret: bytes) -> None:
    code = recovery.code_of(secret)
    assert code.secret == secret
    assert [len(group) for group in code.groups] == [5] * GROUPS
    assert recovery.read_code(code.text) == code


def test_new_codes_differ_and_do_not_show_in_a_repr() -> None:
    one, other = recovery.new_code(), recovery.new_code()
    assert one.text != other.text
    assert one.text not in repr(one)


@given(secrets, st.sampled_from(["lower", "spaces", "glued", "lines", "look-alikes"]))
def test_typing_is_forgiving(secret: bytes, way: str) -> None:
    code = recovery.code_of(secret)
    typed = {
        "lower": code.text.lower(),
        "spaces": "  " + code.text.replace("-", "  "),
        "glued": code.text.replace("-", ""),
        "lines": code.text.replace("-", "\n"),
        "look-alikes": code.text.replace("0", "o").replace("1", "I").replace("I", "l", 1),
    }
    assert recovery.read_code(typed[way]).secret == secret


@given(secrets, st.integers(0, GROUPS - 1), st.integers(0, 4), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_found_in_its_group(
    secret: bytes, group: int, place: int, sign: str
) -> None:
    groups = list(recovery.code_of(secret).groups)
    if groups[group][place] == sign:
        return
    groups[group] = groups[group][:place] + sign + groups[group][place + 1 :]
    with pytest.raises(WrongSecret, match=f"Group {group + 1} "):
        recovery.read_code("-".join(groups))


@given(secrets, st.integers(0, GROUPS - 1), st.integers(0, 4), st.integers(0, 4))
def test_two_swapped_signs_are_found(secret: bytes, group: int, one: int, other: int) -> None:
    groups = list(recovery.code_of(secret).groups)
    signs = list(groups[group])
    if signs[one] == signs[other]:
        return
    signs[one], signs[other] = signs[other], signs[one]
    groups[group] = "".join(signs)
    with pytest.raises(WrongSecret, match=f"Group {group + 1} "):
        recovery.read_code("-".join(groups))


@given(secrets, st.permutations(range(GROUPS)))
def test_groups_out_of_order_are_found(secret: bytes, order: list[int]) -> None:
    groups = recovery.code_of(secret).groups
    if list(order) == list(range(GROUPS)):
        return
    with pytest.raises(WrongSecret, match="typing mistake"):
        recovery.read_code("-".join(groups[place] for place in order))


@pytest.mark.parametrize("typed", ["", "ABCDE", "U" * 40, "é" * 40, "A" * 41])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(WrongSecret):
        recovery.read_code(typed)


def test_two_different_groups_are_asked() -> None:
    asked = {recovery.groups_to_ask() for _ in range(200)}
    assert all(1 <= one < other <= GROUPS for one, other in asked)
    assert len(asked) > 10


def test_the_sheet_opens_once_two_groups_were_typed_back(paths: VaultPaths, key: VaultKey) -> None:
    code = lifecycle.new_recovery_code()
    with pytest.raises(WrongSecret, match="no recovery"):
        lifecycle.open_with_recovery(paths, code.text)
    lifecycle.confirm_recovery(
        paths, key, code, {3: code.groups[2].lower(), 8: f" {code.groups[7]} "}
    )
    assert lifecycle.open_with_recovery(paths, code.text.lower()) == key


def test_nothing_is_written_until_both_groups_are_right(paths: VaultPaths, key: VaultKey) -> None:
    code = lifecycle.new_recovery_code()
    before = paths.header.read_bytes()
    for typed in ({}, {1: code.groups[0]}, {1: code.groups[0], 2: "AAAAA"}, {0: "", 9: ""}):
        with pytest.raises(WrongSecret):
            lifecycle.confirm_recovery(paths, key, code, typed)
    assert paths.header.read_bytes() == before


def test_a_new_sheet_replaces_the_old(paths: VaultPaths, key: VaultKey) -> None:
    codes = [lifecycle.new_recovery_code() for _ in range(2)]
    for code in codes:
        two = random.sample(range(1, GROUPS + 1), 2)
        lifecycle.confirm_recovery(paths, key, code, {n: code.groups[n - 1] for n in two})
    assert lifecycle.open_with_recovery(paths, codes[1].text) == key
    with pytest.raises(WrongSecret, match="does not open"):
        lifecycle.open_with_recovery(paths, codes[0].text)
