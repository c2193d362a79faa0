"""The calm panel as data: when there is one, and the order of its help."""

from __future__ import annotations

import pytest

from upswing.care import helplines
from upswing.care.calm import LINES_SHOWN, PLAN, country_of, panel, texts_of
from upswing.care.signs import Sign


@pytest.mark.parametrize(
    ("sign", "days", "whole"),
    [
        (Sign.NONE, False, None),
        (Sign.SMALL, False, False),
        (Sign.PANEL, False, True),
        (Sign.NONE, True, True),
        (Sign.SMALL, True, True),
        (Sign.PANEL, True, True),
    ],
)
def test_when_there_is_one(sign: Sign, days: bool, whole: bool | None) -> None:
    found = panel(sign=sign, heavy_days=days, country=None)
    assert (found.whole if found else None) is whole


@pytest.mark.parametrize("country", helplines.countries(), ids=lambda one: one.code)
def test_it_holds_the_danger_and_the_first_lines_of_the_country(
    country: helplines.Country,
) -> None:
    found = panel(sign=Sign.PANEL, heavy_days=False, country=country)
    assert found
    assert country.emergency in found.danger
    assert 1 <= len(found.lines) <= LINES_SHOWN
    assert found.lines[0] == country.lines[0]
    assert found.plan == PLAN


def test_without_a_country_the_danger_of_many() -> None:
    found = panel(sign=Sign.NONE, heavy_days=True, country=None)
    assert found
    assert found.danger == helplines.EMERGENCY_ELSEWHERE
    assert found.lines == ()


def test_it_promises_nothing_and_scores_nobody() -> None:
    found = panel(sign=Sign.PANEL, heavy_days=False, country=None)
    assert found
    words = f"{found.says} {found.how} {found.person}".lower()
    assert "nobody is watching" in words
    assert "misses" in words
    assert not {"risk", "score", "diagnos", "alert"} & set(words.split())


def test_the_persons_country_comes_before_the_machines() -> None:
    machine = {"LANG": "de_DE.UTF-8"}
    assert country_of("IE", machine) == helplines.country("IE")
    assert country_of("", machine) == helplines.country("DE")
    assert country_of("XX", machine) is None
    assert country_of("", {}) is None


def test_every_text_of_the_answers_and_nothing_else() -> None:
    answers = {
        "words": "a",
        "distress": 10,
        "none": None,
        "lines": ["b", "c"],
        "rows": [{"line": "d", "strength": 3, "kind": "e"}],
        "plan": {"when": "f", "then": "g"},
    }
    assert texts_of(answers) == list("abcdefg")
