"""`upswing backup`: encrypted copies of the vault, each read back whole after it is written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from upswing import solo
from upswing.cli import keys, say, unlocking, when
from upswing.record import schema
from upswing.vault import keeper
from upswing.vault.backup import folder, reading, restoring, state, writing
from upswing.vault.backup.content import Manifest
from upswing.vault.backup.envelope import Envelope
from upswing.vault.backup.folder import Stored
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

LABEL = 12
FILE = click.argument("file", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(invoke_without_command=True)
@click.pass_context
def backup(ctx: click.Context) -> None:
    """Copies of the vault, as encrypted as it is. Without a word: which there are.

    Upswing makes one by itself on each day of use, reads it back, and then removes older ones: 7
    days, 4 weeks and 12 months are kept.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing)


@backup.command()
@click.option(
    "--to", type=click.Path(path_type=Path), metavar="FOLDER", help="One more copy, in this folder."
)
def create(to: Path | None) -> None:
    """Make a backup now, and read it back.

    A copy in another folder, such as one on a drive that you take away, is never removed by
    Upswing. The same passphrase or recovery sheet opens it that opens the vault now.
    """
    where = solo.paths()
    key = keys.found_or_asked(where)
    solo.open_record(key)  # what was captured while locked comes in first
    made = writing.create(where, key, now=datetime.now(UTC), to=to and to.absolute())
    click.echo(f"The backup is made and was read back: {made.path}")
    say.note(f"{say.size(made.size)}. To bring it back: upswing backup restore FILE --to NEWFOLDER")
    if reading.only_by_device(reading.look(made.path)):
        say.lines(reading.ONLY_DEVICE)


@backup.command("list")
@JSON
def listing(as_json: bool = False) -> None:
    """The backups that Upswing keeps, newest first."""
    where = solo.paths()
    stored = folder.listing(where)
    if as_json:
        say.as_json({"place": str(where.backups), "backups": [_data(one) for one in stored]})
        return
    for one in stored:
        say.sides(f"{one.name}  {_made(one)}", f"{say.size(one.size)}, {_state(one)}")
    if not stored:
        say.lines("There is no backup yet. Upswing makes one when you use it next.")
    say.note(f"They are in {where.backups}")
    if trouble := state.read(where).trouble:
        say.lines(f"The last try did not work: {trouble.sentence}")


def _made(one: Stored) -> str:
    if one.about is None:
        return ""
    here = one.about.made_at.astimezone(ZoneInfo(solo.MACHINE_ZONE))
    return when.moment(here, datetime.now(here.tzinfo).date())


def _state(one: Stored) -> str:
    if one.about is None:
        return "cannot be read"
    return "read back" if one.verified_at else "not read back"


def _data(one: Stored) -> dict[str, object]:
    about = one.about
    return {
        "file": str(one.path),
        "size": one.size,
        "made_at": about.made_at.isoformat() if about else None,
        "version": about.app if about else None,
        "vault_id": about.vault_id if about else None,
        "verified_at": one.verified_at.isoformat() if one.verified_at else None,
        "trouble": one.trouble or None,
    }


@backup.command()
@FILE
@JSON
def verify(file: Path, as_json: bool) -> None:
    """Read a backup whole: every bit of it, and every page of the record in it.

    Asks for the passphrase or the recovery code of that time, where the vault is not open with
    the same key.
    """
    where, file = solo.paths(), file.absolute()
    about, key = _opened(where, file)
    manifest = reading.verify(where, file, key, newest_schema=schema.code_version())
    if file.parent == where.backups and folder.is_name(file.name):
        state.note_verified(where, file.name, sound=True, now=datetime.now(UTC))
    if as_json:
        say.as_json(_verified(file, about, manifest))
    else:
        say.lines(f"Every bit of it is as it was written. {_holds(about, manifest)}")


def _verified(file: Path, about: Envelope, manifest: Manifest) -> dict[str, object]:
    return {
        "file": str(file),
        "sound": True,
        "made_at": about.made_at.isoformat(),
        "version": about.app,
        "vault_id": about.vault_id,
        "items": manifest.contents.tables.get("upswing_item", 0),
        "rows": manifest.contents.tables,
    }


def _holds(about: Envelope, manifest: Manifest) -> str:
    items = say.amount(manifest.contents.tables.get("upswing_item", 0), "item")
    return (
        f"It holds {items}, as of {when.long_day(about.made_at.date())}, {about.made_at:%H:%M} UTC."
    )


@backup.command()
@FILE
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="NEWFOLDER",
    required=True,
    help="A folder that is new or empty.",
)
def restore(file: Path, to: Path) -> None:
    """Bring a backup back, as a vault in a new folder. What you have now stays as it is.

    Asks for the passphrase or the recovery code of that time. A script hands it in as one line of
    standard input.
    """
    where, file, to = solo.paths(), file.absolute(), to.absolute()
    restoring.check_target(to)
    about, key = _opened(where, file)
    manifest = restoring.restore(file, key, to=to, newest_schema=schema.code_version())
    say.lines(f"The backup is back, in {to}. {_holds(about, manifest)}")
    say.lines(_way_in(about))
    if to != where.home:
        click.echo("To use it:")
        click.echo(f"    UPSWING_HOME={to} upswing")


def _way_in(about: Envelope) -> str:
    if about.slot("passphrase"):
        return "The passphrase of that time opens it."
    return "A new key file in that folder opens it. You can set a passphrase in its settings."


def _opened(where: VaultPaths, file: Path) -> tuple[Envelope, VaultKey]:
    """What the file says of itself, and its key: held by the open vault, or asked for."""
    about = reading.look(file)
    reading.refuse_newer(about, file.name, schema.code_version())
    held = keeper.fetch(where)
    if held and reading.opens_with(file, held):
        return about, held
    if key := reading.key_by_device(about, where):
        return about, key
    if reading.only_by_device(about):
        raise VaultError(reading.ONLY_DEVICE)
    words = "Passphrase or recovery code of that time"
    return about, unlocking.asked(words, lambda secret: reading.key_by_secret(about, secret))
