"""What was typed, piped or written in the editor is shown again where it could not be written."""

from __future__ import annotations

import errno
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError

from doors.cli.terminal import Answer, Upswing
from making import setback
from upswing.accounts.models import User
from upswing.cli import heard
from upswing.errors import RuleError
from upswing.journeys import first_hour
from upswing.record import setbacks, trouble
from upswing.record.models import Item
from upswing.vault.errors import NotWritable

TEXT = "A heron stood in the river.\n\n    It was early, ärgerlich früh."
BEFORE = "What you typed is not lost. Here it is again:\n\n"
TROUBLES = {
    "database": (OperationalError("locked"), "The vault could not be read or written: locked."),
    "disk": (OSError(errno.ENOSPC, "No space left", "/x"), "/x: no space left."),
    "vault": (NotWritable("Upswing cannot write here."), "Upswing cannot write here."),
}
WAYS = ("piped", "typed", "edited")


@pytest.fixture(autouse=True)
def _one_command_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard, "_heard", [])


@pytest.fixture
def note(
    upswing: Upswing,
    owner: User,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Callable[[str, str], Answer]:
    """`note(WAY, TEXT)` leaves a note on a stone; the text comes by one of WAYS."""
    setback(owner)

    def leave(way: str, text: str) -> Answer:
        words = ["setback", "note", "goals"]
        if way == "typed":
            request.getfixturevalue("someone")
            return upswing(*words, typed=f"{text}\n\n")
        if way == "edited":
            (tmp_path / "text").write_text(text)
            monkeypatch.setenv("VISUAL", f"cp {shlex.quote(str(tmp_path / 'text'))}")
            return upswing(*words, "--edit")
        return upswing(*words, typed=text)

    return leave


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """From now on the verbs of a note and of a setback end with this error."""

    def with_(error: Exception) -> None:
        def verb(**_: object) -> None:
            raise error

        monkeypatch.setattr(first_hour, "note", verb)
        monkeypatch.setattr(first_hour, "tell", verb)

    return with_


def one_line(text: str) -> str:
    """As it can be typed at a prompt."""
    return text.replace("\n\n", "\n")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", TROUBLES)
def test_it_comes_back_with_the_sentence_below(
    note: Callable[[str, str], Answer],
    refuse: Callable[[Exception], None],
    way: str,
    what: str,
) -> None:
    error, sentence = TROUBLES[what]
    refuse(error)
    text = one_line(TEXT) if way == "typed" else TEXT
    answer = note(way, text)
    assert answer.code == 1
    assert answer.err.endswith(f"{BEFORE}{text}\n\n{sentence}\n")
    assert answer.err.count(BEFORE) == 1
    assert BEFORE not in answer.out  # which may be read by another program


@pytest.mark.parametrize("way", WAYS)
def test_a_no_of_a_rule_shows_nothing_again(
    note: Callable[[str, str], Answer], refuse: Callable[[Exception], None], way: str
) -> None:
    refuse(RuleError("body", "That is not how it goes."))
    answer = note(way, one_line(TEXT))
    assert answer.code == 1
    assert answer.err.endswith("That is not how it goes.\n")
    assert BEFORE not in answer.err


@pytest.mark.parametrize("way", WAYS)
def test_where_all_is_well_nothing_is_shown_again(
    note: Callable[[str, str], Answer], way: str
) -> None:
    answer = note(way, one_line(TEXT))
    assert answer.code == 0
    assert BEFORE not in answer.err + answer.out
    assert Item.objects.filter(kind="note", body=one_line(TEXT)).count() == 1


def test_words_of_the_command_line_can_still_be_seen_there(
    upswing: Upswing, owner: User, refuse: Callable[[Exception], None]
) -> None:
    setback(owner)
    refuse(OperationalError("locked"))
    answer = upswing("setback", "note", "goals", "A heron", typed="not read")
    assert answer.err == "The vault could not be read or written: locked.\n"


def test_a_pipe_with_nothing_in_it_is_not_shown(
    note: Callable[[str, str], Answer], refuse: Callable[[Exception], None]
) -> None:
    refuse(OperationalError("locked"))
    assert note("piped", " \n\n").err == "The vault could not be read or written: locked.\n"


@pytest.mark.usefixtures("someone")
def test_the_answers_to_questions_come_back_in_their_order(
    upswing: Upswing, owner: User, refuse: Callable[[Exception], None]
) -> None:
    refuse(OperationalError("locked"))
    answer = upswing(
        "setback", "new", typed="They said no\nBy letter, after four rounds\n\n\n7\n\n\n"
    )
    shown = "They said no\n\nBy letter, after four rounds\n\n7\n\n"
    assert answer.err.endswith(f"{BEFORE}{shown}The vault could not be read or written: locked.\n")


@pytest.mark.usefixtures("someone")
def test_the_words_to_lay_a_setback_down_come_back(
    upswing: Upswing, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    setback(owner)

    def closed(*_: object, **__: object) -> None:
        raise OperationalError("locked")

    monkeypatch.setattr(setbacks, "close", closed)
    assert (
        f"{BEFORE}It is over now\n\n" in upswing("setback", "close", typed="It is over now\n").err
    )


def test_what_a_terminal_would_obey_is_taken_out(
    note: Callable[[str, str], Answer], refuse: Callable[[Exception], None]
) -> None:
    refuse(OperationalError("locked"))
    err = note("piped", "one\x1b]0;owned\x07\ttwo\r\nthree\u202efour\x9b2J\nfive").err
    shown = "one\ufffd]0;owned\ufffd    two\nthree\ufffdfour\ufffd2J\nfive\n\n"
    assert f"{BEFORE}{shown}" in err


def test_it_is_shown_once_and_then_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    assert [heard.keep(text) for text in ("first", "  ", "second")] == ["first", "  ", "second"]
    heard.give_back()
    assert capsys.readouterr() == ("", f"{BEFORE}first\n\nsecond\n\n")
    heard.give_back()
    assert capsys.readouterr() == ("", "")


def test_the_sentence_of_a_full_disk_is_that_of_the_page(
    note: Callable[[str, str], Answer], refuse: Callable[[Exception], None]
) -> None:
    error = OperationalError("database or disk is full")
    cause = OSError()
    cause.sqlite_errorname = "SQLITE_FULL"  # type: ignore[attr-defined]
    error.__cause__ = cause
    refuse(error)
    assert note("piped", TEXT).err.endswith(f"{TEXT}\n\n{trouble.FULL}\n")
