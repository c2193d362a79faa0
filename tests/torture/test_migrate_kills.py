"""`kill -9` while a newer Upswing changes the tables: the vault is as it was, or all new."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from torture.killing import run_storm

pytestmark = pytest.mark.solo

# With half a backup written, just before the commit, just after it.
THERE = [["before"], ["before"], ["after"]]


def test_a_vault_is_of_the_old_version_or_of_the_new_one_never_between(
    times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    kills, rows = times(12, 100), times(200, 1500)
    left = run_storm("migrate_storm", kills, rows)
    states, broken = left["states"], [each for each in left["backups"] if each != "whole"]
    figure(
        "Killed while the tables are changed",
        tried=f"{left['killed']:,} × kill -9, {rows:,} entries",
        found=f"{states['before']} as before, {states['after']} as after, "
        f"{states['between']} between, {len(broken)} of {len(left['backups'])} backups broken",
        bar="0 between, 0 broken",
    )
    assert (left["killed"], states["between"], broken) == (kills, 0, [])
    assert left["there"] == THERE
    assert left["ended"] == ["after"] * (1 + len(THERE)), "two at once could not upgrade it"
