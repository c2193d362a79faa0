"""Verdicts, packed."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

import tracemalloc
from datetime import datetime

import pytest

from upswing.exchange.ledger import PAGE, Ledger, Verdict


def verdict(number: int) -> Verdict:
    local = datetime(2024, 3, 1, 10, number % 60) if number % 3 else None
    return Verdict(f"entry {number}", "Größe \U0001f33f", local, "new", "" if number % 2 else "Why")


def ledger(many: int) -> Ledger:
    made = Ledger()
    for number in range(many):
        made.append(verdict(number))
    return made


@pytest.mark.parametrize("many", [0, 1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE])
def test_what_goes_in_comes_out(many: int) -> None:
    made, expected = ledger(many), [verdict(number) for number in range(many)]
    assert (list(made), len(made)) == (expected, many)
    assert [row for page in made.pages() for row in page] == [
        (each.where, each.outcome, each.reason, each.label) for each in expected
    ]
    assert made == ledger(many) != ledger(many + 1)


def test_places_are_those_of_a_list() -> None:
    made = ledger(PAGE + 3)
    assert (made[0], made[PAGE], made[-1]) == (verdict(0), verdict(PAGE), verdict(PAGE + 2))
    assert made[PAGE - 1 : PAGE + 1] == [verdict(PAGE - 1), verdict(PAGE)]
    with pytest.raises(IndexError):
        made[PAGE + 3]


def test_many_are_small() -> None:
    tracemalloc.start()
    try:
        made = ledger(20_000)
        assert len(made) == 20_000
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()
