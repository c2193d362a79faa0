"""`upswing thought`: weigh a hard thought, see how it moved, say again how much one believes it."""

from __future__ import annotations

import click

from upswing.cli import exercises, say, thought_page, walking
from upswing.cli.exercises import ABOUT
from upswing.errors import RuleError
from upswing.strategies.mindset.models import Thought, Verdict

ID_HELP = "ID is the end of an item's id, as lists show it."
KINDS = (Thought.KIND, Verdict.KIND)


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def thought(ctx: click.Context, as_json: bool) -> None:
    """Weigh a hard thought, and see what becomes of it. Without a word: the list."""
    if ctx.invoked_subcommand is None:
        exercises.listing(*KINDS, as_json=as_json)


@thought.command()
@click.argument("text", nargs=-1)
@click.option("--setback", "about", metavar="WORDS", default="", help=ABOUT)
def new(text: tuple[str, ...], about: str) -> None:
    """A thought record: seven steps, about ten minutes.

    \b
    upswing thought new "I will never lead anything again"
    """
    given = {"thought": " ".join(text)} if text else {}
    exercises.start(Thought, about=about, **given)


@thought.command()
@click.argument("text", nargs=-1)
@click.option("--setback", "about", metavar="WORDS", default="", help=ABOUT)
def verdict(text: tuple[str, ...], about: str) -> None:
    """From a verdict about yourself to a learning goal; 12 to 18 minutes.

    \b
    upswing thought verdict "I am no leader"
    """
    given = {"verdict": " ".join(text)} if text else {}
    exercises.start(Verdict, about=about, **given)


@thought.command(epilog=ID_HELP)
@click.argument("item_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(item_id: str, as_json: bool) -> None:
    """One of them: what was answered, how it moved, and what is still open."""
    thought_page.one(item_id, as_json)


@thought.command(epilog=ID_HELP)
@click.argument("item_id", metavar="[ID]", default="")
@click.option("--skip", is_flag=True, help="Not this time. Nothing is noted of it.")
def again(item_id: str, skip: bool) -> None:
    """Say how much you believe it now. Without ID: what comes back today.

    Your earlier numbers are shown afterwards, so that they do not lead you.
    """
    if not item_id:
        thought_page.due()
    elif skip:
        thought_page.skipped(item_id)
    else:
        _need_somebody()
        owner, found = thought_page.found(item_id)
        walking.again(found, owner=owner)


def _need_somebody() -> None:
    if not say.somebody_is_there():
        raise RuleError("", "This asks you something, so it needs a terminal.")
