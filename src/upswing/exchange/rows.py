"""What every importer gives: rows, read but not yet written. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

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
    for the source's own defaults. tag_symbols: the characters that may begin a tag.
    """

    zone: str
    timeformat: str = ""
    tag_symbols: str = "@#"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the source as it stands there, or a piece that cannot be brought in.

    number: line, or place in the list, from 1. where: the same in words. local: naive, as written;
    None only where `problem` says why the row is skipped. tags: lower case, symbol included.
    key: the same for the same entry in any later file. notes: what was read in a way worth telling.
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


@dataclass(frozen=True)
class Source:
    """One kind of file that can be brought in. `read` raises ImportProblem, also while iterated."""

    name: str
    label: str
    accepts: str
    recognise: Callable[[bytes, str], bool]
    recognise_folder: Callable[[Path], bool]
    read: Callable[[Origin, Options], Iterator[Row]]


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
