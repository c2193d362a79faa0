"""What an exporter makes: files by name, each in pieces, one after the other. Nothing is held."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from upswing.moments import zone_of

Progress = Callable[[int, int], None]


class Member(NamedTuple):
    """One file of an export. pieces: its bytes, to be taken in order and before the next member.

    packed: a picture, which packing again would only make slow.
    """

    name: str
    pieces: Iterable[bytes]
    packed: bool = False


@dataclass
class Order:
    """What is to be taken out, for whom. now: aware; day: the owner's today, in file names.

    total, done: how much of the work there is; progress hears both.
    """

    owner: Any
    now: datetime
    day: date
    trash: bool = True
    progress: Progress = lambda done, total: None
    total: int = 0
    done: int = field(default=0, init=False)

    @property
    def here(self) -> datetime:
        """Now, on the owner's clock."""
        return self.now.astimezone(zone_of(self.owner.zone))

    def counted(self, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows, each counted as done once it was taken."""
        for row in rows:
            yield row
            self.tick()

    def tick(self) -> None:
        """One more piece of work is done."""
        self.done += 1
        self.progress(min(self.done, self.total), self.total)


@dataclass(frozen=True)
class Exporter:
    """One way to take the record out.

    holds: what is in it, in a sentence. stem: the beginning of its file's name.
    work: how many pieces of work there are. members: the files, made as they are taken.
    folder: whether the terminal writes a folder where nobody asks for a zip.
    """

    name: str
    label: str
    holds: str
    stem: str
    work: Callable[[Order], int]
    members: Callable[[Order], Iterator[Member]]
    folder: bool = False

    def file_name(self, order: Order) -> str:
        """ "upswing-export-2026-11-22", without an ending."""
        return f"{self.stem}-{order.day.isoformat()}"

    def taken(self, order: Order) -> Generator[Member]:
        """The files as the record was at one moment, whatever is written meanwhile."""
        with one_moment():
            order.total = self.work(order)
            yield from self.members(order)


@contextmanager
def one_moment() -> Iterator[None]:
    """Let every read in here see the record as it is now, and let others write.

    Inside a transaction that is so already. Django's own would lock the vault for writing.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def json_line(value: Any) -> bytes:
    """One line of a JSON Lines file."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
