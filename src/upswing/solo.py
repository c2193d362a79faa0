"""Opening the one person's vault: the key, the tables, the lines captured meanwhile."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from upswing import config
from upswing.vault import held, keeper
from upswing.vault.errors import OldKey, VaultLocked
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

if TYPE_CHECKING:
    from upswing.accounts.models import User

# Read before Django wakes: it sets TZ to its own TIME_ZONE for this process and its children.
MACHINE_ZONE = config.zone_name(os.environ)


def paths() -> VaultPaths:
    """Where this person's vault is."""
    return VaultPaths.of(config.load(os.environ))


def find_key(where: VaultPaths) -> VaultKey:
    """The key from the keeper or the device file; VaultLocked where a secret is needed."""
    if key := keeper.fetch(where):
        return key
    from upswing.vault import lifecycle  # dear, and only needed while the vault is locked

    kinds = {slot.type for slot in lifecycle.slots(where)}
    if "device" not in kinds:
        raise VaultLocked("The vault is locked. Unlock it with: upswing unlock")
    return unlocked(where, lifecycle.open_with_device(where))


def unlocked(where: VaultPaths, key: VaultKey) -> VaultKey:
    """Leave the key with the keeper, so that the next command does not ask again."""
    keeper.start(where, key, config.load(os.environ).idle_minutes)
    return key


def wake() -> None:
    """Set Django up, so that tables can be named. Nothing is opened; a second call does nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upswing.settings")
    import django

    django.setup()


def open_record(key: VaultKey) -> User:
    """Hold the key, set Django up, bring tables up to date, deliver captured lines."""
    held.hold(key)
    wake()
    from upswing.record import schema

    try:
        schema.bring_up_to_date()
        return person()
    except OldKey:
        keeper.lock(paths())  # what it holds opens nothing any more
        raise


def rekey(where: VaultPaths, key: VaultKey, *, owner: User, passphrase: str | None) -> VaultKey:
    """Give the vault a new key and hold that; without a passphrase a new key file opens it.

    The record has to be open. What other threads of this process read or write afterwards is lost,
    so the page's process is ended next. Raises VaultError; then everything is as it was.
    """
    from django.db import connection

    from upswing.accounts.actions import forget_recovery_sheet
    from upswing.journeys.capture import deliver_waiting
    from upswing.vault import rekey

    def drain() -> None:
        deliver_waiting(owner=owner, where=where, key=key)

    new = rekey.rekey(where, key, passphrase=passphrase, drain=drain)
    connection.close()
    held.hold(new)
    forget_recovery_sheet(owner=owner)
    return new


def person() -> User:
    """The person of this vault, made on the first opening; new captured lines are delivered."""
    from upswing.accounts.models import User

    owner = User.objects.first()
    if owner is None:
        from upswing.accounts.actions import make_owner

        owner = make_owner(zone=MACHINE_ZONE, now=datetime.now(UTC))
    where = paths()
    if where.pending.exists() or where.draining.exists():
        _deliver(owner, where)
    return owner


def _deliver(owner: User, where: VaultPaths) -> None:
    """Deliver captured lines. Where the disk is full they wait, sealed: reading must go on."""
    from django.db import DatabaseError

    from upswing.journeys.capture import deliver_waiting  # with it comes the cryptography
    from upswing.record import trouble

    try:
        deliver_waiting(owner=owner, where=where, key=held.held())
    except (DatabaseError, OSError) as error:
        if not trouble.sentence(error):
            raise
