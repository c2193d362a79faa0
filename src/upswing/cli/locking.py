"""`upswing unlock` and `upswing lock`."""

from __future__ import annotations

import click


@click.command()
@click.option("--recovery", is_flag=True, help="Ask for the code of the recovery sheet instead.")
def unlock(recovery: bool) -> None:
    """Open the vault for this and the next commands.

    Asks for the passphrase without showing it. A script may hand it in as one line of standard
    input; it never stands in the command line or the environment. The vault locks itself when
    nobody has used it for a while (UPSWING_IDLE_MINUTES, 10 unless you say otherwise).
    """
    from upswing import solo
    from upswing.cli import say, unlocking
    from upswing.vault import keeper

    where = solo.paths()
    held = keeper.fetch(where)
    if held is None or recovery:
        find = unlocking.by_recovery if recovery else unlocking.by_any_way
        solo.unlocked(where, find(where))
    status = keeper.status(where)
    minutes = round(status.idle_seconds / 60) if status else 0
    already = "The vault was open already" if held else "The vault is open"
    click.echo(f"{already}. It locks itself after {say.amount(minutes, 'minute')} without use.")
    if recovery:
        click.echo("To set a new passphrase now: upswing vault passphrase --recovery")


@click.command()
def lock() -> None:
    """Lock the vault now, in the terminal and in the browser."""
    from upswing import solo
    from upswing.vault import keeper, lifecycle

    where = solo.paths()
    ways = {slot.type for slot in lifecycle.slots(where)}
    was_open = keeper.lock(where)
    click.echo("The vault is locked." if was_open else "The vault was locked already.")
    if "device" in ways:
        click.echo("The device file opens it again without a passphrase: see upswing vault status")
