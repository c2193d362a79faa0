"""Telling a setback, and everything that can be done with it afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from doors.cli.terminal import Upswing
from upswing.accounts.models import User
from upswing.record import setbacks
from upswing.record.models import Item, Note, Setback

ZONE = "Europe/Berlin"


@pytest.fixture
def told(owner: User, now: datetime) -> Setback:
    return setbacks.tell(owner=owner, now=now, zone=ZONE, title="Laid off from Kestrel", weight=8)


def test_one_sentence_is_enough(upswing: Upswing) -> None:
    answer = upswing("setback", "new", "Laid", "off", "from", "Kestrel")
    assert answer.code == 0
    assert "These are its eight stones" in answer.out
    assert "upswing checkin --setback" in answer.out
    assert Setback.objects.get().item.title == "Laid off from Kestrel"


def test_every_answer_as_an_option(upswing: Upswing) -> None:
    told = ["--kind", "layoff", "--when", "2026-11-20", "--more", "By mail."]
    felt = ["--weight", "7", "--lost", "income,2", "--still"]
    data = upswing("setback", "new", "Laid off", *told, *felt, "--json").data
    one = Setback.objects.select_related("item").get()
    assert data["id"] == str(one.pk)
    assert len(data["stones"]) == 8
    assert one.item.body == "By mail."
    assert one.item.happened_at == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert (one.sort, one.weight, one.weight_now) == ("layoff", 7, 7)
    assert (one.losses, one.course) == (["income", "identity"], "going_on")


def test_the_sentence_may_come_through_a_pipe(upswing: Upswing) -> None:
    assert upswing("setback", "new", "--over", typed="They chose Dana.\n").code == 0
    assert Setback.objects.get().course == "over"
    assert Setback.objects.get().item.title == "They chose Dana."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--when", "2026-02-30"], "There is no date “2026-02-30”."),
        (["--when", "the day when"], "“the day when” is not a date that I can read."),
        (["--weight", "11"], "How heavy it is goes from 0 to 10."),
        (["--kind", "doom"], "Choose a number from 1 to 7."),
        (["--lost", "income,keys"], "Choose a number from 1 to 6."),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence_and_nothing_is_kept(
    upswing: Upswing, words: list[str], sentence: str
) -> None:
    answer = upswing("setback", "new", "Laid off", *words)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(sentence)
    assert answer.err.count("\n") == 1
    assert not Setback.objects.exists()


def test_nothing_at_all_is_refused(upswing: Upswing) -> None:
    answer = upswing("setback", "new", typed="\n")
    assert answer.code == 1
    assert answer.err == "One sentence is enough. It cannot be empty.\n"


@pytest.mark.usefixtures("someone")
def test_one_question_at_a_time_with_a_way_back(upswing: Upswing) -> None:
    typed = ["", "First try", "<", "They chose Dana", "", "5", "2026-02-30", "", "12", "8", "", "2"]
    answer = upswing("setback", "new", typed="\n".join(typed) + "\n")
    assert answer.code == 0
    one = Setback.objects.select_related("item").get()
    assert (one.item.title, one.item.body) == ("They chose Dana", "")
    assert (one.sort, one.weight, one.course) == ("promotion", 8, "going_on")
    assert "There is no date “2026-02-30”." in answer.out
    assert "How heavy it is goes from 0 to 10." in answer.out


@pytest.mark.usefixtures("someone")
def test_whoever_stops_has_told_nothing(upswing: Upswing) -> None:
    answer = upswing("setback", "new", typed="They chose Dana\n")
    assert answer.code == 1
    assert answer.err.strip() == "Stopped."
    assert not Setback.objects.exists()


def test_the_list_for_a_newcomer(upswing: Upswing) -> None:
    assert "upswing setback new" in upswing("setback").out


def test_the_list_has_open_ones_first(upswing: Upswing, told: Setback, now: datetime) -> None:
    setbacks.close(told, now=now)
    setbacks.tell(owner=told.item.owner, now=now, zone=ZONE, title="Not promoted")
    out = upswing("setback").out
    assert out.index("Not promoted") < out.index("Laid off from Kestrel")
    assert "weighs 8 of 10 · laid down" in out
    titles = [each["title"] for each in upswing("setback", "--json").data["items"]]
    assert titles == ["Not promoted", "Laid off from Kestrel"]


def test_show_finds_it_by_words_or_id_or_takes_the_current_one(
    upswing: Upswing, told: Setback
) -> None:
    by_words = upswing("setback", "show", "kestrel")
    assert by_words.out == upswing("setback", "show", told.pk.hex[-8:]).out
    assert by_words.out == upswing("setback", "show").out
    assert "today · weighs 8 of 10" in by_words.out


def test_show_of_none_says_so(upswing: Upswing, told: Setback) -> None:
    answer = upswing("setback", "show", "otter")
    assert answer.code == 1
    assert "No setback has “otter” in its name." in answer.err


def test_edit_by_options_changes_only_what_is_given(upswing: Upswing, told: Setback) -> None:
    assert upswing("setback", "edit", "kestrel", "--weight", "4", "--title", "Laid off").code == 0
    told.refresh_from_db()
    assert (told.weight, told.weight_now) == (8, 4)
    assert Item.objects.get(pk=told.pk).title == "Laid off"


def test_edit_without_anything_and_without_a_terminal_is_a_usage_error(
    upswing: Upswing, told: Setback
) -> None:
    answer = upswing("setback", "edit")
    assert answer.code == 2
    assert answer.err == "Say what shall change. Try: upswing setback edit --help\n"


@pytest.mark.usefixtures("someone")
def test_edit_asks_and_enter_keeps_what_is_there(upswing: Upswing, told: Setback) -> None:
    answer = upswing("setback", "edit", typed="\nBy mail.\n\n\n3\n\n\n")
    assert answer.code == 0
    assert "Now: Laid off from Kestrel" in answer.out
    told.refresh_from_db()
    assert told.weight_now == 3
    kept = Item.objects.get(pk=told.pk)
    assert (kept.title, kept.body) == ("Laid off from Kestrel", "By mail.")


def test_close_and_reopen(upswing: Upswing, told: Setback) -> None:
    assert upswing("setback", "close", "--words", "It was a bad fit.").code == 0
    told.refresh_from_db()
    assert told.closed_at
    assert told.closing_words == "It was a bad fit."
    assert "It was a bad fit." in upswing("setback", "show", "kestrel").out
    assert upswing("setback", "reopen", "kestrel").code == 0
    told.refresh_from_db()
    assert told.closed_at is None


@pytest.mark.parametrize("stone", ["compassion", "2", "1.2", "Self-Comp"])
def test_a_note_on_a_stone(upswing: Upswing, told: Setback, stone: str) -> None:
    answer = upswing("setback", "note", stone, typed="You worked hard.\n")
    assert answer.code == 0
    note = Note.objects.select_related("item").get()
    assert (note.stone, note.item.body) == ("compassion", "You worked hard.")
    assert note.item.setback == told
    assert answer.ids == [note.pk.hex[-8:]]
    assert "● self-compassion" in upswing("setback", "show").out


@pytest.mark.usefixtures("someone")
def test_a_note_at_the_prompt_is_asked_for_with_the_stones_own_question(
    upswing: Upswing, told: Setback
) -> None:
    answer = upswing("setback", "note", "compassion", typed="You worked hard.\nReally.\n\n")
    assert "What would you say to a friend" in answer.err
    assert Note.objects.get().item.body == "You worked hard.\nReally."


def test_a_stone_that_is_none(upswing: Upswing, told: Setback) -> None:
    answer = upswing("setback", "note", "grit", "x")
    assert answer.code == 1
    assert answer.err.startswith("“grit” is not one of the eight stones: mindset,")


def test_an_empty_note_is_refused(upswing: Upswing, told: Setback) -> None:
    assert upswing("setback", "note", "goals").err.startswith("There is nothing written yet.")
    assert not Note.objects.exists()


def test_bytes_in_the_command_line_that_are_no_text(upswing: Upswing) -> None:
    answer = upswing("setback", "new", "caf\udce9")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "This text is not valid UTF-8, so it cannot be kept.\n"
    assert not Setback.objects.exists()
