"""Search finds the same on both engines: what a plain reading of the query says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pytest_django import DjangoDbBlocker

from making import NOW, entry
from record.corpus import LAYOFF, QUERIES, REVIEW, TEXTS, Text, fits
from upswing.accounts.actions import make_owner
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.record import actions, setbacks
from upswing.record.models import Item, Setback, facets
from upswing.record.query import parse
from upswing.record.search import Results, search
from upswing.strategies.coping.models import CheckIn, Entry

Told = dict[UUID, Text]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[User, Told]]:
    """The corpus, written once for all tests here, among the same texts of a stranger."""
    with django_db_blocker.unblock(), transaction.atomic():
        owner = make_owner(zone="UTC", now=NOW, username="reader")
        stranger = make_owner(zone="UTC", now=NOW, username="other")
        for text in TEXTS:
            write(stranger, text, {})
        yield owner, write_all(owner)
        transaction.set_rollback(True)


def write_all(owner: User) -> Told:
    """The corpus by id, oldest first. The setbacks themselves belong to it."""
    told: Told = {}
    for title in (LAYOFF, REVIEW):
        day = datetime(2025, 11, 30 if title == REVIEW else 29, tzinfo=UTC)
        one = setbacks.tell(owner=owner, now=NOW, zone="UTC", title=title, happened_at=day)
        told[one.pk] = Text("", title=title, kind="setback", day=day.date())
    about = {text.title: pk for pk, text in told.items()}
    return told | {write(owner, text, about).pk: text for text in sorted(TEXTS, key=_day)}


def _day(text: Text) -> Any:
    return text.day


def write(owner: User, text: Text, about: dict[str, UUID]) -> Item:
    item = actions.add(
        Entry() if text.kind == "entry" else CheckIn(feelings=list(text.feelings)),
        owner=owner,
        now=NOW,
        zone="UTC",
        title=text.title,
        body=text.body,
        happened_at=datetime.combine(text.day, time(12), UTC),
        setback=Setback.objects.filter(pk=about.get(text.setback)).first(),
        tags=text.tags,
    )
    if text.trashed:
        actions.trash(item, now=NOW)
    return item


def expected(told: Told, query: str) -> list[UUID]:
    """What fits, newest first."""
    read = parse(query, kinds=tuple(facets()))
    return [pk for pk, text in reversed(told.items()) if fits(text, read)]


def ids(results: Results) -> list[UUID]:
    return [hit.row.id for hit in results.hits]


@pytest.mark.parametrize("query", QUERIES)
def test_it_finds_what_a_plain_reading_finds(told: tuple[User, Told], query: str) -> None:
    owner, texts = told
    wanted = expected(texts, query)
    found = search(owner=owner, text=query, limit=100)
    assert ids(found) == wanted
    assert (found.count, found.capped, found.older) == (len(wanted), False, None)


@pytest.mark.parametrize("query", QUERIES)
def test_the_order_by_weight_finds_no_less_and_no_more(told: tuple[User, Told], query: str) -> None:
    owner, texts = told
    found = search(owner=owner, text=query, best=True, limit=100)
    assert set(ids(found)) == set(expected(texts, query))


def test_most_queries_of_the_corpus_find_something_and_not_everything(
    told: tuple[User, Told],
) -> None:
    sizes = [len(expected(told[1], query)) for query in QUERIES]
    assert sum(0 < size < 40 for size in sizes) > 50


SIGNS = [*'"-*:()\\^%_&|!<>+~;', "'", " ", "é", "e\u0301", "🙂", "面", "试", "ﬁ", "½", "\u0345"]
PARTS = [" OR ", " AND ", "NEAR(", "no", "said", "interv", "10", "tag:work", "kind:entry", "x" * 99]
FRAGMENTS = some.sampled_from(SIGNS + PARTS)
FUZZ = some.lists(some.one_of(FRAGMENTS, some.text(max_size=4)), max_size=8).map("".join)
QUICKLY = settings(max_examples=120, deadline=None, database=None)


@QUICKLY
@given(query=FUZZ)
def test_no_query_makes_an_engine_stumble(told: tuple[User, Told], query: str) -> None:
    owner, texts = told
    try:
        wanted = expected(texts, query)
    except RuleError:
        return
    with transaction.atomic():
        assert ids(search(owner=owner, text=query, limit=100)) == wanted
    with transaction.atomic():
        assert set(ids(search(owner=owner, text=query, best=True, limit=100))) == set(wanted)


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_can_be_kept_and_found_by_its_own_words(owner: User, text: str) -> None:
    with transaction.atomic():
        item = actions.add(Entry(), owner=owner, now=NOW, zone="UTC", body=text)
        words = text.split()
        for word in words[:3]:
            try:
                found = search(owner=owner, text=f'"{word}"', limit=100)
            except RuleError:
                continue
            if '"' not in word:
                assert item.pk in ids(found)
        transaction.set_rollback(True)


def test_pages_follow_each_other_without_a_gap(told: tuple[User, Told]) -> None:
    owner, texts = told
    for query in ("no", "-no", ""):
        found, before = [], None
        while True:
            page = search(owner=owner, text=query, limit=3, before=before)
            found += ids(page)
            before = page.older
            if before is None:
                break
        assert found == expected(texts, query)


def test_a_title_weighs_more_than_a_text(owner: User) -> None:
    entry(owner, "the heron and the boat and the water", at="2026-11-21 12:00")
    named = entry(owner, "of the boat and the water", title="Heron", at="2026-11-20 12:00")
    assert ids(search(owner=owner, text="heron", best=True))[0] == named.pk


def test_equal_weight_is_ordered_newest_first(owner: User) -> None:
    days = [entry(owner, "the heron", at=f"2026-11-{day} 12:00").pk for day in (12, 14, 13)]
    assert ids(search(owner=owner, text="heron", best=True)) == [days[1], days[2], days[0]]


def test_a_count_is_capped(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upswing.record.search.COUNT_CAP", 3)
    for day in (12, 13, 14):
        entry(owner, "the heron", at=f"2026-11-{day} 12:00")
    found = search(owner=owner, text="heron", limit=2)
    assert (found.count, found.capped) == (3, False)
    entry(owner, "the heron")
    found = search(owner=owner, text="heron", limit=2)
    assert (found.count, found.capped) == (3, True)


def test_a_setback_that_nobody_named_is_an_error_at_the_question(owner: User) -> None:
    with pytest.raises(RuleError, match="No setback has “layoff” in its name"):
        search(owner=owner, text="setback:layoff")


def test_hits_show_the_words_around_what_was_looked_for(owner: User) -> None:
    entry(owner, "far " * 100 + "the Interview " + "away " * 100, title="About interviews")
    [hit] = search(owner=owner, text="interv").hits
    assert [piece.text for piece in hit.title if piece.hit] == ["interviews"]
    assert [piece.text for piece in hit.excerpt if piece.hit] == ["Interview"]
    assert hit.excerpt[0].text == hit.excerpt[-1].text[::-1] == "… "
