"""What became of every row of a file, packed: a hundred thousand of them in a few megabytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, overload

PAGE = 500
Outcome = Literal["new", "there", "skipped"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one row, and why. local: naive, as written; None where there is no date."""

    where: str
    label: str
    local: datetime | None
    outcome: Outcome
    reason: str


class Ledger(Sequence[Verdict]):
    """Verdicts in their order; pages that are full are kept packed."""

    def __init__(self) -> None:
        self._pages: list[bytes] = []
        self._open: list[Verdict] = []

    def append(self, verdict: Verdict) -> None:
        """Add one at the end."""
        self._open.append(verdict)
        if len(self._open) == PAGE:
            self._pages.append(_packed(self._open))
            self._open = []

    def __len__(self) -> int:
        return len(self._pages) * PAGE + len(self._open)

    def __iter__(self) -> Iterator[Verdict]:
        for page in self._pages:
            yield from _unpacked(page)
        yield from self._open

    @overload
    def __getitem__(self, place: int) -> Verdict: ...
    @overload
    def __getitem__(self, place: slice) -> list[Verdict]: ...
    def __getitem__(self, place: int | slice) -> Verdict | list[Verdict]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        page, line = divmod(range(len(self))[place], PAGE)
        return (_unpacked(self._pages[page]) if page < len(self._pages) else self._open)[line]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ledger) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def pages(self) -> Iterator[list[tuple[str, str, str, str]]]:
        """The rows of the report, a page at a time: (where, outcome, reason, label) each."""
        for page in self._pages:
            yield _lines(_unpacked(page))
        if self._open:
            yield _lines(self._open)


def _packed(verdicts: Sequence[Verdict]) -> bytes:
    lines = [
        (each.where, each.label, each.local and each.local.isoformat(), each.outcome, each.reason)
        for each in verdicts
    ]
    return zlib.compress(json.dumps(lines).encode(), 1)


def _unpacked(page: bytes) -> list[Verdict]:
    return [
        Verdict(where, label, datetime.fromisoformat(local) if local else None, outcome, reason)
        for where, label, local, outcome, reason in json.loads(zlib.decompress(page))
    ]


def _lines(verdicts: Sequence[Verdict]) -> list[tuple[str, str, str, str]]:
    return [(each.where, each.outcome, each.reason, each.label) for each in verdicts]
