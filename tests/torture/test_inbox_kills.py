"""`kill -9` while lines are captured and drained: each is delivered once, and none stays behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from torture.killing import run_storm

pytestmark = pytest.mark.solo


def test_a_captured_line_is_delivered_once_whoever_is_killed(
    times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    kills = times(40, 200)
    left = run_storm("inbox_storm", kills)
    lost, doubled, torn = len(left["lost"]), len(left["doubled"]), len(left["torn"])
    figure(
        "Killed while capturing and delivering",
        tried=f"{left['killed']:,} × kill -9, {left['kept']:,} acknowledged lines",
        found=f"{lost} lost, {doubled} doubled, {torn} torn, {left['aside']} whole lines put aside",
        bar="0 of each",
    )
    assert left["killed"] == kills
    assert left["kept"] >= kills, "the storm has proved little"
    found = {name: left[name] for name in ("lost", "doubled", "unknown", "torn")}
    assert found == {name: [] for name in found}
    assert (left["aside"], left["left"]) == (0, False)
    assert left["sound"], "one who captures or drains ended by itself"
