"""`upswing log` and `upswing checkin`: what they keep, what they refuse, what they never load."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from upswing import places
from upswing.vault import capture, inbox, lifecycle
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

RUN = "import sys, os; from upswing.vault import capture; code = capture.main("
RUN += "sys.argv[1:], os.environ, sys.stdin, sys.stdout, sys.stderr); "


class Terminal(io.TextIOWrapper):
    """Standard input with somebody sitting at it."""

    def isatty(self) -> bool:
        return True


class Outcome:
    """What one command did."""

    def __init__(self, code: int, out: str, err: str, kept: list[dict[str, Any]]) -> None:
        self.code, self.out, self.err, self.kept = code, out, err, kept

    @property
    def only(self) -> dict[str, Any]:
        (line,) = self.kept
        return line

    def refused(self, code: int, words: str) -> bool:
        """Whether it said no in one sentence with `words` in it, and kept nothing."""
        lines = self.err.splitlines()
        one = len(lines) == 1 and lines[0].endswith(".") and words in lines[0]
        return (self.code, self.kept, one) == (code, [], True)


Run = Callable[..., Outcome]


@pytest.fixture
def run(paths: VaultPaths, device_key: VaultKey) -> Run:
    """Run a command; `typed` is what a person types, `piped` what comes through a pipe."""

    def command(*argv: str, piped: bytes = b"", typed: str | None = None, **env: str) -> Outcome:
        data = io.BytesIO(piped if typed is None else typed.encode())
        stdin = (io.TextIOWrapper if typed is None else Terminal)(data, encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        environ = {"UPSWING_HOME": str(paths.home), "TZ": "Europe/Berlin", **env}
        code = capture.main(list(argv), environ, stdin, out, err)
        lines: list[dict[str, Any]] = []
        inbox.drain(paths, device_key, lambda line: lines.append(json.loads(line.payload)))
        return Outcome(code, out.getvalue(), err.getvalue(), lines)

    return command


EMPTY: dict[str, Any] = {
    "mood": None,
    "energy": None,
    "stress": None,
    "feelings": [],
    "tags": [],
    "setback": None,
}


def without_moment(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "at"}


def test_a_line_is_kept_with_its_moment_and_zone(run: Run) -> None:
    before = datetime.now(UTC)
    done = run("log", "They said no. #interview", "--mood", "2")
    assert done.code == 0
    assert done.out.startswith("Kept")
    assert done.out.count("\n") == 1
    assert without_moment(done.only) == EMPTY | {
        "v": 1,
        "word": "log",
        "zone": "Europe/Berlin",
        "text": "They said no. #interview",
        "mood": 2,
    }
    at = datetime.fromisoformat(done.only["at"])
    assert abs(at - before) < timedelta(seconds=30)
    assert at.tzinfo is not None
    assert "." in done.only["at"]


def test_all_options_of_log(run: Run) -> None:
    done = run(
        "log",
        "--mood=3",
        "--energy",
        "10",
        "--stress",
        "1",
        "--feel",
        "tired, a bit hopeful",
        "--feel",
        "calm",
        "--tag",
        "#work",
        "--tag",
        "a,b",
        "--setback",
        "the big project",
        "a",
        "line",
    )
    assert without_moment(done.only) == {
        "v": 1,
        "word": "log",
        "zone": "Europe/Berlin",
        "text": "a line",
        "mood": 3,
        "energy": 10,
        "stress": 1,
        "feelings": ["tired", "a bit hopeful", "calm"],
        "tags": ["work", "a", "b"],
        "setback": "the big project",
    }


def test_text_comes_through_a_pipe(run: Run) -> None:
    text = "\ufeff\nZwölf Boxkämpfer\n\n    indented\n\n"
    assert run("log", piped=text.encode()).only["text"] == "Zwölf Boxkämpfer\n\n    indented"


def test_a_pipe_is_not_read_where_text_is_given(run: Run) -> None:
    assert run("log", "given", piped=b"\xff\xff").only["text"] == "given"
    assert run("checkin", "4", piped=b"\xff\xff").only["mood"] == 4


def test_log_asks_at_a_terminal(run: Run) -> None:
    done = run("log", "--tag", "x", typed="first\nsecond\n\nnever read\n")
    assert done.only["text"] == "first\nsecond"
    assert "What happened?" in done.out


def test_nothing_typed_is_nothing_kept(run: Run) -> None:
    for word in ("log", "checkin"):
        done = run(word, typed="\n\n\n")
        assert (done.code, done.kept) == (0, [])
        assert "nothing was kept" in done.out


def test_a_mood_alone_is_no_entry(run: Run) -> None:
    assert run("log", "--mood", "4", typed="\n").kept == []


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["4"], {"mood": 4}),
        (["4", "3"], {"mood": 4, "energy": 3}),
        (["4", "3", "7", "slept badly"], {"mood": 4, "energy": 3, "stress": 7}),
        (["10", "slept badly"], {"mood": 10}),
        (["slept badly"], {}),
        (["4", "--stress", "2", "slept badly"], {"mood": 4, "stress": 2}),
        (["--feel", "calm", "1"], {"mood": 1, "feelings": ["calm"]}),
        (["4", "3", "7", "--", "--not an option"], {"mood": 4, "energy": 3, "stress": 7}),
    ],
)
def test_the_numbers_of_a_checkin(run: Run, argv: list[str], expected: dict[str, Any]) -> None:
    line = run("checkin", *argv).only
    text = line.pop("text")
    assert {name: line[name] for name in EMPTY} == EMPTY | expected
    assert text in ("", "slept badly", "--not an option")
    assert line["word"] == "checkin"


def test_checkin_asks_three_questions_that_can_be_skipped(run: Run) -> None:
    done = run("checkin", "a line", typed="4\n\n11\nseven\n7\n")
    assert (done.only["mood"], done.only["energy"], done.only["stress"]) == (4, None, 7)
    assert done.only["text"] == "a line"
    assert done.out.count("or Enter to skip") == 5


def test_checkin_stops_asking_at_the_end_of_input(run: Run) -> None:
    assert run("checkin", typed="4\n").only["mood"] == 4


def test_a_moment_in_words_is_resolved_when_it_is_typed(run: Run) -> None:
    at = datetime.fromisoformat(run("log", "x", "--at", "2026-01-15 18:30").only["at"])
    assert at == datetime(2026, 1, 15, 17, 30, tzinfo=UTC)
    yesterday = datetime.fromisoformat(run("checkin", "4", "--at", "yesterday 18:00").only["at"])
    assert timedelta(0) < datetime.now(UTC) - yesterday < timedelta(days=2)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["log", "x", "--mood", "0"], "from 1 to 10"),
        (["log", "x", "--mood", "11"], "from 1 to 10"),
        (["log", "x", "--mood", "4.5"], "from 1 to 10"),
        (["log", "x", "--mood", "٤"], "from 1 to 10"),
        (["log", "x", "--mood", "9" * 5000], "from 1 to 10"),
        (["log", "x", "--energy"], "needs a value"),
        (["log", "x", "--tag", " "], "needs a value"),
        (["log", "x", "--mood", "4", "--mood", "5"], "twice"),
        (["log", "x", "--colour", "red"], "--colour"),
        (["log", "x", "-m"], "-m"),
        (["log", "x", "--at", "2026-02-30"], "2026-02-30"),
        (["log", "x", "--at", "one fine day"], "one fine day"),
        (["log", "x", "--at", "2026-02-30T99:99"], "2026-02-30T99:99"),
        (["log", "x\x00y"], "zero byte"),
        (["log", "x\udcff"], "UTF-8"),
        (["log", "x", "--tag", "\udcff"], "UTF-8"),
        (["log", "--setback=\udcff", "x"], "UTF-8"),
        (["log", "x", "--tag", "t" * 81], "80 characters"),
        (["log", "x", "--tag", "t," * 51], "50 tags"),
        (["log", "x", "--feel", "f" * 41], "40 characters"),
        (["log", "x", "--feel", "f," * 21], "20 feeling words"),
        (["log", "x", "--setback", "s" * 301], "300 characters"),
        (["log", ""], "no text"),
        (["log", "  \n"], "no text"),
        (["checkin"], "number from 1 to 10"),
        (["checkin", ""], "number from 1 to 10"),
        (["checkin", "0"], "from 1 to 10"),
        (["checkin", "7", "-3"], "from 1 to 10"),
        (["checkin", "7.5"], "from 1 to 10"),
        (["checkin", "4", "--mood", "4"], "twice"),
        (["checkin", "--", "\udcff"], "UTF-8"),
    ],
)
def test_what_cannot_be_understood_is_refused(run: Run, argv: list[str], words: str) -> None:
    done = run(*argv)
    assert done.refused(2, words), done.err


def test_a_moment_to_come_is_refused(run: Run) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    assert run("log", "x", "--at", tomorrow).refused(2, "still to come")


def test_an_unknown_zone_is_said_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "zone_name", lambda environ: "Middle/Earth")
    done = run("log", "x", "--at", "2026-01-15 18:30")
    assert done.refused(2, "Middle/Earth")


def test_invalid_utf8_from_a_pipe_is_refused(run: Run) -> None:
    assert run("log", piped=b"caf\xe9").refused(2, "UTF-8")


def test_a_million_bytes_is_the_most(run: Run) -> None:
    assert len(run("log", piped=b"x" * 1_000_000).only["text"]) == 1_000_000
    assert run("log", piped=b"x" * 1_000_001).refused(2, "million bytes")
    assert run("log", "ü" * 500_001).refused(2, "million bytes")


def test_fifty_megabytes_are_not_even_read(run: Run) -> None:
    assert run("log", piped=b"x" * 50_000_000).refused(2, "million bytes")


@pytest.mark.parametrize("word", ["log", "checkin"])
@pytest.mark.parametrize("asks", ["--help", "-h"])
def test_help_says_what_the_shell_keeps(run: Run, word: str, asks: str) -> None:
    done = run(word, "x", asks)
    assert (done.code, done.err, done.kept) == (0, "", [])
    assert "history of the shell" in done.out
    assert f"`upswing {word}` alone asks" in done.out


def test_without_a_vault_it_says_what_to_do_before_it_asks(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    stdin = Terminal(io.BytesIO(b"a long text\n\n"))
    environ = {"UPSWING_HOME": str(tmp_path / "nowhere")}
    assert capture.main(["log"], environ, stdin, out, err) == 1
    assert out.getvalue() == ""
    assert "upswing vault create" in err.getvalue()
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_header_is_refused(run: Run, paths: VaultPaths) -> None:
    sound = paths.header.read_bytes()
    paths.header.write_bytes(b"{}")
    assert run("log", "x").refused(1, "damaged")
    paths.header.write_bytes(sound)


def test_ctrl_c_keeps_nothing(paths: VaultPaths, device_key: VaultKey) -> None:
    def interrupt(*_: object) -> str:
        raise KeyboardInterrupt

    stdin = Terminal(io.BytesIO())
    stdin.readline = interrupt  # type: ignore[method-assign]
    out, err = io.StringIO(), io.StringIO()
    environ = {"UPSWING_HOME": str(paths.home)}
    assert capture.main(["log"], environ, stdin, out, err) == 130
    assert "Nothing was kept." in err.getvalue()
    assert not inbox.pending(paths)


HEAVY = "argon2 argparse asyncio click dataclasses dateparser django email keyring pathlib"
HEAVY += " sqlcipher3 sqlite3 subprocess zoneinfo"


@pytest.mark.parametrize(
    "argv", [["log", "They said no. #interview", "--mood", "2"], ["checkin", "4", "3", "a line"]]
)
def test_nothing_heavy_is_loaded(tmp_path: Path, argv: list[str]) -> None:
    home = tmp_path / "home"
    key = lifecycle.create(VaultPaths(home, tmp_path), passphrase=None)
    tells = RUN + "print(code, *sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", tells, *argv],  # -S: only what Upswing itself loads
        capture_output=True,
        text=True,
        check=True,
        env={
            "UPSWING_HOME": str(home),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "LANG": "C.UTF-8",
        },
    )
    code, *loaded = done.stdout.splitlines()[-1].split()
    assert code == "0"
    assert "upswing" in loaded
    assert not set(HEAVY.split()) & set(loaded)
    assert inbox.drain(VaultPaths(home, tmp_path), key, lambda line: None).delivered == 1
