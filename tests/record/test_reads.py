"""Reading the spine: lists, pages, days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from making import NOW, check_in, entry, setback
from upswing.accounts.models import User
from upswing.record import actions, reads
from upswing.record.models import Item, Setback
from upswing.record.reads import NotHere
from upswing.record.rows import Row


def ids(rows: list[Row]) -> list[UUID]:
    return [row.id for row in rows]


def timeline(owner: User, **narrow: Any) -> list[UUID]:
    return ids(reads.timeline(owner=owner, **narrow).rows)


def test_the_timeline_is_newest_first_and_can_be_narrowed(owner: User) -> None:
    about = setback(owner, happened_at=NOW - timedelta(days=400))
    old = entry(owner, at="2025-12-31 23:30", zone="Asia/Tokyo", tags=["work"])
    felt = check_in(owner, at="2026-11-20 12:00", setback=about)
    new = entry(owner, tags=["work", "c++"], setback=about)
    assert timeline(owner) == [new.pk, felt.pk, old.pk, about.pk]
    assert timeline(owner, kinds=["entry"]) == [new.pk, old.pk]
    assert timeline(owner, kinds=["checkin", "setback"]) == [felt.pk, about.pk]
    assert timeline(owner, setback=about) == [new.pk, felt.pk]
    assert timeline(owner, tag="#Work") == [new.pk, old.pk]
    assert timeline(owner, tag="c++") == [new.pk]
    assert timeline(owner, tag="nowhere") == []
    assert timeline(owner, year=2026) == [new.pk, felt.pk, old.pk]  # in Tokyo it was January
    assert timeline(owner, year=2025) == [about.pk]
    assert timeline(owner, year=2026, kinds=["entry"], tag="work", setback=about) == [new.pk]


@pytest.mark.parametrize("narrow", [{}, {"tag": "x"}, {"year": 2026}, {"kinds": ["entry"]}])
def test_pages_follow_each_other_without_a_gap(owner: User, narrow: dict[str, Any]) -> None:
    days = (f"2026-11-{day:02} 12:00" for day in (3, 5, 5, 1, 2, 5, 4))
    wanted = [
        item.pk for item in sorted((entry(owner, at=at, tags=["x"]) for at in days), key=place)
    ]
    found: list[UUID] = []
    before = None
    for size in (3, 3, 1):
        page = reads.timeline(owner=owner, limit=3, before=before, **narrow)
        assert len(page.rows) == size
        found, before = found + ids(page.rows), page.older
    assert (found, before) == (wanted[::-1], None)


def place(item: Item) -> int:
    return item.position


def test_a_full_last_page_says_that_nothing_is_older(owner: User) -> None:
    for _ in range(3):
        entry(owner)
    assert reads.timeline(owner=owner, limit=3).older is None


def test_a_row_without_a_title_takes_the_first_line(owner: User) -> None:
    entry(owner, "# They said no\n\nand then\nmore")
    entry(owner, "long " * 40, at="2026-11-20 12:00")
    [short, long] = reads.timeline(owner=owner).rows
    assert (short.title, short.excerpt, short.noun) == ("They said no", "and then\nmore", "entry")
    assert long.title.endswith(" …")
    assert long.excerpt.startswith("long")
    assert len(long.title) <= 122


def test_a_row_names_its_setback_and_the_hour_on_the_wall(owner: User) -> None:
    entry(owner, setback=setback(owner, "The layoff"), at="2026-07-01 22:30", zone="Asia/Tokyo")
    row = reads.timeline(owner=owner, kinds=["entry"]).rows[0]
    assert (row.setback, row.day) == ("The layoff", date(2026, 7, 2))
    assert row.lived_at.isoformat() == "2026-07-02T07:30:00+09:00"


def days(owner: User, today: str) -> list[str]:
    rows = reads.on_this_day(owner=owner, today=date.fromisoformat(today))
    return [row.day.isoformat() for row in rows]


def test_on_this_day_shows_entries_of_earlier_years(owner: User) -> None:
    for at in ("2025-11-22", "2020-11-22", "1995-11-22", "2025-11-21", "2026-11-22"):
        entry(owner, at=f"{at} 12:00")
    check_in(owner, at="2024-11-22 12:00")
    actions.trash(entry(owner, at="2023-11-22 12:00"), now=NOW)
    assert days(owner, "2026-11-22") == ["2025-11-22", "2020-11-22"]


def test_on_this_day_goes_by_the_lived_day(owner: User) -> None:
    entry(owner, at="2025-11-21 15:30", zone="Asia/Tokyo")
    assert days(owner, "2026-11-22") == ["2025-11-22"]


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2028-02-29", ["2024-02-29", "2020-02-29"]),
        ("2028-02-28", ["2025-02-28"]),  # the 29th has its own day this year
        ("2026-02-28", ["2025-02-28", "2024-02-29", "2020-02-29"]),
        ("2026-03-01", []),
    ],
)
def test_what_a_leap_day_held_comes_back_each_year(
    owner: User, monkeypatch: pytest.MonkeyPatch, today: str, shown: list[str]
) -> None:
    for at in ("2020-02-29", "2024-02-29", "2025-02-28"):
        entry(owner, at=f"{at} 12:00")
    assert days(owner, today) == shown


def test_years_and_counts(owner: User, stranger: User) -> None:
    for at in ("2026-01-01", "2026-12-31", "2024-06-01", "1999-01-01"):
        entry(owner, at=f"{at} 12:00", now=NOW.replace(year=2027))
    actions.trash(entry(owner, at="2010-01-01 12:00"), now=NOW)
    entry(stranger, at="2011-01-01 12:00")
    assert reads.years(owner=owner) == [2026, 2024, 1999]
    assert reads.kept(owner=owner) == 4


def test_tags_are_counted_without_the_trash(owner: User, stranger: User) -> None:
    entry(owner, tags=["b", "a"])
    entry(owner, tags=["b"])
    actions.trash(entry(owner, tags=["a", "gone"]), now=NOW)
    entry(stranger, tags=["b", "theirs"])
    assert reads.tags(owner=owner) == [("b", 2), ("a", 1)]


def test_an_item_is_found_by_the_end_of_its_id(owner: User) -> None:
    item = entry(owner)
    entry(owner)
    for size in (6, 8, 12, 32):
        assert reads.by_ending(owner=owner, ending=item.pk.hex[-size:].upper()) == item
    assert reads.by_ending(owner=owner, ending=str(item.pk)) == item


def test_an_ending_that_fits_two_or_none_is_not_here(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = iter([UUID(int=(7 << 76) + (n << 20) + 0xABCDE) for n in (1, 2)])
    monkeypatch.setattr(Item._meta.get_field("id"), "_get_default", lambda: next(ids))
    entry(owner)
    assert reads.by_ending(owner=owner, ending="abcde")
    entry(owner)
    for ending in ("abcde", "ffff", "", "a", "x" * 40, "%%%%", "\x00bcd", "\ud800"):
        with pytest.raises(NotHere):
            reads.by_ending(owner=owner, ending=ending)


@pytest.mark.parametrize("id", ["", "nonsense", "1" * 31, "\x00", "0" * 32])
def test_an_id_that_is_none_is_not_here(owner: User, id: str) -> None:
    for read in (reads.item, reads.attachment, reads.batch):
        with pytest.raises(NotHere):
            read(owner=owner, id=id)


def test_an_item_of_another_kind_is_not_here(owner: User) -> None:
    item = entry(owner)
    assert reads.item(owner=owner, id=item.pk, kind="entry") == item
    with pytest.raises(NotHere):
        reads.item(owner=owner, id=item.pk, kind="checkin")


def test_the_facet_of_an_item(owner: User) -> None:
    about = setback(owner, weight=8)
    facet = reads.facet(reads.item(owner=owner, id=about.pk))
    assert isinstance(facet, Setback)
    assert facet.weight == 8
