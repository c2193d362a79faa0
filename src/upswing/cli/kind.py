"""`upswing kind`: exercises in being fair to oneself, and a second look at one's own words."""

from __future__ import annotations

from typing import Any

import click

from upswing.accounts.actions import set_second_look
from upswing.accounts.models import User
from upswing.cli import door, exercises, say, texts
from upswing.cli.exercises import ABOUT
from upswing.errors import RuleError
from upswing.journeys import second_look, second_voice
from upswing.journeys.second_look import Looked
from upswing.record.actions import ask_about_words
from upswing.record.models import Item
from upswing.strategies.compassion.models import Break, Letter, Talk, Voices

ID_HELP = "ID is the end of an item's id, as lists show it."
KINDS = (Voices.KIND, Letter.KIND, Talk.KIND, Break.KIND)


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def kind(ctx: click.Context, as_json: bool) -> None:
    """Be as fair to yourself as to a friend. Without a word: what you did."""
    if ctx.invoked_subcommand is None:
        exercises.listing(*KINDS, as_json=as_json)


@kind.command()
@click.argument("text", nargs=-1)
@click.option("--of", "item_id", metavar="ID", default="", help="Answer an item that you wrote.")
@click.option("--setback", "about", metavar="WORDS", default="", help=ABOUT)
def voices(text: tuple[str, ...], item_id: str, about: str) -> None:
    """Two voices: mark the harsh lines, and answer as a friend would; 5 to 10 minutes.

    \b
    upswing kind voices "I ruined the launch. I always do."
    upswing kind voices --of 5f3c01ab
    """
    exercises.start(Voices, about=about, **_begun_with(text, item_id))


def _begun_with(text: tuple[str, ...], item_id: str) -> dict[str, Any]:
    if text and item_id:
        raise RuleError("of", "Give a text, or the ID of an item, not both.")
    if not item_id:
        return {"words": " ".join(text)} if text else {}
    owner = door.opened()
    found = door.item(owner, item_id)
    return second_voice.begun_with(owner=owner, kind=Voices.KIND, id=found.pk)


@kind.command()
@click.option("--setback", "about", metavar="WORDS", default="", help=ABOUT)
def letter(about: str) -> None:
    """A kind and honest letter to yourself, in five short parts; 5 to 8 minutes."""
    exercises.start(Letter, about=about)


@kind.command()
@click.option("--setback", "about", metavar="WORDS", default="", help=ABOUT)
def talk(about: str) -> None:
    """Own-name talk: three questions, asked as if about somebody else; 3 minutes."""
    exercises.start(Talk, about=about)


@kind.command("break")
@click.option("--setback", "about", metavar="WORDS", default="", help=ABOUT)
def pause(about: str) -> None:
    """A self-compassion break: three sentences, with time for each; 2 minutes."""
    exercises.start(Break, about=about)


@kind.command(epilog=ID_HELP)
@click.argument("item_id", metavar="[ID]", default="")
@click.option("--on/--off", "switch", default=None, help="Ask about it, or never; without ID: all.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def look(item_id: str, switch: bool | None, as_json: bool) -> None:
    """Words worth a second look: questions about a text of yours. Nothing is kept of it.

    \b
    upswing kind look 5f3c01ab
    upswing kind look 5f3c01ab --off     quiet for this text
    upswing kind look < draft.txt
    """
    owner = door.opened()
    item = door.item(owner, item_id) if item_id else None
    if switch is not None:
        _switch(owner, item, on=switch)
    elif item is not None and not item.second_look:
        _quiet(item, as_json)
    else:
        own = second_voice.texts(item) if item else [_given()]
        _tell(second_look.look(own, owner=owner, today=door.today(owner)), owner, as_json)


def _switch(owner: User, item: Item | None, *, on: bool) -> None:
    if item is not None:
        ask_about_words(item, on=on)
        click.echo("It asks about this text again." if on else "Quiet for this text.")
        return
    set_second_look(owner=owner, on=on)
    click.echo("It asks beside what you write." if on else "It stays quiet from now on.")


def _quiet(item: Item, as_json: bool) -> None:
    if as_json:
        say.as_json({"questions": [], "quiet": True})
        return
    id_ = door.short(item.pk)
    say.lines(f"Quiet for this text. A second look after all: upswing kind look {id_} --on")


def _given() -> str:
    return texts.given((), edit=False, ask="What did you write?")


def _tell(looked: Looked, owner: User, as_json: bool) -> None:
    if as_json:
        asked = [{"line": a.line, "words": a.words, "question": a.question} for a in looked.asked]
        say.as_json({"questions": asked})
    elif looked.silent:
        click.echo("No questions about words today. Help lines: upswing help-now")
    elif not looked.asked:
        click.echo("Nothing here asks for a second look.")
    for one in () if as_json else looked.asked:
        say.lines(f"line {one.line}: “{one.words}”")
        say.lines(one.question, indent="  ")
