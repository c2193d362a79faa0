"""The recovery sheet at the terminal: printed, then two of its groups typed back."""

from __future__ import annotations

import click

from upswing.accounts.actions import note_recovery_sheet
from upswing.accounts.models import User
from upswing.cli import door, say, when
from upswing.vault import lifecycle, recovery
from upswing.vault.errors import WrongSecret
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.recovery import RecoveryCode


def make(where: VaultPaths, key: VaultKey, owner: User) -> None:
    """Show a fresh code; it opens the vault once two of its groups were typed back."""
    code = lifecycle.new_recovery_code()
    _put(code, owner)
    say.aside(
        "Write it down, or print it, and keep it away from this machine. Then type two groups "
        "back; Enter alone leaves it for later."
    )
    if _confirmed(where, key, code):
        note_recovery_sheet(owner=owner, now=door.now())
        say.aside("The sheet works from now on. Clear the terminal: it is still shown above.")
    else:
        say.aside("This sheet opens nothing. A new one, when you like: upswing vault recovery")


def _put(code: RecoveryCode, owner: User) -> None:
    """Print the sheet; it goes to standard output alone, so it can be sent to a printer."""
    say.heading("Upswing recovery sheet")
    click.echo(f"  {when.long_day(door.today(owner))}. Whoever has it can open the vault.")
    click.echo()
    half = len(code.groups) // 2
    for place in range(half):
        click.echo(
            f"    {place + 1}  {code.groups[place]}      "
            f"{place + 1 + half}  {code.groups[place + half]}"
        )
    click.echo()
    click.echo("  To use it: upswing unlock --recovery, and type all eight groups.")
    click.echo()


def _confirmed(where: VaultPaths, key: VaultKey, code: RecoveryCode) -> bool:
    """Ask for two groups until they are right; False where Enter left it for later."""
    while True:
        first, second = recovery.groups_to_ask()
        if not (one := _group(first)) or not (other := _group(second)):
            return False
        try:
            lifecycle.confirm_recovery(where, key, code, {first: one, second: other})
            return True
        except WrongSecret as error:
            click.echo(f"{error} Look again at the sheet.", err=True)


def _group(place: int) -> str:
    group: str = click.prompt(f"Group {place}", default="", show_default=False, err=True)
    return group.strip()
