"""How the vault opens: passphrase, recovery sheet, device file, keyring."""

from __future__ import annotations

import click

from upswing import solo
from upswing.cli import keys, say, sheet, unlocking
from upswing.vault import lifecycle
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

WAYS = {
    "passphrase": "a passphrase, typed when the vault is locked",
    "recovery": "the recovery sheet, on paper",
    "device": "a key file on this machine; whoever uses your account here can open it",
    "keyring": "the keyring of your desktop session",
}
SWITCH = click.Choice(["on", "off"])


@click.command()
@click.option("--recovery", "by_sheet", is_flag=True, help="You lost the old one: use the sheet.")
def passphrase(by_sheet: bool) -> None:
    """Set or change the passphrase. The old one opens nothing afterwards.

    The present one is asked for first, also while the vault is open. A script hands both in as
    lines of standard input.
    """
    where = solo.paths()
    key = proved(where, by_sheet)
    new = unlocking.new_passphrase() if say.somebody_is_there() else unlocking.secret_line()
    if new is None:
        click.echo("Nothing was changed.")
        return
    lifecycle.change_passphrase(where, key, new)
    click.echo("The new passphrase opens the vault.")
    if "device" in _kinds(where):
        say.note("The device file opens it too. To close that way: upswing vault device off")


def proved(where: VaultPaths, by_sheet: bool) -> VaultKey:
    """The key, from somebody who knows a secret and not only found the vault open."""
    if by_sheet:
        return unlocking.by_recovery(where)
    if "passphrase" in _kinds(where):
        return unlocking.by_passphrase(where, "Present passphrase")
    return keys.found_or_asked(where)


def _kinds(where: VaultPaths) -> set[str]:
    return {way.type for way in lifecycle.slots(where)}


@click.command()
def recovery() -> None:
    """Make a new recovery sheet, a spare key on paper. An older sheet opens nothing afterwards.

    The sheet alone goes to standard output: upswing vault recovery | lpr
    """
    where = solo.paths()
    if not say.somebody_is_there():
        raise VaultError("Two groups of the sheet are typed back, so this needs a terminal.")
    key = keys.found_or_asked(where)
    sheet.make(where, key, solo.open_record(key))


@click.command()
@click.argument("switch", type=SWITCH, metavar="on|off")
def device(switch: str) -> None:
    """Let a key file on this machine open the vault, or no longer.

    Whoever uses your account here, or takes the whole disk, can then open it too.
    """
    where = solo.paths()
    key = keys.found_or_asked(where)
    if switch == "on":
        lifecycle.set_device(where, key)
        click.echo("The device file opens the vault, without a question.")
    else:
        lifecycle.remove_slot(where, key, "device")
        click.echo("The device file is gone.")


@click.command()
@click.argument("switch", type=SWITCH, metavar="on|off")
def keyring(switch: str) -> None:
    """Let the keyring of your desktop session open the vault, or no longer. Never the only way."""
    where = solo.paths()
    key = keys.found_or_asked(where)
    if switch == "on":
        lifecycle.add_keyring(where, key)
        click.echo("The keyring opens the vault.")
    else:
        lifecycle.remove_keyring(where, key)
        click.echo("The keyring no longer opens the vault.")
