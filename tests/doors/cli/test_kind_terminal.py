"""The exercises in being fair to oneself on a real terminal, in a process of their own."""

from __future__ import annotations

import json

import pytest

from doors.cli.conversation import conversation
from doors.cli.terminal import Machine

pytestmark = pytest.mark.solo


def kept(told: Machine) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(told.run("kind", "--json").out)["items"]
    return found


def test_two_voices_left_in_the_middle_and_finished(told: Machine) -> None:
    with conversation(told, "kind", "voices", "I ruined it. I always do.") as person:
        person.answer("How hard is it right now?", "11")
        person.wait("A whole number from 0 to 10, please.")
        person.answer("How hard is it right now?", "7")
        person.answer("How hard are you on yourself", "8")
        person.answer("answer something that you wrote earlier?", "")
        person.answer("would you not say to a friend?", "2")
        person.answer("what would a friend say", ".")
        person.wait("It waits where you left it.")
        assert person.end() == 0
    (waiting,) = kept(told)
    with conversation(told, "go-on", str(waiting["id"])[-8:]) as person:
        person.wait("I always do.")
        person.answer("", "Not in May.")
        person.answer("How hard is it now?", "5")
        person.answer("How hard are you on yourself now?", "4")
        person.wait("How it moved")
        person.wait("How well is this known to work?")
        assert person.end() == 0
    shown = told.run("show", str(waiting["id"]))
    assert "> I always do." in shown.out
    assert "Not in May." in shown.out


def test_the_letter(told: Machine) -> None:
    with conversation(told, "kind", "letter") as person:
        person.answer("How hard is it right now?", "7")
        person.answer("How hard are you on yourself", "")
        person.answer("what do you feel?", "They said no.", "")
        person.answer("Who else meets this", "Forty of us.", "")
        person.answer("to a good friend", "You prepared well.", "")
        person.answer("If the feeling were weather", "Drizzle.", "")
        person.answer("kind and honest ask you", "Call Sam.", "")
        person.answer("How hard is it now?", "5")
        person.answer("How hard are you on yourself now?", "")
        person.wait("How well is this known to work?")
        assert person.end() == 0
    (letter,) = kept(told)
    assert (letter["kind"], letter["title"]) == ("letter", "They said no.")


def test_own_name_talk_and_the_way_back_to_the_voice(told: Machine) -> None:
    with conversation(told, "kind", "talk") as person:
        person.answer("How hard is it right now?", "7")
        person.answer("How hard are you on yourself", "8")
        person.answer("How would you like to write?", "1")
        person.answer("What do friends call you?", "Ada")
        person.answer("Why does Ada feel this?", "<")
        for _ in range(2):
            person.answer("(Enter keeps it)", "")
        person.answer("How would you like to write?", "2")
        person.answer("What do friends call you?", "")
        person.answer("Why do I feel this?", "Three nos in a week.", "")
        person.answer("five years from now", "It passed.", "")
        person.answer("in the next hour", "Walk.", "")
        person.answer("How hard is it now?", "5")
        person.answer("How hard are you on yourself now?", "4")
        person.wait("How well is this known to work?")
        assert person.end() == 0


def test_the_break(told: Machine) -> None:
    with conversation(told, "kind", "break") as person:
        person.answer("How hard is it right now?", "7")
        person.answer("How hard are you on yourself", "8")
        person.answer("this is hard right now", "")
        person.answer("Somebody else is sitting", "")
        person.answer("May I be kind to myself", "")
        person.answer("a sentence come that fits", "")
        person.answer("How hard is it now?", "5")
        person.answer("How hard are you on yourself now?", "4")
        person.wait("How well is this known to work?")
        assert person.end() == 0
    (pause,) = kept(told)
    assert pause["title"] == "Self-compassion break"
