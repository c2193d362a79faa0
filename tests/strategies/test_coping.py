"""Writing and checking in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from making import NOW, check_in, entry, moment, setback
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.record import actions as spine
from upswing.record import reads as record
from upswing.record.attachments import NewFile
from upswing.record.models import Attachment, Item
from upswing.record.search import search
from upswing.strategies.coping import actions, reads
from upswing.strategies.coping.models import CheckIn, Entry

LATER = NOW + timedelta(hours=1)


def tags(item: Item) -> set[str]:
    return set(item.tags.values_list("name", flat=True))


def edit(item: Item, **changed: Any) -> None:
    kept: dict[str, Any] = {
        "title": item.title,
        "body": item.body,
        "happened_at": item.happened_at,
        "zone": item.zone,
        "setback": item.setback,
        "tags": reads.own_tags(item),
    }
    actions.edit_entry(item, now=LATER, **(kept | changed))


def edit_check_in(item: Item, **changed: Any) -> None:
    facet = CheckIn.objects.get(pk=item.pk)
    kept: dict[str, Any] = {
        "mood": facet.mood,
        "energy": facet.energy,
        "stress": facet.stress,
        "feelings": facet.feelings,
        "body": item.body,
        "happened_at": item.happened_at,
        "zone": item.zone,
        "setback": item.setback,
    }
    actions.edit_check_in(item, now=LATER, **(kept | changed))


def test_hashtags_become_tags(owner: User) -> None:
    item = entry(owner, "They said no. #Interview", tags=["work"])
    assert tags(item) == {"interview", "work"}
    assert reads.own_tags(item) == ["work"]


def test_a_hashtag_that_is_taken_out_of_the_text_takes_its_tag_along(owner: User) -> None:
    item = entry(owner, "They said no. #interview #zürich", tags=["work"])
    edit(item, body="They said no. #zürich")
    assert tags(item) == {"work", "zürich"}
    assert search(owner=owner, text="tag:interview").count == 0


def test_an_edited_entry_keeps_its_history_and_can_be_taken_back(owner: User) -> None:
    item = entry(owner, "one #a", tags=["work"])
    edit(item, body="two #b")
    [before] = item.revisions.all()
    actions.take_back(before, now=LATER)
    kept = record.item(owner=owner, id=item.pk)
    assert (kept.body, tags(kept)) == ("one #a", {"a", "work"})
    assert [revision.body for revision in kept.revisions.all()] == ["two #b", "one #a"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"body": " \n"}, "body"),
        ({"at": "2026-11-22 18:06"}, "happened_at"),
        ({"title": "x" * 301}, "title"),
        ({"files": [NewFile("a.txt", b"x"), NewFile("b.txt", b"")]}, "files"),
    ],
)
def test_what_cannot_be_written(owner: User, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        entry(owner, **wrong)
    assert refused.value.field == field
    assert (Item.objects.count(), Attachment.objects.count()) == (0, 0)


def test_an_edit_that_is_refused_changes_nothing(owner: User) -> None:
    item = entry(owner, "one", files=[NewFile("a.txt", b"x")])
    files = list(item.attachments.all())
    with pytest.raises(RuleError):
        edit(item, body="two", remove=files, files=[NewFile("b.txt", b"")])
    kept = record.item(owner=owner, id=item.pk)
    assert (kept.body, kept.attachments.count(), kept.revisions.count()) == ("one", 1, 0)


def test_a_title_alone_is_an_entry(owner: User) -> None:
    assert entry(owner, "", title="They said no.").title == "They said no."


def test_stars(owner: User) -> None:
    first, second = entry(owner, at="2026-11-20 12:00"), entry(owner)
    check_in(owner)
    actions.star(first, now=LATER, starred=True)
    assert [row.id for row in reads.entries(owner=owner, starred=True).rows] == [first.pk]
    assert [row.id for row in reads.entries(owner=owner).rows] == [second.pk, first.pk]
    assert reads.starred([first.pk, second.pk]) == {first.pk}
    actions.star(first, now=LATER, starred=False)
    assert reads.entries(owner=owner, starred=True).rows == []
    assert not Entry.objects.filter(starred=True).exists()


def test_a_check_in_is_told_in_one_line_and_found_by_its_feelings(owner: User) -> None:
    item = check_in(owner, mood=4, energy=3, feelings=["Tired"], body="so so #work", tags=["x"])
    assert item.title == "Mood 4 · energy 3 · tired"
    assert tags(item) == {"work", "x"}
    assert search(owner=owner, text="tired").count == 1


@pytest.mark.parametrize("words", [{"mood": 1}, {"feelings": ["sad"]}, {"body": "so so"}])
def test_anything_at_all_is_a_check_in(owner: User, words: dict[str, Any]) -> None:
    assert check_in(owner, **({"mood": None} | words)).kind == "checkin"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mood": None}, "mood"),
        ({"mood": 11}, "mood"),
        ({"stress": 0}, "stress"),
        ({"feelings": ["x" * 41]}, "feelings"),
        ({"at": "2027-01-01 00:00"}, "happened_at"),
    ],
)
def test_what_cannot_be_checked_in(owner: User, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_in(owner, **wrong)
    assert refused.value.field == field
    assert not Item.objects.exists()


def test_a_check_in_is_changed_with_its_line_and_words(owner: User) -> None:
    item = check_in(owner, mood=4, feelings=["tired"], body="#work", tags=["x"])
    edit_check_in(item, mood=6, feelings=["calm"], body="better", setback=setback(owner))
    facet = CheckIn.objects.get(pk=item.pk)
    assert (facet.mood, facet.feelings) == (6, ["calm"])
    assert (item.title, tags(item)) == ("Mood 6 · calm", {"x"})
    assert (
        search(owner=owner, text="tired").count == search(owner=owner, text="tag:work").count == 0
    )
    assert search(owner=owner, text="calm setback:forty").count == 1


def test_a_check_in_cannot_be_emptied(owner: User) -> None:
    item = check_in(owner, mood=4)
    with pytest.raises(RuleError):
        edit_check_in(item, mood=None)
    assert CheckIn.objects.get(pk=item.pk).mood == 4


def test_the_newest_check_in_by_the_clock_on_the_wall(owner: User, stranger: User) -> None:
    assert reads.latest(owner=owner) is None
    check_in(owner, mood=2, at="2026-11-20 12:00")
    check_in(owner, mood=7, stress=1, at="2026-11-21 15:30", zone="Asia/Tokyo")
    spine.trash(check_in(owner, mood=9), now=NOW)
    check_in(stranger, mood=1)
    found = reads.latest(owner=owner)
    assert found is not None
    assert (found.mood, found.energy, found.stress) == (7, None, 1)
    assert found.lived_at.isoformat() == "2026-11-22T00:30:00+09:00"


def test_the_mood_of_a_day_is_the_mean_of_its_check_ins(owner: User, stranger: User) -> None:
    for mood, at in ((2, "2026-11-20 08:00"), (5, "2026-11-20 20:00"), (9, "2026-11-21 12:00")):
        check_in(owner, mood=mood, at=at)
    check_in(owner, mood=None, stress=3, at="2026-11-21 13:00")
    check_in(owner, mood=1, at="2026-11-19 12:00")
    spine.trash(check_in(owner, mood=10, at="2026-11-20 12:00"), now=NOW)
    check_in(stranger, mood=10, at="2026-11-20 12:00")
    days = (date(2026, 11, 20), date(2026, 11, 21))
    found = reads.mood_by_day(owner=owner, first=days[0], last=days[1])
    assert list(found) == [(days[0], 3.5), (days[1], 9)]


def test_the_day_of_an_entry_follows_the_zone_in_which_it_was_lived(owner: User) -> None:
    item = entry(owner, at="2026-11-21 15:30")
    assert item.day == date(2026, 11, 21)
    edit(item, zone="Asia/Tokyo")
    kept = record.item(owner=owner, id=item.pk)
    assert (kept.day, kept.happened_at) == (date(2026, 11, 22), moment("2026-11-21 15:30"))
