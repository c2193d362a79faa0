"""Imports into new vaults, each in a process of its own.

`python -m benchmarks.bring bring FILE` brings a file in: its CPU and highest memory.
`python -m benchmarks.bring whole FILE` does so after the dry run, as the doors do.
`python -m benchmarks.bring profile FILE` says where the time of it goes.
`python -m benchmarks.bring bare FOLDER` writes what the vault in FOLDER holds by bare statements.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks.shares import Shares, shares
from upswing import solo
from upswing.vault import lifecycle
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

if TYPE_CHECKING:
    from upswing.exchange.run import Report

KIB_PER_MIB = 1024  # Linux tells kibibytes
TABLES = ("upswing_tag", "upswing_batch", "upswing_item", "upswing_entry", "upswing_item_tags")
ITEMS = """SELECT position, title, body, coalesce(
    (SELECT group_concat(name, ' ') FROM upswing_item_tags JOIN upswing_tag
     ON tag_id = upswing_tag.id WHERE item_id = upswing_item.id), '') FROM upswing_item"""


def new_vault() -> Any:
    """Make the vault of UPSWING_HOME, which anybody at this machine can open; its person."""
    return solo.open_record(lifecycle.create(solo.paths(), passphrase=None))


def bring(path: Path) -> dict[str, float]:
    """Bring a file in; the dry run that comes before it is not measured."""
    return _measured(_import(path))


def whole(path: Path) -> dict[str, float]:
    """Look, then bring in."""
    return _measured(_import(path, look=True))


def profile(path: Path) -> Shares:
    """Where the time of bringing in goes."""
    return shares(_import(path))


def _import(path: Path, *, look: bool = False) -> Callable[[], Report]:
    owner = new_vault()
    from upswing.exchange import bringing, importers
    from upswing.exchange.rows import Options

    source, options = importers.source("dayone"), Options("Europe/Berlin")
    now = datetime.now(UTC)
    if look:
        bringing.look(source, owner, path, options, now=now)
    return lambda: bringing.bring_in(source, owner, path, options, now=now, file_name=path.name)


def _measured(work: Callable[[], Report]) -> dict[str, float]:
    begin = process_time()
    report = work()
    spent = process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    return {"cpu": spent, "peak": peak, "added": report.batch.added}


def write_bare(source: Path) -> dict[str, float]:
    """Write what the vault in `source` holds into a new one, by `executemany`; the CPU of that."""
    new_vault()
    from django.db import connection

    connection.close()
    here, there = solo.paths(), VaultPaths(source / "home", source / "run")
    read = _plain(there, lifecycle.open_with_device(there))
    rows = {table: read.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608 - TABLES
    found = list(_index(read))
    write = _plain(here, lifecycle.open_with_device(here))
    begin = process_time()
    write.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        _insert(write, table, rows[table])
    write.executemany(
        "INSERT INTO upswing_words (rowid, title, body, marks) VALUES (?, ?, ?, ?)", found
    )
    write.execute("COMMIT")
    spent = process_time() - begin
    return {"cpu": spent, "added": float(len(rows["upswing_item"]))}


def _plain(paths: Any, key: VaultKey) -> Any:
    """A connection that hands values on as they stand in the file."""
    from upswing.vault.backend.base import open_keyed

    return open_keyed(str(paths.database), key.data, isolation_level=None)


def _index(read: Any) -> Iterator[tuple[int, str, str, str]]:
    """The rows of the index, folded beforehand."""
    from upswing.record.index import kind_mark, tag_mark
    from upswing.record.words import fold

    for position, title, body, tags in read.execute(ITEMS):
        marks = " ".join([kind_mark("entry"), *map(tag_mark, tags.split())])
        yield position, " ".join(fold(title)), " ".join(fold(f"{body}\n {tags}")), marks


def _insert(write: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        write.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - TABLES


WORK: dict[str, Callable[[Path], object]] = {
    "bring": bring,
    "whole": whole,
    "profile": profile,
    "bare": write_bare,
}

if __name__ == "__main__":
    work, place = sys.argv[1:]
    print(json.dumps(WORK[work](Path(place))))
