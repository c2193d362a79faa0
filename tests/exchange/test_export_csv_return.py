"""The tables of a CSV export come back, also alone, changed or zipped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from exchange import full
from upswing.accounts.models import User
from upswing.exchange import bringing, importers, landing
from upswing.exchange.exporters import exporter
from upswing.exchange.members import Order
from upswing.exchange.rows import ImportProblem, Options, Origin
from upswing.exchange.run import Report
from upswing.record import batches
from upswing.record.models import Item
from upswing.strategies.coping.models import CheckIn, Entry

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
ITEM = ("kind", "title", "body", "happened_at", "zone", "day", "created_at", "trashed_at")


@pytest.fixture
def folder(owner: User, tmp_path: Path) -> Path:
    full.fill(owner, 30, many=96)
    order = Order(owner, NOW, date(2026, 11, 22))
    landing.land(exporter("csv"), order, tmp_path / "tables")
    return tmp_path / "tables"


def bring(owner: User, origin: Origin, name: str = "x") -> Report:
    source = importers.recognise(origin, name)
    assert source
    assert source.name == "upswing-csv"
    about: dict[str, Any] = {"now": NOW, "file_name": name}
    return bringing.bring_in(source, owner, origin, Options("UTC"), **about)


def told(owner: User) -> dict[str, Any]:
    found = Item.objects.of(owner).filter(kind__in=("entry", "checkin"))
    tags = {item.pk: sorted(tag.name for tag in item.tags.all()) for item in found}
    return {
        "items": {row["id"]: row for row in found.order_by("pk").values("id", *ITEM)},
        "tags": tags,
        "entries": list(Entry.objects.order_by("pk").values()),
        "check-ins": list(CheckIn.objects.order_by("pk").values()),
    }


def test_what_the_tables_hold_comes_back(owner: User, folder: Path) -> None:
    before = told(owner)
    # Its title is made of its numbers, wherever it is written.
    for pk, row in before["items"].items():
        if row["kind"] == "checkin":
            felt = CheckIn.objects.get(pk=pk)
            row["title"] = full.title_of(felt)
    full.clear(owner)
    report = bring(owner, folder)
    assert report.plan.new == len(before["items"]) == 32
    assert told(owner) == before
    assert bring(owner, folder).plan.there == 32
    assert batches.undo(report.batch, now=NOW).erased == 32


def test_one_table_alone(owner: User, folder: Path) -> None:
    full.clear(owner)
    assert bring(owner, (folder / "entries.csv").read_bytes()).plan.new == 16
    assert {item.kind for item in Item.objects.all()} == {"entry"}
    assert "'=x" in {item.body for item in Item.objects.all()}


def test_a_cell_that_makes_no_sense_is_named(owner: User, folder: Path) -> None:
    full.clear(owner)
    lines = (folder / "check-ins.csv").read_text("utf-8-sig").splitlines()
    table = "\n".join([lines[0], *(line.replace(",3,7,", ",3,lots,") for line in lines[1:])])
    report = bring(owner, table.encode())
    assert report.plan.new == 0
    assert report.plan.skipped >= 16


@pytest.mark.parametrize("data", [b"id,name\n1,x\n", b"a,b", b""])
def test_another_table_is_not_ours(data: bytes) -> None:
    assert not importers.source("upswing-csv").recognise(data, "entries.csv")


def test_a_table_that_is_no_text(owner: User, folder: Path) -> None:
    data = (folder / "entries.csv").read_bytes()[:200] + b"\n\xff\xfe,x\n"
    with pytest.raises(ImportProblem, match="UTF-8"):
        bring(owner, data)
