"""The exercises of the first stone on a real terminal, in a process of their own."""

from __future__ import annotations

import json

import pytest

from doors.cli.conversation import conversation
from doors.cli.terminal import Machine

pytestmark = pytest.mark.solo


def test_a_thought_left_in_the_middle_and_finished(told: Machine) -> None:
    with conversation(told, "thought", "new") as person:
        person.answer("Where were you", "The mail came on Monday.", "")
        person.answer("What went through your mind?", "I will never lead again", "")
        person.answer("How much do you believe it", "101")
        person.wait("A whole number from 0 to 100, please.")
        person.answer("How much do you believe it", "80")
        person.answer("Which feelings", "ashamed 70", ".")
        person.wait("It waits where you left it.")
        assert person.end() == 0
    (waiting,) = json.loads(told.run("go-on", "--json").out)["items"]
    assert waiting["setback"]["title"] == "Turned down as lead"
    with conversation(told, "go-on", waiting["id"][-8:]) as person:
        person.wait("2 of 7 steps are answered already.")
        person.answer("Which feelings", "")
        person.answer("Do you see one of these", "6")
        person.answer("Or another one", "")
        person.answer("What speaks for the thought?", "They said no.", "")
        person.answer("What in your own record", "")
        person.answer("What else speaks against it?", "<")
        person.answer("What in your own record", "")
        person.answer("What else speaks against it?", "Two teams went well.", "")
        person.answer("what is a fairer way", "One no is one no", "")
        person.answer("How much do you believe this one?", "55")
        person.answer("What would test this?", "Ask Ada", "")
        person.answer("the first thought now?", "60")
        person.answer("how strong are they now?", "40")
        person.wait("It comes back on")
        person.wait("How well is this known to work?")
        assert person.end() == 0
    shown = json.loads(told.run("thought", "show", waiting["id"], "--json").out)
    assert shown["answers"]["emotions_after"] == [{"word": "ashamed", "strength": 40}]
    assert shown["answers"]["belief"] == 80
    with conversation(told, "thought", "again", waiting["id"]) as person:
        asked = person.wait("“I will never lead again”")
        assert "80" not in asked
        person.answer("", "45")
        person.answer("And the fairer one?", "70")
        person.wait("How it moved")
        assert person.end() == 0
        assert "80     60" in person.seen


def test_from_a_verdict_to_a_learning_goal(told: Machine) -> None:
    with conversation(told, "thought", "verdict", "I am no leader") as person:
        person.answer("What would a camera have recorded?", "They chose somebody else.", "")
        person.answer("How much do you believe it", "90")
        person.wait("many small skills")
        person.answer("What of it was not in your hands?", "The budget", "")
        person.answer("Which skill did you once not have", "French, by talking", "")
        person.answer("What would you like to find out", "Find out what they look for")
        person.answer("How would you notice", "A second question")
        person.answer("Write to somebody", "It gets quieter after a week.", "")
        person.wait("6 words. Around 120 are suggested")
        person.answer("One plan for the goal", "Monday at nine", "call Ada")
        person.answer("How much do you believe the verdict now?", "50")
        person.answer("can be learned", "6")
        person.answer("one thing that would make me better", "5")
        person.answer("clumsy try", "7")
        person.wait("How it moved")
        assert person.end() == 0
    (kept,) = json.loads(told.run("thought", "--json").out)["items"]
    assert (kept["kind"], kept["title"]) == ("verdict", "I am no leader")
