"""Cells that no spreadsheet runs, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.exchange.cells import guarded, unguarded

RISKY = [
    "=1+1",
    "+49 170 1234567",
    "-2",
    "@name",
    "  =x",
    "\tx",
    "\rx",
    "\0x",
    "\n=x",
    "'=x",
    "''=x",
]
PLAIN = ["", "x", "'x", "1=1", "it's", "a\n=b", "'", "''", " '=x", "2026-11-22"]


@pytest.mark.parametrize("text", RISKY)
def test_what_could_run_gets_one_guard(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@given(st.text(alphabet="'=+-@\t\r\0 \nax", max_size=8))
def test_nothing_is_lost_and_nothing_can_run(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not cell.lstrip()[:1] or cell.lstrip()[0] not in "=+-@"
    assert cell[:1] not in ("\t", "\r", "\0")
