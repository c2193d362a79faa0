"""The made-up year goes out and comes back, with nothing lost on the way."""

from __future__ import annotations

from datetime import date, timedelta

from exchange import full
from exchange.test_export_return import bring, counts, export, look
from upswing.accounts.models import User
from upswing.demo.year import fill
from upswing.record.models import Attachment, Item, Link


def test_the_demo_year_comes_back_whole(owner: User) -> None:
    fill(owner=owner, today=date(2026, 11, 22), days=120)
    many = Item.objects.count()
    assert many > 100
    assert Link.objects.exists()
    assert Attachment.objects.exists()
    before, data = full.dump(owner), export(owner)
    full.clear(owner)
    report = bring(owner, data)
    assert counts(report.plan) == (many, 0, 0)
    assert full.without(full.dump(owner), report.batch.pk) == before
    assert counts(look(owner, export(owner))) == (0, many, 0)
    again = bring(owner, data, report.batch.made_at + timedelta(days=1))
    assert counts(again.plan) == (0, many, 0)
