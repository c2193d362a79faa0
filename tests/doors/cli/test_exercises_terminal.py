"""Every exercise on a real terminal, in a process of its own, left in its middle and finished."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import walks
from doors.cli import typed
from doors.cli.conversation import conversation
from doors.cli.person import Person
from doors.cli.terminal import CHEAP, PASSPHRASE, Machine
from upswing.vault import keeper, lifecycle
from upswing.vault.paths import VaultPaths
from walks import WALKS, Walk

pytestmark = pytest.mark.solo

KNOWN = "How well is this known to work?"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A home with a setback, and something of one's own to be found."""
    machine = Machine(Path(tmp_path_factory.mktemp("m")))
    paths = VaultPaths(home=machine.home, runtime=machine.root / "run")
    key = lifecycle.create(paths, passphrase=PASSPHRASE, cost=CHEAP)
    lifecycle.set_device(paths, key)
    assert machine.run("setback", "new", "Turned down as lead", "--when", "2026-01-05").code == 0
    assert machine.run("log", walks.FOUND).code == 0
    yield machine
    keeper.lock(paths)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.kind)
def test_an_exercise_left_in_the_middle_and_finished(machine: Machine, walk: Walk) -> None:
    steps = walk.exercise.steps
    middle = len(steps) // 2 + 1
    with conversation(machine, *walk.command) as terminal:
        person = Person(terminal, walk)
        assert KNOWN not in terminal.wait(f"{walk.exercise.minutes} minutes")
        assert "< goes back" in terminal.wait("opens your editor")
        person.step(1)
        terminal.wait(f"2 of {len(steps)}")
        terminal.answer(next(typed.step(walk, 2))[0], "<")  # back, where all stands as it was
        person.step(1, stands=len(steps[0].questions))
        for number in range(2, middle):
            person.step(number)
        answered = person.half(middle)
        assert terminal.end() == 0
        assert KNOWN not in terminal.seen
    (waiting,) = machine.run("go-on", "--json").data["items"]
    assert waiting["setback"]["title"] == "Turned down as lead"
    with conversation(machine, "go-on", waiting["id"][-8:]) as terminal:
        terminal.wait(f"{middle - 1} of {len(steps)} steps are answered already.")
        Person(terminal, walk).steps(middle, stands=answered)
        terminal.wait("Kept.")
        terminal.wait(KNOWN)
        assert terminal.end() == 0
    assert machine.run("go-on", "--json").data["items"] == []
    _stands(machine, walk, waiting["id"])
    if walk.again:
        _comes_back(machine, walk, waiting["id"])


def _comes_back(machine: Machine, walk: Walk, id_: str) -> None:
    """What is asked when it comes back; the numbers of before are told only afterwards."""
    with conversation(machine, "thought", "again", id_) as terminal:
        for asked, lines in typed.again(walk):
            terminal.answer(asked, *lines)
        terminal.wait("How it moved")
        assert terminal.end() == 0
        asked, _, moved = terminal.seen.partition("Kept.")
    then = str(walk.given["belief"])
    assert then not in asked
    assert then in moved
    shown = machine.run("thought", "show", id_, "--json").data
    assert [{**one, **walk.again} == one for one in shown["returns"]] == [True]


def _stands(machine: Machine, walk: Walk, id_: str) -> None:
    """Everything that was answered stands there, and what was chosen is linked."""
    shown = machine.run("show", id_).out
    if walk.kind == "review":
        shown += machine.run("review", "show", id_, "--markdown").out
    said = " ".join(shown.split())
    missing = [words for words in walk.shown if words not in said]
    assert not missing, f"{missing} of {said}"
