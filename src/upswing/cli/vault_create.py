"""`upswing vault create`: what Upswing promises and what it cannot, and how the vault opens."""

from __future__ import annotations

import click

from upswing import solo
from upswing.cli import say, sheet, unlocking
from upswing.vault import lifecycle
from upswing.vault.errors import VaultError

OWN_MACHINE = (
    "Is this machine your own? A device that belongs to an employer may record what is typed and "
    "shown. Nothing here can prevent that. On such a device it is wiser to stop, and to go on at "
    "home."
)
NO_BACK_DOOR = (
    "There is no back door. If you lose the way in, nobody can open the vault, and neither can we. "
    "Next you can make a recovery sheet, a spare key on paper."
)
CHOOSE = (
    "Choose a passphrase. Four or five words that do not belong together are strong and easy to "
    "keep. Enter alone goes on without one."
)
DEVICE = (
    "Without a passphrase a key file on this machine opens the vault. It protects what you write "
    "where only a copy of the vault gets about, such as a synced folder without the key file. It "
    "does not protect it from anybody who uses your account here, or who takes the whole disk. "
    "You can set a passphrase later."
)


@click.command()
@click.option("--device", is_flag=True, help="Without a passphrase: a key file here opens it.")
@click.option("--later", is_flag=True, help="Make the recovery sheet another time.")
def create(device: bool, later: bool) -> None:
    """Make the vault.

    A script hands the passphrase in as one line of standard input.
    """
    where = solo.paths()
    if lifecycle.exists(where):
        raise VaultError(f"There is already a vault in {where.home}; it stays as it is.")
    for text in (OWN_MACHINE, NO_BACK_DOOR, DEVICE if device else CHOOSE):
        say.lines(text)
        click.echo()
    passphrase = None if device else _passphrase()
    key = solo.unlocked(where, lifecycle.create(where, passphrase=passphrase))
    owner = solo.open_record(key)
    click.echo(f"The vault is made, in {where.home}")
    if say.somebody_is_there() and not later:
        sheet.make(where, key, owner)
    else:
        say.note("A recovery sheet, a spare key on paper: upswing vault recovery")
    click.echo("When you want to tell what happened: upswing setback new")


def _passphrase() -> str | None:
    """The passphrase, or None where somebody chose to go without."""
    if not say.somebody_is_there():
        return unlocking.secret_line()
    while True:
        chosen = unlocking.new_passphrase()
        if chosen is not None:
            return chosen
        say.lines(DEVICE)
        if click.confirm("Go on without a passphrase?", err=True):
            return None
