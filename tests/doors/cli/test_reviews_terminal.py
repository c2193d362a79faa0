"""A review from the first question to the last at a pseudo-terminal, on a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from doors.cli.pseudo import converse
from doors.cli.terminal import Machine
from doors.cli.test_reviews import AFTER, BEFORE, FACTORS
from upswing.vault import keeper
from upswing.vault.paths import VaultPaths

pytestmark = pytest.mark.solo


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    assert machine.run("vault", "create", "--device").code == 0
    yield machine
    keeper.lock(VaultPaths(home=machine.home, runtime=machine.root / "run"))


def test_a_review_is_walked_left_and_gone_on_with(machine: Machine) -> None:
    machine.run("setback", "new", "They said no", "--when", "2026-01-05", "--weight", "4")
    left = BEFORE.split("\n")[:-1]
    first = converse(machine, ["review", "new", "The last round"], [*left, "."])
    assert "It waits where you left it." in first.out, first.out
    (item,) = machine.run("review").ids
    rest = (FACTORS + AFTER).split("\n")[:-1]
    second = converse(machine, ["go-on", item], rest)
    assert second.code == 0
    assert "How well is this known to work?" in second.out, second.out
    told = machine.run("review", "show", item, "--json").data
    assert told["finished_at"]
    assert [(one["name"], one["share"]) for one in told["factors"]] == [
        ("Asked too late", 60),
        ("The budget", 40),
    ]
    assert told["factors"][0]["lessons"] == ["When a date moves, then I will call Ana."]
    assert "When a date moves" in machine.run("lesson", "--all").out
