"""What every importer gives: rows, read but not yet written. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
Origin = bytes | Path
"""What is read: the bytes of one file, or the path of a file or a folder."""


class ImportProblem(Exception):
    """The whole file cannot be read; the message is a sentence for the person.

    formats: date formats that would fit the file, to be chosen from and never chosen silently.
    """

    def __init__(self, sentence: str, formats: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.formats = formats


@dataclass(frozen=True)
class Options:
    """What the file itself does not say.

    zone: IANA name in which its times were lived. timeformat: strftime pattern of its dates, ""
    for the source's own defaults. tag_symbols: the characters that may begin a tag. file_name: of
    a file that comes without its path. file_dates: take a note without a date at the date of its
    file. best: the rating that a good day has in it, 5 or 1; None leaves ratings out.
    places: keep where an entry was written, in which weather and on which device.
    """

    zone: str
    timeformat: str = ""
    tag_symbols: str = "@#"
    file_name: str = ""
    file_dates: bool = False
    best: int | None = None
    places: bool = False


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file that belongs to an entry. size: bytes; read: all of them, or ImportProblem.

    `read` is called late and for one file at a time, so that no two need to be in memory.
    """

    name: str
    size: int
    read: Callable[[], bytes] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the source as it stands there, or a piece that cannot be brought in.

    number: line, or place in the list, from 1. where: the same in words. local: naive, as written;
    None only where `problem` says why the row is skipped. tags: symbol included. key: the same for
    the same entry in any later file. notes: what was read in a way worth telling.
    day_only: the source says the day and no time; `local` is its noon. mood: 1-10, of a row that is
    a check-in. thought: the answers of a row that is a thought record. joined: the key of another
    row, and the relation in which this one stands to it.
    moment: aware, where the source knows more than what the clock on the wall showed.
    """

    number: int
    where: str
    title: str
    body: str
    local: datetime | None
    zone: str
    starred: bool = False
    tags: tuple[str, ...] = ()
    key: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()
    day_only: bool = False
    mood: int | None = None
    thought: Mapping[str, Any] | None = None
    joined: tuple[str, str] | None = None
    moment: datetime | None = None
    files: tuple[RowFile, ...] = ()


@dataclass(frozen=True)
class Whole:
    """How a file is handled that does not come in by rows: look(owner, origin) is its dry run,
    bring_in(owner, origin, **about) the import; `exchange.bringing` says what they give and take.
    complete: whether an empty vault gets back all that a vault has.
    """

    look: Callable[..., Any]
    bring_in: Callable[..., Any]
    complete: bool = True


@dataclass(frozen=True)
class Source:
    """One kind of file that can be brought in. `read` raises ImportProblem, also while iterated.

    recognise(origin, name): whether a file is of this kind. Of a zip it gets all (its bytes, or its
    path, as `archives.files` takes them), of any other file the first megabyte. For a folder on the
    disk `recognise_folder` is asked instead. whole: set where a file comes in as a whole; such a
    source is asked before the others whether a file is its own.
    """

    name: str
    label: str
    recognise: Callable[[Origin, str], bool]
    recognise_folder: Callable[[Path], bool]
    read: Callable[[Origin, Options], Iterator[Row]]
    whole: Whole | None = None


class Keys:
    """Content keys that number true doubles, so that a file read twice gives the same keys."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._seen: Counter[bytes] = Counter()

    def of(self, title: str, body: str, local: datetime, starred: bool) -> str:
        """Key of an entry. To the minute: some exports leave out the seconds of the same entry."""
        minute = local.strftime("%Y-%m-%dT%H:%M")
        parts = [self._source, title.strip(), body.strip(), minute, starred]
        content = hashlib.sha256(json.dumps(parts).encode()).digest()[:16]
        self._seen[content] += 1
        return f"{self._source}:{content.hex()}:{self._seen[content]}"


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without characters that no database keeps, and a note where there were any."""
    whole, many = UNSTORABLE.subn("\ufffd", text)
    if not many:
        return text, ()
    return whole, ("It held characters that cannot be stored; each is shown as \ufffd.",)
