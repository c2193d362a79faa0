"""Every word of the terminal that writes into the record, while nothing can be written.

A point is one command under one fault. Each time: exit code 1 and one sentence, what was typed,
piped or written in the editor is shown again, nothing was written, and once there is room the same
command works. The vault's own files (backups, keys) are in test_disk_vault.py.
"""

from __future__ import annotations

import io
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from doors.cli.conftest import someone, upswing
from doors.cli.terminal import Answer, Upswing
from doors.web.conftest import door, launched, outside, vault, web
from promises.world import World
from torture import faults
from torture.faults import FAULTS, SAID, marks
from torture.test_disk_forms import LONG, world
from upswing.accounts.models import User
from upswing.cli import heard
from upswing.record.models import Batch, Item
from upswing.vault import capture, held, inbox
from upswing.vault.paths import VaultPaths

__all__ = ["door", "launched", "outside", "someone", "upswing", "vault", "web", "world"]
pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "A heron on the far side of the river"
WORDS = "It stood there for an hour, and then it was gone"
SHOWN_AGAIN = "What you typed is not lost. Here it is again:"
SMALL = LONG[: faults.SMALL - 500]  # the editor's own file has to fit where nothing else does
JOURNAL = f"[2024-03-01 10:00] {TITLE}.\n\n{LONG}\n"
TALLY = faults.Tally()


@dataclass(frozen=True)
class Command:
    """words: of a world and a journal to bring in. typed: what comes from standard input.

    wrote: what the editor leaves in its file. back: what has to be shown again, once each. asked:
    whether somebody sits at the terminal.
    """

    words: Callable[[World, Path], list[str]]
    typed: str = ""
    wrote: str = ""
    back: tuple[str, ...] = ()
    asked: bool = False
    needs_room: bool = True


def says(*words: str) -> Callable[[World, Path], list[str]]:
    return lambda world, journal: list(words)


def of(word: str, name: str, *more: str) -> Callable[[World, Path], list[str]]:
    """A word and the end of the id of one thing in the world."""
    return lambda world, journal: [word, getattr(world, name).pk.hex[-12:], *more]


COMMANDS = {
    "a setback, piped": Command(
        says("setback", "new", "--more", LONG), typed=f"{TITLE}\n", back=(TITLE,)
    ),
    "a setback, asked": Command(
        says("setback", "new"),
        typed=f"{TITLE}\n{LONG}\n2\n\n7\n\n\n",
        back=(f"{TITLE}\n\n{LONG}\n\n2\n\n7\n",),
        asked=True,
    ),
    "a setback, in words": Command(says("setback", "new", TITLE, "--more", LONG)),
    "a changed setback": Command(says("setback", "edit", "--more", LONG)),
    "a changed setback, asked": Command(
        says("setback", "edit"), typed=f"\n{LONG}\n\n\n\n\n\n", back=(LONG,), asked=True
    ),
    "a setback, laid down": Command(
        says("setback", "close"), typed=f"{WORDS}\n", back=(WORDS,), asked=True, needs_room=False
    ),
    "a setback, taken up": Command(says("setback", "reopen", "title"), needs_room=False),
    "a note, piped": Command(says("setback", "note", "goals"), typed=LONG, back=(LONG,)),
    "a note, typed": Command(
        says("setback", "note", "3"), typed=f"{LONG}\n{WORDS}\n\n", back=(LONG, WORDS), asked=True
    ),
    "a note, from the editor": Command(
        says("setback", "note", "7", "--edit"), wrote=SMALL, back=(SMALL,), needs_room=False
    ),
    "a note, in words": Command(says("setback", "note", "action", LONG)),
    "a changed text, piped": Command(of("edit", "entry"), typed=LONG, back=(LONG,)),
    "a changed text, from the editor": Command(
        of("edit", "entry", "--edit", "--tag", "heron"),
        wrote=SMALL,
        back=(SMALL,),
        needs_room=False,
    ),
    "a changed title": Command(of("edit", "entry", "--title", TITLE), needs_room=False),
    "a changed note": Command(of("edit", "note"), typed=LONG, back=(LONG,)),
    "a changed check-in": Command(of("edit", "felt", "--mood", "9"), needs_room=False),
    "into the trash": Command(of("trash", "entry"), needs_room=False),
    "out of the trash": Command(of("restore", "trashed"), needs_room=False),
    "an empty trash": Command(says("trash", "--empty", "--yes"), needs_room=False),
    "an empty trash, asked": Command(
        says("trash", "--empty"), typed="y\n", asked=True, needs_room=False
    ),
    "an import": Command(lambda world, journal: ["import", str(journal), "--yes"]),
    "an import, asked": Command(
        lambda world, journal: ["import", str(journal)], typed="y\n", asked=True
    ),
}


def points() -> list[Any]:
    """Every command under every fault that can meet it."""
    return [
        pytest.param(command, fault, id=f"{what}: {fault}", marks=marks(fault))
        for what, command in COMMANDS.items()
        for fault in FAULTS
        if fault != "full" or command.needs_room
    ]


@pytest.fixture(autouse=True)
def _one_command_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was heard before, and what is imported while files end early leaves no torn cache."""
    monkeypatch.setattr(heard, "_heard", [])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


@pytest.fixture(scope="module", autouse=True)
def _alone() -> Iterator[None]:
    yield
    faults.send_home()


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of another program, to be brought in."""
    path = tmp_path / "journal.txt"
    path.write_text(JOURNAL)
    return path


