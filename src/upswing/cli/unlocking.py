"""Asking for what opens the vault: never shown, never in a command line, slower when wrong."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

from upswing.cli import say
from upswing.vault import lifecycle, slots
from upswing.vault.errors import VaultError, WrongSecret
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

ATTEMPTS = 5
LONGEST_SECRET = 4096


def by_any_way(where: VaultPaths) -> VaultKey:
    """The key, by the keyring or the device file where the vault has one, else by passphrase."""
    kinds = {slot.type for slot in lifecycle.slots(where)}
    ways = {"keyring": lifecycle.open_with_keyring, "device": lifecycle.open_with_device}
    for kind, open_with in ways.items():
        if kind in kinds and (key := _quietly(open_with, where)):
            return key
    return by_passphrase(where)


def _quietly(open_with: Callable[[VaultPaths], VaultKey], where: VaultPaths) -> VaultKey | None:
    """A keyring that is closed, or a missing device file, leaves the passphrase."""
    try:
        return open_with(where)
    except WrongSecret:
        return None


def by_passphrase(where: VaultPaths, words: str = "Passphrase") -> VaultKey:
    """Ask for the passphrase. Raises WrongSecret after the last attempt."""
    return asked(words, lambda secret: lifecycle.open_with_passphrase(where, secret))


def by_recovery(where: VaultPaths) -> VaultKey:
    """Ask for the code of the recovery sheet. Raises WrongSecret after the last attempt."""
    return asked(
        "Code of the recovery sheet", lambda code: lifecycle.open_with_recovery(where, code)
    )


def asked(words: str, open_with: Callable[[str], VaultKey]) -> VaultKey:
    """Ask until it fits; a script, which hands the secret in as a line, has one attempt."""
    if not say.somebody_is_there():
        return open_with(secret_line())
    for attempt in range(1, ATTEMPTS):
        try:
            return open_with(hidden(words))
        except WrongSecret as error:
            click.echo(f"{error}", err=True)
            time.sleep(lifecycle.delay(attempt))
    return open_with(hidden(words))


def hidden(words: str) -> str:
    """Ask for a secret without showing it."""
    secret: str = click.prompt(words, hide_input=True, err=True)
    return secret


def secret_line() -> str:
    """One line of standard input, for scripts. Raises VaultError where there is none."""
    line = sys.stdin.readline(LONGEST_SECRET) if sys.stdin else ""
    if not line.strip("\r\n"):
        raise VaultError("The secret is asked for at a terminal, or read as one line from stdin.")
    return line.rstrip("\r\n")


def new_passphrase() -> str | None:
    """Ask for a new passphrase twice; None where nothing is typed."""
    while True:
        first: str = click.prompt(
            "New passphrase", hide_input=True, err=True, default="", show_default=False
        )
        if not first:
            return None
        if trouble := _trouble(first):
            click.echo(trouble, err=True)
        elif first == hidden("Once more"):
            return first
        else:
            click.echo("These two are not the same. Please type it again.", err=True)


def _trouble(passphrase: str) -> str:
    """Why a passphrase is not taken, before it is typed a second time."""
    try:
        slots.check_passphrase(passphrase)
    except VaultError as error:
        return str(error)
    return ""
