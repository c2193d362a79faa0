"""An export of Upswing, opened: its rows one by one, each checked by what the manifest says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn, Protocol

from upswing.exchange import archives, tables
from upswing.exchange.rows import ImportProblem, Origin

MOST_MEMBERS = 250_000
LARGEST_MANIFEST = 1_000_000
LARGEST_TABLE = 20_000_000_000
LONGEST_LINE = 8_000_000  # a text of a million bytes may be six times as long in JSON
ANY_RATIO = 2_000  # deflate cannot do more; the lines are read one by one

BROKEN = "This export is damaged: {name} is not as Upswing wrote it. Nothing was brought in."
NEWER = "This export was made by a newer Upswing. Install that version, and bring it in there."
NOT_OURS = "This is not an export of Upswing."


class Book(Protocol):
    """What comes back, as tables. complete: whether it holds all that a vault has."""

    complete: bool

    def rows(self, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows with their numbers from 1, none of a table that is not there."""

    def file(self, name: str, *, limit: int, sha256: str) -> bytes | None:
        """The bytes of an attachment; None where it is missing, or not what it was."""


class ExportFile:
    """The zip, or the folder into which somebody unpacked it."""

    complete = True

    def __init__(self, origin: Origin) -> None:
        """Read its manifest. Raises ImportProblem where it is not ours, or from a newer Upswing."""
        self._files = archives.files(origin, members=MOST_MEMBERS)
        self._names = set(self._files.names())
        self._root = root(self._names)
        manifest = self._manifest()
        if manifest.get("format") != tables.FORMAT:
            raise ImportProblem(NOT_OURS)
        if manifest.get("version") != tables.VERSION:
            raise ImportProblem(NEWER)
        self._sums: dict[str, Any] = manifest["sha256"] if _is(dict, manifest, "sha256") else {}

    def _manifest(self) -> dict[str, Any]:
        name = self._root + tables.MANIFEST
        found = parsed(self._files.read(name, limit=LARGEST_MANIFEST))
        return found if isinstance(found, dict) else broken(tables.MANIFEST)

    def rows(self, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows with their numbers from 1; the file is believed only at its end.

        A table that is not there has no rows. Raises ImportProblem for a broken one.
        """
        name = f"{tables.RECORD}/{table}.jsonl"
        if name not in self._sums:
            return
        whole = hashlib.sha256()
        for number, raw in enumerate(self._lines(name), start=1):
            whole.update(raw)
            row = parsed(raw)
            yield number, row if isinstance(row, dict) else broken(name)
        if whole.hexdigest() != self._sums[name]:
            broken(name)

    def _lines(self, name: str) -> Iterator[bytes]:
        if self._root + name not in self._names:
            broken(name)
        with self._open(name) as stream:
            while raw := stream.readline(LONGEST_LINE + 1):
                if len(raw) > LONGEST_LINE:
                    broken(name)
                yield raw

    def _open(self, name: str) -> BinaryIO:
        return self._files.stream(self._root + name, limit=LARGEST_TABLE, ratio=ANY_RATIO)

    def file(self, name: str, *, limit: int, sha256: str) -> bytes | None:
        """The bytes of an attachment; None where it is missing, or not what it was."""
        if self._root + name not in self._names:
            return None
        data = self._files.read(self._root + name, limit=limit)
        return data if hashlib.sha256(data).hexdigest() == sha256 else None


def root(names: set[str]) -> str:
    """What stands before the names in it: "" or one folder. Raises ImportProblem."""
    found = [name for name in names if name.rpartition("/")[2] == tables.MANIFEST]
    roots = [name.removesuffix(tables.MANIFEST) for name in found if name.count("/") <= 1]
    ours = [one for one in roots if f"{one}{tables.ITEMS.file}" in names]
    if len(ours) != 1:
        raise ImportProblem(NOT_OURS)
    return ours[0]


def parsed(raw: bytes) -> Any:
    """One JSON value as Upswing writes it. Raises ImportProblem."""
    try:
        return json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError):
        broken(tables.RECORD)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _is(kind: type, found: dict[str, Any], name: str) -> bool:
    return isinstance(found.get(name), kind)


def broken(name: str) -> NoReturn:
    """Refuse the file because of what stands in `name`. Raises ImportProblem."""
    raise ImportProblem(BROKEN.format(name=name))
