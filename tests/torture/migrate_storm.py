"""A newer Upswing opens an older vault, and is killed while it makes the backup or the tables.

`python -m torture.migrate_storm FOLDER KILLS ROWS` prints what is left as JSON. The newer one tells
how far it is (MOMENTS). By turns it is killed some time after one of them, and right there: with
half a backup written, just before and just after the commit. A kill counts where it had not ended.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from torture.killing import TRIES, code_of, fork
from upswing import solo
from upswing.vault import keeper, lifecycle
from upswing.vault.backend.base import open_keyed
from upswing.vault.backup import folder as backups
from upswing.vault.backup import reading
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from vault.recording import dump

START = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
ON_PURPOSE = ("django_migrations", "applied")  # a moment, and so never the same twice
BACKUP, HALF, TABLES, COMMIT, COMMITTED = MOMENTS = b"bhtcd"


@dataclass(frozen=True)
class Blow:
    """A kill: some time after a moment, or right there."""

    moment: int
    there: bool


LATER = [Blow(moment, there=False) for moment in (BACKUP, HALF, TABLES, COMMIT)]
THERE = [Blow(moment, there=True) for moment in (HALF, COMMIT, COMMITTED)]


class Upgrade:
    """The vault, opened with the newer Upswing in a child that tells how far it is."""

    def __init__(self, key: VaultKey, killed_at: int = 0) -> None:
        """killed_at: the moment at which it is killed by itself; 0 means that it is not."""
        self.signs, write = os.pipe()
        self.child = fork(lambda: self._open(key, write, killed_at))
        os.close(write)

    def _open(self, key: VaultKey, write: int, killed_at: int) -> None:
        def tell(moment: int) -> None:
            os.write(write, bytes([moment]))
            if moment == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)

        _tell_the_moments(tell)
        solo.open_record(key)

    def wait(self, moment: int) -> None:
        """Wait until it is so far."""
        while (sign := os.read(self.signs, 1)) != bytes([moment]):
            assert sign, "an upgrade ended before its time"

    def end(self) -> int | None:
        """Its exit code, None where it was killed."""
        os.close(self.signs)
        return code_of(self.child)


def _tell_the_moments(tell: Callable[[int], None]) -> None:
    """Let this process call `tell` at each of MOMENTS."""
    from django.core import management
    from django.db.backends.base.base import BaseDatabaseWrapper as Wrapper

    from upswing.vault.backup import chunks, writing

    def telling(work: Any, before: int, after: int = 0) -> Any:
        def told(*given: Any, **named: Any) -> Any:
            tell(before)
            made = work(*given, **named)
            if after:
                tell(after)
            return made

        return told

    seal = chunks.seal

    def half_sealed(*given: Any) -> Iterator[bytes]:
        for number, chunk in enumerate(seal(*given)):
            if number == 1:  # the first is in the file
                tell(HALF)
            yield chunk

    chunks.seal = half_sealed  # type: ignore[assignment]
    writing.create = telling(writing.create, BACKUP)
    management.call_command = telling(management.call_command, TABLES)
    Wrapper.commit = telling(Wrapper.commit, COMMIT, COMMITTED)  # type: ignore[method-assign]


@dataclass
class Storm:
    """The vault as it was, the folder in which it is upgraded, and what was found there.

    seconds: how long it is from each moment to the next; before, after: all that is in the vault.
    """

    paths: VaultPaths
    key: VaultKey
    first: Path
    before: Any
    after: Any = None
    seconds: dict[int, float] = field(default_factory=dict)
    found: list[tuple[Blow, str]] = field(default_factory=list)
    backups: list[str] = field(default_factory=list)

    def fresh(self) -> None:
        """Put the vault back as it was."""
        shutil.rmtree(self.paths.home)
        shutil.copytree(self.first, self.paths.home)

    def once_through(self) -> None:
        """Upgrade without a kill, to learn how long it takes and how the vault is afterwards."""
        upgrade, times = Upgrade(self.key), []
        for moment in MOMENTS:
            upgrade.wait(moment)
            times.append(time.monotonic())
        assert upgrade.end() == 0
        lasted = (later - earlier for earlier, later in pairwise(times))
        self.seconds = dict(zip(MOMENTS, lasted, strict=False))
        self.after = everything(self.paths.database, self.key)

    def strike(self, blow: Blow) -> bool:
        """Kill an upgrade of the vault as it was, and look at what it left; False: too late."""
        self.fresh()
        upgrade = Upgrade(self.key, blow.moment if blow.there else 0)
        if not blow.there:
            upgrade.wait(blow.moment)
            time.sleep(random.uniform(0, 1.5 * self.seconds[blow.moment]))
            os.kill(upgrade.child, signal.SIGKILL)
        if upgrade.end() is not None:
            return False
        state = self.state()
        made = self.backups_now()
        self.found.append((blow, state))
        self.backups += made if state == "before" else made or ["none, and yet it went on"]
        return True

    def state(self) -> str:
        """How the vault is: "before", "after", or in between."""
        now = repr(everything(self.paths.database, self.key))
        return {repr(self.before): "before", repr(self.after): "after"}.get(now, "between")

    def backups_now(self) -> list[str]:
        """Of each backup that is listed: "whole", or what is wrong with it."""
        return [self._backup(one.path) for one in backups.listing(self.paths)]

    def _backup(self, path: Path) -> str:
        target = self.paths.home.parent / "read.db"
        try:
            reading.read_back(path, self.key, target, reading.silent)
            same = everything(target, self.key) == self.before
            return "whole" if same else "not what was there"
        except VaultError as error:
            return str(error)
        finally:
            target.unlink(missing_ok=True)

    def told(self) -> dict[str, object]:
        """What was found, by the kind of the kill."""
        states = [state for _, state in self.found]
        return {
            "killed": len(states),
            "states": {each: states.count(each) for each in ("before", "after", "between")},
            "there": [self._states(blow) for blow in THERE],
            "backups": list(self.backups),
        }

    def _states(self, blow: Blow) -> list[str]:
        return sorted({state for other, state in self.found if other == blow})

    def to_the_end(self) -> str:
        """Two commands at once upgrade what is there; how the vault is then."""
        ends = [upgrade.end() for upgrade in (Upgrade(self.key), Upgrade(self.key))]
        return self.state() if ends == [0, 0] else f"ended with {ends}"


def everything(database: Path, key: VaultKey) -> Any:
    """Every row, every table as it is declared, and the number of the version."""
    rows: Any = dump(database, key)
    name, column = ON_PURPOSE
    rows[name] = [row[:-1] for row in rows[name]]
    connection = open_keyed(str(database), key.data)
    tables = sorted(
        connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"), key=repr
    )
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    columns = [each[1] for each in connection.execute(f"PRAGMA table_info({name})")]
    connection.close()
    assert columns[-1] == column
    return rows, tables, version


def main(folder: Path, kills: int, rows: int) -> dict[str, object]:
    paths = solo.paths()
    key = lifecycle.create(paths, passphrase=None)
    solo.open_record(key)
    _fill(rows)
    shutil.copytree(paths.home, folder / "first")
    _be_newer(folder)
    storm = Storm(paths, key, folder / "first", everything(paths.database, key))
    storm.once_through()
    blows = [*LATER, *THERE]
    for number in range(TRIES * kills):
        if len(storm.found) == kills:
            break
        storm.strike(blows[number % len(blows)])
    result = storm.told() | {"ended": _upgraded_by_two(storm)}
    keeper.lock(paths)
    return result


def _fill(rows: int) -> None:
    """Entries with tags, as an import writes them."""
    from django.db import connection

    from upswing.accounts.models import User
    from upswing.record.bulk import New, Places, add_many
    from upswing.record.models import Batch
    from upswing.strategies.coping.models import Entry

    owner = User.objects.get()
    new = [
        New(Entry(), START + timedelta(hours=hour), "UTC", f"row {hour}", body=f"Day {hour}.")
        for hour in range(rows)
    ]
    batch = Batch.objects.create(owner=owner, source="storm", file_name="", made_at=START)
    add_many(new, owner=owner, now=START, batch=batch, places=Places(owner))
    connection.close()


def _be_newer(folder: Path) -> None:
    """From here on this process, and those it forks, are of a later version."""
    import django.core.management
    import django.db.migrations.executor
    from django.conf import settings

    from torture import later
    from upswing.record import schema
    from upswing.vault.backup import writing  # noqa: F401

    later.package(schema.MIGRATIONS, folder / "later")
    sys.path.insert(0, str(folder))
    settings.MIGRATION_MODULES = {"upswing": "later"}
    schema.MIGRATIONS = folder / "later"
    django.core.management.load_command_class("django.core", "migrate")


def _upgraded_by_two(storm: Storm) -> list[str]:
    """How the vault is once two have upgraded it: as it was, and as a kill left it."""
    ends = []
    for blow in (None, *THERE):
        storm.fresh()
        if blow:
            storm.strike(blow)
        ends.append(storm.to_the_end())
    return ends


if __name__ == "__main__":
    solo.wake()
    print(json.dumps(main(Path(sys.argv[1]), *map(int, sys.argv[2:4]))))
