"""What belongs to somebody else is as if it were not there, whichever verb or read is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from making import NOW, check_in, entry, setback
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.journeys import first_hour
from upswing.record import actions, attachments, batches, bulk, drafts, reads, setbacks
from upswing.record.models import Attachment, Batch, Item, Setback
from upswing.record.reads import NotHere
from upswing.record.search import search
from upswing.strategies.coping import reads as coping
from upswing.strategies.coping.models import Entry


@dataclass
class Theirs:
    """What the stranger has; every text of it holds “heron”."""

    setback: Setback
    entry: Item
    file: Attachment
    batch: Batch


@pytest.fixture
def theirs(stranger: User) -> Theirs:
    about = setback(stranger, "The heron layoff")
    item = entry(stranger, "heron #heron", setback=about, starred=True, at="2025-11-22 12:00")
    check_in(stranger, mood=1, feelings=["heron"])
    actions.trash(entry(stranger, "heron in the trash"), now=NOW)
    drafts.keep(owner=stranger, key="entry-new", fields={"body": "heron"}, now=NOW)
    return Theirs(
        setback=about,
        entry=item,
        file=attachments.attach(item, now=NOW, name="heron.png", data=b"x"),
        batch=batches.start(owner=stranger, now=NOW, source="jrnl", file_name="heron.txt"),
    )


READS: dict[str, Callable[[User, Theirs], Any]] = {
    "item": lambda me, their: reads.item(owner=me, id=their.entry.pk),
    "item of kind": lambda me, their: reads.item(owner=me, id=their.setback.pk, kind="setback"),
    "ending": lambda me, their: reads.by_ending(owner=me, ending=their.entry.pk.hex[-8:]),
    "whole id": lambda me, their: reads.by_ending(owner=me, ending=str(their.entry.pk)),
    "attachment": lambda me, their: reads.attachment(owner=me, id=their.file.pk),
    "batch": lambda me, their: reads.batch(owner=me, id=their.batch.pk),
}


@pytest.mark.parametrize("name", READS)
def test_it_is_not_here(owner: User, stranger: User, theirs: Theirs, name: str) -> None:
    with pytest.raises(NotHere):
        READS[name](owner, theirs)
    assert READS[name](stranger, theirs)


LISTS: dict[str, Callable[[User, Theirs], Any]] = {
    "timeline": lambda me, their: reads.timeline(owner=me).rows,
    "timeline of a setback": lambda me, their: reads.timeline(owner=me, setback=their.setback).rows,
    "timeline of a tag": lambda me, their: reads.timeline(owner=me, tag="heron").rows,
    "search": lambda me, their: search(owner=me, text="heron").hits,
    "best": lambda me, their: search(owner=me, text="heron", best=True).hits,
    "search by tag": lambda me, their: search(owner=me, text="tag:heron").hits,
    "search for all but": lambda me, their: search(owner=me, text="-swan").hits,
    "search for all": lambda me, their: search(owner=me, text="").hits,
    "on this day": lambda me, their: reads.on_this_day(owner=me, today=NOW.date()),
    "years": lambda me, their: reads.years(owner=me),
    "tags": lambda me, their: reads.tags(owner=me),
    "trash": lambda me, their: reads.trashed(owner=me),
    "count of the trash": lambda me, their: reads.in_trash(owner=me),
    "count": lambda me, their: reads.kept(owner=me),
    "draft": lambda me, their: drafts.find(owner=me, key="entry-new"),
    "drafts": lambda me, their: drafts.waiting(owner=me),
    "batches": lambda me, their: batches.all_of(owner=me),
    "setbacks": lambda me, their: setbacks.all_of(owner=me),
    "current setback": lambda me, their: setbacks.current(owner=me),
    "setback by words": lambda me, their: setbacks.find(owner=me, words="heron"),
    "setback by id": lambda me, their: setbacks.find(owner=me, words=their.setback.pk.hex[-6:]),
    "journal": lambda me, their: coping.entries(owner=me).rows,
    "starred": lambda me, their: coping.entries(owner=me, starred=True).rows,
    "latest": lambda me, their: coping.latest(owner=me),
    "moods": lambda me, their: coping.mood_by_day(
        owner=me, first=NOW.date().replace(year=2000), last=NOW.date()
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_it_is_in_no_list(owner: User, stranger: User, theirs: Theirs, name: str) -> None:
    assert not LISTS[name](owner, theirs)
    assert LISTS[name](stranger, theirs)


def test_their_setback_cannot_be_searched_by_name(owner: User, theirs: Theirs) -> None:
    with pytest.raises(RuleError, match="No setback has “heron”"):
        search(owner=owner, text="setback:heron")


WRITES: dict[str, Callable[[User, Theirs], Any]] = {
    "entry": lambda me, their: entry(me, setback=their.setback),
    "check-in": lambda me, their: check_in(me, setback=their.setback),
    "note": lambda me, their: first_hour.note(
        owner=me, now=NOW, zone="UTC", setback=their.setback, stone="goals", body="x"
    ),
    "import": lambda me, their: bulk.add_many(
        [bulk.New(facet=Entry(), happened_at=NOW, zone="UTC", external_id="x", body="x")],
        owner=me,
        now=NOW,
        batch=batches.start(owner=me, now=NOW, source="jrnl", file_name="x"),
        places=bulk.Places(me),
        setback=their.setback,
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_nothing_of_mine_can_be_hung_on_theirs(owner: User, theirs: Theirs, name: str) -> None:
    before = Item.objects.count()
    with pytest.raises(RuleError) as refused:
        WRITES[name](owner, theirs)
    assert refused.value.field == "setback"
    assert Item.objects.count() == before


def test_mine_and_theirs_cannot_be_joined(owner: User, theirs: Theirs) -> None:
    mine = entry(owner)
    for one, other in ((mine, theirs.entry), (theirs.entry, mine)):
        with pytest.raises(RuleError):
            actions.link(one, other, relation="beside")


def test_emptying_my_trash_and_dropping_my_draft_leave_theirs(
    owner: User, stranger: User, theirs: Theirs
) -> None:
    assert actions.erase_trash(owner=owner) == 0
    drafts.drop(owner=owner, key="entry-new")
    drafts.keep(owner=owner, key="entry-new", fields={"body": "mine"}, now=NOW)
    assert reads.in_trash(owner=stranger) == 1
    draft = drafts.find(owner=stranger, key="entry-new")
    assert draft is not None
    assert draft.fields == {"body": "heron"}
