"""`kill -9` while the passphrase is changed: exactly one opens the vault, always."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from torture.killing import run_storm

pytestmark = pytest.mark.solo

MOST_LINES = 2000
OLD, NEW = ["the old passphrase"], ["the new passphrase"]
LEFT = ["inbox", "vault.json"]


def test_the_old_or_the_new_passphrase_opens_never_none(
    times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    kills = times(20, 200)
    left = run_storm("passphrase_storm", kills, 0)
    wrong = sum(len(opened) != 1 for opened in left["opened"])
    figure(
        "Killed while the passphrase is changed",
        tried=f"{left['killed']:,} × kill -9",
        found=f"{wrong} times not exactly one passphrase opened",
        bar="0 times",
    )
    assert (left["killed"], wrong) == (kills, 0)
    assert left["left"] == LEFT


def test_a_change_is_made_or_not_after_a_kill_at_any_line(figure: Callable[..., None]) -> None:
    left = run_storm("passphrase_storm", 0, MOST_LINES)
    opened = left["opened"]
    wrong = sum(each not in (OLD, NEW) for each in opened)
    figure(
        "Killed at each line of a change of the passphrase",
        tried=f"{len(opened) - 1} lines",
        found=f"{wrong} times not exactly one passphrase opened",
        bar="0 times",
    )
    assert left["through"], "there are more lines than were tried"
    changed = opened.index(NEW)
    assert opened == [OLD] * changed + [NEW] * (len(opened) - changed)
    assert 0 < changed < len(opened) - 1, "the change is not in the middle of the lines"
    assert left["left"] == LEFT
