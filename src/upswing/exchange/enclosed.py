"""Files that come with an entry: judged by their size first, and read only when they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from upswing.errors import RuleError
from upswing.exchange.rows import ImportProblem, RowFile
from upswing.record.attachments import MOST_BROUGHT, NewFile, Shelf, fits
from upswing.record.models import Item

LEFT_OUT = "{why} It is left out; the entry comes in."
MANY = f"It has more than {MOST_BROUGHT} files; the further ones are left out."


def fitting(files: Sequence[RowFile]) -> tuple[tuple[RowFile, ...], list[str]]:
    """The files that can be kept, and notes on the others."""
    kept, notes = [], []
    for file in files[:MOST_BROUGHT]:
        try:
            fits(file.name, file.size)
        except RuleError as refused:
            notes.append(LEFT_OUT.format(why=refused.sentence))
        else:
            kept.append(file)
    return tuple(kept), [*notes, *([MANY] if len(files) > MOST_BROUGHT else [])]


def keep(files: Sequence[RowFile], item: Item, shelf: Shelf) -> list[str]:
    """Read and keep the files of one new item; returns notes on those that could not be read."""
    notes = []
    for file in files:
        try:
            shelf.put(item, NewFile(file.name, file.read()))
        except (ImportProblem, RuleError) as problem:
            notes.append(LEFT_OUT.format(why=problem))
    return notes
