"""The verbs of the spine: what one of them writes, all of it or nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from making import NOW, check_in, entry, moment, setback
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.record import actions, reads, rules
from upswing.record.models import Item, Link, Note, Revision, Setback, Tag
from upswing.record.search import search
from upswing.strategies.coping.models import CheckIn, Entry

LATER = NOW + timedelta(hours=1)


def found(owner: User, text: str) -> list[Any]:
    return [hit.row.id for hit in search(owner=owner, text=text).hits]


def tags(item: Item) -> set[str]:
    return set(item.tags.values_list("name", flat=True))


def indexed(word: str) -> set[int]:
    """Where the full-text index has the word, whether or not an item is there."""
    if connection.vendor != "sqlite":
        return set(Item.objects.filter(body__contains=word).values_list("position", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM upswing_words WHERE upswing_words MATCH %s", [word])
        return {position for (position,) in cursor.fetchall()}


def timeline(owner: User) -> list[Any]:
    return [row.id for row in reads.timeline(owner=owner).rows]


def test_what_is_added_is_there_with_all_that_belongs_to_it(owner: User) -> None:
    about = setback(owner)
    added = actions.add(
        CheckIn(mood=3, feelings=["tired"]),
        owner=owner,
        now=NOW,
        zone="Asia/Tokyo",
        title=" A  line ",
        body="They said no.\r\n",
        happened_at=moment("2026-11-21 15:30"),
        setback=about,
        tags=["#Work"],
    )
    item = reads.item(owner=owner, id=added.pk)
    assert (item.kind, item.title, item.body) == ("checkin", "A line", "They said no.\n")
    assert (item.happened_at, item.zone) == (moment("2026-11-21 15:30"), "Asia/Tokyo")
    assert (item.day, item.lived_at.isoformat()) == (
        date(2026, 11, 22),
        "2026-11-22T00:30:00+09:00",
    )
    assert (item.created_at, item.updated_at) == (NOW, NOW)
    assert (item.setback, tags(item)) == (about, {"work"})
    assert item.pk.version == 7
    for words in ("line", "said", "tired", "work", "tag:work", "kind:checkin", "setback:forty"):
        assert found(owner, words) == [item.pk], words


def test_without_a_moment_it_is_now(owner: User) -> None:
    assert entry(owner).happened_at == NOW


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "x" * 301}, "title"),
        ({"body": "a\x00"}, "body"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"tags": ["x" * 81]}, "tags"),
        ({"happened_at": NOW.replace(year=1850)}, "happened_at"),
        ({"external_id": "x" * 201}, "external_id"),
    ],
)
def test_what_breaks_a_rule_writes_nothing(owner: User, wrong: dict[str, Any], field: str) -> None:
    given: dict[str, Any] = {"owner": owner, "now": NOW, "zone": "UTC"} | wrong
    with pytest.raises(RuleError) as refused:
        actions.add(Entry(), **given)
    assert refused.value.field == field
    assert not Item.objects.exists()


def test_a_facet_that_breaks_a_rule_leaves_no_item_behind(owner: User) -> None:
    with pytest.raises(RuleError) as refused:
        actions.add(Setback(sort="disaster"), owner=owner, now=NOW, zone="UTC", title="Unheard of")
    assert refused.value.field == "sort"
    assert not Item.objects.exists()
    assert search(owner=owner, text="unheard").count == 0


def test_a_change_that_a_facet_refuses_leaves_all_as_it_was(owner: User) -> None:
    item = check_in(owner, body="before")
    facet = CheckIn.objects.get(pk=item.pk)
    facet.mood = -1
    with pytest.raises(RuleError):
        actions.change(item, now=LATER, facet=facet, body="after", tags=["after"])
    kept = reads.item(owner=owner, id=item.pk)
    assert (kept.body, kept.updated_at, tags(kept)) == ("before", NOW, set())
    assert not Revision.objects.exists()
    assert (found(owner, "before"), found(owner, "after")) == ([item.pk], [])


def test_each_change_of_the_text_keeps_how_it_read_before(owner: User) -> None:
    item = entry(owner, "one", title="A")
    actions.change(item, now=LATER, body="two")
    actions.change(item, now=LATER, body="two\r\n".rstrip(), title=" A ")
    actions.change(item, now=LATER, zone="Europe/Berlin", tags=["x"])
    actions.change(item, now=LATER + timedelta(hours=1), title="B")
    kept = item.revisions.values_list("title", "body", "replaced_at")
    assert list(kept) == [("A", "two", LATER + timedelta(hours=1)), ("A", "one", LATER)]


def test_a_changed_text_is_found_by_its_new_words_only(owner: User) -> None:
    item = entry(owner, "the heron flew", title="Water")
    actions.change(item, now=LATER, body="the swan swam", tags=["birds"])
    assert found(owner, "swan") == found(owner, "tag:birds") == found(owner, "water") == [item.pk]
    assert found(owner, "heron") == []
    actions.change(item, now=LATER, tags=[])
    assert found(owner, "birds") == []


def test_an_item_that_moves_is_found_at_its_new_place(owner: User) -> None:
    moved, stays = entry(owner, "heron one"), entry(owner, "heron two", at="2026-11-20 12:00")
    old = moved.position
    actions.change(moved, now=LATER, happened_at=moment("2026-11-19 23:30"), zone="Asia/Tokyo")
    assert moved.day == date(2026, 11, 20)
    assert timeline(owner) == found(owner, "heron") == [stays.pk, moved.pk]
    assert indexed("heron") == {stays.position, moved.position}
    fresh = entry(owner, "nothing")
    assert fresh.position == old  # the place is free again, and nothing stale stands there
    assert found(owner, "heron") == [stays.pk, moved.pk]


def test_a_move_within_its_moment_keeps_the_place(owner: User) -> None:
    item = entry(owner, at="2026-11-20 12:00")
    before = item.position
    actions.change(item, now=LATER, happened_at=item.happened_at + timedelta(microseconds=999))
    assert item.position == before


def test_items_of_one_moment_keep_the_order_in_which_they_came(owner: User) -> None:
    same = [entry(owner, f"heron {number}").pk for number in range(5)]
    assert timeline(owner) == found(owner, "heron") == same[::-1]
    positions = [Item.objects.get(pk=pk).position for pk in same]
    assert positions == list(range(positions[0], positions[0] + 5))


def test_items_before_1970_come_before_later_ones(owner: User) -> None:
    days = ["1970-01-01 00:00", "1969-12-31 23:59", "1900-01-01 12:00", "1970-01-01 00:01"]
    [zero, before, long_before, after] = [entry(owner, "heron", at=day).pk for day in days]
    assert timeline(owner) == found(owner, "heron") == [after, zero, before, long_before]


def test_a_full_moment_is_refused_in_words(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "PLACES_A_MOMENT", 3)
    for _ in range(3):
        entry(owner)
    with pytest.raises(RuleError, match="moment is full"):
        entry(owner)
    assert Item.objects.count() == 3
    assert entry(owner, at="2026-11-22 17:59").position < Item.objects.first().position  # type: ignore[union-attr]


def test_two_owners_share_a_moment_and_not_their_words(owner: User, stranger: User) -> None:
    mine, theirs = entry(owner, "my heron"), entry(stranger, "their swan")
    assert (found(owner, "heron"), found(stranger, "swan")) == ([mine.pk], [theirs.pk])
    actions.erase([theirs])
    assert found(owner, "heron") == [mine.pk]


def test_a_setback_of_somebody_else_cannot_be_named(owner: User, stranger: User) -> None:
    theirs = setback(stranger)
    with pytest.raises(RuleError) as refused:
        entry(owner, setback=theirs)
    assert refused.value.field == "setback"
    item = entry(owner)
    with pytest.raises(RuleError):
        actions.change(item, now=LATER, setback=theirs)
    assert Item.objects.get(pk=item.pk).setback is None


def test_a_setback_can_be_named_later_and_taken_away(owner: User) -> None:
    item, about = entry(owner), setback(owner)
    actions.change(item, now=LATER, setback=about)
    assert found(owner, "setback:forty") == [item.pk]
    actions.change(item, now=LATER, setback=None)
    assert found(owner, "setback:forty") == []


def test_trash_hides_and_restore_brings_back(owner: User) -> None:
    item = entry(owner, "the heron #birds")
    actions.trash(item, now=LATER)
    assert (timeline(owner), found(owner, "heron"), found(owner, "")) == ([], [], [])
    assert (reads.tags(owner=owner), reads.kept(owner=owner)) == ([], 0)
    assert [row.id for row in reads.trashed(owner=owner)] == [item.pk]
    actions.restore(item)
    assert timeline(owner) == found(owner, "heron") == found(owner, "tag:birds") == [item.pk]
    assert reads.trashed(owner=owner) == []


def test_a_change_in_the_trash_stays_in_the_trash(owner: User) -> None:
    item = entry(owner, "the heron")
    actions.trash(item, now=LATER)
    actions.change(item, now=LATER, body="the swan")
    assert found(owner, "swan") == []
    assert [row.excerpt or row.title for row in reads.trashed(owner=owner)] == ["the swan"]


def test_erasing_leaves_nothing_of_an_item(owner: User) -> None:
    item, other = entry(owner, "the heron #birds"), check_in(owner)
    actions.change(item, now=LATER, body="the swan")
    actions.link(item, other, relation="beside")
    stale = Item.objects.get(pk=item.pk)
    actions.change(item, now=LATER, happened_at=moment("2026-11-01 12:00"))
    assert actions.erase([stale]) == 1
    assert indexed("swan") == set()
    assert [model.objects.count() for model in (Entry, Revision, Link, Item)] == [0, 0, 0, 1]
    assert entry(owner, "nothing", at="2026-11-01 12:00").position == item.position
    assert found(owner, "swan") == []


def test_erasing_a_setback_keeps_what_was_written_about_it(owner: User) -> None:
    about = setback(owner)
    item = entry(owner, setback=about)
    actions.erase([about.item])
    assert reads.item(owner=owner, id=item.pk).setback is None
    assert not Setback.objects.exists()


def test_emptying_the_trash_takes_only_what_lies_in_it(owner: User, stranger: User) -> None:
    kept, gone, theirs = entry(owner), entry(owner), entry(stranger)
    for item in (gone, theirs):
        actions.trash(item, now=LATER)
    assert actions.erase_trash(owner=owner) == 1
    assert set(Item.objects.values_list("pk", flat=True)) == {kept.pk, theirs.pk}


def test_a_link_is_made_once_and_only_within_one_owner(owner: User, stranger: User) -> None:
    one, other = entry(owner), check_in(owner)
    actions.link(one, other, relation="beside")
    actions.link(one, other, relation="beside")
    assert Link.objects.count() == 1
    with pytest.raises(RuleError):
        actions.link(one, entry(stranger), relation="beside")
    actions.unlink(one, other, relation="beside")
    actions.unlink(one, other, relation="beside")
    assert not Link.objects.exists()


def test_a_tag_is_one_row_however_often_it_is_given(owner: User, stranger: User) -> None:
    for name in ("work", "#Work", "WORK"):
        entry(owner, tags=[name])
    entry(stranger, tags=["work"])
    assert Tag.objects.count() == 2
    assert reads.tags(owner=owner) == [("work", 3)]


def test_a_note_is_an_item_like_any_other(owner: User) -> None:
    actions.add(Note(stone="goals"), owner=owner, now=NOW, zone="UTC", body="one small step")
    assert len(found(owner, "kind:note step")) == 1
