"""What the person did, one step after the other. `at` is the moment of doing it, in UTC. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from upswing.demo.moods import Felt
from upswing.demo.passages import (
    FactorText,
    NoteText,
    Passage,
    PersonText,
    SetbackText,
    WorkText,
)


@dataclass(frozen=True)
class Step:
    """Anything done at a moment, by a clock in `zone`."""

    at: datetime
    zone: str


@dataclass(frozen=True)
class Tell(Step):
    """Tell a setback."""

    text: SetbackText


@dataclass(frozen=True)
class Lighten(Step):
    """Say how heavy a setback is now, and perhaps whether it still goes on."""

    setback: str
    weight: int
    course: str | None


@dataclass(frozen=True)
class Close(Step):
    """Lay a setback down."""

    setback: str
    words: str


@dataclass(frozen=True)
class Meet(Step):
    """Write a person down."""

    text: PersonText


@dataclass(frozen=True)
class Leave(Step):
    """Leave a note on a stone."""

    text: NoteText


@dataclass(frozen=True)
class CheckIn(Step):
    """Note how it is; `lived` is earlier than `at` where it was added afterwards."""

    lived: datetime
    felt: Felt
    words: tuple[str, ...]
    line: str
    setback: str


@dataclass(frozen=True)
class Write(Step):
    """Write an entry, perhaps with a check-in at the same moment."""

    text: Passage
    setback: str
    felt: CheckIn | None


@dataclass(frozen=True)
class Reword(Step):
    """Come back to an entry and add to it."""

    of: Write


@dataclass(frozen=True)
class Discard(Step):
    """Put an entry into the trash."""

    of: Write


@dataclass(frozen=True)
class Work(Step):
    """Do an exercise from the first step to the last. first_uses: by the name of the factor from
    which the lesson is taken."""

    text: WorkText
    first_uses: Mapping[str, date]


@dataclass(frozen=True)
class SayAgain(Step):
    """Say once more how much one believes a thought."""

    of: WorkText
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Serve(Step):
    """Say how a lesson served."""

    work: WorkText
    factor: FactorText
    said: str
    line: str
