"""Doing an exercise through its verbs: what is kept, tied, and comes back, on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from making import NOW, entry, moment, setback
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.exercises import actions, reads
from upswing.exercises.models import Work
from upswing.record import actions as record
from upswing.record.models import Item, Link, Revision
from upswing.record.reads import NotHere, ties
from upswing.record.search import search
from upswing.strategies.mindset.models import Thought

GIVEN: dict[str, Any] = {
    "situation": "The mail came.",
    "thought": "I am done",
    "belief": 80,
    "emotions": [{"word": "sad", "strength": 70}],
    "balanced": "One no is one no",
    "belief_after": 50,
}


def answer(owner: User, work: Work, step: int, now: datetime = NOW, **more: Any) -> None:
    given = {"typed": GIVEN, "zone": "UTC"} | more
    actions.answer(work, owner=owner, now=now, step=step, **given)


def finished(owner: User, now: datetime = NOW, **typed: Any) -> Thought:
    work = Thought()
    for step in range(1, 8):
        answer(owner, work, step, now, typed=GIVEN | typed)
    return work


def again(owner: User, work: Work, days: int, **typed: Any) -> None:
    later = NOW + timedelta(days=days)
    actions.say_again(work, owner=owner, now=later, zone="UTC", typed=typed)


def test_the_first_answer_records_it_and_the_last_one_finishes_it(owner: User) -> None:
    work, about = Thought(), setback(owner)
    answer(owner, work, 1, setback=about)
    assert (work.reached, work.finished_at, work.item.setback) == (1, None, about)
    for step in range(2, 8):
        answer(owner, work, step)
    work.refresh_from_db()
    assert (work.reached, work.finished_at) == (7, NOW)
    assert work.item.title == "I am done"
    assert "## Belief then\n\n80 of 100" in work.item.body
    assert not Revision.objects.exists()
    assert [hit.row.id for hit in search(owner=owner, text="mail").hits] == [work.pk]


def test_what_cannot_stand_leaves_nothing_half_written(owner: User) -> None:
    work = Thought()
    with pytest.raises(RuleError):
        answer(owner, work, 1, typed={})
    assert not Item.objects.exists()
    answer(owner, work, 1)
    before = Work.objects.values().get()
    with pytest.raises(RuleError):
        answer(owner, work, 2, typed=GIVEN | {"belief": 101})
    with pytest.raises(RuleError):
        answer(owner, work, 5, typed={"found_against": [str(work.pk)[:-4] + "0000"]})
    assert Work.objects.values().get() == before


def test_two_doors_at_once_lose_no_answer(owner: User) -> None:
    """Each read it before the other wrote."""
    answer(owner, Thought(), 1)
    one, other = Thought.objects.get(), Thought.objects.get()
    answer(owner, one, 2)
    answer(owner, other, 1, typed={"situation": "Told anew."})
    work = Thought.objects.get()
    assert (work.answers["situation"], work.answers["belief"]) == ("Told anew.", 80)
    assert work.reached == 2


def test_links_follow_the_choice_and_name_both_ends(owner: User) -> None:
    win, other = entry(owner, "It went well"), entry(owner, "Thanks")
    work = finished(owner, found_against=[str(win.pk), str(other.pk)])
    assert [(words, len(rows)) for words, rows in ties(work.item)] == [("evidence against", 2)]
    assert [words for words, _ in ties(win)] == ["speaks against"]
    answer(owner, work, 5, typed={"found_against": [str(other.pk)]})
    assert list(Link.objects.values_list("target", flat=True)) == [other.pk]


def test_a_chosen_item_in_the_trash_stays_chosen(owner: User) -> None:
    win = entry(owner, "It went well")
    work = finished(owner, found_against=[str(win.pk)])
    record.trash(win, now=NOW)
    answer(owner, work, 5, typed={"found_against": [str(win.pk)]})
    record.restore(win)
    assert [words for words, _ in ties(work.item)] == ["evidence against"]


def test_only_changes_of_a_finished_one_go_into_its_history(owner: User) -> None:
    work = finished(owner)
    answer(owner, work, 6, typed=GIVEN | {"balanced": "Otherwise"})
    assert "One no is one no" in Revision.objects.get().body
    again(owner, work, 7, belief_again=40)
    assert Revision.objects.count() == 1
    answer(owner, work, 6, typed=GIVEN | {"balanced": "Otherwise"})  # which says the same
    assert Revision.objects.count() == 1


def test_an_earlier_version_comes_back_with_its_answers_and_links(owner: User) -> None:
    win, other = entry(owner, "It went well"), entry(owner, "Thanks")
    work = finished(owner, found_against=[str(win.pk)])
    before, told = dict(work.answers), work.item.body
    answer(owner, work, 5, typed=GIVEN | {"found_against": [str(other.pk)]})  # only the link
    answer(owner, work, 6, typed=GIVEN | {"balanced": "Otherwise"})
    first = Revision.objects.earliest("pk")
    assert first.answers == before
    actions.take_back(work, first, owner=owner, now=NOW)
    work = Thought.objects.get()
    assert (work.answers, work.item.body) == (before, told)
    assert list(Link.objects.values_list("target", flat=True)) == [win.pk]
    latest = Revision.objects.latest("pk")
    assert (latest.answers or {})["balanced"] == "Otherwise"
    assert "Otherwise" in latest.body
    assert [hit.row.id for hit in search(owner=owner, text="Otherwise").hits] == []
    actions.take_back(work, latest, owner=owner, now=NOW)
    assert Thought.objects.get().answers["balanced"] == "Otherwise"
    assert Revision.objects.count() == 4


def test_what_was_erased_since_does_not_come_back_and_what_is_in_the_trash_does(
    owner: User,
) -> None:
    gone, trashed = entry(owner, "Gone"), entry(owner, "Thrown away")
    work = finished(owner, found_against=[str(gone.pk), str(trashed.pk)])
    answer(owner, work, 5, typed=GIVEN | {"found_against": []})
    record.erase([gone])
    record.trash(trashed, now=NOW)
    actions.take_back(work, Revision.objects.get(), owner=owner, now=NOW)
    assert Thought.objects.get().answers["found_against"] == [str(trashed.pk)]
    assert list(Link.objects.values_list("target", flat=True)) == [trashed.pk]


def test_a_version_that_cannot_be_taken_back(owner: User, stranger: User) -> None:
    work, other = finished(owner), finished(owner)
    answer(owner, work, 6, typed=GIVEN | {"balanced": "Otherwise"})
    one = Revision.objects.get()
    before = Work.objects.values().get(pk=work.pk)

    def refused(to: Work, by: User) -> None:
        with pytest.raises(RuleError):
            actions.take_back(to, one, owner=by, now=NOW)

    refused(other, owner)
    refused(work, stranger)
    one.answers = {"belief": 101}
    refused(work, owner)
    one.answers = None  # kept before answers were
    refused(work, owner)
    assert Work.objects.values().get(pk=work.pk) == before
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    ("said_on", "next_on"),
    [
        ((7,), 30),
        ((3,), 7),
        ((8, 9), 30),
        ((29,), 30),
        ((30,), None),
        ((7, 30), None),
        ((400,), None),
    ],
)
def test_the_day_on_which_it_comes_back(
    owner: User, said_on: tuple[int, ...], next_on: int | None
) -> None:
    work = finished(owner)
    assert work.returns_on == NOW.date() + timedelta(days=7)
    for days in said_on:
        again(owner, work, days, belief_again=40)
    work.refresh_from_db()
    assert [one["days"] for one in work.returns] == list(said_on)
    assert work.returns_on == (NOW.date() + timedelta(days=next_on) if next_on else None)


def test_days_are_counted_by_the_clock_of_the_person(owner: User) -> None:
    """Finished an hour before midnight in Tokyo: the next day there begins an hour later."""
    late = moment("2026-11-22 14:00")
    work = Thought()
    for step in range(1, 8):
        answer(owner, work, step, late, zone="Asia/Tokyo")
    assert work.returns_on == date(2026, 11, 29)
    soon = late + timedelta(hours=2)
    given = {"belief_again": 1}
    actions.say_again(work, owner=owner, now=soon, zone="Asia/Tokyo", typed=given)
    assert work.returns[0]["days"] == 1


def test_what_is_said_again_stands_in_the_text(owner: User) -> None:
    work = finished(owner)
    again(owner, work, 7, belief_again=40, balanced_again=70)
    work.item.refresh_from_db()
    assert "## After 7 days\n\nThe first thought: 40 of 100" in work.item.body


def test_a_skip_is_neutral(owner: User) -> None:
    work = finished(owner)
    body = work.item.body
    actions.skip(work, owner=owner, now=NOW + timedelta(days=9), zone="UTC")
    assert work.returns_on == NOW.date() + timedelta(days=30)
    work.refresh_from_db()
    actions.skip(work, owner=owner, now=NOW + timedelta(days=31), zone="UTC")
    assert work.returns == []
    assert not work.returns_on
    work.item.refresh_from_db()
    assert work.item.body == body


def test_nobody_else_and_nothing_unfinished_is_said_again(owner: User, stranger: User) -> None:
    work = finished(owner)
    with pytest.raises(RuleError):
        again(stranger, work, 7, belief_again=1)
    begun = Thought()
    answer(owner, begun, 1)
    with pytest.raises(RuleError):
        again(owner, begun, 7, belief_again=1)
    with pytest.raises(RuleError):
        actions.skip(begun, owner=owner, now=NOW, zone="UTC")
    with pytest.raises(NotHere):
        reads.one(owner=stranger, id=work.pk)
    with pytest.raises(NotHere):
        reads.one(owner=owner, id=entry(owner).pk)


def test_what_waits_and_what_comes_back_is_the_owners_alone(owner: User, stranger: User) -> None:
    finished(owner)
    begun = Thought()
    answer(owner, begun, 1)
    finished(stranger)
    day = NOW.date() + timedelta(days=7)
    assert [row.id for row in reads.unfinished(owner=owner)] == [begun.pk]
    assert len(reads.returning(owner=owner, today=day)) == 1
    assert reads.returning(owner=owner, today=day - timedelta(days=1)) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"answers": []},
        {"answers": {"belief": 101}},
        {"answers": {"traps": ["clumsy"]}},
        {"returns": {}},
        {"returns": [5]},
        {"returns": [{"days": -1, "at": "2026-11-22T18:00:00+00:00", "belief_again": 4}]},
        {"returns": [{"days": 7, "at": "yesterday", "belief_again": 4}]},
        {"returns": [{"days": 7, "at": "2026-11-22T18:00:00", "belief_again": 4}]},
        {"returns": [{"days": 7, "at": "2026-11-22T18:00:00+00:00", "belief_again": 400}]},
        {"reached": 8},
    ],
)
def test_columns_that_no_verb_would_write_are_refused(broken: dict[str, Any]) -> None:
    sound = Thought(answers=dict(GIVEN), reached=7, returns=[])
    sound.check_columns()
    for name, value in broken.items():
        setattr(sound, name, value)
    with pytest.raises(RuleError):
        sound.check_columns()
