"""Dry run and import, against the record."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from upswing.accounts.models import User
from upswing.exchange.importers import source
from upswing.exchange.plan import Plan, dry_run
from upswing.exchange.rows import ImportProblem, Options, Origin, Row
from upswing.exchange.run import Report, import_rows
from upswing.record import actions, batches, setbacks
from upswing.record.models import Batch, Item
from upswing.record.search import search
from upswing.strategies.coping.models import Entry

DATA = Path(__file__).parent / "data"
JOURNAL = DATA / "default.txt"
SOME_OFTEN = "[2024-03-01 10:00] {}\n\n"


def rows(origin: Origin | str, zone: str = "Europe/Berlin") -> Iterator[Row]:
    data = origin.encode() if isinstance(origin, str) else origin
    return source("jrnl").read(data, Options(zone))


def plan(owner: User, origin: Origin | str, now: datetime) -> Plan:
    return dry_run(owner, rows(origin), now=now)


def bring(owner: User, origin: Origin | str, now: datetime, zone: str = "Europe/Berlin") -> Report:
    return import_rows(owner, rows(origin, zone), now=now, source="jrnl", file_name="journal.txt")


def counts(plan: Plan) -> tuple[int, int, int]:
    return plan.new, plan.there, plan.skipped


def test_the_dry_run_counts_and_writes_nothing(owner: User, now: datetime) -> None:
    found = plan(owner, JOURNAL, now)
    assert counts(found) == (9, 0, 0)
    assert (found.first, found.last) == (datetime(2024, 3, 1, 10), datetime(2025, 1, 1, 8))
    assert (found.starred, found.total, len(found.sample)) == (2, 9, 5)
    assert found.tags["work/search"] == found.tags["c++"] == found.tags["done"] == 1
    assert [each.where for each in found.told] == ["line 23", "line 25"]
    assert not Item.objects.exists()
    assert not Batch.objects.exists()


def test_the_import_does_what_the_dry_run_said(owner: User, now: datetime) -> None:
    said, report = plan(owner, JOURNAL, now), bring(owner, JOURNAL, now)
    assert report.plan == said
    assert Item.objects.filter(owner=owner, batch=report.batch, kind="entry").count() == 9


def test_everything_of_an_entry_arrives(owner: User, now: datetime) -> None:
    bring(owner, JOURNAL, now)
    item = Item.objects.get(title__startswith="Größe zeigen")
    assert item.body == "Ein langer Tag.\n\n    indented code\n> a quote"
    assert (item.happened_at, item.zone) == (
        datetime(2024, 3, 2, 20, 15, tzinfo=UTC),
        "Europe/Berlin",
    )
    assert Entry.objects.get(item=item).starred
    assert set(item.tags.values_list("name", flat=True)) == {"c++", "søren"}
    for words in ("grosse zeigen", '"ein langer tag"', "tag:søren", "c++"):
        (hit,) = search(owner=owner, text=words).hits
        assert hit.row.id == item.pk


def test_the_day_is_the_lived_day_in_the_chosen_zone(owner: User, now: datetime) -> None:
    bring(owner, "[2024-03-01 23:30] Late in Auckland\n", now, zone="Pacific/Auckland")
    item = Item.objects.get()
    assert (item.day.isoformat(), item.zone) == ("2024-03-01", "Pacific/Auckland")
    assert f"{item.lived_at:%Y-%m-%d %H:%M}" == "2024-03-01 23:30"


def test_the_same_file_twice_adds_nothing(owner: User, now: datetime) -> None:
    bring(owner, JOURNAL, now)
    again = bring(owner, JOURNAL, now + timedelta(days=1))
    assert counts(again.plan) == (0, 9, 0)
    assert counts(plan(owner, DATA / "default.json", now)) == (0, 9, 0)
    assert Item.objects.count() == 9


def test_true_doubles_are_kept_and_a_later_one_is_added(owner: User, now: datetime) -> None:
    once = SOME_OFTEN.format("Same words.")
    assert counts(bring(owner, once * 2, now).plan) == (2, 0, 0)
    assert counts(bring(owner, once * 3, now).plan) == (1, 2, 0)


def test_what_lies_in_the_trash_does_not_come_back(owner: User, now: datetime) -> None:
    bring(owner, JOURNAL, now)
    actions.trash(Item.objects.get(title__startswith="They said no"), now=now)
    assert counts(bring(owner, JOURNAL, now).plan) == (0, 9, 0)


def test_what_was_edited_is_never_overwritten(owner: User, now: datetime) -> None:
    bring(owner, JOURNAL, now)
    item = Item.objects.get(title__startswith="They said no")
    actions.change(item, now=now + timedelta(hours=1), body="My own words now.")
    bring(owner, JOURNAL, now + timedelta(hours=2))
    item.refresh_from_db()
    assert item.body == "My own words now."


def test_another_owner_has_a_record_of_their_own(
    owner: User, stranger: User, now: datetime
) -> None:
    bring(stranger, JOURNAL, now)
    assert counts(plan(owner, JOURNAL, now)) == (9, 0, 0)
    assert counts(bring(owner, JOURNAL, now).plan) == (9, 0, 0)


def test_every_row_has_a_reason_and_the_batch_keeps_it(owner: User, now: datetime) -> None:
    journal = (
        "Preface\n\n"
        + "[2024-02-30 10:00] Wrong day\n\n"
        + "[2024-03-01 10:00] Good\n\n"
        + "[2027-01-01 10:00] To come\n\n"
        + "[2024-03-31 02:30] Gap\n"
    )
    batch = bring(owner, journal, now).batch
    batch.refresh_from_db()
    rows = list(batches.report(batch))
    assert (batch.added, batch.there, batch.skipped) == (2, 0, 3)
    assert [(row[0], row[1]) for row in rows] == [
        ("line 1", "skipped"),
        ("line 3", "skipped"),
        ("line 5", "new"),
        ("line 7", "skipped"),
        ("line 9", "new"),
    ]
    assert rows[1][2] == "There is no date “2024-02-30 10:00”."
    assert rows[3][2] == "That moment is still to come."
    assert "went forward over 02:30" in rows[4][2]


def test_long_first_lines_and_many_tags_are_converted_and_told(owner: User, now: datetime) -> None:
    tags = " ".join(f"@tag{number}" for number in range(60))
    bring(owner, f"[2024-03-01 10:00] {'word ' * 70}\nText {tags} @{'x' * 90}\n", now)
    item = Item.objects.get()
    assert (item.title, item.tags.count()) == ("", 50)
    assert item.body.startswith("word word")
    assert "\n\nText @tag0" in item.body
    reason = next(batches.report(Batch.objects.get()))[2]
    assert "too long for a title" in reason
    assert "tag50" in reason


def test_a_text_longer_than_an_entry_is_skipped_and_told(owner: User, now: datetime) -> None:
    long = "A line of an endless text.\n" * 40_000
    report = bring(owner, f"[2024-03-01 10:00] Long\n{long}\n[2024-03-02 10:00] Short\n", now)
    assert counts(report.plan) == (1, 0, 1)
    assert "longer than one entry can hold" in report.plan.verdicts[0].reason


def test_the_first_hours_of_1900_do_not_stop_the_rest(owner: User, now: datetime) -> None:
    report = bring(owner, "[1900-01-01 00:00] Dawn\n\n[1900-01-02 00:00] Day\n", now)
    assert counts(report.plan) == (1, 0, 1)
    assert "outside the years" in report.plan.verdicts[0].reason


def test_a_file_that_breaks_halfway_leaves_nothing(owner: User, now: datetime) -> None:
    many = "".join(SOME_OFTEN.format(number) for number in range(450)).encode()
    with pytest.raises(ImportProblem, match=r"Line 901 is not valid UTF-8"):
        bring(owner, many + b"\xff\n", now)
    assert not Item.objects.exists()
    assert not Batch.objects.exists()


def test_the_same_id_twice_in_one_file_is_told(owner: User, now: datetime) -> None:
    export = json.loads((DATA / "dayone.json").read_text())
    export["entries"][1]["uuid"] = export["entries"][0]["uuid"]
    report = bring(owner, json.dumps(export), now)
    assert counts(report.plan) == (1, 0, 1)
    assert "same id" in report.plan.verdicts[1].reason


def test_progress_is_told_after_every_chunk(owner: User, now: datetime) -> None:
    told: list[tuple[int, int]] = []
    many = "".join(SOME_OFTEN.format(number) for number in range(450))
    import_rows(
        owner,
        rows(many),
        now=now,
        source="jrnl",
        file_name="x",
        total=450,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(200, 450), (400, 450), (450, 450)]


def test_everything_can_belong_to_one_setback(owner: User, now: datetime) -> None:
    setback = setbacks.tell(owner=owner, now=now, zone="Europe/Berlin", title="They said no")
    import_rows(owner, rows(JOURNAL), now=now, source="jrnl", file_name="x", setback=setback)
    assert setback.items.count() == 9


def test_one_undo_takes_back_exactly_what_the_import_brought(owner: User, now: datetime) -> None:
    bring(owner, "[2024-01-01 10:00] Mine before\n", now)
    report = bring(owner, JOURNAL, now)
    undone = batches.undo(report.batch, now=now)
    assert (undone.erased, undone.kept) == (9, [])
    assert [item.title for item in Item.objects.all()] == ["Mine before"]
    assert counts(plan(owner, JOURNAL, now)) == (9, 0, 0)


def test_undo_keeps_and_names_what_was_edited_since(owner: User, now: datetime) -> None:
    report = bring(owner, JOURNAL, now)
    edited = Item.objects.get(title__startswith="They said no")
    actions.change(edited, now=now + timedelta(hours=1), body="Mine now.")
    undone = batches.undo(report.batch, now=now + timedelta(hours=2))
    assert (undone.erased, undone.kept) == (8, [edited.title])
    assert Item.objects.get().body == "Mine now."
