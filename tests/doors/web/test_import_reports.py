"""What an import brought: its report, and taking it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.test import Client

from doors.web.reading import text
from upswing.accounts.models import User
from upswing.exchange.importers import source
from upswing.exchange.rows import Options
from upswing.exchange.run import Report, import_rows
from upswing.record import actions, batches
from upswing.record.models import Batch, Item

DATA = Path(__file__).parents[2] / "exchange" / "data"
JOURNAL = (DATA / "default.txt").read_bytes()
BERLIN = "Europe/Berlin"


def bring(owner: User, now: datetime) -> Report:
    rows = source("jrnl").read(JOURNAL, Options(BERLIN))
    return import_rows(owner, rows, now=now, source="jrnl", file_name="journal.txt")


def test_undo_takes_it_all_back(web: Client, owner: User, now: datetime) -> None:
    batch = bring(owner, now).batch
    page = web.get(f"/imports/{batch.pk}/")
    assert "Undo this import" in text(page)
    answer = web.post(f"/imports/{batch.pk}/undo/", follow=True)
    assert not Item.objects.exists()
    assert "The import was undone." in text(answer)
    assert "It was undone." in text(answer)
    assert "Undo this import" not in text(answer)
    assert "They said no" not in text(answer)  # erased is erased, in the report too
    assert list(batches.report(Batch.objects.get())) == []
    assert "undone" in text(web.get("/imports/"))
    assert web.post(f"/imports/{batch.pk}/undo/").status_code == 302


def test_undo_names_what_was_changed_since_and_keeps_it(
    web: Client, owner: User, now: datetime
) -> None:
    batch = bring(owner, now).batch
    mine = Item.objects.get(title__startswith="They said no")
    actions.change(mine, now=now + timedelta(hours=1), body="Mine now.")
    answer = web.post(f"/imports/{batch.pk}/undo/")
    assert answer.context["kept"] == [mine.title]
    assert mine.title in answer.content.decode()
    assert [item.body for item in Item.objects.all()] == ["Mine now."]


def test_a_strangers_import_is_not_there(web: Client, stranger: User, now: datetime) -> None:
    batch = bring(stranger, now).batch
    for address in (batch.pk, uuid4()):
        assert web.get(f"/imports/{address}/").status_code == 404
        assert web.post(f"/imports/{address}/undo/").status_code == 404
    assert Item.objects.count() == 9
    assert "journal.txt" not in web.get("/imports/").content.decode()
