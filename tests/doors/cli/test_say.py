"""Lines on the terminal: widths, and texts that try to command it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from upswing.cli import endings, say, when

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("lived", "words"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 2), "Mon 2 Nov"),
        (date(2025, 11, 22), "Sat 22 Nov 2025"),
        (date(2026, 11, 23), "Mon 23 Nov"),
    ],
)
def test_days_in_words(lived: date, words: str) -> None:
    assert when.day(lived, TODAY) == words


def test_a_moment_shows_the_clock_of_its_own_zone() -> None:
    lived = datetime(2026, 11, 21, 23, 5, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert when.moment(lived, TODAY) == "yesterday 23:05"


def test_a_text_cannot_command_the_terminal() -> None:
    assert say.clean("a\x1b[2Jb\x07c\x9bd\u202ee") == "a\ufffd[2Jb\ufffdc\ufffdd\ufffde"
    assert say.clean("a\r\nb\tc") == "a\nb    c"


def test_fit_counts_columns_not_signs() -> None:
    assert say.fit("abc", 5) == "abc  "
    assert say.fit("abcdef", 5) == "abcd…"
    assert say.fit("日本語です", 6) == "日本… "
    assert say.columns(say.fit("日本語です", 6)) == 6


def test_long_lines_are_broken_and_keep_their_own_indent() -> None:
    text = "- one two three four\n  five\n\nsix"
    assert list(say.wrapped(text, room=12)) == ["- one two", "three four", "  five", "", "six"]


def test_a_word_longer_than_the_line_is_broken_too() -> None:
    assert list(say.wrapped("日本語です", room=5)) == ["日本", "語で", "す"]
    assert list(say.wrapped("x" * 25, room=10)) == ["x" * 10, "x" * 10, "x" * 5]


def test_amounts_and_sizes() -> None:
    assert say.amount(1, "entry", "entries") == "1 entry"
    assert say.amount(1200, "entry", "entries") == "1,200 entries"
    assert say.size(900) == "1 kB"
    assert say.size(3_400_000) == "3.4 MB"


def test_a_fault_of_upswing_itself_is_not_dressed_up() -> None:
    assert endings.sentence_for(ZeroDivisionError()) is None


def test_trouble_of_the_system_is_told_in_a_sentence() -> None:
    error = PermissionError(13, "Permission denied", "journal.txt")
    assert endings.sentence_for(error) == "journal.txt: permission denied."
