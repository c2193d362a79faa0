"""`upswing edit`: change an item through the verb of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import click
from django.db import transaction

from upswing.accounts.models import User
from upswing.cli import calm, door, editor, item, say, texts
from upswing.errors import RuleError
from upswing.record import actions, setbacks
from upswing.record.models import Item, Setback
from upswing.record.rules import tags as names
from upswing.strategies.coping.actions import edit_check_in, edit_entry
from upswing.strategies.coping.models import CheckIn
from upswing.strategies.coping.rules import hashtags
from upswing.strategies.reviews.actions import change_factor
from upswing.strategies.reviews.models import Factor
from upswing.strategies.reviews.reads import witnesses

SCALE = click.IntRange(1, 10)


@dataclass
class Change:
    """What was asked for; None = stays as it is."""

    title: str | None = None
    body: str | None = None
    at: datetime | None = None
    about: Setback | None = None
    loose: bool = False
    tags: tuple[str, ...] = ()
    untag: tuple[str, ...] = ()
    scales: dict[str, int | None] = field(default_factory=dict)
    feelings: tuple[str, ...] = ()


@click.command(epilog=item.ID_HELP)
@click.argument("item_id", metavar="ID")
@click.option("--title", help="A new title.")
@click.option("--at", "when", metavar="TIME", help="When it was lived: “yesterday 18:00”.")
@click.option("--tag", "tags", multiple=True, help="Add a tag. May be given twice.")
@click.option("--untag", multiple=True, help="Take a tag away. May be given twice.")
@click.option("--setback", "about", metavar="WORDS", help="What it belongs to; “none” for nothing.")
@click.option("--mood", type=SCALE, help="Of a check-in, 1 to 10; so are the next two.")
@click.option("--energy", type=SCALE)
@click.option("--stress", type=SCALE)
@click.option(
    "--feeling", "feelings", multiple=True, help="Feeling words, in place of the old ones."
)
@click.option("--edit", "in_editor", is_flag=True, help="Also change the text, in the editor.")
@click.option(
    "--stdin", "from_stdin", is_flag=True, help="Also take a new text from standard input."
)
def edit(item_id: str, in_editor: bool, from_stdin: bool, **options: Any) -> None:
    """Change an item. How it read before is kept: upswing show ID --history

    With no options the text opens in your editor (VISUAL, EDITOR), or is read from a pipe:

    \b
    upswing edit 5f3c01ab
    upswing edit 5f3c01ab < better.md
    upswing edit 5f3c01ab --at "last friday 18:00" --tag interview

    The editor gets a file in memory that only you can read and that is wiped afterwards. What
    the editor itself keeps elsewhere (swap, backup, undo, recent files) Upswing cannot wipe. With
    vim, this keeps it to itself: EDITOR="vim -n -i NONE --cmd 'set noundofile nobackup'"
    """
    owner = door.opened()
    found = door.item(owner, item_id)
    wanted = _wanted(owner, found, options)
    alone = not any(options.values())
    if from_stdin or (alone and not in_editor and not say.somebody_is_there()):
        wanted.body = texts.piped()
        _change(found, wanted)
    elif in_editor or alone:
        _in_editor(found, wanted)
    else:
        _change(found, wanted)
    say.lines(f"Changed: {item.label(found)}")
    calm.after(owner, wanted.title or found.title, wanted.body or found.body)


def _wanted(owner: User, found: Item, options: dict[str, Any]) -> Change:
    scales = {name: options[name] for name in ("mood", "energy", "stress")}
    if found.kind != "checkin" and (any(scales.values()) or options["feelings"]):
        raise RuleError("mood", "Only a check-in has a mood, energy, stress and feeling words.")
    about = options["about"]
    loose = about == "none"
    return Change(
        title=options["title"],
        at=door.moment(options["when"], zone=found.zone) if options["when"] else None,
        about=door.setback(owner, about) if about and not loose else None,
        loose=loose,
        tags=options["tags"],
        untag=options["untag"],
        scales=scales,
        feelings=options["feelings"],
    )


def _in_editor(found: Item, wanted: Change) -> None:
    """Open the editor; where a rule says no, the text is not lost but opened again."""
    text = found.body
    while True:
        text = wanted.body = editor.edited(text)
        try:
            return _change(found, wanted)
        except RuleError as error:
            click.echo(error.sentence, err=True)
            click.confirm("Go on with this text?", default=True, abort=True, err=True)


@transaction.atomic
def _change(found: Item, wanted: Change) -> None:
    """What is not asked for stays as it is now, not as it was when the editor opened."""
    actions.read_again(found)
    CHANGES.get(found.kind, _other)(found, wanted)


def _fields(found: Item, wanted: Change) -> dict[str, Any]:
    return {
        "body": found.body if wanted.body is None else wanted.body,
        "happened_at": wanted.at or found.happened_at,
        "zone": found.zone,
        "setback": None if wanted.loose else wanted.about or found.setback,
    }


def _title(found: Item, wanted: Change) -> str:
    return found.title if wanted.title is None else wanted.title


def _tags(found: Item, wanted: Change, in_text: Callable[[str], Iterable[str]]) -> list[str]:
    """The item's own tags, changed as wanted; those of the text follow the text by themselves."""
    before = {tag.name for tag in found.tags.all()} - set(in_text(found.body))
    return sorted(before.union(names(wanted.tags)).difference(names(wanted.untag)))


