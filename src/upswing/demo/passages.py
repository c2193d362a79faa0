"""The texts of the made-up year, written by hand in `passages/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any, Self

BANDS = ("low", "mid", "high")


@dataclass(frozen=True)
class Passage:
    """One journal entry. `at` puts it on a day of the story, else `pool` says where it may go."""

    text: str
    at: str = ""
    pool: str = ""
    since: str = ""
    months: tuple[int, ...] = ()
    days_of_year: tuple[str, ...] = ()
    clock: time | None = None
    title: str = ""
    about: tuple[str, ...] = ()
    recalls: str = ""
    apart: bool = False
    star: bool = False
    picture: Mapping[str, str] = field(default_factory=dict)
    file: Mapping[str, str] = field(default_factory=dict)
    reworded: Mapping[str, str] = field(default_factory=dict)
    trashed: str = ""

    def fits(self, day: date) -> bool:
        """Whether the text may be of that day of the calendar."""
        right_month = not self.months or day.month in self.months
        return right_month and (not self.days_of_year or f"{day:%m-%d}" in self.days_of_year)


@dataclass(frozen=True)
class PersonText:
    """Somebody in the person's life."""

    key: str
    name: str
    organisation: str
    role: str
    at: str
    text: str
    clock: time = time(21, 48)


@dataclass(frozen=True)
class SetbackText:
    """One setback, how it grew lighter and how it was laid down, by marks of days."""

    key: str
    at: str
    clock: time
    title: str
    text: str
    sort: str
    weight: int
    losses: tuple[str, ...]
    course: str
    lighter: Mapping[str, int]
    course_later: Mapping[str, str] = field(default_factory=dict)
    closed: str = ""
    closing_words: str = ""


@dataclass(frozen=True)
class NoteText:
    """A note on one stone of a setback."""

    setback: str
    at: str
    stone: str
    text: str


@dataclass(frozen=True)
class LessonText:
    """A lesson, and how it served: `said` has at, clock, said and line of each time."""

    cue: str
    response: str
    first_use: str
    said: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class FactorText:
    """What contributed, in one review. `lesson`: what was taken from it."""

    name: str
    share: int
    control: int
    lasting: str = ""
    known: str = ""
    confidence: int | None = None
    evidence: str = ""
    advice: str = ""
    seen_by: tuple[str, ...] = ()
    way: str = ""
    lesson: LessonText | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        lesson = row.get("lesson")
        own = {"lesson": _row(LessonText, lesson)} if lesson else {}
        return cls(**{name: _value(name, value) for name, value in row.items()} | own)


@dataclass(frozen=True)
class WorkText:
    """An exercise, done in one evening: its answers by question, and `found`, the titles of the
    entries that were chosen. `again` has at, clock and what was said each time it came back."""

    key: str
    kind: str
    setback: str
    at: str
    clock: time
    answers: Mapping[str, Any]
    found: Mapping[str, Sequence[str]] = field(default_factory=dict)
    again: tuple[Mapping[str, Any], ...] = ()
    factors: tuple[FactorText, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        factors = tuple(_row(FactorText, factor) for factor in row.get("factors", ()))
        given = {name: _value(name, value) for name, value in row.items()}
        return cls(**given | {"factors": factors})


@dataclass(frozen=True)
class Corpus:
    """Everything that was written by hand; `lines` by (band of mood, phase)."""

    entries: tuple[Passage, ...]
    people: tuple[PersonText, ...]
    setbacks: tuple[SetbackText, ...]
    notes: tuple[NoteText, ...]
    works: tuple[WorkText, ...]
    lines: Mapping[tuple[str, str], tuple[str, ...]]

    @classmethod
    def of(cls, tables: Iterable[Mapping[str, Any]]) -> Self:
        tables = list(tables)
        return cls(
            entries=_rows(Passage, "entries", tables),
            people=_rows(PersonText, "people", tables),
            setbacks=_rows(SetbackText, "setbacks", tables),
            notes=_rows(NoteText, "notes", tables),
            works=_rows(WorkText, "works", tables),
            lines=_lines(tables),
        )


@cache
def corpus() -> Corpus:
    """The texts that are shipped."""
    folder = files("upswing.demo").joinpath("passages")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return Corpus.of(tomllib.loads(folder.joinpath(name).read_text("utf-8")) for name in names)


def _rows(kind: Any, name: str, tables: list[Mapping[str, Any]]) -> tuple[Any, ...]:
    return tuple(_row(kind, row) for table in tables for row in table.get(name, ()))


def _row(kind: Any, row: Mapping[str, Any]) -> Any:
    unknown = set(row) - {one.name for one in fields(kind)}
    if unknown:
        raise ValueError(f"{kind.__name__} has no {unknown.pop()!r}.")
    if made := getattr(kind, "of", None):
        return made(row)
    return kind(**{name: _value(name, value) for name, value in row.items()})


def _value(name: str, value: Any) -> Any:
    if name == "clock":
        return time.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _lines(tables: list[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[str, ...]]:
    found = [(band, table[band]) for table in tables for band in BANDS if band in table]
    return {
        (band, phase): tuple(texts) for band, phases in found for phase, texts in phases.items()
    }
