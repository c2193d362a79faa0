"""`upswing review`: look back at a setback or a win, show it, take it out as Markdown."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from upswing.accounts.models import User
from upswing.cli import data, door, exercises, returned, review_steps, say, walking, when
from upswing.cli.exercises import ABOUT
from upswing.journeys import stones
from upswing.record.reads import NotHere
from upswing.strategies.reviews import reads, telling
from upswing.strategies.reviews.catalogue.review import SETBACK, WIN
from upswing.strategies.reviews.models import Factor, Review
from upswing.strategies.reviews.telling import Whole

ID_HELP = "ID is the end of an item's id, as lists show it."


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def review(ctx: click.Context, as_json: bool) -> None:
    """Look back at a setback or a win. Without a word: the list."""
    if ctx.invoked_subcommand is None:
        exercises.listing(Review.KIND, as_json=as_json)


@review.command()
@click.argument("name", nargs=-1)
@click.option("--setback", "about", metavar="WORDS", default="", help=ABOUT)
@click.option("--win", is_flag=True, help="Look back at something that went well.")
def new(name: tuple[str, ...], about: str, win: bool) -> None:
    """An after-action review: 25 to 40 minutes, and it can be spread over days.

    \b
    upswing review new "The last round"
    upswing review new --win "The talk in May"
    """
    given: dict[str, Any] = {"name": " ".join(name)} if name else {}
    owner = door.opened()
    setback = None if win else door.setback(owner, about) if about else door.current(owner)
    given["about"] = WIN if win else SETBACK
    if wait := stones.wait("reviews", setback, now=door.now()):
        say.lines(wait)
        say.note("A full stop at the first question leaves it for another day.")
    walking.walk(Review(), owner=owner, setback=setback, **given)


def _found(ending: str) -> tuple[User, Review]:
    owner = door.opened()
    try:
        return owner, reads.review(owner=owner, id=door.item(owner, ending).pk)
    except NotHere:
        raise door.missing(ending) from None


@review.command(epilog=ID_HELP)
@click.argument("item_id", metavar="ID")
@click.option("--markdown", is_flag=True, help="Print it as Markdown, to keep or to print.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(item_id: str, markdown: bool, as_json: bool) -> None:
    """One review: the answers, what contributed, the lessons."""
    owner, found = _found(item_id)
    whole = telling.whole(found)
    if as_json:
        say.as_json(_data(whole))
    elif markdown:
        click.echo(telling.markdown(whole), nl=False)
    else:
        _show(whole, door.today(owner))


def _show(whole: Whole, today: date) -> None:
    work = whole.review
    say.sides(say.one_line(work.item.title), door.short(work.pk), bold=True)
    if work.finished_at is None:
        say.note(f"Left in the middle. To go on: upswing go-on {door.short(work.pk)}")
    click.echo()
    say.lines(work.item.body)
    if whole.factors:
        say.heading("What contributed")
        review_steps.tree(list(whole.factors))
    found = [lesson for some in whole.lessons.values() for lesson in some]
    if found:
        say.heading("Lessons")
    for lesson in found:
        day = f"back {when.day(lesson.due, today)}" if lesson.due else "at rest"
        say.lines(lesson.item.title, indent="  ")
        say.note(f"  {day} · {door.short(lesson.pk)}")
    for factor in whole.outside:
        if factor.way:
            say.heading(f"Around “{factor.item.title}”")
            say.lines(factor.way, indent="  ")


def _data(whole: Whole) -> dict[str, Any]:
    work = whole.review
    return data.item(work.item) | {
        "answers": work.answers,
        "finished_at": work.finished_at.isoformat() if work.finished_at else None,
        "factors": [_factor(whole, one) for one in whole.factors],
    }


def _factor(whole: Whole, one: Factor) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "name": one.item.title,
        "share": one.share,
        "control": one.control,
        "lasting": one.lasting,
        "known": one.known,
        "confidence": one.confidence,
        "evidence": one.item.body,
        "advice": one.advice,
        "way": one.way,
        "seen_by": [name for _, name in whole.seen_by[one.pk]],
        "lessons": [lesson.item.title for lesson in whole.lessons[one.pk]],
    }


review.add_command(returned.factors)
