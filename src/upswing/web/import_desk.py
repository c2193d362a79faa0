"""The one file that lies between its dry run and its import: in this process's memory only.

A file on the disk would lie there in the clear. A lock ends this process, and with it the file; an
import that was under way is rolled back whole.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections

from upswing.errors import RuleError
from upswing.exchange import bringing
from upswing.exchange.importers import source
from upswing.exchange.plan import Plan
from upswing.exchange.rows import ImportProblem, Options, Source
from upswing.record import trouble
from upswing.record.models import Setback
from upswing.web.errors import tell_where

KEPT_SECONDS = 15 * 60.0
BUSY = "Another file is being brought in. Wait until that has ended."
BROKEN = "Something broke, on our side. None of it was brought in, so you can try again."


@dataclass
class Waiting:
    """A file and what is known of it. plan: its dry run, None while it cannot be read yet.

    done: rows read by the import so far; batch: the import, once it has ended; trouble: why it
    ended otherwise.
    """

    owner: Any
    data: bytes
    file_name: str
    source: str
    plan: Plan | None = None
    options: Options | None = None
    setback: Setback | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    begun: bool = False
    done: int = 0
    batch: UUID | None = None
    trouble: str = ""

    @property
    def ended(self) -> bool:
        return bool(self.batch or self.trouble)

    def try_out(self, options: Options, setback: Setback | None, *, now: datetime) -> Plan:
        """Judge every row and write nothing. Raises ImportProblem where the file cannot be read."""
        options = replace(options, file_name=self.file_name)
        self.options, self.setback = options, setback
        self.plan = bringing.look(self._source, self.owner, self.data, options, now=now)
        return self.plan

    @property
    def _source(self) -> Source:
        return source(self.source)

    def bring_in(self, *, now: datetime) -> None:
        """Do the import, all or nothing; how it ended stands in `batch` or `trouble`."""
        assert self.options  # noqa: S101 - set by the dry run, before which nothing is brought in
        try:
            report = bringing.bring_in(
                self._source,
                self.owner,
                self.data,
                self.options,
                now=now,
                file_name=self.file_name,
                setback=self.setback,
                progress=self._count,
            )
            self.batch = report.batch.pk
        except (ImportProblem, RuleError) as error:
            self.trouble = str(error)
        except Exception as error:  # nobody is there to catch it: the page that waits has to tell
            self.trouble = trouble.sentence(error) or BROKEN
            if self.trouble == BROKEN:
                tell_where()
        finally:
            self.data = b""

    def _count(self, done: int, total: int) -> None:
        self.done = done


_desk: list[Waiting] = []
_guard = threading.Lock()


def lay_down(waiting: Waiting) -> None:
    """Keep `waiting`, in place of any other, for a quarter of an hour. Raises RuleError."""
    with _guard:
        if any(other.begun and not other.ended for other in _desk):
            raise RuleError("file", BUSY)
        _desk[:] = [waiting]
    timer = threading.Timer(KEPT_SECONDS, forget, [waiting.token])
    timer.daemon = True
    timer.start()


def find(token: str, owner: Any) -> Waiting | None:
    """What lies under `token`, if it is still there and the owner's."""
    return next((one for one in _desk if one.token == token and one.owner == owner), None)


def forget(token: str) -> None:
    """Let go of a file, unless it is being brought in at this moment."""
    with _guard:
        _desk[:] = [one for one in _desk if one.token != token or (one.begun and not one.ended)]


def begin(waiting: Waiting, *, now: datetime) -> None:
    """Start the import in the background; a second click changes nothing."""
    with _guard:
        if waiting.begun:
            return
        waiting.begun = True
    _in_background(lambda: waiting.bring_in(now=now))


def _in_background(work: Callable[[], None]) -> None:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()  # those of this thread

    threading.Thread(target=run, name="import", daemon=True).start()
