"""`upswing export`: everything out, in the clear, for whoever can open the vault."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from upswing import solo
from upswing.cli import door, say, unlocking
from upswing.errors import RuleError
from upswing.exchange import landing
from upswing.exchange.exporters import exporter, exporters
from upswing.exchange.members import Exporter, Order
from upswing.vault import keeper, lifecycle
from upswing.vault.paths import VaultPaths

FORMATS = tuple(each.name for each in exporters())
WORD = "everything"
WARNING = (
    "What is written is not encrypted. Whoever gets hold of it, and every program that runs as "
    "you, can read all of it. Put it where you want it, and erase it once you need it no longer."
)


@click.command()
@click.option("--format", "kind", type=click.Choice(FORMATS), default=FORMATS[0], help="Which way.")
@click.option("--to", type=click.Path(path_type=Path), metavar="PATH", help="Where to write it.")
@click.option("--no-trash", is_flag=True, help="Leave out what lies in the trash.")
@click.option("--yes", is_flag=True, help="Do not ask first, where a key file opens the vault.")
def export(kind: str, to: Path | None, no_trash: bool, yes: bool) -> None:
    """Take everything out, in files that can be read without Upswing.

    \b
    zip       all of it, as pages, files and data; upswing import brings it back whole
    markdown  pages for any editor or Obsidian, in a folder
    csv       entries and check-ins as tables, in a folder

    The passphrase is asked for again, also while the vault is open. A script hands it in as a line
    of standard input. Nothing is ever overwritten.

    \b
    upswing export
    upswing export --format markdown --to ~/Documents
    """
    way, where = exporter(kind), solo.paths()
    say.aside(WARNING)
    _prove(where, yes)
    owner = door.opened()
    order = Order(owner, door.now(), door.today(owner), trash=not no_trash)
    path = landing.place(way, order, to)
    size = _write(way, order, path)
    _tell(way, path, size)


def _prove(where: VaultPaths, yes: bool) -> None:
    """Let nobody through who only found the vault open. Raises WrongSecret, RuleError."""
    kinds = {slot.type for slot in lifecycle.slots(where)}
    if "passphrase" in kinds:
        key = unlocking.by_passphrase(where)
        if keeper.fetch(where) is None:
            solo.unlocked(where, key)
    elif not yes:
        _ask()


def _ask() -> None:
    """A vault without a passphrase: at least a word that nobody types by accident."""
    if not say.somebody_is_there():
        raise RuleError("yes", "Nothing was written. To write it without a question: --yes")
    typed: str = click.prompt(f"Type “{WORD}” to go on", default="", show_default=False, err=True)
    if typed.strip().lower() != WORD:
        raise RuleError("yes", "Nothing was written.")


def _write(way: Exporter, order: Order, path: Path) -> int:
    with _progress(way, order):
        return landing.land(way, order, path)


@contextmanager
def _progress(way: Exporter, order: Order) -> Iterator[None]:
    """A bar on the terminal; elsewhere nothing."""
    if not say.somebody_is_there():
        yield
        return
    with click.progressbar(length=way.work(order), label="Writing", file=sys.stderr) as bar:
        order.progress = lambda done, total: bar.update(done - bar.pos)
        yield


def _tell(way: Exporter, path: Path, size: int) -> None:
    click.echo(f"{path}  {say.size(size)}")
    say.note("Only your account can open it on this machine. It is not encrypted.")
    if way.name == FORMATS[0]:
        say.note(f"To bring it back, or to look what is in it: upswing import {path} --dry-run")
