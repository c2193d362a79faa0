"""`upswing setback`: tell what happened, see it, change it, lay it down, note on its stones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from upswing.cli import (
    calm,
    data,
    door,
    heard,
    say,
    setback_page,
    setback_questions,
    stone_path,
    texts,
)
from upswing.journeys import first_hour
from upswing.journeys.stones import path
from upswing.record import setbacks
from upswing.record.models import Setback

WHICH = "WORDS are from its name, or the end of its id; without them it is the newest open one."


def answers(command: Callable[..., None]) -> Callable[..., None]:
    """The options that answer the questions about a setback."""
    options = (
        click.option(
            "--kind", "sort", help="layoff, rejection, review, project, promotion, conflict, other"
        ),
        click.option("--when", "happened_at", metavar="TIME", help="“last friday”, 2026-03-14"),
        click.option("--weight", help="How heavy it is now, 0 to 10."),
        click.option(
            "--lost",
            "losses",
            metavar="A,B",
            help="income, identity, structure, relationships, confidence, future",
        ),
        click.option("--still", "course", flag_value="going_on", help="It still goes on."),
        click.option("--over", "course", flag_value="over", help="It is over."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def setback(ctx: click.Context, as_json: bool) -> None:
    """Tell what happened, and walk its eight stones. Without a word: the list."""
    if ctx.invoked_subcommand is None:
        setback_page.listing(as_json)


@setback.command()
@click.argument("sentence", nargs=-1)
@answers
@click.option("--more", "body", help="More about it, if you like.")
@click.option("--json", "as_json", is_flag=True, help="Print the new setback as JSON.")
def new(sentence: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Tell what happened. One sentence is enough.

    Without SENTENCE you are asked, one question at a time; only the first one is needed.

    \b
    upswing setback new "Laid off from Kestrel" --kind layoff --when monday --weight 7
    """
    owner = door.opened()
    given = setback_questions.read(options, zone=owner.zone)
    if sentence or not say.somebody_is_there():
        given["title"] = " ".join(sentence) or texts.piped()
    else:
        given |= setback_questions.ask(given, zone=owner.zone)
    told = first_hour.tell(owner=owner, now=door.now(), zone=owner.zone, **given)
    if as_json:
        standings = path(setback=told, now=door.now())
        say.as_json(data.setback(told) | {"stones": data.stones(standings)})
    else:
        setback_page.told(
            told,
            first_hour.one_small_thing(
                owner=owner, setback=told, today=door.today(owner), now=door.now()
            ),
        )
        calm.after(owner, *told.own_words)


@setback.command(epilog=WHICH)
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 500), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """One setback: its stones, what is written on them, and what happened since."""
    setback_page.one(" ".join(words), limit, as_json)


@setback.command(epilog=WHICH)
@click.argument("words", nargs=-1)
@click.option("--title", help="What happened, in one sentence.")
@answers
@click.option("--more", "body", help="The text below the sentence.")
def edit(words: tuple[str, ...], **options: Any) -> None:
    """Change a setback. Without options you are asked, and Enter keeps what is there."""
    owner = door.opened()
    found = door.setback(owner, " ".join(words))
    changes = setback_questions.read(options, zone=found.item.zone)
    if not changes:
        _need_a_terminal()
        changes = setback_questions.ask_again(found, zone=found.item.zone)
    if "weight" in changes:
        changes["weight_now"] = changes.pop("weight")
    setbacks.change(found, now=door.now(), **changes)
    say.lines(f"Changed: {found.item.title}")
    calm.after(owner, *found.own_words)


def _need_a_terminal() -> None:
    if not say.somebody_is_there():
        raise click.UsageError("Say what shall change.", ctx=click.get_current_context())


@setback.command(epilog=WHICH)
@click.argument("words", nargs=-1)
@click.option("--words", "closing", metavar="TEXT", help="A few words to lay it down with.")
def close(words: tuple[str, ...], closing: str | None) -> None:
    """Lay a setback down. It stays in your record and can be taken up again."""
    owner = door.opened()
    found = door.setback(owner, " ".join(words))
    if closing is None:
        closing = _closing_words(found)
    setbacks.close(found, now=door.now(), words=closing)
    say.lines(f"Laid down: {found.item.title}")
    say.note(f"To take it up again: upswing setback reopen {door.short(found.pk)}")
    calm.after(owner, *found.own_words)


def _closing_words(found: Setback) -> str:
    if not say.somebody_is_there():
        return found.closing_words
    words: str = click.prompt(
        f"A few words to lay “{say.clean(found.item.title)}” down with? Enter for none",
        default=found.closing_words,
        show_default=bool(found.closing_words),
        err=True,
    )
    return heard.keep(words)


@setback.command(epilog=WHICH)
@click.argument("words", nargs=-1, required=True)
def reopen(words: tuple[str, ...]) -> None:
    """Take a setback up again."""
    owner = door.opened()
    found = door.setback(owner, " ".join(words))
    setbacks.reopen(found, now=door.now())
    say.lines(f"Open again: {found.item.title}")


@setback.command()
@click.argument("stone")
@click.argument("text", nargs=-1)
@click.option("--setback", "about", metavar="WORDS", default="", help=WHICH)
@click.option("--edit", "in_editor", is_flag=True, help="Write in your editor (VISUAL, EDITOR).")
def note(stone: str, text: tuple[str, ...], about: str, in_editor: bool) -> None:
    """Leave a note on one of the eight stones.

    STONE is its name or its number: mindset, compassion, reviews, feedback, coping, network,
    goals, action, or 1 to 8. TEXT may also come from a pipe or the prompt.
    """
    strategy = stone_path.named(stone)
    owner = door.opened()
    found = door.setback(owner, about)
    if not text and say.somebody_is_there():
        say.note(f"{found.item.title} · {strategy.name}. {strategy.holds}")
    body = texts.given(text, edit=in_editor, ask=strategy.first)
    kept = first_hour.note(
        owner=owner, now=door.now(), zone=owner.zone, setback=found, stone=strategy.key, body=body
    )
    say.sides(f"Kept on the stone “{strategy.name}”.", door.short(kept.pk))
    calm.after(owner, kept.body)
