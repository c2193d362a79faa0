"""Rules of journal and check-in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from upswing.errors import RuleError
from upswing.strategies.coping import rules

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("They said no. #interview", ["interview"]),
        ("#Work and #work, #co-op.", ["work", "co-op"]),
        ("(#inside) #é #e\u0301 #Zürich!", ["inside", "é", "zürich"]),
        ("# Heading\n## Another", []),
        ("a#b c&#39; /#x ##y issue #12", []),
        ("https://example.org/page#part", []),
        ("", []),
    ],
)
def test_hashtags(text: str, tags: list[str]) -> None:
    assert rules.hashtags(text) == tags


def test_feeling_words_are_folded_and_each_is_kept_once() -> None:
    assert rules.feelings(["Tired", " tired", "", "let  down"]) == ["tired", "let down"]


def test_every_known_feeling_is_kept_as_it_is() -> None:
    words = sorted(rules.KNOWN)[:20]
    assert rules.feelings(words) == words
    assert len(rules.KNOWN) == sum(len(words) for _, words in rules.FEELINGS.values()) == 32


@pytest.mark.parametrize(
    ("keep", "field"),
    [
        (lambda: rules.scales({"mood": 0}), "mood"),
        (lambda: rules.scales({"mood": None, "energy": 11}), "energy"),
        (lambda: rules.feelings(["x" * 41]), "feelings"),
        (lambda: rules.feelings([f"word{n}" for n in range(21)]), "feelings"),
        (lambda: rules.feelings(["\x00"]), "feelings"),
        (lambda: rules.feelings(["\ud800"]), "feelings"),
        (lambda: rules.lived(NOON + timedelta(minutes=6), NOON), "happened_at"),
    ],
)
def test_what_is_refused(keep: Callable[[], object], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        keep()
    assert refused.value.field == field


def test_the_ends_of_a_scale_and_a_clock_that_is_a_little_ahead_are_fine() -> None:
    rules.scales({"mood": 1, "energy": 10, "stress": None})
    rules.lived(NOON + timedelta(minutes=4), NOON)
    rules.lived(None, NOON)


def test_a_check_in_in_one_line() -> None:
    assert rules.summary(4, None, 9, ["tired", "ashamed"]) == "Mood 4 · stress 9 · tired, ashamed"
    assert rules.summary(None, None, None, []) == ""
