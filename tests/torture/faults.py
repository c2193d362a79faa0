"""A disk that is full, a vault that may not be written, a lock that does not end: one at a time.

Each is a context; inside it this process cannot write, and afterwards it can again.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from upswing.record import trouble
from upswing.vault import held

SAID = {
    "full": {trouble.FULL},
    "no room": {trouble.FAILING, trouble.FULL},
    "read-only": {trouble.READ_ONLY},
    "locked": {trouble.BUSY},
}
Fault = Callable[[], AbstractContextManager[None]]
AS_MANY_AS_EVER = 2**31 - 2
SHORT = 20  # milliseconds to wait for a lock, in place of twenty seconds
SMALL = 4096  # bytes: a file may still be made, but no page of a database fits into it
HOLD = """import sys
from upswing.vault.backend.base import open_keyed
vault = open_keyed(sys.argv[1], bytes.fromhex(sys.stdin.readline()), isolation_level=None)
for line in sys.stdin:
    vault.execute(line)
    print("done", flush=True)
"""


def run(sql: str) -> Any:
    """What the tests' own connection answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def full() -> Iterator[None]:
    """The engine finds no room for one more page ("database or disk is full")."""
    run("VACUUM")  # else it would use pages that are free
    run("PRAGMA max_page_count = 1")
    try:
        yield
    finally:
        run(f"PRAGMA max_page_count = {AS_MANY_AS_EVER}")


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """No file of this process may be longer: the system itself refuses the write.

    Nor may Python write byte code meanwhile, which it would cut off and take for whole later.
    """
    before, byte_code = resource.getrlimit(resource.RLIMIT_FSIZE), sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = byte_code


@contextmanager
def no_room() -> Iterator[None]:
    """The write-ahead log is empty, and may not grow."""
    run("PRAGMA wal_checkpoint(TRUNCATE)")
    with files_end_at(SMALL):
        yield


@contextmanager
def read_only() -> Iterator[None]:
    """The vault can be read, not written."""
    on_server = connection.vendor == "postgresql"
    for_now = "SET default_transaction_read_only = {}" if on_server else "PRAGMA query_only = {}"
    run(for_now.format("on"))
    try:
        yield
    finally:
        run(for_now.format("off"))


@contextmanager
def locked() -> Iterator[None]:
    """Another process is writing, and does not end in the time that one waits for it."""
    with _locked_on_server() if connection.vendor == "postgresql" else _locked_vault():
        yield


@contextmanager
def _locked_vault() -> Iterator[None]:
    wait = run("PRAGMA busy_timeout")[0][0]
    run(f"PRAGMA busy_timeout = {SHORT}")
    foreign().tell("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        foreign().tell("ROLLBACK")
        run(f"PRAGMA busy_timeout = {wait}")


@contextmanager
def _locked_on_server() -> Iterator[None]:
    other = connection.copy()
    names = ", ".join(f'"{name}"' for name in connection.introspection.table_names())
    run(f"SET lock_timeout = '{SHORT}ms'")
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
            run("SET lock_timeout = 0")
    other.close()


FAULTS: dict[str, Fault] = {
    "full": full,
    "no room": no_room,
    "read-only": read_only,
    "locked": locked,
}


def marks(fault: str) -> list[pytest.MarkDecorator]:
    """PostgreSQL's disk cannot be filled from here."""
    return [pytest.mark.solo] if fault in ("full", "no room") else []


@dataclass
class Tally:
    """What became of the points of one kind.

    broken: not answered by one calm sentence; lost: what was typed did not come back; torn:
    something was half written; stuck: it did not work again afterwards.
    """

    tried: int = 0
    broken: int = 0
    lost: int = 0
    torn: int = 0
    stuck: int = 0

    def note(self, *, calm: bool, given_back: bool, whole: bool, works: bool) -> None:
        """Count one point."""
        self.tried += 1
        self.broken += not calm
        self.lost += not given_back
        self.torn += not whole
        self.stuck += not works

    def tell(self, figure: Callable[..., None], name: str) -> None:
        """Write the row of these points down, and fail where one was not passed."""
        bad = (self.broken, self.lost, self.torn, self.stuck)
        words = ("broken answers", "texts lost", "half written or damaged", "that did not recover")
        figure(
            name,
            tried=f"{self.tried} points of failure",
            found=", ".join(f"{count} {word}" for count, word in zip(bad, words, strict=True)),
            bar="0 of each",
        )
        assert (self.tried > 0, bad) == (True, (0, 0, 0, 0))


class Foreign:
    """Another process with the vault open."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(connection.settings_dict["NAME"])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._say(held.held().data.hex())

    def _say(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def tell(self, sql: str) -> None:
        """Let it run `sql`, and wait until that is done."""
        self._say(sql)
        assert self._process.stdout
        assert self._process.stdout.readline() == "done\n"

    def end(self) -> None:
        self._process.communicate()


_foreign: list[Foreign] = []


def foreign() -> Foreign:
    """The one foreign process of these tests, started when it is first needed."""
    if not _foreign:
        _foreign.append(Foreign())
    return _foreign[0]


def send_home() -> None:
    """End the foreign process, where there is one."""
    for each in _foreign:
        each.end()
    _foreign.clear()


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {name: sorted(run(f'SELECT * FROM "{name}"'), key=repr) for name in _tables()}  # noqa: S608


@cache
def _tables() -> list[str]:
    """The tables of Upswing; those of the full-text index are looked at by `is_sound`."""
    return [model._meta.db_table for model in apps.get_models(include_auto_created=True)]


def is_sound() -> bool:
    """Whether every page of the vault, its words and its index are as they were written."""
    if connection.vendor == "postgresql":
        return True
    run("INSERT INTO upswing_words(upswing_words) VALUES ('integrity-check')")  # raises
    return run("PRAGMA integrity_check") == [("ok",)] and not run("PRAGMA cipher_integrity_check")
