"""`upswing timeline`: everything, newest first."""

from __future__ import annotations

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

import click

from upswing.accounts.models import User
from upswing.cli import data, door, lists, say
from upswing.moments import lived_day
from upswing.record import reads
from upswing.record.models import facets
from upswing.record.reads import Page
from upswing.record.rules import first_position

ID = re.compile(r"[0-9a-f]{8}|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)


@click.command()
@click.option(
    "--kind", "kinds", multiple=True, help="entry, check-in, setback, note … May be given twice."
)
@click.option("--setback", "about", metavar="WORDS", help="Only what belongs to this setback.")
@click.option("--tag", help="Only what carries this tag.")
@click.option("--year", type=click.IntRange(1900, 2200), help="Only this year.")
@click.option("--limit", type=click.IntRange(1, 1000), default=30, show_default=True)
@click.option(
    "--before", metavar="DAY|ID", help="Go on below a day, or below an item of the last list."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def timeline(
    kinds: tuple[str, ...],
    about: str | None,
    tag: str | None,
    year: int | None,
    limit: int,
    before: str | None,
    as_json: bool,
) -> None:
    """Everything, newest first.

    \b
    upswing timeline --kind entry --year 2025
    upswing timeline --setback kestrel --before "last monday"
    """
    owner = door.opened()
    page = reads.timeline(
        owner=owner,
        kinds=_kinds(kinds),
        setback=door.setback(owner, about) if about else None,
        tag=(tag or "").lstrip("#@"),
        year=year,
        before=position(owner, before) if before else None,
        limit=limit,
    )
    if as_json:
        say.as_json({"items": [data.row(row) for row in page.rows], "older": _older(page)})
    else:
        _show(page, owner)


def _kinds(wanted: tuple[str, ...]) -> list[str]:

    named = {_plain(name): kind for kind, one in facets().items() for name in (one.NOUN, kind)}
    for kind in wanted:
        if _plain(kind) not in named:
            known = ", ".join(facet.NOUN for facet in facets().values())
            raise click.BadParameter(f"There is no kind “{kind}”. The kinds are: {known}.")
    return [named[_plain(kind)] for kind in wanted]


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace(" ", "")


def position(owner: User, before: str) -> int:
    """The position below which to go on: that of an item, or the beginning of a day."""
    if ID.fullmatch(before):
        return door.item(owner, before).position

    day = lived_day(door.moment(before, zone=owner.zone), owner.zone)
    return first_position(datetime.combine(day, time(), ZoneInfo(owner.zone)))


def _older(page: Page) -> str | None:
    return str(page.rows[-1].id) if page.older else None


def _show(page: Page, owner: User) -> None:
    if not page.rows:
        say.lines("Nothing here yet. Write something with: upswing log")
        return
    lists.by_day(page.rows, door.today(owner))
    if page.older:
        click.echo()
        say.note(f"Older ones: the same with --before {door.short(page.rows[-1].id)}")
        say.note("One of them: upswing show ID")
