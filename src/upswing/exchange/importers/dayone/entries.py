"""Entries of Day One, of either kind, on their way to rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from upswing.exchange.importers.dayone import text
from upswing.exchange.importers.dayone.media import Medium
from upswing.exchange.rows import ImportProblem, Keys, Options, Row, clean
from upswing.exchange.zones import zone

OWN_ID = re.compile("[0-9a-f]{32}")
EMPTY = "There is nothing written in this entry, and no file belongs to it."
NO_DATE = "“{date}” is not a date as Day One writes it."
NO_ZONE = "It does not say its time zone; {zone} is taken."
STRANGE_ZONE = "Its time zone “{name}” is not known here; {zone} is taken."
MOST_NOTES = 5
FURTHER = "Of its further files, {many:,} are not in the export either."
UNKNOWN_FILE = "Its text mentions a file that is not in the export."


@dataclass(frozen=True)
class Told:
    """What an entry says. text: Markdown; moment: aware, None where `date` could not be read."""

    uuid: str
    date: str
    moment: datetime | None
    zone: str
    text: str
    starred: bool
    tags: Sequence[str]
    media: Sequence[Medium]
    notes: tuple[str, ...] = ()
    place: str = ""


@dataclass
class Maker:
    """Makes the rows of one export."""

    source: str
    options: Options
    keys: Keys = field(default_factory=lambda: Keys("dayone"))
    zones: dict[str, ZoneInfo | None] = field(default_factory=dict)

    def row(self, place: tuple[int, str], told: Told) -> Row:
        """The row of one entry. place: its number and where it stands."""
        title, body, notes = _words(told)
        where, doubt = self._zone(told.zone)
        local = _local(told.moment, where)
        problem = "" if local else NO_DATE.format(date=told.date)
        if not (title or body or told.media):
            problem = problem or EMPTY
        return Row(
            number=place[0],
            where=place[1],
            title=title,
            body=body,
            local=None if problem else local,
            zone=where.key,
            starred=told.starred,
            tags=tuple(f"#{tag}" for tag in told.tags),
            key=self._key(told.uuid, title, body, local, told.starred) if local else "",
            problem=problem,
            notes=(*told.notes, *doubt, *notes),
            moment=told.moment,
            files=tuple(medium.file for medium in _once(told.media) if medium.file),
        )

    def _key(self, uuid: str, title: str, body: str, local: datetime, starred: bool) -> str:
        """One key for an entry of Classic and the same entry after it moved to Day One."""
        own = uuid.lower().replace("-", "")
        if OWN_ID.fullmatch(own):
            return f"dayone:{own}"
        return self.keys.of(title, body, local, starred)

    def _zone(self, name: str) -> tuple[ZoneInfo, tuple[str, ...]]:
        """The zone of that name, or the import's with a note that says so."""
        if name not in self.zones:
            self.zones[name] = _known(name)
        if found := self.zones[name]:
            return found, ()
        note = STRANGE_ZONE if name else NO_ZONE
        return zone(self.options.zone), (note.format(name=name[:40], zone=self.options.zone),)


def _known(name: str) -> ZoneInfo | None:
    try:
        return zone(name) if name else None
    except ImportProblem:
        return None


def _local(moment: datetime | None, where: ZoneInfo) -> datetime | None:
    """What the clock showed there; None where no clock can."""
    try:
        return moment.astimezone(where).replace(tzinfo=None) if moment else None
    except OverflowError:
        return None


def _once(media: Sequence[Medium]) -> list[Medium]:
    """Each file once, though an entry may show it twice."""
    found: dict[str, Medium] = {}
    for medium in media:
        found.setdefault(medium.md5 or medium.identifier or medium.name, medium)
    return list(found.values())


def _words(told: Told) -> tuple[str, str, tuple[str, ...]]:
    """Title, body and notes. A picture without words is named, so that the entry reads as one."""
    whole, odd = clean(told.text.replace("\r\n", "\n").replace("\r", "\n"))
    named, unknown = text.mentioned(whole, told.media)
    title, body = text.titled(named)
    if not title and not body:
        body = "\n".join(medium.mention for medium in _once(told.media))
    if told.place:
        body = f"{body}\n\n{told.place}".strip()
    missing = (UNKNOWN_FILE,) if unknown else ()
    return title, body, (*odd, *_problems(told.media), *missing)


def _problems(media: Sequence[Medium]) -> list[str]:
    found = [medium.problem for medium in media if medium.problem]
    more = len(found) - MOST_NOTES
    return [*found[:MOST_NOTES], *([FURTHER.format(many=more)] if more > 0 else [])]
