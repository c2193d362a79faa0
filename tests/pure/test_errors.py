"""Several rules may say no at once; none of it is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from upswing.errors import RuleError, all_at_once

ONLY = RuleError("day", "That is over.")


def no(field: str, sentence: str) -> str:
    raise RuleError(field, sentence)


def judged(*rules: Callable[[], object]) -> list[object]:
    """What the rules say, asked in one block."""
    with all_at_once() as ask:
        said = [ask(rule) for rule in rules]
    return said


def only() -> None:
    raise ONLY


def test_every_no_is_raised_together_in_its_order() -> None:
    with pytest.raises(RuleError) as error:
        judged(lambda: no("cue", "When?"), lambda: 7, lambda: no("day", sentence="Over."))
    said = error.value
    assert (said.field, said.sentence, str(said)) == ("cue", *2 * ["When?\nOver."])
    assert [(one.field, one.sentence) for one in said.all] == [("cue", "When?"), ("day", "Over.")]


def test_a_single_no_is_itself_and_none_is_none() -> None:
    with pytest.raises(RuleError) as error:
        judged(lambda: 1, only)
    assert error.value is ONLY
    assert ONLY.all == (ONLY,)
    assert judged(lambda: 1, lambda: None) == [1, None]


def test_what_a_rule_is_asked_about_reaches_it() -> None:
    with all_at_once() as ask:
        assert ask(int, "11", base=2) == 3


def test_blocks_inside_blocks_are_one_list_and_the_same_sentence_stands_once() -> None:
    def inner() -> None:
        judged(lambda: no("a", "Too long."), lambda: no("b", "Too long."))

    with pytest.raises(RuleError) as error:
        judged(inner, lambda: no("c", "Gone."))
    assert error.value.sentence == "Too long.\nGone."
    assert [one.field for one in error.value.all] == ["a", "b", "c"]


def test_what_is_no_rule_ends_it_at_once() -> None:
    with pytest.raises(ZeroDivisionError):
        judged(lambda: no("a", "No."), lambda: 1 // 0)
