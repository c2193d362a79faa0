"""Pictures and other files that stand in a note, found among the files of the same tree."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol
from urllib.parse import unquote

from upswing.exchange.archives import LARGEST_MEMBER, shown
from upswing.exchange.rows import RowFile, clean

WIKI = re.compile(r"!\[\[([^\[\]|#\n]{1,300})(?:[#|][^\[\]\n]{0,300})?\]\]")
PLAIN = re.compile(
    r"!\[[^\[\]\n]{0,300}\]\([ \t]*(?:<([^<>\n]{1,500})>|([^()\s<>]{1,500}))[^()\n]{0,200}\)"
)
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
MISSING = "Not among these files, and so only named in the text: {names}."
MOST_NAMED = 5


class Shelf(Protocol):
    """The files of one import, as `archives.Files` gives them."""

    def names(self) -> list[str]: ...

    def size(self, name: str) -> int: ...

    def changed(self, name: str) -> datetime | None: ...

    def read(self, name: str, *, limit: int = LARGEST_MEMBER) -> bytes: ...


@dataclass
class Tree:
    """The files of one import that can be seen; what is hidden is not among them."""

    files: Shelf
    names: set[str]
    _by_ending: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        # Obsidian names a file by its end alone where that is plain; the shortest path wins.
        for name in sorted(self.names, key=lambda name: (name.count("/"), name), reverse=True):
            self._by_ending[name.rpartition("/")[2].lower()] = name

    def find(self, target: str, note: str, *, by_ending: bool) -> str | None:
        """The file that `target` names in `note`; never one outside of the tree.

        A path counts from the folder of the note, or from one of those above it: where the tree of
        the program begins is not written anywhere.
        """
        target = target.replace("\\", "/").strip().lstrip("/")
        for folder in _above(note):
            if (name := posixpath.normpath(folder + target)) in self.names:
                return name
        return self._by_ending.get(target.lower()) if by_ending and "/" not in target else None

    def file(self, name: str) -> RowFile:
        """It, to be read later."""
        ending = clean(name.rpartition("/")[2])[0]
        return RowFile(ending, self.files.size(name), partial(self.files.read, name))


def _above(note: str) -> Iterator[str]:
    """The folders of a note with their slash, from its own to the top, which is ""."""
    while note:
        note = note.rstrip("/").rpartition("/")[0]
        note += "/" if note else ""
        yield note


def attached(
    tree: Tree, note: str, text: str, further: Iterable[str]
) -> tuple[tuple[RowFile, ...], tuple[str, ...]]:
    """The files that stand in the note, each once, and a note on those that are not there.

    further: paths that the note names elsewhere than in its text.
    """
    found, missing = dict[str, None](), dict[str, None]()
    for target, by_ending in (*_targets(text), *((path, True) for path in further)):
        if name := tree.find(target, note, by_ending=by_ending):
            found[name] = None
        else:
            missing[shown(clean(target)[0])] = None
    notes = (MISSING.format(names=", ".join([*missing][:MOST_NAMED])),) if missing else ()
    return tuple(tree.file(name) for name in found), notes


def _targets(text: str) -> Iterator[tuple[str, bool]]:
    """What the text embeds, without other notes and without what lies in the web."""
    for found in WIKI.finditer(text):
        ending = posixpath.splitext(found[1].strip())[1].lower()
        if ending and ending not in (".md", ".markdown"):
            yield found[1], True
    for found in PLAIN.finditer(text):
        target = found[1] or found[2]
        if not ELSEWHERE.match(target):
            yield unquote(target), False
