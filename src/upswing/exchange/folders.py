"""Folders of one text file a day (YYYY/MM/DD.txt), on disk or in a zip that is never unpacked."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from upswing.exchange.rows import ImportProblem, Origin

ZIP_MARK = b"PK\x03\x04"
DAY_FILE = re.compile(r"(?:^|/)(\d{4})/(\d{2})/(\d{2})\.txt$", re.ASCII)
MOST_MEMBERS = 50_000
MOST_BYTES = 512_000_000  # of all day files together, unpacked
BROKEN = "This zip file is damaged; make it anew and try again."


@dataclass(frozen=True)
class DayFile:
    """One file of the folder. day: None where the name is not a day of the calendar."""

    name: str
    day: date | None
    origin: Origin


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with `head` is a zip with something in it."""
    return head.startswith(ZIP_MARK)


def holds_days(folder: Path) -> bool:
    """Whether `folder` is laid out as YYYY/MM/DD.txt."""
    return next(_on_disk(folder), None) is not None


def zip_holds_days(data: bytes) -> bool:
    """The same for a zip."""
    try:
        return any(
            _day_name(info.filename) for info in zipfile.ZipFile(io.BytesIO(data)).infolist()
        )
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def day_files(origin: Origin) -> Iterator[DayFile]:
    """Every day file, in the order of the days. Raises ImportProblem for a zip it will not open."""
    if isinstance(origin, Path) and origin.is_dir():
        yield from _on_disk(origin)
        return
    with (
        _unbroken(),
        zipfile.ZipFile(origin if isinstance(origin, Path) else io.BytesIO(origin)) as z,
    ):
        yield from _in_zip(z)


def _on_disk(folder: Path) -> Iterator[DayFile]:
    for path in sorted(folder.glob("[0-9]*/[0-9]*/[0-9]*.txt")):
        name = path.relative_to(folder).as_posix()
        if _day_name(name) and path.is_file():
            yield DayFile(name, _day(name), path)


@contextmanager
def _unbroken() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ImportProblem(BROKEN) from error


def _in_zip(archive: zipfile.ZipFile) -> Iterator[DayFile]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise ImportProblem(f"This zip file holds more than {MOST_MEMBERS:,} files.")
    days = sorted((m for m in members if _wanted(m)), key=lambda m: m.filename)
    if sum(m.file_size for m in days) > MOST_BYTES:
        raise ImportProblem(f"This zip file unpacks to more than {MOST_BYTES // 1_000_000} MB.")
    if any(m.flag_bits & 1 for m in days):
        raise ImportProblem("This zip file has a password. Make one without and try again.")
    for member in days:
        # zipfile stops at the declared size, so what was counted above is all that can come.
        yield DayFile(member.filename, _day(member.filename), archive.read(member))


def _wanted(member: zipfile.ZipInfo) -> bool:
    linked = stat.S_ISLNK(member.external_attr >> 16)
    return bool(_day_name(member.filename)) and not linked


def _day_name(name: str) -> re.Match[str] | None:
    return DAY_FILE.search(name)


def _day(name: str) -> date | None:
    year, month, day = (int(part) for part in DAY_FILE.findall(name)[0])
    try:
        return date(year, month, day)
    except ValueError:
        return None
