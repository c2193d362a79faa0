"""Exercises at the terminal: one question at a time, back, enough for today, in both doors."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from doors.cli.terminal import Upswing
from making import entry, setback
from upswing.accounts.models import User
from upswing.cli import editor
from upswing.exercises.models import Work
from upswing.record.models import Link, Setback
from upswing.strategies.mindset.models import Thought

pytestmark = pytest.mark.usefixtures("someone")

# What is typed for each question of a thought record, an empty line ending what may be long.
THOUGHT = (
    "The mail came on Monday.\n\n"
    "I will never lead again\n\n80\n"
    "ashamed 70\nafraid 55\n\n"
    "6 11\n\n"
    "They said no.\n\n\nTwo teams went well.\n\n"
    "One no is one no\n\n55\nAsk Ada what she saw\n\n"
    "60\n40\n50\n"
)


@pytest.fixture
def about(owner: User) -> Setback:
    return setback(owner, "Turned down as lead")


def test_from_the_first_question_to_the_last(upswing: Upswing, about: Setback) -> None:
    answer = upswing("thought", "new", typed=THOUGHT)
    assert answer.code == 0, answer.out
    work = Thought.objects.get()
    assert work.finished_at
    assert work.item.setback == about
    assert work.answers["traps"] == ["fortune-telling", "labelling"]
    assert work.answers["emotions"] == [
        {"word": "ashamed", "strength": 70},
        {"word": "afraid", "strength": 55},
    ]
    assert [row["strength"] for row in work.answers["emotions_after"]] == [40, 50]
    assert "10 minutes" in answer.out.partition("1 of 7")[0]
    assert "How well is this known to work?" in answer.out.partition("Kept.")[2]
    assert "How well" not in answer.out.partition("Kept.")[0]


def test_the_thought_may_come_with_the_command(upswing: Upswing, about: Setback) -> None:
    typed = "The mail.\n\n80\n.\n"
    answer = upswing("thought", "new", "I", "am", "done", "--setback", "turned", typed=typed)
    assert answer.code == 0
    work = Thought.objects.get()
    assert (work.answers["thought"], work.answers["belief"]) == ("I am done", 80)
    assert work.reached == 2


def test_what_cannot_stand_is_asked_again_and_the_rest_stays(upswing: Upswing) -> None:
    typed = "\nThe mail.\n\nA thought\n\n101\nfive\n80\n.\n"
    answer = upswing("thought", "new", typed=typed)
    assert answer.out.count("A whole number from 0 to 100, please.") == 2
    assert "One sentence about the moment is enough." in answer.out
    work = Thought.objects.get()
    assert work.answers["belief"] == 80
    assert work.answers["thought"] == "A thought"


def test_the_way_back_inside_a_step_and_to_the_one_before(upswing: Upswing) -> None:
    typed = "The mail.\n\nA thougt\n\n<\nA thought\n\n80\n<\n<\nThe call.\n\n\n\n.\n"
    upswing("thought", "new", typed=typed)
    work = Thought.objects.get()
    assert work.answers["thought"] == "A thought"
    assert work.answers["belief"] == 80
    assert work.answers["situation"] == "The call."


def test_enough_keeps_the_lines_of_the_answer_that_was_begun(upswing: Upswing) -> None:
    answer = upswing("thought", "new", typed="The mail.\n\nFirst line\nsecond line\n.\n")
    assert answer.code == 0
    assert "Enough for today. It waits where you left it." in answer.out
    work = Thought.objects.get()
    assert (work.reached, work.answers["thought"]) == (1, "First line\nsecond line")
    assert f"upswing go-on {work.pk.hex[-8:]}" in answer.out


def test_enough_keeps_the_rows_that_were_begun(upswing: Upswing) -> None:
    upswing("thought", "new", typed="The mail.\n\nA thought\n\n80\nsad 70\n.\n")
    assert Thought.objects.get().answers["emotions"] == [{"word": "sad", "strength": 70}]


def test_the_end_of_the_input_is_enough_for_today(upswing: Upswing) -> None:
    assert upswing("thought", "new", typed="The mail.\n\nA thought").code == 0
    work = Thought.objects.get()
    assert work.reached == 1


def test_enough_before_anything_was_said(upswing: Upswing) -> None:
    answer = upswing("thought", "new", typed=".\n")
    assert "Nothing was written." in answer.out
    assert not Work.objects.exists()


def test_what_waits_is_listed_and_gone_on_with(upswing: Upswing) -> None:
    assert upswing("go-on").out == "Nothing waits in the middle.\n"
    upswing("thought", "new", typed="The mail.\n\n.\n")
    (short,) = upswing("go-on").ids
    assert "In the middle" in upswing().out
    assert upswing("go-on", "--json").data["items"][0]["kind"] == "thought"
    rest = THOUGHT.partition("\n\n")[2]
    answer = upswing("go-on", short, typed=rest)
    assert "1 of 7 steps are answered already." in answer.out
    assert Thought.objects.get().finished_at
    assert upswing("go-on").out == "Nothing waits in the middle.\n"


def test_going_on_keeps_an_answer_with_enter(upswing: Upswing) -> None:
    upswing("thought", "new", typed=THOUGHT)
    before = Thought.objects.get()
    answer = upswing("go-on", before.pk.hex[-8:], typed="\n" * 40)
    assert answer.code == 0
    assert Thought.objects.get().answers == before.answers


def test_begun_here_and_gone_on_with_in_the_browser(upswing: Upswing, web: Client) -> None:
    upswing("thought", "new", typed="The mail.\n\nI am\n.\n")
    work = Thought.objects.get()
    page = web.get(f"/exercises/{work.pk}/").content.decode()
    assert f'href="/exercises/{work.pk}/2/"' in page
    assert ">\nI am</textarea>" in web.get(f"/exercises/{work.pk}/2/").content.decode()
    web.post(f"/exercises/{work.pk}/2/", {"thought": "I am done", "belief": "90"})
    work.refresh_from_db()
    assert work.reached == 2


def test_begun_in_the_browser_and_gone_on_with_here(upswing: Upswing, web: Client) -> None:
    web.post("/exercises/thought/begin/", {"situation": "The mail came on Monday."})
    work = Thought.objects.get()
    answer = upswing("go-on", work.pk.hex[-8:], typed=THOUGHT.partition("\n\n")[2])
    assert answer.code == 0
    work.refresh_from_db()
    assert work.finished_at
    assert work.answers["situation"] == "The mail came on Monday."


def test_own_items_are_found_chosen_and_taken_away_again(upswing: Upswing, owner: User) -> None:
    win, thanks = entry(owner, "The launch went well"), entry(owner, "Ada sent thanks")
    start = "The mail.\n\nA thought\n\n80\nsad 70\n\n\n\n\n"
    answer = upswing("thought", "new", typed=f"{start}launch\n1\nthanks\n2\n1\n\n.\n")
    assert "The launch went well" in answer.out
    work = Thought.objects.get()
    assert work.answers["found_against"] == [str(win.pk)]  # the newest was the first to be shown
    upswing("go-on", work.pk.hex[-8:], typed="\nthanks\n2\n\n\n.\n")
    work.refresh_from_db()
    assert set(work.answers["found_against"]) == {str(thanks.pk), str(win.pk)}
    assert set(Link.objects.values_list("target", flat=True)) == {win.pk, thanks.pk}


def test_an_answer_from_the_editor(upswing: Upswing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "edited", lambda text: "Written in the editor")
    upswing("thought", "new", typed="e\n.\n")
    assert Thought.objects.get().answers["situation"] == "Written in the editor"


@pytest.mark.parametrize("words", [("thought", "show"), ("go-on",)])
def test_an_id_that_no_exercise_has(upswing: Upswing, owner: User, words: tuple[str, ...]) -> None:
    plain = entry(owner)
    for ending in ("deadbeef", plain.pk.hex[-8:]):
        answer = upswing(*words, ending)
        assert answer.code == 1
        assert "There is no item" in answer.err


def test_a_setback_that_is_none(upswing: Upswing) -> None:
    assert upswing("thought", "new", "--setback", "nowhere", typed=".\n").code == 1
    assert not Work.objects.exists()


# --- it comes back --------------------------------------------------------------------------------


@pytest.fixture
def due(upswing: Upswing, now: datetime) -> Thought:
    """A thought record that was finished a week ago."""
    upswing("thought", "new", typed=THOUGHT)
    work = Thought.objects.get()
    work.finished_at = now - timedelta(days=7)
    work.returns_on = now.date()
    work.save()
    return work


def test_today_names_what_comes_back(upswing: Upswing, due: Thought) -> None:
    out = upswing().out
    assert "Comes back today" in out
    assert "I will never lead again" in out
    assert upswing("today", "--json").data["comes_back"][0]["id"] == str(due.pk)
    assert upswing("thought", "again").ids == [due.pk.hex[-8:]]


def test_it_is_rated_again_and_only_then_shows_the_numbers(upswing: Upswing, due: Thought) -> None:
    answer = upswing("thought", "again", due.pk.hex[-8:], typed="45\n70\n")
    assert answer.code == 0
    before, _, after = answer.out.partition("Kept.")
    assert "80" not in before
    assert "55" not in before
    assert "before  after  7 days" in after
    assert [line.split()[-3:] for line in after.splitlines() if "thought" in line] == [
        ["80", "60", "45"],
        ["–", "55", "70"],
    ]
    due.refresh_from_db()
    assert [one["belief_again"] for one in due.returns] == [45]
    assert upswing("thought", "again").out == "Nothing comes back today.\n"


def test_bad_numbers_are_asked_again(upswing: Upswing, due: Thought) -> None:
    answer = upswing("thought", "again", due.pk.hex[-8:], typed="\n101\n45\n\n")
    assert "A number from 0 to 100, as it is now." in answer.out
    assert "A whole number from 0 to 100, please." in answer.out
    due.refresh_from_db()
    assert [(one["belief_again"], one["balanced_again"]) for one in due.returns] == [(45, None)]


def test_not_this_time_stays_and_a_skip_goes(upswing: Upswing, due: Thought) -> None:
    short = due.pk.hex[-8:]
    assert "It stays on Today." in upswing("thought", "again", short, typed=".\n").out
    assert upswing("thought", "again").ids == [short]
    assert upswing("thought", "again", short, "--skip").code == 0
    assert upswing("thought", "again").out == "Nothing comes back today.\n"
    due.refresh_from_db()
    assert due.returns == []


def test_the_list_and_one_of_them(upswing: Upswing, due: Thought) -> None:
    assert upswing("thought").ids == [due.pk.hex[-8:]]
    shown = upswing("thought", "show", due.pk.hex[-8:]).out
    assert "Still open\n  Ask Ada what she saw" in shown
    assert "before  after" in shown
    assert "They said no." in shown
    data = upswing("thought", "show", due.pk.hex[-8:], "--json").data
    assert data["answers"]["belief"] == 80
    assert upswing("thought", "--json").data["items"][0]["title"] == "I will never lead again"


def test_what_is_not_finished_cannot_be_rated_again(upswing: Upswing) -> None:
    upswing("thought", "new", typed="The mail.\n\n.\n")
    answer = upswing("thought", "again", Thought.objects.get().pk.hex[-8:])
    assert answer.code == 1
    assert "not finished yet" in answer.err
