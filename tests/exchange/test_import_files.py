"""Files that come with entries: kept with them, judged by the same rules, and taken back."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from exchange.dayone_files import JPEG, entry, export, photo
from upswing.accounts.models import User
from upswing.exchange.importers import source
from upswing.exchange.plan import dry_run
from upswing.exchange.rows import ImportProblem, Options, Row, RowFile
from upswing.exchange.run import Report, import_rows
from upswing.record import actions, attachments, batches, setbacks
from upswing.record.models import Attachment, Item
from upswing.strategies.coping.actions import write_entry

PICTURES = [JPEG + name for name in (b"river", b"mill")]


def day_one() -> bytes:
    return export(
        entry(1, photos=[photo(data, str(at)) for at, data in enumerate(PICTURES)]),
        entry(2, text="Nothing but words"),
        photos=PICTURES,
    )


def rows(data: bytes) -> Iterator[Row]:
    return source("dayone").read(data, Options("UTC"))


def bring(owner: User, found: Any, now: datetime) -> Report:
    return import_rows(owner, found, now=now, source="dayone", file_name="export.zip")


def row(*files: RowFile, number: int = 1) -> Row:
    local = datetime(2024, 3, 1, 10, number % 60)  # noqa: DTZ001 - what the clock showed
    return Row(number, f"entry {number}", "A day", "", local, "UTC", key=f"x:{number}", files=files)


def file(data: bytes, name: str = "a.jpeg", size: int | None = None) -> RowFile:
    return RowFile(name, len(data) if size is None else size, lambda: data)


def broken() -> bytes:
    raise ImportProblem("“b.jpeg” is damaged.")


def reason(report: Report) -> str:
    return report.plan.verdicts[0].reason


def test_files_arrive_with_their_entry(owner: User, now: datetime) -> None:
    said = dry_run(owner, rows(day_one()), now=now)
    assert (said.new, said.files, Attachment.objects.count()) == (2, 2, 0)
    report = bring(owner, rows(day_one()), now)
    assert report.plan == said
    kept = Attachment.objects.filter(item__title="They said no").order_by("name")
    assert [(each.name, bytes(each.data), each.media_type) for each in kept] == [
        ("picture 1.jpeg", PICTURES[0], "image/jpeg"),
        ("picture 2.jpeg", PICTURES[1], "image/jpeg"),
    ]
    assert Attachment.objects.count() == 2


def test_the_same_export_again_adds_no_files(owner: User, now: datetime) -> None:
    bring(owner, rows(day_one()), now)
    attachments.detach(Attachment.objects.all()[0])
    again = bring(owner, rows(day_one()), now + timedelta(days=1))
    assert (again.plan.there, again.plan.files, Attachment.objects.count()) == (2, 0, 1)


def test_undo_takes_the_files_too(owner: User, now: datetime) -> None:
    report = bring(owner, rows(day_one()), now)
    assert batches.undo(report.batch, now=now).erased == 2
    assert not Attachment.objects.exists()


def test_dry_run_and_skipped_rows_read_no_file(owner: User, now: datetime) -> None:
    untouched = RowFile("a", 1, lambda: pytest.fail("was read"))
    dry_run(owner, [row(untouched)], now=now)
    bring(owner, [row()], now)
    bring(owner, [row(untouched)], now)


@pytest.mark.parametrize(
    ("size", "why"),
    [(0, "“a.jpeg” is empty."), (10_000_001, "“a.jpeg” is larger than 10 MB.")],
)
def test_a_file_that_cannot_be_kept_is_told_and_the_entry_comes(
    owner: User, now: datetime, size: int, why: str
) -> None:
    found = [row(file(b"", size=size), file(b"x", "b.jpeg"))]
    said = dry_run(owner, found, now=now)
    report = bring(owner, found, now)
    assert reason(report) == f"{why} It is left out; the entry comes in."
    assert (said, Item.objects.count(), Attachment.objects.get().name) == (report.plan, 1, "b.jpeg")


def test_a_file_that_turns_out_unreadable_is_told_and_the_entry_comes(
    owner: User, now: datetime
) -> None:
    report = bring(owner, [row(RowFile("b.jpeg", 9, broken), file(b"x")), row(number=2)], now)
    assert reason(report) == "“b.jpeg” is damaged. It is left out; the entry comes in."
    assert next(batches.report(report.batch))[2] == reason(report)
    assert (report.plan.files, Attachment.objects.get().item.title) == (1, "A day")


def test_more_files_than_a_form_takes_come_up_to_a_hundred(owner: User, now: datetime) -> None:
    many = [file(b"x", f"{number}.txt") for number in range(101)]
    report = bring(owner, [row(*many)], now)
    assert Attachment.objects.count() == 100
    assert "more than 100 files" in reason(report)


def test_files_are_not_gathered_in_memory(owner: User, now: datetime) -> None:
    """Forty files of two megabytes: eighty come in, and never more than a few are held."""

    def read() -> bytes:
        return bytes(2_000_000)

    found = (row(RowFile("a", 2_000_000, read), number=number) for number in range(40))
    tracemalloc.start()
    try:
        bring(owner, found, now)
        assert tracemalloc.get_traced_memory()[1] < 25_000_000
    finally:
        tracemalloc.stop()
    assert Attachment.objects.count() == 40


@pytest.fixture
def report(owner: User, now: datetime) -> Report:
    return bring(owner, rows(day_one()), now)


def undone(report: Report, now: datetime) -> list[str]:
    """What an undo two hours later kept."""
    return batches.undo(report.batch, now=now + timedelta(hours=2)).kept


def words(owner: User, now: datetime) -> Item:
    return write_entry(owner=owner, now=now, zone="UTC", body="Mine.")


def test_undo_keeps_what_got_a_file_since(report: Report, now: datetime) -> None:
    item = Item.objects.get(title="They said no")
    attachments.attach(item, now=now + timedelta(hours=1), name="mine.txt", data=b"x")
    assert undone(report, now) == ["They said no"]
    assert Attachment.objects.count() == 3


@pytest.mark.parametrize("leading", ["out", "in"])
def test_undo_keeps_what_was_joined_with_something_since(
    owner: User, report: Report, now: datetime, leading: str
) -> None:
    item, mine = Item.objects.get(title="They said no"), words(owner, now)
    both = (item, mine) if leading == "out" else (mine, item)
    actions.link(*both, relation="recalls")
    assert undone(report, now) == ["They said no"]
    assert (item.links_out if leading == "out" else item.links_in).count() == 1


def test_undo_keeps_a_setback_to_which_something_belongs(owner: User, now: datetime) -> None:
    batch = batches.start(owner=owner, now=now, source="x", file_name="x")
    told = setbacks.tell(owner=owner, now=now, zone="UTC", title="They said no")
    Item.objects.filter(pk=told.pk).update(batch=batch)
    mine = write_entry(owner=owner, now=now, zone="UTC", body="Mine.", setback=told)
    assert batches.undo(batch, now=now).kept == ["They said no"]
    mine.refresh_from_db()
    assert mine.setback == told


def test_links_inside_an_import_do_not_keep_it(report: Report, now: datetime) -> None:
    actions.link(*Item.objects.all(), relation="with")
    assert undone(report, now) == []
