"""Many items at once, and imports that are undone whole."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from making import NOW, entry, moment, setback
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.record import actions, attachments, batches, bulk, reads, rules
from upswing.record.models import Batch, Item
from upswing.record.search import search
from upswing.strategies.coping.models import CheckIn, Entry

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def batch(owner: User) -> Batch:
    return batches.start(owner=owner, now=NOW, source="jrnl", file_name="my\x0bjournal.txt")


def new(body: str = "They said no.", *, at: str = "2026-01-01 12:00", **more: Any) -> bulk.New:
    rest: dict[str, Any] = {"facet": Entry(), "zone": "UTC", "external_id": body} | more
    return bulk.New(body=body, happened_at=moment(at), **rest)


def bring(owner: User, batch: Batch, *some: bulk.New, **more: Any) -> list[Item]:
    places = bulk.Places(owner)
    return bulk.add_many(some, owner=owner, now=NOW, batch=batch, places=places, **more)


def test_a_row_is_as_one_that_was_written(owner: User, batch: Batch) -> None:
    about = setback(owner)
    felt = new("so so", facet=CheckIn(mood=3, feelings=["tired"]), tags=("#Work", "work"))
    one, two = bring(owner, batch, felt, new("heron"), setback=about)
    alone = actions.add(
        CheckIn(mood=3, feelings=["tired"]),
        owner=owner,
        now=NOW,
        zone="UTC",
        body="so so",
        happened_at=moment("2026-01-01 12:00"),
        setback=about,
        tags=["work"],
        batch=batch,
    )
    told = [reads.item(owner=owner, id=item.pk) for item in (one, alone)]
    names = (
        "kind",
        "title",
        "body",
        "happened_at",
        "zone",
        "day",
        "setback",
        "batch",
        "updated_at",
    )
    assert len({tuple(str(getattr(item, name)) for name in names) for item in told}) == 1
    for words in ("so", "tired", "tag:work", "kind:checkin", "setback:forty so"):
        hits = [hit.row.id for hit in search(owner=owner, text=words).hits]
        assert hits == [alone.pk, one.pk], words
    assert [hit.row.id for hit in search(owner=owner, text="heron").hits] == [two.pk]


def test_rows_of_one_moment_follow_each_other_and_what_is_there(
    owner: User, stranger: User, batch: Batch
) -> None:
    there = [entry(someone, at="2026-01-01 12:00").pk for someone in (owner, stranger, owner)]
    brought = bring(owner, batch, new("a"), new("b", at="2026-01-01 13:00"), new("c"))
    rows = [row.id for row in reads.timeline(owner=owner).rows]
    assert rows == [brought[1].pk, brought[2].pk, brought[0].pk, there[2], there[0]]


def test_more_rows_than_a_moment_holds(
    owner: User, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "PLACES_A_MOMENT", 3)
    bring(owner, batch, *(new(str(number)) for number in range(3)))
    with pytest.raises(RuleError, match="moment is full"):
        bring(owner, batch, new("one too many"))
    assert Item.objects.count() == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "x" * 301},
        {"body": "\x00"},
        {"zone": "Mars/Olympus"},
        {"tags": ("x" * 81,)},
        {"at": "1899-12-31 12:00"},
    ],
)
def test_one_row_that_breaks_a_rule_and_none_is_written(
    owner: User, batch: Batch, wrong: dict[str, Any]
) -> None:
    with pytest.raises(RuleError):
        bring(owner, batch, new("fine"), new(**wrong))
    assert not Item.objects.exists()


def test_a_setback_of_somebody_else_is_refused(owner: User, stranger: User, batch: Batch) -> None:
    with pytest.raises(RuleError):
        bring(owner, batch, new(), setback=setback(stranger))


def test_undo_takes_what_was_brought_and_keeps_what_was_worked_on(
    owner: User, batch: Batch
) -> None:
    rows = [new(name) for name in ("gone", "edited", "with a file", "starred", "joined", "trashed")]
    gone, edited, filed, starred, joined, trashed = bring(owner, batch, *rows)
    actions.change(edited, now=LATER, body="edited since")
    attachments.attach(filed, now=LATER, name="a.txt", data=b"x")
    actions.change(starred, now=LATER, facet=Entry(item=starred, starred=True))
    actions.link(entry(owner, "mine"), joined, relation="beside")
    actions.trash(trashed, now=LATER)
    undone = batches.undo(batch, now=LATER)
    assert undone.erased == 2
    assert set(undone.kept) == {"edited since", "with a file", "starred", "joined"}
    assert Item.objects.filter(batch=None).count() == 5
    assert not Item.objects.filter(pk__in=[gone.pk, trashed.pk]).exists()
    assert search(owner=owner, text="gone").count == 0
    assert search(owner=owner, text="edited since").count == 1
    assert Batch.objects.get(pk=batch.pk).undone_at == LATER


def test_a_file_name_with_control_signs_is_kept_in_one_line(batch: Batch) -> None:
    assert batch.file_name == "my journal.txt"


def test_places_that_were_erased_are_no_trap(owner: User, batch: Batch) -> None:
    first, second = (entry(owner, at="2026-01-01 12:00") for _ in range(2))
    actions.erase([first])
    one, two = bring(owner, batch, new("a"), new("b"))
    assert [one.position, two.position] == [second.position + 1, second.position + 2]


def test_moments_are_told_apart_to_the_millisecond(owner: User, batch: Batch) -> None:
    at = datetime.fromisoformat("2026-01-01T12:00:00.002000+00:00")
    late = bulk.New(facet=Entry(), happened_at=at, zone="UTC", external_id="late", body="late")
    early = bulk.New(
        facet=Entry(),
        happened_at=at - timedelta(milliseconds=1),
        zone="UTC",
        external_id="early",
        body="early",
    )
    bring(owner, batch, late, early)
    assert [row.title for row in reads.timeline(owner=owner).rows] == ["late", "early"]
