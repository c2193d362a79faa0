"""The made-up year as a plan: the same for the same seed, whole, and believable in its numbers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import fmean
from zoneinfo import ZoneInfo

import pytest

from upswing.demo import steps
from upswing.demo.days import AWAY, HOME, year_before
from upswing.demo.passages import Corpus, corpus
from upswing.demo.plan import plan
from upswing.strategies import BY_KEY
from upswing.strategies.coping.rules import KNOWN

TODAY = date(2026, 11, 22)
DAYS = [TODAY, date(2026, 5, 3), date(2027, 1, 4), date(2028, 2, 29)]
YEAR = plan(today=TODAY, seed=1)


def looks(plan: list[steps.Step]) -> list[steps.CheckIn]:
    beside = [step.felt for step in plan if isinstance(step, steps.Write) and step.felt]
    return [*beside, *(step for step in plan if isinstance(step, steps.CheckIn))]


def writings(plan: list[steps.Step]) -> list[steps.Write]:
    return [step for step in plan if isinstance(step, steps.Write)]


def print_of(plan: list[steps.Step]) -> str:
    return hashlib.sha256(repr(plan).encode()).hexdigest()


def strings(texts: object) -> Iterator[str]:
    """Every text in exercises: answers, factors, lessons, and what was said later."""
    if isinstance(texts, str):
        yield texts
    elif is_dataclass(texts):
        yield from strings([getattr(texts, one.name) for one in fields(texts)])
    elif isinstance(texts, Mapping):
        yield from strings(list(texts.values()))
    elif isinstance(texts, list | tuple):
        for one in texts:
            yield from strings(one)


def mood(first: date, last: date) -> float:
    return fmean(
        look.felt.mood
        for look in looks(YEAR)
        if first <= look.lived.astimezone(ZoneInfo(look.zone)).date() <= last
    )


def test_the_same_seed_gives_the_same_year() -> None:
    assert print_of(plan(today=TODAY, seed=1)) == print_of(YEAR)


def test_another_seed_gives_another_year() -> None:
    assert print_of(plan(today=TODAY, seed=2)) != print_of(YEAR)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nothing_happens_on_the_day_itself_or_later(today: date) -> None:
    midnight = datetime.combine(today, time(), ZoneInfo(HOME))
    year = plan(today=today, seed=3)
    assert max(step.at for step in year) < midnight
    assert all(look.lived <= look.at for look in looks(year))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_everything_is_there_before_something_refers_to_it(today: date) -> None:
    known: set[object] = {""}
    for step in plan(today=today, seed=1):
        match step:
            case steps.Tell() | steps.Meet():
                known.add(step.text.key)
            case steps.Lighten() | steps.Close() | steps.CheckIn():
                assert step.setback in known
            case steps.Leave():
                assert step.text.setback in known
            case steps.Write():
                assert {step.setback, step.text.recalls, *step.text.about} <= known
                known.add(step.text.text)
            case steps.Work():
                assert step.text.setback in known
                known.add(step.text.key)
            case steps.SayAgain():
                assert step.of.key in known
            case steps.Serve():
                assert step.work.key in known
            case steps.Reword() | steps.Discard():
                assert step.of.text.text in known


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_counts_are_those_of_a_year(today: date) -> None:
    year = plan(today=today, seed=1)
    counts = Counter(type(step) for step in year)
    assert counts[steps.Tell] == 3
    assert counts[steps.Meet] == 6
    assert counts[steps.Work] == len(corpus().works) >= 5
    assert counts[steps.SayAgain] == 2
    assert counts[steps.Serve] == 5
    assert 110 <= counts[steps.Write] <= 150
    assert 330 <= counts[steps.CheckIn] <= 500
    lines = [look.line for look in looks(year) if look.line]
    assert 50 <= len(lines) <= 120
    assert len(set(lines)) == len(lines)


def test_no_text_is_used_twice() -> None:
    bodies = [entry.text.text for entry in writings(YEAR)]
    assert len(set(bodies)) == len(bodies)


def test_check_ins_stand_on_most_days_with_gaps_and_sometimes_several() -> None:
    year = year_before(TODAY)
    a_day = Counter(look.lived.astimezone(ZoneInfo(look.zone)).date() for look in looks(YEAR))
    assert 250 <= len(a_day) <= 340
    assert max(a_day.values()) >= 3
    holiday = [year.anchors["holiday"] + timedelta(days=number) for number in range(10)]
    assert not any(day in a_day for day in holiday)


def test_every_look_is_on_the_scales_and_in_known_words() -> None:
    for look in looks(YEAR):
        felt = [look.felt.mood, look.felt.energy, look.felt.stress]
        assert all(1 <= value <= 10 for value in felt if value is not None)
        assert set(look.words) <= KNOWN
    assert any(look.felt.energy is None for look in looks(YEAR))


def test_the_mood_falls_with_the_layoff_and_recovers_in_part() -> None:
    day = year_before(TODAY).anchors["layoff"]
    before = mood(day - timedelta(days=120), day - timedelta(days=60))
    first = mood(day, day + timedelta(days=6))
    latest = mood(TODAY - timedelta(days=7), TODAY)
    assert first < before - 2
    assert first + 0.7 < latest < before


def test_a_week_was_lived_by_the_clock_of_lisbon() -> None:
    away = {step.at.astimezone(ZoneInfo(AWAY)).date() for step in YEAR if step.zone == AWAY}
    assert 5 <= len(away) <= 8
    assert (max(away) - min(away)).days <= 8
    assert {step.zone for step in YEAR} == {HOME, AWAY}


def test_the_setbacks_fall_on_working_days_and_stay_in_order() -> None:
    for today in DAYS:
        anchors = year_before(today).anchors
        told = [anchors[name] for name in ("rejection", "review", "layoff")]
        assert all(day.weekday() < 5 for day in told)
        assert all(earlier < later for earlier, later in pairwise(told))
        assert 33 <= (today - told[-1]).days <= 75


def test_a_year_ago_today_something_was_written() -> None:
    days = [entry.at.astimezone(ZoneInfo(entry.zone)).date() for entry in writings(YEAR)]
    assert date(2025, 11, 22) in days


def test_texts_of_a_season_keep_to_it() -> None:
    for today in DAYS:
        for entry in writings(plan(today=today, seed=5)):
            assert entry.text.fits(entry.at.astimezone(ZoneInfo(entry.zone)).date())


def test_nothing_of_work_is_written_after_the_layoff() -> None:
    day = year_before(TODAY).moment(year_before(TODAY).anchors["layoff"], time())
    for entry in writings(YEAR):
        assert entry.text.pool != ("free" if entry.at < day else "work")


def test_a_shorter_year_keeps_people_setbacks_and_exercises() -> None:
    short = plan(today=TODAY, seed=1, days=30)
    counts = Counter(type(step) for step in short)
    assert counts[steps.Tell] == 3
    assert counts[steps.Meet] == 6
    assert counts[steps.Work] == len(corpus().works)
    since = datetime.combine(TODAY - timedelta(days=30), time(), ZoneInfo(HOME)).astimezone(UTC)
    assert all(step.at >= since for step in short if isinstance(step, steps.Write | steps.CheckIn))
    assert 10 <= counts[steps.Write] < 40


def test_the_corpus_is_large_and_knows_the_stones() -> None:
    texts = corpus()
    assert len(texts.entries) >= 120
    assert {note.stone for note in texts.notes} <= set(BY_KEY)
    words = [len(entry.text.split()) for entry in texts.entries]
    assert min(words) < 10
    assert max(words) > 90


def test_the_corpus_is_calm_and_neat() -> None:
    texts = corpus()
    lines = [line for place in texts.lines.values() for line in place]
    written = [entry.text for entry in texts.entries] + [note.text for note in texts.notes] + lines
    for text in [*written, *strings(texts.works)]:
        assert "!" not in text
        assert text == text.strip()


def test_a_misspelt_field_of_the_corpus_is_refused() -> None:
    with pytest.raises(ValueError, match="titel"):
        Corpus.of([{"entries": [{"text": "x", "titel": "y"}]}])
    with pytest.raises(ValueError, match="sharre"):
        Corpus.of([{"works": [{"factors": [{"sharre": 3}]}]}])


def test_what_exercises_refer_to_is_there() -> None:
    texts = corpus()
    titles = {entry.title for entry in texts.entries if entry.title and not entry.trashed}
    named = {title for work in texts.works for some in work.found.values() for title in some}
    assert named
    assert named <= titles
    known = {person.name for person in texts.people}
    assert {name for work in texts.works for one in work.factors for name in one.seen_by} <= known


@pytest.mark.parametrize("mark", ["layoff", "layoff+x", "party+1", ""])
def test_a_mark_that_names_no_day_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="names no day"):
        year_before(TODAY).day(mark)
