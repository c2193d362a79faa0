"""A long JSON list, member by member."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.exchange import jsonstream
from upswing.exchange.jsonstream import members
from upswing.exchange.rows import ImportProblem


def read(data: bytes, key: str = "entries") -> list[Any]:
    return list(members(io.BytesIO(data), key))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(told=st.lists(VALUES), other=VALUES, spaced=st.booleans(), plain=st.booleans())
def test_it_reads_what_json_reads(told: list[Any], other: Any, spaced: bool, plain: bool) -> None:
    whole = {"first": other, "entries": told, "last": other}
    for part in (whole, told):
        data = json.dumps(part, indent=2 if spaced else None, ensure_ascii=plain).encode(
            "utf-8", "surrogatepass"
        )
        try:
            data.decode()
        except UnicodeDecodeError:
            continue
        assert read(data) == told


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_where_a_piece_ends_does_not_matter(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(jsonstream, "PIECE", size)
    told = [{"text": 'Grüße \U0001f33f \\ud83d "x"', "n": 1234567, "f": -1.5e3}, 12345, "x", []]
    assert read(json.dumps({"m": {"v": 1}, "entries": told}, ensure_ascii=False).encode()) == told
    assert read(b"\xef\xbb\xbf" + json.dumps(told).encode()) == told


def test_without_the_key_there_is_nothing() -> None:
    assert read(b'{"other": [1]}') == read(b'{"entries": {"x": 1}}') == read(b"{}") == []


@pytest.mark.parametrize(
    "data",
    [
        b"", b" ", b"{", b"[", b"12", b'"x"', b"nothing", b'{"a":1,}', b'{"a" 1}', b"{1}", b"[1] x",
        b'{"entries": [1]} x', b'{"entries": [1]', b"[" * 100_000, b"[" + b"9" * 5000 + b"]",
    ],
)  # fmt: skip
def test_what_is_broken_is_told(data: bytes) -> None:
    with pytest.raises(ImportProblem, match="broken or cut off"):
        read(data)


@pytest.mark.parametrize("data", [b"[1,", b"[1,]", b"[1 2]", b"[1}", b'{"entries":[1,"x'])
def test_the_place_of_the_break_is_told(data: bytes) -> None:
    with pytest.raises(ImportProblem, match="after entry 1;"):
        read(data)


def test_what_is_not_utf8_is_told() -> None:
    for data in (b'["\xff"]', b'["\xc3'):
        with pytest.raises(ImportProblem, match="not valid UTF-8"):
            read(data)


def test_a_member_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonstream, "LONGEST", 100_000)
    monkeypatch.setattr(jsonstream, "PIECE", 1000)
    stream = io.BytesIO(b'["' + b"x" * 5_000_000)
    with pytest.raises(ImportProblem, match="broken or cut off"):
        list(members(stream, "entries"))
    assert stream.tell() < 500_000


def test_memory_stays_flat() -> None:
    class Endless(io.RawIOBase):
        """Thirty megabytes of entries that are made while they are read."""

        def __init__(self) -> None:
            self.left = 3000

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            body = json.dumps({"text": "x" * 10_000}).encode()
            return b"[" + body if self.left == 2999 else b"," + body if self.left >= 0 else b""

    tracemalloc.start()
    try:
        with pytest.raises(ImportProblem, match="after entry 3000"):
            for _ in members(Endless(), "entries"):  # type: ignore[arg-type]
                pass
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
