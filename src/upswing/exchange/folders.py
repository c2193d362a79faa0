"""Folders of one text file a day (YYYY/MM/DD.txt), on disk or in a zip that is never unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from upswing.exchange import archives
from upswing.exchange.rows import Origin

DAY_FILE = re.compile(r"(?:^|/)(\d{4})/(\d{2})/(\d{2})\.txt$", re.ASCII)


@dataclass(frozen=True)
class DayFile:
    """One file of the folder. day: None where the name is not a day of the calendar."""

    name: str
    day: date | None
    data: bytes


def holds_days(origin: Origin) -> bool:
    """Whether a folder or zip is laid out as YYYY/MM/DD.txt. Raises ImportProblem."""
    return any(map(DAY_FILE.search, archives.files(origin).names()))


def day_files(origin: Origin) -> Iterator[DayFile]:
    """Every day file, in the order of the days. Raises ImportProblem for what it will not open."""
    files = archives.files(origin)
    for name in filter(DAY_FILE.search, files.names()):
        yield DayFile(name, _day(name), files.read(name))


def _day(name: str) -> date | None:
    year, month, day = (int(part) for part in DAY_FILE.findall(name)[0])
    try:
        return date(year, month, day)
    except ValueError:
        return None
