"""`upswing lesson`: lessons that come back, how they served, and taking one from a factor."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from upswing.accounts.models import User
from upswing.cli import calm, data, door, say, when
from upswing.errors import RuleError
from upswing.record.reads import NotHere
from upswing.strategies.reviews import actions, reads, rules
from upswing.strategies.reviews.models import Factor, Lesson

DAYS = ("first_use", "first_check", "second_check")
ID_HELP = "ID is the end of an item's id, as lists show it."


@click.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Also those that are not due.")
@click.option("--limit", type=click.IntRange(1, 1000), default=30, show_default=True)
@click.option("--before", metavar="ID", help="With --all: go on below one of the last list.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def lesson(
    ctx: click.Context, everything: bool, limit: int, before: str | None, as_json: bool
) -> None:
    """Lessons from your reviews. Without a word: those that come back today."""
    if ctx.invoked_subcommand is not None:
        return
    owner = door.opened()
    if everything or before:
        place = door.item(owner, before).position if before else None
        page = reads.lessons(owner=owner, before=place, limit=limit)
    else:
        due = reads.returning(owner=owner, today=door.today(owner), limit=limit)
        page = reads.Lessons(tuple(due), None)
    if as_json:
        older = str(page.more.pk) if page.more else None
        say.as_json({"items": [_data(one) for one in page.found], "older": older})
    elif page.found:
        _list(page, door.today(owner))
    else:
        say.lines(_none(everything, before))


def _none(everything: bool, before: str | None) -> str:
    if before:
        return "There are no older ones."
    if everything:
        return "There is no lesson yet. They are taken from a review: upswing review new"
    return "No lesson comes back today. All of them: upswing lesson --all"


def _list(page: reads.Lessons, today: date) -> None:
    for one in page.found:
        say.sides(say.one_line(one.item.title), door.short(one.pk))
        say.note(f"  {standing(one, today)}")
    say.note("How it went with one: upswing lesson used ID, or forgot, no-help, retire")
    if page.more:
        say.note(f"Older ones: upswing lesson --all --before {door.short(page.more.pk)}")


def standing(one: Lesson, today: date) -> str:
    """Where a lesson stands, in a few words."""
    if one.retired_at:
        return "retired"
    if one.became or one.due is None:
        return str(one.get_became_display())
    return "comes back today" if one.due <= today else f"comes back {when.day(one.due, today)}"


def _data(one: Lesson) -> dict[str, Any]:
    days = ("first_use", "first_check", "second_check", "due")
    return data.item(one.item) | {
        "when": one.cue,
        "then": one.response,
        "uses": one.uses,
        "forgotten": one.forgotten,
        "became": one.became,
        "retired": one.retired_at is not None,
        **{name: day.isoformat() if (day := getattr(one, name)) else None for name in days},
    }


def _found(ending: str) -> tuple[User, Lesson]:
    owner = door.opened()
    try:
        return owner, reads.lesson(owner=owner, id=door.item(owner, ending).pk)
    except NotHere:
        raise door.missing(ending) from None


@lesson.command(epilog=ID_HELP)
@click.argument("item_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(item_id: str, as_json: bool) -> None:
    """One lesson, and how it served so far."""
    owner, one = _found(item_id)
    if as_json:
        say.as_json(_data(one))
        return
    today = door.today(owner)
    say.sides(say.one_line(one.item.title), door.short(one.pk), bold=True)
    say.note(standing(one, today))
    if factor := reads.factor_of(one):
        say.note(f"taken from: {factor.item.title} ({door.short(factor.pk)})")
    for use in one.uses:
        say.lines(f"{use['at'][:10]}  {rules.SAID[use['said']]}. {use['line']}", indent="  ")
    if one.slips:
        _slips(one)


def _slips(one: Lesson) -> None:
    say.lines(f"It slips, {one.forgotten} times now. That says more about its form than about you.")
    short = door.short(one.pk)
    say.note(f"Another form: upswing lesson become checklist {short}, or habit, or lesson")


@lesson.command(epilog=ID_HELP)
@click.argument("factor_id", metavar="FACTOR_ID")
@click.option("--when", "cue", required=True, help="The moment: “a date moves”.")
@click.option("--then", "response", required=True, help="What you will do: “call Ana”.")
@click.option("--first-use", metavar="DAY", help="When you first use it: 2026-11-30.")
@click.option("--check", "checks", metavar="DAY", multiple=True, help="When to be asked; twice.")
def take(
    factor_id: str, cue: str, response: str, first_use: str | None, checks: tuple[str, ...]
) -> None:
    """Take a lesson from a factor that you can influence.

    \b
    upswing lesson take 5f3c01ab --when "a date moves" --then "call Ana the same day"
    """
    owner = door.opened()
    _two(checks)
    first, second = (*checks, None, None)[:2]
    one = actions.take_lesson(
        _factor(owner, factor_id),
        owner=owner,
        now=door.now(),
        zone=owner.zone,
        cue=cue,
        response=response,
        first_use=first_use,
        first_check=first,
        second_check=second,
    )
    say.sides(say.one_line(one.item.title), door.short(one.pk))
    calm.after(owner, *one.own_words)


def _factor(owner: User, ending: str) -> Factor:
    try:
        return reads.factor(owner=owner, id=door.item(owner, ending).pk)
    except NotHere:
        raise door.missing(ending) from None


@lesson.command(epilog=ID_HELP)
@click.argument("item_id", metavar="ID")
@click.option("--when", "cue", help="The moment.")
@click.option("--then", "response", help="What you will do.")
@click.option("--first-use", metavar="DAY", help="When you first use it: 2026-11-30.")
@click.option("--check", "checks", metavar="DAY", multiple=True, help="When to be asked; twice.")
def change(item_id: str, checks: tuple[str, ...], **given: str | None) -> None:
    """Change the words or the days of a lesson; what you leave out stays."""
    owner, one = _found(item_id)
    _two(checks)
    days = dict(zip(("first_check", "second_check"), checks, strict=False))
    wanted = {name: value for name, value in given.items() if value is not None} | days
    stays = {name: getattr(one, name) for name in ("cue", "response", *DAYS)}
    actions.change_lesson(one, now=door.now(), zone=owner.zone, **(stays | wanted))
    say.lines(f"Changed: {one.item.title}")
    calm.after(owner, *one.own_words)


def _two(checks: tuple[str, ...]) -> None:
    if len(checks) > 2:
        raise RuleError("check", "There are two checks; leave the others out.")


def _said(ending: str, said: str, line: tuple[str, ...]) -> None:
    owner, one = _found(ending)
    actions.say(one, now=door.now(), zone=owner.zone, said=said, line=" ".join(line))
    say.lines(f"Kept: {rules.SAID[said]}. {standing(one, door.today(owner)).capitalize()}.")
    if one.slips:
        _slips(one)
    calm.after(owner, *one.own_words)


@lesson.command(epilog=ID_HELP)
@click.argument("item_id", metavar="ID")
@click.argument("line", nargs=-1)
def used(item_id: str, line: tuple[str, ...]) -> None:
    """You used it. LINE says in a few words what happened."""
    _said(item_id, rules.USED, line)


@lesson.command(epilog=ID_HELP)
@click.argument("item_id", metavar="ID")
@click.argument("line", nargs=-1)
def forgot(item_id: str, line: tuple[str, ...]) -> None:
    """You forgot it. It comes back sooner, and nothing else follows."""
    _said(item_id, rules.FORGOT, line)


@lesson.command("no-help", epilog=ID_HELP)
@click.argument("item_id", metavar="ID")
@click.argument("line", nargs=-1)
def no_help(item_id: str, line: tuple[str, ...]) -> None:
    """You used it, and it did not help."""
    _said(item_id, rules.NO_HELP, line)


@lesson.command(epilog=ID_HELP)
@click.argument("item_id", metavar="ID")
@click.argument("line", nargs=-1)
def retire(item_id: str, line: tuple[str, ...]) -> None:
    """You do not need it any more. It stays in your record."""
    _said(item_id, rules.RETIRE, line)


@lesson.command(epilog=ID_HELP)
@click.argument("form", type=click.Choice(["checklist", "habit", "lesson"]))
@click.argument("item_id", metavar="ID")
def become(form: str, item_id: str) -> None:
    """Let it become a checklist or a habit, or come back again as a lesson."""
    owner, one = _found(item_id)
    wanted = "" if form == "lesson" else form
    actions.become(one, now=door.now(), zone=owner.zone, form=wanted)
    say.lines(f"Kept. It is {one.get_became_display()} now.")
