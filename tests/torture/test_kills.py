"""`kill -9` while the page or a command writes: what was acknowledged is there, once and whole.

In the browser only what was answered as kept is acknowledged, in the terminal only what a command
wrote that came to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from torture.killing import run_storm

pytestmark = pytest.mark.solo

ALONE = 12  # one command in so many is a process of its own, the others are forked


def test_a_form_that_was_answered_as_kept_is_there_once_whenever_the_page_is_killed(
    times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    kills = times(50, 500)
    left = run_storm("web_storm", kills)
    _tell(figure, "Killed while writing in the browser", left)
    assert left["killed"] == kills
    _check(left)


def test_what_a_command_wrote_is_there_once_whenever_others_are_killed(
    times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    kills = times(50, 500)
    left = run_storm("terminal_storm", kills, ALONE)
    _tell(figure, "Killed while writing in the terminal", left)
    assert left["killed"] == kills
    _check(left)


def _tell(figure: Callable[..., None], name: str, left: dict[str, Any]) -> None:
    acknowledged = left["kept"] + left["changed"]
    figure(
        name,
        tried=f"{left['killed']:,} × kill -9, {acknowledged:,} acknowledged writes",
        found=f"{len(left['lost'])} lost, {len(left['doubled'])} doubled, {len(left['torn'])} torn,"
        f" {len(left['drafts_left'])} drafts of what was kept",
        bar="0 of each",
    )


def _check(left: dict[str, Any]) -> None:
    """Nothing that was acknowledged is missing, and nothing is there that nobody wrote."""
    assert left["kept"] >= left["killed"] // 2, "the storm has proved little"
    found = {name: left[name] for name in ("lost", "doubled", "unknown", "torn", "drafts_left")}
    assert found == {name: [] for name in found}
    assert left["sound"], "one who writes ended by itself"
