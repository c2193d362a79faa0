"""`upswing show`, `upswing trash`, `upswing restore`: one item, whatever kind it is."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import click

from upswing.accounts.models import User
from upswing.cli import data, door, lists, say, when
from upswing.record import actions, reads
from upswing.record.models import Item, facets

ID_HELP = "ID is the end of an item's id, as lists show it."


@click.command(epilog=ID_HELP)
@click.argument("item_id", metavar="ID")
@click.option("--history", is_flag=True, help="Also how it read before.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(item_id: str, history: bool, as_json: bool) -> None:
    """One item, whole: text, tags, files, links, and with --history how it read before."""
    owner = door.opened()
    item = door.item(owner, item_id)
    if as_json:
        say.as_json(_data(item))
        return
    _head(item, door.today(owner))
    if item.body.strip():
        click.echo()
        say.lines(item.body.strip("\n"))
    lists.tied(reads.ties(item), door.today(owner))
    _files(item)
    _changes(item, owner, history)


def _head(item: Item, today: date) -> None:

    if item.title:
        say.lines(item.title)
    facts = [facets()[item.kind].NOUN, f"{when.moment(item.lived_at, today)} ({item.zone})"]
    say.note(
        " · ".join([*facts, door.short(item.pk), *(["in the trash"] if item.trashed_at else [])])
    )
    if item.setback:
        say.note(f"about: {item.setback.item.title} ({door.short(item.setback.pk)})")
    if tags := sorted(tag.name for tag in item.tags.all()):
        say.note(f"tags: {', '.join(tags)}")


def _files(item: Item) -> None:
    files = list(item.attachments.values_list("name", "size"))
    if files:
        say.heading(say.amount(len(files), "file"))
        for name, size in files:
            click.echo(f"  {say.clean(name)} ({say.size(size)})")


def _changes(item: Item, owner: User, history: bool) -> None:

    earlier = list(item.revisions.all())
    if not earlier:
        return
    if not history:
        click.echo()
        say.note(f"Changed {say.amount(len(earlier), 'time')}; with --history you see how it read.")
        return
    for revision in earlier:
        replaced = revision.replaced_at.astimezone(ZoneInfo(owner.zone))
        say.heading(f"Until {when.moment(replaced, door.today(owner))}")
        say.lines(
            "\n\n".join(filter(None, (revision.title, revision.body.strip("\n")))), indent="  "
        )


def _data(item: Item) -> dict[str, Any]:

    facet = reads.facet(item)
    columns = [field for field in facet._meta.concrete_fields if field.name != "item"]
    return data.item(item) | {
        "facet": {field.name: _plain(getattr(facet, field.name)) for field in columns},
        "links": data.ties(reads.ties(item)),
        "files": list(item.attachments.values("name", "media_type", "size")),
        "history": [
            {"title": one.title, "body": one.body, "until": one.replaced_at.isoformat()}
            for one in item.revisions.all()
        ],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


@click.command(epilog=ID_HELP)
@click.argument("item_ids", metavar="[ID]…", nargs=-1)
@click.option("--empty", is_flag=True, help="Erase everything in the trash for good.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--json", "as_json", is_flag=True, help="Print what lies in the trash as JSON.")
def trash(item_ids: tuple[str, ...], empty: bool, yes: bool, as_json: bool) -> None:
    """Put items into the trash; without ID show what lies there.

    What lies there is in no list and no search, and can come back with upswing restore.
    """
    owner = door.opened()
    if empty:
        _empty(owner, yes)
        return
    if not item_ids:
        _trashed(reads.trashed(owner=owner), owner, as_json)
        return
    now = door.now()
    for item in [door.item(owner, item_id) for item_id in item_ids]:
        actions.trash(item, now=now)
        say.lines(f"In the trash: {label(item)}")
    say.note(f"To bring it back: upswing restore {' '.join(item_ids)}")


def label(item: Item) -> str:
    """The beginning of an item, in one line."""
    return say.fit(say.one_line(item.title or item.body), 60).rstrip()


def _trashed(rows: list[Any], owner: User, as_json: bool) -> None:
    if as_json:
        say.as_json({"items": [data.row(row) for row in rows]})
    elif rows:
        lists.dated(rows, door.today(owner))
    else:
        click.echo("The trash is empty.")


def _empty(owner: User, yes: bool) -> None:

    count = say.amount(len(reads.trashed(owner=owner)), "item")
    if not yes:
        click.confirm(f"Erase {count} for good? They cannot come back.", abort=True, err=True)
    erased = actions.erase_trash(owner=owner)
    click.echo(f"{say.amount(erased, 'item')} erased.")


@click.command(epilog=ID_HELP)
@click.argument("item_ids", metavar="ID…", nargs=-1, required=True)
def restore(item_ids: tuple[str, ...]) -> None:
    """Bring items back from the trash."""
    owner = door.opened()
    for item in [door.item(owner, item_id) for item_id in item_ids]:
        actions.restore(item)
        say.lines(f"Back: {label(item)}")
