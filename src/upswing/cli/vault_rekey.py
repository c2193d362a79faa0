"""`upswing vault rekey`: a new key for everything."""

from __future__ import annotations

import os

import click

from upswing import config, solo
from upswing.cli import say, unlocking, vault_ways
from upswing.vault import keeper, lifecycle
from upswing.vault.rekey import unbar

WHY = (
    "Everything is encrypted anew under a new key. Do it when somebody may have an old copy of the "
    "vault and know its passphrase. The recovery sheet and the keyring open nothing afterwards; "
    "you make a new sheet. Backups that you already have keep the old key."
)
AFTER = (
    "Backups made before still open with the old passphrase or the old sheet. Remove them where "
    "somebody else may have those."
)
UNREADABLE = (
    "Only the old key file opened the backups made before, and it is gone: nobody can open them "
    "any more. Upswing makes a new one."
)


@click.command()
@click.option("--device", is_flag=True, help="Without a passphrase: a new key file here opens it.")
def rekey(device: bool) -> None:
    """Give the vault a new key, and encrypt everything anew under it.

    Asks for the present passphrase, then for the new one. A script hands both in as lines of
    standard input. A page that is open is locked by it. The recovery sheet has to be made again.
    """
    where = solo.paths()
    key = vault_ways.proved(where, by_sheet=False)
    say.lines(WHY)
    passphrase = None if device else _passphrase()
    if passphrase is None and not device:
        click.echo("Nothing was changed.")
        return
    known = {way.type for way in lifecycle.slots(where)} & {"passphrase", "recovery"}
    owner = solo.open_record(key)
    keeper.lock(where)  # with it the page ends, which would go on writing to the old file
    new = solo.rekey(where, key, owner=owner, passphrase=passphrase)
    unbar()
    keeper.start(where, new, config.load(os.environ).idle_minutes)
    click.echo(f"The vault has a new key. {_opens_by(device)}")
    say.lines(AFTER if known else UNREADABLE)
    say.note("The recovery sheet opens nothing any more. Make a new one: upswing vault recovery")


def _passphrase() -> str | None:
    return unlocking.new_passphrase() if say.somebody_is_there() else unlocking.secret_line()


def _opens_by(device: bool) -> str:
    return "A new key file here opens it." if device else "The new passphrase opens it."
