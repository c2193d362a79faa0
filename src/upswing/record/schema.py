"""Whether the tables fit this version of Upswing, told by one number in the file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction

from upswing import config
from upswing.vault.errors import NewerVault, VaultError
from upswing.vault.held import held
from upswing.vault.paths import VaultPaths

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def code_version() -> int:
    """How many migrations this Upswing knows."""
    return sum(path.name[:4].isdigit() for path in MIGRATIONS.iterdir())


def stored_version() -> int:
    """How many migrations the vault has been through."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        return int(cursor.fetchone()[0])


def bring_up_to_date() -> None:
    """Make or change the tables where needed. Raises NewerVault for a vault from the future."""
    stored, code = stored_version(), code_version()
    if stored > code:
        raise NewerVault(
            "This vault was last opened by a newer Upswing. Install that version again; "
            "nothing was changed."
        )
    if stored < code:
        if stored:
            _back_up_first()
        _change_tables(code)


def _change_tables(version: int) -> None:
    """Bring the tables to `version` in one transaction: all of it, or nothing.

    Migrations each in their own would leave tables between two versions after a kill, and an older
    Upswing, which goes by the number, would write into them.
    """
    from django.core.management import call_command  # dear, and needed once a version

    # SQLite rebuilds a table only without these checks, and they cannot change in a transaction;
    # each migration looks at its foreign keys itself at its end.
    with connection.constraint_checks_disabled(), transaction.atomic():
        call_command("migrate", verbosity=0, skip_checks=True)
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA user_version = {version}")


def _back_up_first() -> None:
    """Tables are changed only where there is a way back. Raises VaultError where there is none."""
    from upswing.vault.backup import writing

    try:
        writing.create(VaultPaths.of(config.load(os.environ)), held(), now=datetime.now(UTC))  # noqa: TID251 - a version later, at the door
    except VaultError as error:
        raise VaultError(
            "Before a newer Upswing changes the tables of your vault it makes a backup, and that "
            f"was not possible. {error} Nothing was changed."
        ) from error
