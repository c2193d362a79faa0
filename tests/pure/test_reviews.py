"""The rules of reviews, factors and lessons, and the tree that shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from upswing.charts import tree as chart
from upswing.charts.tree import Bough, Leaf, Tree
from upswing.errors import RuleError
from upswing.strategies.reviews import rules
from upswing.strategies.reviews.catalogue.review import EXERCISE, FACTORS_AT, LESSONS_AT

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
TODAY = NOW.date()


def no(field: str, ask: Any) -> str:
    with pytest.raises(RuleError) as error:
        ask()
    assert error.value.field == field
    return error.value.sentence


@pytest.mark.parametrize(
    ("hours", "weight", "begins"),
    [
        (47, 0, "This is less than two days old."),
        (48, 6, ""),
        (48, 7, "You said that it weighs 7 of 10."),
        (480, None, ""),
        (1, None, "This is less than two days old."),
    ],
)
def test_when_a_review_is_offered(hours: int, weight: int | None, begins: str) -> None:
    told = NOW - timedelta(hours=hours)
    sentence = rules.wait(happened_at=told, weight=weight, now=NOW)
    assert sentence.startswith(begins)
    assert bool(sentence) is bool(begins)


def test_good_things_stand_before_factors_and_lessons_after_them() -> None:
    titles = [step.title for step in EXERCISE.steps]
    assert titles.index("What worked") < FACTORS_AT - 1 < LESSONS_AT - 1
    needed = {q.name for q in EXERCISE.steps[FACTORS_AT - 2].questions if q.required}
    assert needed == {"worked", "worked_too", "lucky"}
    assert len(EXERCISE.questions["values"].options) == 12  # type: ignore[attr-defined]
    strengths = {one.strength for one in EXERCISE.evidence}
    assert "contested" in strengths


def test_a_heavy_heart_is_met_before_the_story() -> None:
    ask = EXERCISE.questions["timeline"].asked
    assert ask({"distress_before": 7}).startswith("It is heavy just now.")
    assert ask({"distress_before": 6}) == ask({}) == "What happened, in order?"


@pytest.mark.parametrize(
    ("degree", "hands", "teaches"),
    [
        (None, None, False),
        (0, "outside", False),
        (3, "outside", False),
        (4, "influence", True),
        (6, "influence", True),
        (7, "mine", True),
        (10, "mine", True),
    ],
)
def test_whose_hands_it_is_in(degree: int | None, hands: str | None, teaches: bool) -> None:
    assert rules.control(degree) == hands
    assert rules.teaches(degree) is teaches


def test_shares_are_a_hundred_together() -> None:
    assert rules.shares({"a": "60", "b": 40}) == {"a": 60, "b": 40}
    assert rules.shares({"a": "100", "b": ""}) == {"a": 100, "b": 0}
    over = no("shares", lambda: rules.shares({"a": 90, "b": 40}))
    assert over.startswith("Together these are 130")
    assert "Take 30 away" in over
    assert "30 are left" in no("shares", lambda: rules.shares({"a": 70}))
    assert "Name at least one" in no("shares", lambda: rules.shares({}))
    for odd in ("-1", "1.5", "101", "x", "１０", True):
        no("shares", lambda odd=odd: rules.shares({"a": odd}))


@given(some.lists(some.integers(0, 100), min_size=1, max_size=12))
def test_only_a_hundred_is_taken(values: list[int]) -> None:
    given = {str(at): value for at, value in enumerate(values)}
    if sum(values) == 100:
        assert rules.shares(given) == given
    else:
        assert str(sum(values)) in no("shares", lambda: rules.shares(given))


def test_the_same_name_in_other_letters() -> None:
    assert rules.key("Asked TOO late!") == rules.key("asked  too láte")
    assert no("name", lambda: rules.name("ASKED", {"asked"})) == "This review names it already."
    no("name", lambda: rules.name("  "))
    no("name", lambda: rules.name("!?"))


@pytest.mark.parametrize(
    ("cue", "response", "told"),
    [
        ("a date moves", "call Ana", "When a date moves, then I will call Ana."),
        ("When a date moves,", "I will call Ana.", "When a date moves, then I will call Ana."),
        ("whenever it rains …", "then I'll walk", "When it rains, then I will walk."),
        ("when", "I will", "When when, then I will I will."),
    ],
)
def test_a_lesson_reads_as_one_sentence(cue: str, response: str, told: str) -> None:
    assert rules.told(*rules.plan(cue, response)) == told


def test_neither_half_of_a_lesson_stands_alone() -> None:
    assert no("cue", lambda: rules.plan(" ", "call Ana")) == rules.NO_CUE
    assert no("response", lambda: rules.plan("a date moves", "")) == rules.NO_RESPONSE
    no("cue", lambda: rules.plan("x" * 141, "y"))
    longest = rules.told(*rules.plan("x" * 140, "y" * 140))
    assert len(longest) <= 300


def test_days_are_still_to_come() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert rules.upcoming("first_use", TODAY, today=TODAY) == TODAY
    assert rules.upcoming("first_use", None, today=TODAY) is None
    assert rules.upcoming("first_use", yesterday, today=TODAY, before=yesterday) == yesterday
    past = no("first_use", lambda: rules.upcoming("first_use", yesterday, today=TODAY))
    assert past.startswith("That day is over.")
    no("first_use", lambda: rules.upcoming("first_use", date(2099, 1, 1), today=TODAY))
    assert rules.read_day("d", "2026-12-01") == date(2026, 12, 1)
    assert rules.read_day("d", "") is None
    for odd in ("soon", "2026-02-30", "1.12.2026"):
        no("d", lambda odd=odd: rules.read_day("d", odd))


def due(card: dict[str, Any]) -> int:
    """Whole days until a card is due, from its last review."""
    last = datetime.fromisoformat(card["last_review"])
    return (datetime.fromisoformat(card["due"]) - last).days


def test_used_lessons_come_back_later_each_time_and_forgotten_ones_sooner() -> None:
    card, now, gaps = rules.first_card(NOW), NOW, []
    for _ in range(3):
        gaps.append(due(card))
        now = datetime.fromisoformat(card["due"])
        card = rules.next_card(card, rules.USED, now)
    assert gaps == sorted(set(gaps))
    assert gaps[0] >= 1
    later = due(card)
    soon = datetime.fromisoformat(card["due"])
    assert due(rules.next_card(card, rules.FORGOT, soon)) < later
    helped, not_helped = (
        due(rules.next_card(card, said, soon)) for said in (rules.USED, rules.NO_HELP)
    )
    assert not_helped < helped <= rules.LONGEST_INTERVAL


def test_the_same_answers_give_the_same_days_whatever_the_clock() -> None:
    first, again = rules.first_card(NOW), rules.first_card(NOW)
    assert first == again
    assert rules.next_card(first, rules.USED, NOW) == rules.next_card(again, rules.USED, NOW)


@pytest.mark.parametrize(
    "odd",
    [{"card_id": "x"}, {"state": 9}, {"due": "soon"}, {"due": "2026-01-01"}, {"last_review": 3}],
)
def test_an_odd_card_is_seen_and_begins_anew(odd: dict[str, Any]) -> None:
    rules.sound_card(rules.first_card(NOW))
    card = rules.first_card(NOW) | odd
    no("card", lambda: rules.sound_card(card))
    no("card", lambda: rules.sound_card({}))
    if "due" not in odd:
        assert rules.next_card(card, rules.USED, NOW) == rules.first_card(NOW)


def test_it_comes_back_by_memory_or_on_a_check_whichever_is_first() -> None:
    def day(days: int) -> date:
        return TODAY + timedelta(days=days)

    checks = (day(14), day(60))
    assert rules.comes_back(day(2), checks, TODAY) == day(2)
    assert rules.comes_back(day(40), checks, TODAY) == day(14)
    assert rules.comes_back(day(90), checks, day(14)) == day(60)
    assert rules.comes_back(day(90), checks, day(60)) == day(90)
    assert rules.comes_back(day(-5), (None, None), TODAY) == day(1)


def test_no_trend_from_four_or_fewer() -> None:
    assert rules.trend([40, 30, 20]) == ""
    assert rules.trend([40, 30, 20, 10]) == ""
    assert rules.trend([50, None, 40, None, 30, 20]) == ""


def test_a_trend_is_told_only_where_it_is_steady() -> None:
    fell = rules.trend([50, 40, 30, 20, 10])
    assert "fell over 5 reviews: 45 on average in the first 2, 15 in the last 2." in fell
    assert "Chance alone does that to one factor in twenty" in fell
    assert "rose over 5 reviews" in rules.trend([10, 20, None, 30, 40, 50])
    assert rules.trend([50, 40, 99, 20, 10]).startswith("No steady rise or fall")
    assert rules.trend([20] * 8).startswith("No steady rise or fall")


def test_a_trend_is_of_the_latest_reviews_only() -> None:
    assert "rose over 12 reviews" in rules.trend([99] * 9 + list(range(12)))


def test_much_heavier_afterwards() -> None:
    assert rules.grew_heavier(3, 6)
    assert not rules.grew_heavier(3, 5)
    assert not rules.grew_heavier(None, 9)


TREE = Tree(
    "What contributed",
    (
        Bough("mine", "in my hands", (Leaf("Asked <late>", 60, ("8",)), Leaf("b" * 200, None))),
        Bough("influence", "I can influence it", ()),
        Bough("outside", "outside my hands", (Leaf("Budget", 40, ("1",)),)),
    ),
    ("Control",),
)


def test_the_tree_says_the_same_in_every_form() -> None:
    drawing = chart.svg(TREE)
    for picture in (drawing.wide, drawing.narrow):
        assert "Asked &lt;late&gt;" in picture
        assert "in my hands · 60" in picture
        assert "I can influence it" not in picture
        assert picture.count('class="share') == 2
        assert "style=" not in picture
        assert 'role="img"' in picture
    assert 'id="tree-wide-title"' in drawing.wide
    assert chart.table(TREE).rows[0] == ("Asked <late>", "in my hands", "60", "8")
    assert chart.table(TREE).rows[1][2] == "not said"
    lines = chart.text(TREE, width=70).splitlines()
    assert lines[0] == "in my hands · 60"
    assert lines[1].endswith("60  " + "█" * 12)
    assert all(len(line) <= 70 for line in lines)


def test_a_tree_without_leaves_or_shares() -> None:
    bare = Tree("What contributed", ())
    assert "Nothing is named yet" in chart.svg(bare).narrow
    assert chart.text(bare) == "Nothing is named yet."
    unsaid = Tree("x", (Bough("mine", "in my hands", (Leaf("a", None),)),))
    assert chart.summary(unsaid) == "1 factor, not weighed"
    assert "in my hands ·" not in chart.svg(unsaid).wide
