"""Entries of a jrnl journal on their way to rows, whatever kind of file they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from upswing.exchange.rows import Keys, Options, Row

EARLIEST, LATEST = 1900, 2199
EMPTY = "There is nothing written in this entry."
OUTSIDE = "The year {year} is outside the years that Upswing keeps."


@dataclass(frozen=True)
class Told:
    """What an entry says. tags: None where they are to be found in the text."""

    title: str
    body: str
    starred: bool
    tags: tuple[str, ...] | None = None


@dataclass
class Maker:
    """Makes the rows of one journal, numbering its true doubles."""

    options: Options
    keys: Keys = field(default_factory=lambda: Keys("jrnl"))

    def row(
        self,
        place: tuple[int, str],
        told: Told,
        date: datetime | None,
        *,
        problem: str = "",
        notes: tuple[str, ...] = (),
        uuid: str = "",
    ) -> Row:
        """The row of one entry. place: its number and where it stands; date: naive."""
        problem = problem or _unusable(date, told)
        usable = date if not problem else None
        return Row(
            number=place[0],
            where=place[1],
            title=told.title,
            body=told.body,
            local=usable,
            zone=self.options.zone,
            starred=told.starred,
            tags=self._found(told) if told.tags is None else told.tags,
            key=self._key(told, usable, uuid),
            problem=problem,
            notes=notes,
        )

    def _key(self, told: Told, date: datetime | None, uuid: str) -> str:
        if date is None:
            return ""
        return (
            f"jrnl:{uuid.lower()}"
            if uuid
            else self.keys.of(told.title, told.body, date, told.starred)
        )

    def _found(self, told: Told) -> tuple[str, ...]:
        if not self.options.tag_symbols:
            return ()
        tags = self._tag.findall(f"{told.title}\n{told.body}")
        return tuple(dict.fromkeys(tag.lower() for tag in tags))

    @cached_property
    def _tag(self) -> re.Pattern[str]:
        # A letter or digit must be among it: jrnl also counts the ## of a Markdown heading.
        symbols = re.escape(self.options.tag_symbols)
        return re.compile(rf"(?<!\S)[{symbols}][-+*#/]*\w[-+*#/\w]*")


def _unusable(date: datetime | None, told: Told) -> str:
    if date and not EARLIEST <= date.year <= LATEST:
        return OUTSIDE.format(year=date.year)
    return "" if told.title or told.body else EMPTY