@pytest.fixture
def writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`writes(TEXT)`: whoever is at the editor leaves TEXT in its file."""

    def set_editor(text: str) -> None:
        (tmp_path / "text").write_text(text)
        program = tmp_path / "editor"
        program.write_text(f'#!/bin/sh\ncat {shlex.quote(str(tmp_path / "text"))} > "$1"\n')
        program.chmod(0o700)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", str(program))

    return set_editor


@pytest.mark.parametrize(("command", "fault"), points())
def test_a_command_says_so_and_works_again(
    upswing: Upswing,
    world: World,
    journal: Path,
    writes: Callable[[str], None],
    request: pytest.FixtureRequest,
    command: Command,
    fault: str,
) -> None:
    if command.asked:
        request.getfixturevalue("someone")
    writes(command.wrote)
    words, before = command.words(world, journal), faults.everything()
    with FAULTS[fault]():
        answer, other = upswing(*words, typed=command.typed), upswing("timeline")
    unchanged, sound = faults.everything() == before, faults.is_sound()
    again = upswing(*words, typed=command.typed)
    outcome = {
        "calm": (answer.code, other.code) == (1, 0) and _said(answer, fault),
        "given_back": _shown_again(answer, command),
        "whole": unchanged and sound and faults.is_sound(),
        "works": again.code == 0 and _written(before),
    }
    TALLY.note(**outcome)
    assert outcome == dict.fromkeys(outcome, True), answer.err[-500:]


def _said(answer: Answer, fault: str) -> bool:
    """Whether the last line is one of the sentences for `fault`, and no trace was printed."""
    return answer.err.splitlines()[-1] in SAID[fault] and "Traceback" not in answer.err


def _shown_again(answer: Answer, command: Command) -> bool:
    """Whether each text stands once under one heading; no heading where there is none.

    Above it the terminal itself may show what was typed at a prompt.
    """
    _, *shown = answer.err.split(SHOWN_AGAIN)
    once = all(each.count(text) == 1 for each in shown for text in command.back)
    return once and len(shown) == bool(command.back)


def _written(before: dict[str, list[Any]]) -> bool:
    """Whether something is there now, and nothing twice."""
    return faults.everything() != before and Item.objects.filter(body=LONG).count() <= 1


@pytest.mark.parametrize("fault", ["read-only", "locked"])
def test_an_import_is_taken_back_whole_or_stays(
    upswing: Upswing, world: World, journal: Path, fault: str
) -> None:
    upswing("import", str(journal), "--yes")
    batch, before = Batch.objects.get(file_name="journal.txt"), faults.everything()
    words = ("import", "--undo", batch.pk.hex[-12:], "--yes")
    with FAULTS[fault]():
        answer = upswing(*words)
    unchanged, again = faults.everything() == before, upswing(*words)
    outcome = {
        "calm": answer.code == 1 and _said(answer, fault),
        "given_back": SHOWN_AGAIN not in answer.err,
        "whole": unchanged and faults.is_sound(),
        "works": again.code == 0 and not Item.objects.filter(batch=batch).exists(),
    }
    TALLY.note(**outcome)
    assert outcome == dict.fromkeys(outcome, True), answer.err[-500:]


def captured(vault: VaultPaths, *argv: str, piped: str = "") -> Answer:
    """`upswing log` or `upswing checkin`, with `piped` on standard input."""
    out, err = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(piped.encode()), encoding="utf-8")
    code = capture.main(list(argv), {"UPSWING_HOME": str(vault.home)}, stdin, out, err)
    return Answer(code, out.getvalue(), err.getvalue())


@pytest.mark.solo
@pytest.mark.parametrize(
    ("words", "piped"),
    [(["log", "--mood", "3"], LONG), (["log", LONG], ""), (["checkin", "4", LONG], "")],
)
def test_a_captured_line_says_so_and_works_again(
    vault: VaultPaths, owner: User, words: list[str], piped: str
) -> None:
    assert captured(vault, "log", "kept before").code == 0
    before = vault.pending.read_bytes()
    with faults.files_end_at(faults.SMALL):
        answer = captured(vault, *words, piped=piped)
    unchanged = vault.pending.read_bytes() == before
    again = captured(vault, *words, piped=piped)
    report = inbox.drain(vault, held.held(), lambda line: None)
    outcome = {
        "calm": answer.code == 1 and answer.err.splitlines()[-1].startswith("Upswing cannot write"),
        "given_back": answer.err.count(LONG) == bool(piped),
        "whole": unchanged and report.unreadable == 0,
        "works": again.code == 0 and report.delivered == 2,
    }
    TALLY.note(**outcome)
    assert outcome == dict.fromkeys(outcome, True), answer.err[-500:]


@pytest.mark.parametrize("fault", [pytest.param(each, marks=marks(each)) for each in FAULTS])
def test_a_line_is_captured_while_the_record_cannot_be_written(
    vault: VaultPaths, world: World, fault: str
) -> None:
    before = faults.everything()
    with FAULTS[fault]():
        answer = captured(vault, "log", WORDS)
    report = inbox.drain(vault, held.held(), lambda line: None)
    outcome = {
        "calm": (answer.code, answer.err) == (0, ""),
        "given_back": True,
        "whole": faults.everything() == before and faults.is_sound(),
        "works": (report.delivered, report.unreadable) == (1, 0),
    }
    TALLY.note(**outcome)
    assert outcome == dict.fromkeys(outcome, True), answer.err[-500:]


def test_what_all_commands_came_to(figure: Callable[..., None]) -> None:
    TALLY.tell(figure, "Disk full, read-only, locked: words of the terminal")
