"""The part of the year that is told: people, setbacks, notes and the entries of the story. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random

from upswing.demo.days import HARD, Year
from upswing.demo.passages import Corpus, NoteText, Passage, PersonText, SetbackText, WorkText
from upswing.demo.steps import (
    Close,
    Discard,
    Leave,
    Lighten,
    Meet,
    Reword,
    SayAgain,
    Serve,
    Step,
    Tell,
    Work,
    Write,
)


def told(year: Year, corpus: Corpus) -> Iterator[Step]:
    """Setbacks as they are told, grow lighter and are laid down; people, notes, exercises."""
    for person in corpus.people:
        yield _meet(year, person)
    for setback in corpus.setbacks:
        yield from _setback(year, setback)
    for number, note in enumerate(corpus.notes):
        yield _leave(year, note, number)
    for work in corpus.works:
        yield from _work(year, work)


def _meet(year: Year, person: PersonText) -> Meet:
    day = year.day(person.at)
    return Meet(year.moment(day, person.clock), year.zone(day), person)


def _leave(year: Year, note: NoteText, number: int) -> Leave:
    day = year.day(note.at)
    return Leave(year.moment(day, time(19, 7 + 5 * (number % 10))), year.zone(day), note)


def _setback(year: Year, text: SetbackText) -> Iterator[Step]:
    day = year.day(text.at)
    yield Tell(year.moment(day, text.clock), year.zone(day), text)
    for mark, weight in text.lighter.items():
        day = year.day(mark)
        course = text.course_later.get(mark)
        yield Lighten(year.moment(day, time(22, 50)), year.zone(day), text.key, weight, course)
    if text.closed:
        day = year.day(text.closed)
        yield Close(year.moment(day, time(20, 10)), year.zone(day), text.key, text.closing_words)


def _work(year: Year, text: WorkText) -> Iterator[Step]:
    """An exercise, each time that it came back, and how its lessons served."""
    taken = [(factor, factor.lesson) for factor in text.factors if factor.lesson]
    first = {factor.name: year.day(lesson.first_use) for factor, lesson in taken}
    yield Work(*_when(year, text.at, text.clock), text, first)
    for row in text.again:
        said = {name: value for name, value in row.items() if name not in ("at", "clock")}
        yield SayAgain(*_when(year, row["at"], row["clock"]), text, said)
    for factor, lesson in taken:
        for row in lesson.said:
            when = _when(year, row["at"], row["clock"])
            yield Serve(*when, text, factor, row["said"], row["line"])


def _when(year: Year, mark: str, clock: time | str) -> tuple[datetime, str]:
    """The moment, and the zone of that day."""
    day = year.day(mark)
    at = clock if isinstance(clock, time) else time.fromisoformat(clock)
    return year.moment(day, at), year.zone(day)


def entries(year: Year, corpus: Corpus, rng: Random) -> Iterator[Write]:
    """The entries that have their day."""
    for passage in corpus.entries:
        if passage.at:
            day = year.day(passage.at)
            yield written(year, day, passage, rng, setback=_setback_of(passage))


def written(year: Year, day: date, text: Passage, rng: Random, *, setback: str = "") -> Write:
    """An entry of `day`, at the hour of the text or in the evening."""
    clock = text.clock or time(rng.choice((20, 21, 21, 22)), rng.randrange(60))
    return Write(year.moment(day, clock), year.zone(day), text, setback, felt=None)


def _setback_of(passage: Passage) -> str:
    """The setback that the passage is about: the one from which its day is counted."""
    anchor, _, after = passage.at.partition("+")
    return anchor if anchor in HARD and after and not passage.apart else ""


def second_thoughts(year: Year, entry: Write) -> Iterator[Step]:
    """What became of an entry: reworded some days later, or thrown away the next morning."""
    if at := entry.text.reworded.get("at"):
        yield Reword(_morning(year, at), year.zone(year.day(at)), entry)
    if at := entry.text.trashed:
        yield Discard(_morning(year, at), year.zone(year.day(at)), entry)


def _morning(year: Year, mark: str) -> datetime:
    return year.moment(year.day(mark), time(9, 12))