def _entry(found: Item, wanted: Change) -> None:

    edit_entry(
        found,
        now=door.now(),
        title=_title(found, wanted),
        tags=_tags(found, wanted, hashtags),
        **_fields(found, wanted),
    )


def _check_in(found: Item, wanted: Change) -> None:

    if wanted.title is not None or wanted.tags or wanted.untag:
        raise RuleError("title", "A check-in has no title; its tags are the #words of its text.")
    facet = CheckIn.objects.get(pk=found.pk)
    edit_check_in(
        found,
        now=door.now(),
        mood=wanted.scales["mood"] or facet.mood,
        energy=wanted.scales["energy"] or facet.energy,
        stress=wanted.scales["stress"] or facet.stress,
        feelings=wanted.feelings or facet.feelings,
        **_fields(found, wanted),
    )


def _setback(found: Item, wanted: Change) -> None:

    if wanted.about or wanted.loose:
        raise RuleError("setback", "A setback does not belong to another one.")
    fields = _fields(found, wanted)
    del fields["setback"]
    facet = Setback.objects.select_related("item").get(pk=found.pk)
    setbacks.change(
        facet, now=door.now(), title=_title(found, wanted), **_all(found, wanted, fields)
    )
    found.title = facet.item.title


def _factor(found: Item, wanted: Change) -> None:
    """A factor's name and what shows it; the rest is on its page."""
    one = Factor.objects.get(pk=found.pk)
    names = [name for _, name in witnesses([one])[one.pk]]
    columns = ("control", "lasting", "known", "confidence", "advice")
    fields = _fields(found, wanted)
    change_factor(
        one,
        now=door.now(),
        zone=found.zone,
        name=_title(found, wanted),
        evidence=fields.pop("body"),
        seen_by=names,
        **{name: getattr(one, name) for name in columns},
    )
    actions.change(found, now=door.now(), **_all(found, wanted, fields))
    found.refresh_from_db()


def _lesson(found: Item, wanted: Change) -> None:
    """A lesson's title is made of its two halves."""
    if wanted.title is not None:
        raise RuleError("title", "A lesson is changed by: upswing lesson change ID --when …")
    _other(found, wanted)


def _other(found: Item, wanted: Change) -> None:

    fields = _fields(found, wanted) | {"title": _title(found, wanted)}
    actions.change(found, now=door.now(), **_all(found, wanted, fields))


def _all(found: Item, wanted: Change, fields: dict[str, Any]) -> dict[str, Any]:
    return fields | {"tags": _tags(found, wanted, lambda _: ())}


CHANGES: dict[str, Callable[[Item, Change], None]] = {
    "entry": _entry,
    "checkin": _check_in,
    "setback": _setback,
    "factor": _factor,
    "lesson": _lesson,
}
