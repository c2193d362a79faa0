"""Every exercise in the browser by keyboard alone, what comes back, and one handed over."""

from __future__ import annotations

import pytest

import walks
from browser import returning
from browser.fill import MONTH, THOUGHT, WEEK
from browser.hands import Keys
from browser.house import House
from browser.visitor import Reception
from browser.walking import Walker
from doors.cli.conversation import conversation
from doors.cli.person import Person
from doors.cli.terminal import Machine
from walks import WALKS, Walk

pytestmark = [pytest.mark.solo, pytest.mark.browser]

LESSON = "When We a date moves, then I will call Ana."


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.kind)
def test_an_exercise_by_keyboard_alone(own: House, reception: Reception, walk: Walk) -> None:
    visitor = reception.visitor(own)
    walker = Walker(visitor, Keys(visitor.page), walk)
    walker.whole(own.ids["setback"], back=walk.kind == "talk")


@pytest.mark.parametrize(
    ("kind", "title"), [("thought", THOUGHT["thought"]), ("thought", MONTH), ("verdict", WEEK)]
)
def test_it_comes_back_by_keyboard_alone(
    own: House, reception: Reception, kind: str, title: str
) -> None:
    visitor = reception.visitor(own)
    returning.said_again(visitor, Keys(visitor.page), walks.of(kind), title)


def test_a_lesson_comes_back_by_keyboard_alone(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    returning.lesson_comes_back(visitor, Keys(visitor.page), LESSON)


def test_a_way_around_a_factor_by_keyboard_alone(own: House, reception: Reception) -> None:
    visitor = reception.visitor(own)
    returning.factor_taken_up(visitor, Keys(visitor.page), own.ids["outside"])


def test_begun_at_a_terminal_and_finished_in_the_browser(own: House, reception: Reception) -> None:
    visitor, walk = reception.visitor(own), walks.of("voices")
    walker = Walker(visitor, Keys(visitor.page), walk)
    with conversation(Machine(own.folder), *walk.command) as terminal:
        person = Person(terminal, walk)
        person.step(1)
        person.step(2)
        person.half(3)
        assert terminal.end() == 0
    visitor.goto("/")
    walker.hands.press(walk.given["words"])
    walker.hands.press("Go on")
    for number, step in enumerate(walk.exercise.steps[2:], 3):
        walker.step(number, step)
    walker.after()


def test_begun_in_the_browser_and_finished_at_a_terminal(own: House, reception: Reception) -> None:
    visitor, walk = reception.visitor(own), walks.of("voices")
    walker = Walker(visitor, Keys(visitor.page), walk)
    walker.before(own.ids["setback"])
    for number, step in enumerate(walk.exercise.steps[:2], 1):
        walker.step(number, step)
    walker.hands.press("Enough for today")
    id_ = visitor.path.rstrip("/").rpartition("/")[2]
    with conversation(Machine(own.folder), "go-on", id_) as terminal:
        Person(terminal, walk).steps(3)
        terminal.wait("How well is this known to work?")
        assert terminal.end() == 0
    visitor.page.reload()
    walker.after()
