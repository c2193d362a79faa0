"""The tables: complete, safe to rebuild, and strict about what is unique."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from making import NOW, entry, setback
from upswing.accounts.models import User
from upswing.record import actions, reads
from upswing.record.models import Item, facets
from upswing.record.search import search
from upswing.strategies.coping.models import CheckIn


def test_migrations_carry_all_that_the_models_say(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_kind_has_a_facet_and_a_noun() -> None:
    recorded = {"entry", "checkin", "setback", "person", "note", "factor", "lesson"}
    exercises = {"talk", "thought", "verdict", "review"} | {"break", "letter", "voices"}
    assert set(facets()) == recorded | exercises
    assert all(facet.NOUN for facet in facets().values())


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_rebuilt_keeps_the_index(stranger: User) -> None:
    old = entry(stranger, "an old heron #birds")
    number = Item._meta.get_field("zone")
    wider = models.CharField(max_length=80)
    wider.set_attributes_from_name("zone")
    wider.model = Item
    for before, after in ((number, wider), (wider, number)):
        with connection.schema_editor() as editor:
            editor.alter_field(Item, before, after)
        new = entry(stranger, "a new heron")
        found = search(owner=stranger, text="heron").hits
        assert [hit.row.id for hit in found][:1] == [new.pk]
        assert found[-1].row.id == old.pk
    actions.change(old, now=NOW, body="an old swan")
    assert search(owner=stranger, text="heron").count == 2
    assert [hit.row.id for hit in search(owner=stranger, text="tag:birds").hits] == [old.pk]
    actions.erase(list(Item.objects.all()))


@pytest.mark.parametrize(
    "again",
    [
        {"position": 7, "external_id": "b"},
        {"position": 8, "external_id": "a"},
    ],
)
def test_a_place_and_an_origin_are_taken_once(owner: User, again: dict[str, Any]) -> None:
    same = {
        "owner": owner,
        "kind": "entry",
        "happened_at": NOW,
        "zone": "UTC",
        "day": NOW.date(),
        "created_at": NOW,
        "updated_at": NOW,
    }
    Item.objects.create(position=7, external_id="a", **same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(**same, **again)
    Item.objects.create(position=9, external_id=None, **same)
    Item.objects.create(position=10, external_id=None, **same)


def test_an_item_goes_with_its_facet_and_a_facet_not_without_its_item(owner: User) -> None:
    item = actions.add(CheckIn(mood=3), owner=owner, now=NOW, zone="UTC")
    item.delete()
    assert not CheckIn.objects.exists()


@contextmanager
def plans() -> Iterator[list[str]]:
    """What SQLite tells of each query: how it will look for its rows."""
    told: list[str] = []

    def note_plan(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked = f"EXPLAIN QUERY PLAN {sql.replace('%s', '?')}"
        told.extend(row[3] for row in connection.connection.execute(asked, params).fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note_plan):
        yield told


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is read as SQLite tells it")
def test_lists_are_read_from_an_index(owner: User) -> None:
    """No list walks over all there is or sorts it, whatever it is narrowed by."""
    about = setback(owner)
    entry(owner, "heron", tags=["work"], setback=about)
    with plans() as told:
        reads.timeline(owner=owner)
        reads.timeline(owner=owner, kinds=["entry"], before=2**60)
        reads.timeline(owner=owner, year=2026)
        reads.timeline(owner=owner, setback=about)
        reads.timeline(owner=owner, tag="work")
        reads.years(owner=owner)
        reads.trashed(owner=owner)
        search(owner=owner, text="heron")
        search(owner=owner, text="heron kind:entry before:2027", before=2**60)
        search(owner=owner, text="-swan")
    assert len(told) > 35
    assert [plan for plan in told if plan.startswith("SCAN upswing_item")] == []
    assert [plan for plan in told if "TEMP B-TREE FOR ORDER BY" in plan] == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is read as SQLite tells it")
def test_this_day_sorts_only_what_was_written_on_it(owner: User) -> None:
    entry(owner, "heron")
    with plans() as told:
        reads.on_this_day(owner=owner, today=NOW.date())
    assert [plan for plan in told if plan.startswith("SCAN")] == []
    assert any("day=?" in plan for plan in told)
