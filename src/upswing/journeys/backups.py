"""The daily backup: made while the vault is in use, without anybody waiting for it.

`python -m upswing.journeys.backups ZONE` makes it in a process of its own, for the terminal.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from upswing import config
from upswing.vault import current, keeper
from upswing.vault.backup import rules, state
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths


def wanted() -> bool:
    """Whether Upswing makes backups by itself here: UPSWING_BACKUPS=off leaves it to the person."""
    return config.load(os.environ).daily_backup


def is_due(where: VaultPaths, *, zone: str, now: datetime) -> bool:
    """Whether today's backup of a vault with a record is still to be made. Reads one small file."""
    known = state.read(where)
    last = known.made_at if known.last and (where.backups / known.last).exists() else None
    trouble = known.trouble.at if known.trouble else None
    due = rules.due(last=last, trouble=trouble, now=now, zone=zone)
    return due and current.database(where.home).exists()


def make_if_due(where: VaultPaths, key: VaultKey, *, zone: str, now: datetime) -> None:
    """Make today's backup where it is still to be made; what goes wrong is noted, not raised."""
    from upswing.vault import use
    from upswing.vault.backup import snapshot, writing  # with them come the engine and the ciphers

    try:
        use.share(where.home)
        with snapshot.lock(where):
            if is_due(where, zone=zone, now=now):
                writing.write(where, key, now=now, to=None)
    except VaultError as error:
        _note(where, str(error), now)


def _note(where: VaultPaths, sentence: str, now: datetime) -> None:
    """Have it told on Settings and in the doctor's report, where even that can be written."""
    try:
        state.note_trouble(where, sentence, now=now)
    except VaultError:
        return  # the folder of the vault cannot be written at all: every page says so by itself


def start_if_due(where: VaultPaths, *, zone: str, now: datetime) -> None:
    """Have it made by a process of its own; whoever calls this goes on at once."""
    if not wanted() or not is_due(where, zone=zone, now=now):
        return
    subprocess.Popen(  # noqa: S603 - our own module, and the name of a zone
        [sys.executable, "-P", "-m", "upswing.journeys.backups", zone],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": keeper.import_path()},
    )


def main(zone: str) -> int:
    """Make it under the keeper's key; a vault that was locked meanwhile has to wait."""
    from upswing.vault import keeping

    keeping.harden()
    os.umask(0o077)
    where = VaultPaths.of(config.load(os.environ))
    if key := keeper.fetch(where):
        make_if_due(where, key, zone=str(ZoneInfo(zone)), now=datetime.now(UTC))  # noqa: TID251 - a door of its own
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
