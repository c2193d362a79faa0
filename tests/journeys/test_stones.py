"""The eight stones: which were walked, which comes next, and one small thing to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from making import NOW, check_in, entry, setback
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.exercises import actions as exercises
from upswing.exercises.models import Work
from upswing.exercises.questions import Rating
from upswing.exercises.reads import kinds
from upswing.journeys import first_hour, fitting, stones
from upswing.record import actions, setbacks
from upswing.record.models import Item, Setback
from upswing.strategies import EIGHT
from upswing.strategies.compassion.models import Break, Letter, Talk
from upswing.strategies.mindset.models import Thought, Verdict

KEYS = [strategy.key for strategy in EIGHT]
TODAY = NOW.date()


def note(owner: User, about: Setback, stone: str, body: str = "a note") -> Item:
    return first_hour.note(owner=owner, now=NOW, zone="UTC", setback=about, stone=stone, body=body)


def states(about: Setback) -> dict[str, str]:
    return {one.strategy.key: one.state for one in stones.path(setback=about)}


@pytest.mark.parametrize("weight", [None, *range(11)])
def test_every_heaviness_has_an_order_of_all_eight(weight: int | None) -> None:
    assert sorted(stones.order(weight)) == sorted(KEYS)


def test_every_stone_says_what_it_holds_and_why() -> None:
    assert all(one.holds and one.first and one.why.endswith(".") for one in EIGHT)


@pytest.mark.parametrize(
    ("weight", "first"),
    [
        (None, "coping"),
        (10, "coping"),
        (7, "coping"),
        (6, "compassion"),
        (4, "compassion"),
        (3, "reviews"),
        (0, "reviews"),
    ],
)
def test_what_comes_first_at_which_heaviness(owner: User, weight: int | None, first: str) -> None:
    about = setback(owner, weight=weight)
    assert [key for key, state in states(about).items() if state == "next"] == [first]


@pytest.mark.parametrize(
    ("hours", "weight", "first"),
    [(47, 2, "goals"), (48, 2, "reviews"), (47, None, "coping"), (480, 9, "coping")],
)
def test_an_analysis_is_offered_two_days_later_and_on_a_calm_day(
    owner: User, hours: int, weight: int | None, first: str
) -> None:
    about = setback(owner, weight=weight, happened_at=NOW - timedelta(hours=hours))
    path = stones.path(setback=about, now=NOW)
    assert [one.strategy.key for one in path if one.state == "next"] == [first]
    rest = {"coping", "network", "compassion", "mindset", "feedback", "goals", "action"}
    for key in rest:  # and where nothing else is left, nothing is offered rather than this
        note(owner, about, key)
    path = stones.path(setback=about, now=NOW)
    offered = hours >= 48 and weight is not None and weight <= 6
    assert [one.strategy.key for one in path if one.state == "next"] == ["reviews"] * offered


def test_the_path_keeps_the_order_of_the_eight_and_tells_where_something_lies(owner: User) -> None:
    about, other = setback(owner, weight=9), setback(owner, "Another")
    entry(owner, setback=about)
    check_in(owner, setback=about)
    note(owner, about, "goals")
    note(owner, about, "coping")
    note(owner, other, "reviews")
    actions.trash(note(owner, about, "mindset"), now=NOW)
    path = stones.path(setback=about)
    assert [one.strategy.key for one in path] == KEYS
    walked = [one.strategy.key for one in path if one.state == "walked"]
    assert walked == ["coping", "goals"]
    assert states(about)["network"] == "next"


def test_a_path_that_was_walked_whole_has_no_next(owner: User) -> None:
    about = setback(owner)
    for key in KEYS:
        note(owner, about, key)
    assert set(states(about).values()) == {"walked"}


def test_the_notes_on_one_stone(owner: User) -> None:
    about = setback(owner)
    first, second = (note(owner, about, "goals", body) for body in ("one", "two"))
    note(owner, about, "action")
    actions.trash(note(owner, about, "goals", "gone"), now=NOW)
    found = stones.notes(setback=about, stone="goals")
    assert [one.item_id for one in found] == [second.pk, first.pk]


@pytest.mark.parametrize(
    ("stone", "body", "field"), [("goals", " ", "body"), ("luck", "x", "stone")]
)
def test_a_note_that_cannot_be_kept(owner: User, stone: str, body: str, field: str) -> None:
    about = setback(owner)
    with pytest.raises(RuleError) as refused:
        note(owner, about, stone, body)
    assert refused.value.field == field
    assert Item.objects.count() == 1


def thing(owner: User, about: Setback | None) -> str:
    return first_hour.one_small_thing(owner=owner, setback=about, today=TODAY).page


def test_the_first_hour_ends_with_one_small_thing(owner: User) -> None:
    told = first_hour.tell(owner=owner, now=NOW, zone="UTC", title="They said no.", weight=8)
    assert told.item.title == "They said no."
    assert thing(owner, told) == "checkin_new"


def test_after_todays_check_in_comes_the_next_stone(owner: User) -> None:
    about = setback(owner, weight=8)
    check_in(owner, at=f"{TODAY - timedelta(days=1)} 12:00")
    assert thing(owner, about) == "checkin_new"
    check_in(owner)
    assert thing(owner, None) == thing(owner, about) == "entry_new"
    entry(owner, setback=about)
    offered = first_hour.one_small_thing(owner=owner, setback=about, today=TODAY)
    assert (offered.page, offered.stone) == ("stone", "network")
    assert offered.why == EIGHT[KEYS.index("network")].why


def test_today_is_the_lived_day_of_the_check_in(owner: User) -> None:
    check_in(owner, at="2026-11-21 15:30", zone="Asia/Tokyo")  # half past midnight on the 22nd
    assert thing(owner, None) == "entry_new"


# --- the exercise that fits -----------------------------------------------------------------------


def offered(owner: User, about: Setback) -> fitting.SmallThing:
    return first_hour.one_small_thing(
        owner=owner, setback=about, today=TODAY, beside_check_in=True, now=NOW
    )


def done(owner: User, kind: type[Work], about: Setback | None, ago: int = 0, **typed: Any) -> Work:
    """An exercise that was finished some days ago."""
    work, at = kind(), NOW - timedelta(days=ago)
    needed = [each for each in kind.EXERCISE.questions.values() if each.required]
    given = {each.name: 5 if isinstance(each, Rating) else "x" for each in needed}
    given |= {"voice": "near"} | typed
    for step in range(1, len(work.EXERCISE.steps) + 1):
        exercises.answer(
            work, owner=owner, now=at, zone="UTC", step=step, typed=given, setback=about
        )
    return work


@pytest.mark.parametrize(
    ("weight", "hours", "walked", "kind", "reason"),
    [
        (5, 20, (), "break", fitting.VERY_NEW),
        (5, 47, (), "break", fitting.VERY_NEW),
        (5, 48, (), "letter", fitting.KINDLY),
        (8, 400, ("coping", "network"), "break", fitting.HEAVY_NOW),
        (None, 400, ("coping", "network"), "break", fitting.HEAVY_NOW),
        (3, 48, (), "review", fitting.LOOK_BACK),
        (6, 48, ("compassion",), "review", fitting.LOOK_BACK),
        (2, 400, ("reviews", "goals", "action"), "thought", fitting.WEIGHED),
    ],
)
def test_a_stone_offers_the_exercise_that_fits(
    owner: User, weight: int | None, hours: int, walked: tuple[str, ...], kind: str, reason: str
) -> None:
    about = setback(owner, weight=weight, happened_at=NOW - timedelta(hours=hours))
    for stone in walked:
        note(owner, about, stone)
    found = offered(owner, about)
    exercise = kinds()[kind].EXERCISE
    assert (found.page, found.kind, found.why) == ("exercise_about", kind, reason)
    assert (found.title, found.minutes) == (exercise.title, exercise.minutes)
    assert found.stone == exercise.strategy
    assert found == offered(owner, about)


def test_every_reason_is_one_sentence() -> None:
    reasons = [value for name, value in vars(fitting).items() if name.isupper()]
    told = [one for one in reasons if isinstance(one, str) and " " in one]
    assert len(told) >= 9
    assert all(one.endswith(".") and ". " not in one for one in told)


def test_what_was_just_done_is_not_offered_again(owner: User) -> None:
    about = setback(owner, weight=5, happened_at=NOW - timedelta(days=9))
    done(owner, Letter, None)
    assert offered(owner, about).kind == "break"
    done(owner, Break, None)
    assert offered(owner, about).kind == "talk"
    done(owner, Talk, None)
    assert (offered(owner, about).page, offered(owner, about).stone) == ("stone", "compassion")


def test_an_exercise_about_the_setback_walks_its_stone(owner: User) -> None:
    about = setback(owner, weight=5, happened_at=NOW - timedelta(days=9))
    done(owner, Letter, about, ago=1)
    assert offered(owner, about).kind == "review"


@pytest.mark.parametrize(("ago", "there"), [(0, False), (1, True), (6, True), (7, False)])
def test_an_open_test_is_offered_until_the_thought_comes_back(
    owner: User, ago: int, there: bool
) -> None:
    about = setback(owner, weight=3, happened_at=NOW - timedelta(days=30))
    work = done(owner, Thought, about, ago=ago, test="Ask Ada\nor Jo")
    found = offered(owner, about)
    assert (found.item == work.pk) is there
    if there:
        assert (found.title, found.page) == ("Try what you wrote down: Ask Ada", "exercise")
        assert found.why == fitting.YOUR_TEST


def test_an_open_test_waits_on_heavy_days_and_belongs_to_its_setback(owner: User) -> None:
    about = setback(owner, weight=3, happened_at=NOW - timedelta(days=30))
    other = setback(owner, "Another", weight=3, happened_at=NOW - timedelta(days=30))
    done(owner, Thought, about, ago=2, test="Ask Ada")
    assert offered(owner, other).kind == "review"
    for ago in range(3):
        check_in(owner, stress=10, at=f"{TODAY - timedelta(days=ago)} 09:00")
    assert (offered(owner, about).kind, offered(owner, about).why) == ("break", fitting.HEAVY_NOW)
    done(owner, Break, None)
    assert offered(owner, about) == first_hour.WRITE
    setbacks.change(about, now=NOW, weight_now=7)
    assert offered(owner, about).page == "entry_new"


def test_a_label_that_was_found_leads_to_a_learning_goal_once(owner: User) -> None:
    about = setback(owner, weight=3, happened_at=NOW - timedelta(days=30))
    thought = done(owner, Thought, about, ago=2, traps=["labelling"])
    found = offered(owner, about)
    assert (found.kind, found.why, found.minutes) == ("verdict", fitting.LABELLED, "12 to 18")
    actions.trash(thought.item, now=NOW)
    assert offered(owner, about).kind == "review"
    actions.restore(thought.item)
    done(owner, Verdict, about, ago=1)
    assert offered(owner, about).kind == "review"


def test_other_traps_and_other_people_lead_nowhere(owner: User, stranger: User) -> None:
    about = setback(owner, weight=3, happened_at=NOW - timedelta(days=30))
    done(owner, Thought, about, ago=2, traps=["filter"])
    done(stranger, Thought, None, ago=2, traps=["labelling"], test="x")
    assert offered(owner, about).kind == "review"


def test_of_the_last_days_the_newest_are_read_and_a_few_of_them(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ago in (7, 6, 1, 0):  # the seventh day back is over
        done(owner, Break, None, ago)
    days = [one.began for one in fitting.lately(owner=owner, today=TODAY)]
    assert days == [TODAY - timedelta(days=ago) for ago in (0, 1, 6)]
    monkeypatch.setattr(fitting, "MOST", 2)
    assert [one.began for one in fitting.lately(owner=owner, today=TODAY)] == days[:2]
