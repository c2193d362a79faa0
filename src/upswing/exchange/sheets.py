"""The tables of a CSV export, opened: their rows as the record has them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from upswing.exchange import archives, textfile
from upswing.exchange.cells import unguarded
from upswing.exchange.rows import ImportProblem, Origin
from upswing.strategies.coping.models import CheckIn, Entry
from upswing.strategies.coping.rules import SCALES, summary

SHEETS = {"entries.csv": Entry.KIND, "check-ins.csv": CheckIn.KIND}
COLUMNS = {
    Entry.KIND: {"id", "moment", "zone", "title", "text", "starred"},
    CheckIn.KIND: {"id", "moment", "zone", "mood", "feelings", "text"},
}
LONGEST_CELL = 8_000_000
LARGEST = 20_000_000_000
BROKEN = "{name} cannot be read as a table. Save it as CSV in UTF-8 and try again."
Cells = dict[str, str]


class Sheets:
    """A CSV export: its folder, a zip of it, or one of its tables."""

    complete = False

    def __init__(self, origin: Origin) -> None:
        """Look which tables there are. Raises ImportProblem."""
        self._open: dict[str, Callable[[], BinaryIO]] = {}
        if _is_folder(origin) or archives.is_zip(origin):
            self._files(archives.files(origin))
        elif kind := kind_of(textfile.head(origin)):
            self._open[kind] = lambda: _stream(origin)

    def _files(self, files: archives.Files) -> None:
        for name in files.names():
            if kind := SHEETS.get(name.rpartition("/")[2]):
                self._open[kind] = lambda name=name: files.stream(name, limit=LARGEST)  # type: ignore[misc]

    def rows(self, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows of "items" and of the kinds that the sheets hold."""
        number = 0
        for kind in self._open:
            read = READ.get((table, kind))
            for cells in self._cells(kind) if read else ():
                number += 1
                yield number, read(kind, cells) if read else {}

    def _cells(self, kind: str) -> Iterator[Cells]:
        """The cells of each row without their guards, by the names in the first line."""
        csv.field_size_limit(LONGEST_CELL)
        with self._open[kind]() as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
            try:
                for row in csv.DictReader(text, restval=""):
                    row.pop(None, None)
                    yield {name: unguarded(cell) for name, cell in row.items()}
            except (csv.Error, UnicodeDecodeError):
                raise ImportProblem(BROKEN.format(name=kind)) from None

    def file(self, name: str, *, limit: int, sha256: str) -> bytes | None:
        """There are none."""
        return None


def _is_folder(origin: Origin) -> bool:
    return isinstance(origin, Path) and origin.is_dir()


def _stream(origin: Origin) -> BinaryIO:
    return io.BytesIO(origin) if isinstance(origin, bytes) else origin.open("rb")


def kind_of(start: bytes) -> str:
    """What the table holds that begins with these bytes, by its first line; "" for another one."""
    line = start.partition(b"\n")[0].decode("utf-8-sig", "replace").strip()
    names = set(line.split(","))
    return next((kind for kind, wanted in COLUMNS.items() if wanted <= names), "")


def _item(kind: str, cells: Cells) -> dict[str, Any]:
    """A row of the spine. What a table does not hold has to be made, or is not there."""
    own = _own(kind, cells)
    line = {name: cells.get(name) or None for name in ("created_at", "updated_at", "trashed_at")}
    return line | {
        "id": cells.get("id"),
        "kind": kind,
        "title": cells.get("title", "") if kind == Entry.KIND else _summary(own),
        "body": cells.get("text"),
        "happened_at": cells.get("moment"),
        "zone": cells.get("zone"),
        "day": cells.get("day"),
        "position": 0,
        "tags": _words(cells.get("tags", "")),
    }


def _summary(own: dict[str, Any]) -> str:
    mood, energy, stress = (own[name] if isinstance(own[name], int) else None for name in SCALES)
    return summary(mood, energy, stress, own["feelings"])


def _own(kind: str, cells: Cells) -> dict[str, Any]:
    """The own columns of a kind."""
    if kind == Entry.KIND:
        starred = {"1": True, "0": False, "": False}.get(cells.get("starred", ""))
        return {"item_id": cells.get("id"), "starred": starred}
    numbers = {name: _number(cells.get(name, "")) for name in SCALES}
    return {"item_id": cells.get("id"), **numbers, "feelings": _words(cells.get("feelings", ""))}


def _number(cell: str) -> int | str | None:
    """A number, nothing, or what is neither: that is refused where the columns are read."""
    return int(cell) if cell.isdecimal() and len(cell) < 9 else cell or None


def _words(cell: str) -> list[str]:
    return [word for word in (part.strip() for part in cell.split(",")) if word]


READ: dict[tuple[str, str], Callable[[str, Cells], dict[str, Any]]] = {
    **{("items", kind): _item for kind in SHEETS.values()},
    **{(f"kind-{kind}", kind): _own for kind in SHEETS.values()},
}
