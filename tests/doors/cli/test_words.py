"""The words of the terminal: all listed, each explained, found without loading the others."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from upswing import __main__
from upswing.cli import main


def invoke(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main.upswing, list(words))
    return done.exit_code, done.stdout, done.stderr


def test_help_lists_every_word_in_one_line() -> None:
    code, out, _ = invoke("--help")
    assert code == 0
    for word in main.WORDS.values():
        assert f"{word.name} " in out
        assert word.line in out
    assert max(map(len, out.splitlines())) <= 80


def test_every_listed_word_has_somebody_to_answer_it() -> None:
    for word in main.WORDS.values():
        assert bool(word.place) != (word.name in __main__.DOORS), word.name


@pytest.mark.parametrize("name", [word.name for word in main.WORDS.values() if word.place])
def test_each_word_explains_itself(name: str) -> None:
    code, out, err = invoke(name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: upswing {name}")
    assert "!" not in out


def test_an_unknown_word_is_a_usage_error_in_one_sentence() -> None:
    code, out, err = invoke("frobnicate")
    assert (code, out) == (2, "")
    assert err == "No such command 'frobnicate'. Try: upswing --help\n"


def test_an_unknown_option_is_a_usage_error() -> None:
    code, _, err = invoke("timeline", "--nope")
    assert code == 2
    assert "Try: upswing timeline --help" in err


def test_main_looks_at_the_first_word_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    def help_now(argv: list[str]) -> int:
        seen.append(argv)
        return 7

    monkeypatch.setitem(__main__.DOORS, "help-now", help_now)
    monkeypatch.setattr("sys.argv", ["upswing", "help-now", "GB"])
    assert __main__.main() == 7
    monkeypatch.setattr("sys.argv", ["upswing", "show", "help-now", "extra"])
    assert __main__.main() == 2
    assert seen == [["GB"]]
