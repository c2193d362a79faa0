"""The browser and the terminal at once: nobody is refused, and what each of them wrote is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from torture.killing import run_storm

pytestmark = pytest.mark.solo

WRITERS = 4


def test_two_tabs_and_two_terminals_do_not_get_in_each_others_way(
    times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    writes = times(60, 500)
    left = run_storm("side_storm", writes)
    kept = left["changed"] + left["written"]
    there = left["revisions"] + left["written"] - len(left["differing"])
    figure(
        "Two tabs and two terminals at once",
        tried=f"{WRITERS} × {writes} writes, half of them into the same entry",
        found=f"{WRITERS * writes - kept} errors, {there:,} of {kept:,} there, "
        f"{len(left['gone'])} texts lost or doubled, longest wait {left['longest']:.1f} s",
        bar="0 errors, all there; 5 s aimed at",
    )
    assert left["sound"], "one of them was refused"
    assert left["changed"] == left["revisions"] == WRITERS * writes / 2
    assert left["written"] == WRITERS * writes / 2
    assert (left["differing"], left["gone"], left["torn"]) == ([], [], [])
