"""The pictures, recordings and papers of Day One's entries: found by their sums, read late."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from upswing.exchange.archives import Files
from upswing.exchange.importers.dayone.values import objects, word
from upswing.exchange.rows import RowFile
from upswing.record.attachments import LARGEST

STORED = re.compile(
    r"(?:^|/)(?:photos|videos|audios|pdfs)/([0-9a-f]{32})\.\w{1,5}$", re.IGNORECASE | re.ASCII
)
SUM = re.compile("[0-9a-f]{32}")
ENDING = re.compile(r"[a-z0-9]{1,5}")
KINDS = {"photos": "picture", "videos": "video", "audios": "recording", "pdfAttachments": "PDF"}
ENDINGS = {"photos": "jpeg", "videos": "mp4", "audios": "m4a", "pdfAttachments": "pdf"}
AMISS = "[]()\\/<>"  # signs that would mean something in a text or a path
NOT_THERE = "“{name}” is not in the export."
NO_SUM = "The export does not say which file “{name}” is."


@dataclass(frozen=True)
class Medium:
    """What an entry says of one of its files. file: None where `problem` says why."""

    identifier: str
    name: str
    file: RowFile | None = None
    problem: str = ""
    md5: str = ""

    @property
    def mention(self) -> str:
        """What stands for it in the text."""
        return f"[{self.name}]" if self.file else f"[{self.name}: not in the export]"


class Media:
    """Every file of an export by its MD5 sum, as it stands in its name; `unused` by any entry."""

    def __init__(self, files: Files | None) -> None:
        self._files = files
        found = ((STORED.search(name), name) for name in (files.names() if files else ()))
        self._names = {match[1].lower(): name for match, name in found if match}
        self.unused = set(self._names.values())

    def of(self, entry: dict[str, Any]) -> list[Medium]:
        """What belongs to an entry, pictures first; the same file may be named more than once."""
        return [one for key in KINDS if key in entry for one in self._of_kind(entry, key)]

    def _of_kind(self, entry: dict[str, Any], key: str) -> Iterator[Medium]:
        told = sorted(objects(entry[key]), key=_place)
        for number, each in enumerate(told, start=1):
            yield self._medium(each, _name(each, key, number))

    def _medium(self, told: dict[str, Any], name: str) -> Medium:
        identifier, md5 = word(told.get("identifier")).lower(), word(told.get("md5")).lower()
        if not SUM.fullmatch(md5):
            return Medium(identifier, name, problem=NO_SUM.format(name=name))
        stored = self._names.get(md5)
        if not stored or not self._files:
            return Medium(identifier, name, problem=NOT_THERE.format(name=name))
        self.unused.discard(stored)
        read = partial(self._files.read, stored, limit=LARGEST)
        return Medium(identifier, name, RowFile(name, self._files.size(stored), read), md5=md5)


def _place(told: dict[str, Any]) -> int:
    place = told.get("orderInEntry")
    return place if isinstance(place, int) else 0


def _name(told: dict[str, Any], key: str, number: int) -> str:
    """The name that it had, else one that says what it is: "picture 1.jpeg"."""
    own = word(told.get("filename"))[-80:]
    if "." in own:
        return "".join(sign if sign.isprintable() and sign not in AMISS else "_" for sign in own)
    ending = word(told.get("type") or told.get("format")).lower()
    return f"{KINDS[key]} {number}.{ending if ENDING.fullmatch(ending) else ENDINGS[key]}"
