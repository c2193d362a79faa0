"""A line that could not be sealed is shown again, so that what was typed is not lost."""

from __future__ import annotations

import errno
from typing import Any

import pytest

from upswing.vault import capture, seal
from upswing.vault.errors import DamagedVault, NotWritable
from upswing.vault.paths import VaultPaths
from vault.test_capture import Run, run

__all__ = ["run"]

TEXT = "They said no.\n\n    By letter, ärgerlich früh. 🙂"
ERRORS = {
    "no room": (NotWritable("Upswing cannot write here."), "Upswing cannot write here."),
    "no vault": (DamagedVault("It is damaged."), "It is damaged."),
    "no file": (OSError(errno.EMFILE, "Too many"), "The line could not be kept: Too many."),
}


@pytest.fixture(params=list(ERRORS))
def refused(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Nothing can be sealed; the sentence that says so."""
    error, sentence = ERRORS[request.param]

    def seal_line(*_: Any) -> None:
        raise error

    monkeypatch.setattr(seal, "seal_line", seal_line)
    return sentence


def shown(text: str, sentence: str) -> str:
    return f"{capture.GIVEN_BACK.format(text)}{sentence}\n"


def test_what_came_through_a_pipe_is_shown_again(run: Run, refused: str) -> None:
    done = run("log", "--mood", "3", piped=TEXT.encode())
    assert (done.code, done.out, done.kept) == (1, "", [])
    assert done.err == shown(TEXT, refused)


def test_what_was_typed_is_shown_again(run: Run, refused: str) -> None:
    done = run("log", typed="They said no.\nBy letter.\n\n")
    assert (done.code, done.kept) == (1, [])
    assert done.err == shown("They said no.\nBy letter.", refused)
    assert "Kept" not in done.out


@pytest.mark.parametrize("word", ["log", "checkin"])
def test_words_of_the_command_line_can_still_be_seen_there(
    run: Run, refused: str, word: str
) -> None:
    assert run(word, "They said no.", piped=b"not read").err == f"{refused}\n"


def test_a_check_in_of_numbers_has_no_words_to_show(run: Run, refused: str) -> None:
    assert run("checkin", typed="4\n\n7\n").err == f"{refused}\n"


def test_what_a_terminal_would_obey_is_blanked(run: Run, refused: str) -> None:
    piped = "one\x1b]0;owned\x07\ttwo\rthree\u202efour\x9b2J\nfive"
    assert run("log", piped=piped.encode()).err == shown(
        "one ]0;owned  two three four 2J\nfive", refused
    )


def test_what_was_not_understood_is_not_shown_again(run: Run) -> None:
    done = run("log", piped=b"x\x00y")
    assert done.refused(2, "zero byte")


def test_a_header_that_is_damaged_loses_no_line(run: Run, paths: VaultPaths) -> None:
    sound = paths.header.read_bytes()
    paths.header.write_bytes(b"{}")
    done = run("log", piped=TEXT.encode())
    assert done.err.startswith(capture.GIVEN_BACK.format(TEXT))
    assert done.err.endswith("is damaged.\n")
    paths.header.write_bytes(sound)
    assert run("log", piped=TEXT.encode()).only["text"] == TEXT
