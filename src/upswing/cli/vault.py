"""`upswing vault`: make it, look at it, and choose how it opens."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from upswing import config, solo
from upswing.cli import say, vault_create, vault_rekey, vault_ways, when
from upswing.vault import doctor, keeper, lifecycle
from upswing.vault.doctor import Report
from upswing.vault.errors import NoVault, VaultError
from upswing.vault.keeper import KeeperStatus
from upswing.vault.key import VaultKey
from upswing.vault.lifecycle import SlotInfo

LABEL = 12


@click.group(invoke_without_command=True)
@click.pass_context
def vault(ctx: click.Context) -> None:
    """The encrypted file with everything in it. Without a word: how it is."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(status)


for command in (
    vault_create.create,
    vault_ways.passphrase,
    vault_ways.recovery,
    vault_ways.device,
    vault_ways.keyring,
    vault_rekey.rekey,
):
    vault.add_command(command)


@vault.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool = False) -> None:
    """Whether it is open, where it is, and what opens it."""
    where = solo.paths()
    ways = lifecycle.slots(where)
    held = keeper.status(where)
    if as_json:
        say.as_json(
            {
                "home": str(where.home),
                "open": held is not None,
                "seconds_left": held.seconds_left if held else None,
                "idle_minutes": config.load(os.environ).idle_minutes,
                "ways": [way.type for way in ways],
            }
        )
    else:
        _status(str(where.home), ways, held)


def _status(home: str, ways: list[SlotInfo], held: KeeperStatus | None) -> None:
    say.fact("The vault", _open(held), LABEL)
    say.fact("Where", home, LABEL)
    for place, way in enumerate(ways):
        say.fact("" if place else "Opens by", vault_ways.WAYS[way.type], LABEL)
    if not any(way.type == "recovery" for way in ways):
        click.echo()
        say.note("There is no recovery sheet yet. Make one: upswing vault recovery")


def _open(held: KeeperStatus | None) -> str:
    if held is None:
        return "locked"
    minutes = -(-held.seconds_left // 60)
    return f"open; it locks itself in {when.minutes(str(minutes))} without use"


@vault.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def examine(ctx: click.Context, as_json: bool) -> None:
    """Examine it: versions, ways in, sizes, integrity. Changes nothing.

    While it is locked the encrypted pages themselves are not read. Ends with 1 where something
    is wrong.
    """
    where = solo.paths()
    report = doctor.examine(where, _key_at_hand())
    if as_json:
        say.as_json(_data(report))
    else:
        _show(report)
    ctx.exit(0 if report.sound else 1)


def _key_at_hand() -> VaultKey | None:
    """The key where it can be had without a question; a damaged vault has none."""
    try:
        return solo.find_key(solo.paths())
    except NoVault:
        raise
    except VaultError:
        return None


def _show(report: Report) -> None:
    versions = report.versions
    engine = f"SQLCipher {versions.sqlcipher}, SQLite {versions.sqlite}, {versions.provider}"
    say.fact("Where", report.home, LABEL)
    say.fact("Vault", report.vault_id or "not known", LABEL)
    say.fact("Engine", engine, LABEL)
    for place, way in enumerate(report.slots):
        say.fact("" if place else "Ways in", f"{way.type}: {way.detail}", LABEL)
    for place, (name, size) in enumerate(report.sizes.items()):
        mode = report.modes[name]
        say.fact("" if place else "Files", f"{name}, {say.size(size)}, {mode}", LABEL)
    say.fact("Inbox", _inbox(report), LABEL)
    say.fact("Backups", _backups(report), LABEL)
    click.echo()
    _verdict(report)


def _inbox(report: Report) -> str:
    waiting = f"{say.amount(report.waiting, 'captured line')} waiting"
    return waiting + (f", {report.unreadable} that nobody can read" if report.unreadable else "")


def _backups(report: Report) -> str:
    known = report.backups
    if known.last is None:
        told = "none yet"
    else:
        age = datetime.now(UTC) - known.last[1]
        told = f"the last good one is from {when.ago(age)}, {known.last[0]}"
    return told + (f". The last try did not work: {known.trouble}" if known.trouble else "")


def _verdict(report: Report) -> None:
    for problem in report.problems:
        say.lines(problem)
    if report.sound and report.checked:
        say.lines("Every page was read and is sound.")
    elif report.sound:
        say.lines("What can be seen while it is locked is sound; its pages were not read.")


def _data(report: Report) -> dict[str, object]:
    versions = report.versions
    return {
        "home": report.home,
        "vault_id": report.vault_id,
        "versions": {
            "sqlcipher": versions.sqlcipher,
            "sqlite": versions.sqlite,
            "provider": versions.provider,
            "header": versions.header,
        },
        "ways": [{"type": way.type, "detail": way.detail} for way in report.slots],
        "sizes": report.sizes,
        "modes": report.modes,
        "waiting": report.waiting,
        "unreadable": report.unreadable,
        "backups": {
            "place": report.backups.place,
            "count": report.backups.count,
            "size": report.backups.size,
            "last": report.backups.last[0] if report.backups.last else None,
            "made_at": report.backups.last[1].isoformat() if report.backups.last else None,
            "trouble": report.backups.trouble or None,
        },
        "pages_read": report.checked,
        "sound": report.sound,
        "problems": report.problems,
    }
