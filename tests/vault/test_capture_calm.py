"""Help beside a line that was captured, also while locked. The line is kept all the same."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from upswing.vault import capture, inbox
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

KEPT = "Kept, sealed. It is there when you next open Upswing.\n"


def log(paths: VaultPaths, *argv: str, encoding: str = "utf-8", **env: str) -> str:
    """What `upswing ARGV` prints."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    environ = {"UPSWING_HOME": str(paths.home), "TZ": "Europe/Berlin", **env}
    assert capture.main(list(argv), environ, io.StringIO(), out, io.StringIO()) == 0
    out.seek(0)
    return out.read()


def kept(paths: VaultPaths, key: VaultKey) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    inbox.drain(paths, key, lambda line: lines.append(json.loads(line.payload)))
    return lines


@pytest.mark.parametrize(
    "words", [("log", "I want to die."), ("checkin", "3", "Ich will nicht mehr leben.")]
)
def test_help_follows_in_its_order(
    paths: VaultPaths, device_key: VaultKey, words: tuple[str, ...]
) -> None:
    said = log(paths, *words, LANG="en_GB.UTF-8")
    parts = (KEPT.strip(), "call 999", "116 123", "one person you", "A plan")
    order = [" ".join(said.split()).index(part) for part in parts]
    assert order == sorted(order)
    assert max(map(len, said.splitlines())) <= 78
    assert len(kept(paths, device_key)) == 1


def test_a_way_of_speaking_has_one_small_line(paths: VaultPaths, device_key: VaultKey) -> None:
    said = log(paths, "log", "This deadline is killing me.")
    assert said.startswith(f"{KEPT}If that was more than a way of speaking")
    assert " ".join(said.split()).endswith("upswing help-now")
    assert len(said.splitlines()) <= 3


@pytest.mark.parametrize("text", ["They said no.", "I took the train and lived well."])
def test_other_lines_have_none(paths: VaultPaths, device_key: VaultKey, text: str) -> None:
    assert log(paths, "log", text) == KEPT


def test_a_terminal_that_cannot_show_a_letter_shows_the_rest(
    paths: VaultPaths, device_key: VaultKey
) -> None:
    said = log(paths, "log", "I want to die.", encoding="ascii", LANG="fr_FR.UTF-8")
    assert "call 112" in said or "15" in said
    assert len(kept(paths, device_key)) == 1
