"""`upswing demo` as its own process: closed to others, away from one's own vault, and removed."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from upswing.demo.main import main
from upswing.vault import keeper
from upswing.vault.paths import VaultPaths

FOLDER = re.compile(r"a made-up year in (/\S+),")


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A demo that is being served, with a home and a database that are none of its business."""
    own = {"UPSWING_HOME": str(tmp_path / "own"), "UPSWING_DATABASE": "postgresql://own.invalid/x"}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "upswing", "demo", "--no-browser", "--days", "8"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **own},
    )
    yield process
    process.kill()
    process.wait()


def read_until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout is not None
    heard = ""
    while word not in heard:
        line = process.stdout.readline()
        assert line, f"it ended before it said {word!r}: {heard}"
        heard += line
    return heard


@pytest.mark.solo
def test_it_serves_a_closed_throw_away_vault_and_removes_it(
    started: subprocess.Popen[str], tmp_path: Path
) -> None:
    heard = read_until(started, ".localhost:")
    assert "throw-away" in heard
    assert "3 setbacks" in heard
    found = FOLDER.search(heard)
    assert found is not None
    folder = Path(found[1])
    assert folder.parent == Path(tempfile.gettempdir())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / "home" / "vault.db").read_bytes()[:6] != b"SQLite"
    started.send_signal(signal.SIGTERM)
    rest, _ = started.communicate(timeout=30)
    assert started.returncode == 0
    assert "removed" in rest
    assert not folder.exists()
    assert not (tmp_path / "own").exists()
    assert keeper.status(VaultPaths(folder / "home", folder / "run")) is None


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert main(["--keep", str(tmp_path)]) == 1
    assert "not empty" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_a_word_it_does_not_know_is_a_matter_of_usage() -> None:
    with pytest.raises(SystemExit) as left:
        main(["--forever"])
    assert left.value.code == 2
