"""Commands of the terminal, killed again and again, from two terminals at once.

`python -m torture.terminal_storm FOLDER KILLS STARTED` prints what is left as JSON. Each command is
the real one (`upswing.__main__.command`), forked instead of started; one in STARTED is a process of
its own, `python -m upswing …`, as a person starts it.

A kill counts where the command had not come to its end.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from torture.killing import (
    TRIES,
    code_of,
    die_after_commit,
    fork,
    new_word,
    note,
    noted,
    text_of,
)
from upswing import solo
from upswing.__main__ import command
from upswing.vault import keeper, lifecycle

IDLE_MINUTES = 120
KILLED, DOOMED = 0.5, 0.2  # of the commands: at any moment; right after a commit. The rest may end
FIRST_GUESS = 0.15  # seconds that a command takes, until it is known


@dataclass
class Terminal:
    """One terminal: its own setbacks, to change later, and how long each word takes here."""

    folder: Path
    started: int
    kills: int
    seconds: dict[tuple[str, bool], float] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    killed: int = 0
    ran: int = 0
    kept: int = 0

    def run(self, *words: str, typed: str = "") -> str | None:
        """Run `upswing WORDS…`; what it prints, or None where it was killed meanwhile."""
        self.ran += 1
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as into:
            into.write(typed.encode())
            into.seek(0)
            if not self._ends(words, into.fileno(), out.fileno()):
                self.killed += 1
                return None
            out.seek(0)
            return out.read().decode()

    def _ends(self, words: tuple[str, ...], into: int, out: int) -> bool:
        """Let it run or kill it; whether it came to its end, which has to be a good one."""
        alone = self.ran % self.started == 0
        fate = random.random() if self.killed < self.kills else 1
        commits = random.choice([1, 1, 2]) if KILLED <= fate < KILLED + DOOMED else 0
        child = fork(lambda: _become(words, into, out, alone=alone, commits=commits))
        began = time.monotonic()
        if fate < KILLED:
            time.sleep(random.uniform(0, 1.1 * self.seconds.get((words[0], alone), FIRST_GUESS)))
            os.kill(child, signal.SIGKILL)
        code = code_of(child)
        if code is not None and fate >= KILLED:
            self.seconds[words[0], alone] = time.monotonic() - began
        assert not code, f"upswing {words[0]} ended badly"
        return code is not None

    def tried(self) -> str:
        """A new word, about to be written."""
        word = new_word()
        note(self.folder / "tried", word)
        return word

    def acknowledged(self, word: str) -> None:
        """The command that wrote `word` came to its end."""
        self.kept += 1
        note(self.folder / "kept", word)


def _become(words: tuple[str, ...], into: int, out: int, *, alone: bool, commits: int) -> None:
    """Be the command `upswing WORDS…`; after so many commits it is killed, 0 means that it is not.

    alone: in a new process, which nothing can be done to from within.
    """
    os.dup2(into, 0)
    os.dup2(out, 1)
    if alone:
        os.execv(sys.executable, [sys.executable, "-m", "upswing", *words])  # noqa: S606
    if commits:
        die_after_commit(commits)
    sys.stdin, sys.stdout = (open(0, closefd=False), open(1, "w", closefd=False))  # noqa: SIM115
    sys.argv = ["upswing", *words]
    try:
        command()
    except SystemExit as end:
        sys.stdout.flush()
        os._exit(int(end.code or 0))


def write(terminal: Terminal) -> None:
    """Write by every verb that writes, until enough were killed and enough is kept."""
    verbs = [_log, _check_in, _tell, _tell, _note, _change, _change, _look]
    while terminal.killed < terminal.kills or terminal.kept < terminal.kills // 2:
        random.choice(verbs)(terminal)
        assert terminal.ran < TRIES * terminal.kills, "the kills come too late"
    note(terminal.folder / "killed", terminal.killed, terminal.ran)


def _log(terminal: Terminal) -> None:
    word = terminal.tried()
    if terminal.run("log", text_of(word)) is not None:
        terminal.acknowledged(word)


def _check_in(terminal: Terminal) -> None:
    word = terminal.tried()
    if terminal.run("checkin", "--mood", "4", text_of(word)) is not None:
        terminal.acknowledged(word)


def _tell(terminal: Terminal) -> None:
    word = terminal.tried()
    out = terminal.run("setback", "new", f"Told of {word}", "--more", text_of(word), "--json")
    if out is not None:
        terminal.acknowledged(word)
        terminal.ids[word], terminal.versions[word] = json.loads(out)["id"], 1


def _note(terminal: Terminal) -> None:
    if not terminal.ids:
        return
    word, about = terminal.tried(), random.choice(list(terminal.ids))
    if terminal.run("setback", "note", "mindset", text_of(word), "--setback", about) is not None:
        terminal.acknowledged(word)


def _change(terminal: Terminal) -> None:
    """Change a setback to its next version. One that was killed is made again as it was."""
    if not terminal.ids:
        return
    word = random.choice(list(terminal.ids))
    number = terminal.versions[word] + 1
    note(terminal.folder / "changing", word, number)
    typed = text_of(word, number)
    if terminal.run("edit", terminal.ids[word], "--stdin", typed=typed) is not None:
        note(terminal.folder / "changed", word, number)
        terminal.versions[word] = number


def _look(terminal: Terminal) -> None:
    """Look at Today, which delivers what was captured; it may not show what is not whole."""
    terminal.run("today")


def main(folder: Path, kills: int, started: int) -> dict[str, object]:
    paths = solo.paths()
    key = lifecycle.create(paths, passphrase=None)
    keeper.start(paths, key, IDLE_MINUTES)
    solo.open_record(key)
    _load()
    work: list[Callable[[], None]] = [
        lambda: write(Terminal(folder, started, kills // 2)),
        lambda: write(Terminal(folder, started, kills - kills // 2)),
    ]
    sound = [code_of(child) for child in [fork(each) for each in work]] == [0, 0]
    from torture import whole

    counts = [line.split(" ") for line in noted(folder / "killed")]
    result = whole.account(paths, key) | {
        "sound": sound,
        "killed": sum(int(killed) for killed, _ in counts),
        "commands": sum(int(ran) for _, ran in counts),
    }
    keeper.lock(paths)
    return result


def _load() -> None:
    """Load once what every command would load anew; then have nothing open."""
    from django.db import connection

    from upswing.cli import edit, setback, today  # noqa: F401

    connection.close()


if __name__ == "__main__":
    solo.wake()
    print(json.dumps(main(Path(sys.argv[1]), *map(int, sys.argv[2:4]))))
