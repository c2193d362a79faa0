"""`upswing today`, and `upswing` alone: one screen, calm and short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from upswing.accounts.models import User
from upswing.cli import data, door, lists, say, small_thing, stone_path, when
from upswing.exercises import reads as exercises
from upswing.journeys import first_hour, stones
from upswing.journeys.fitting import SmallThing
from upswing.journeys.stones import Standing
from upswing.moments import lived_day
from upswing.record import drafts, reads, setbacks
from upswing.record.models import Draft, Setback
from upswing.record.rows import Row
from upswing.strategies.coping.reads import Latest, latest
from upswing.strategies.reviews.models import Lesson
from upswing.strategies.reviews.reads import returning

FEW = 3


@dataclass(frozen=True)
class Screen:
    """Everything on it. `path` is empty without a setback."""

    day: date
    setback: Setback | None
    path: list[Standing]
    last: Latest | None
    small: SmallThing
    before: list[Row]
    drafts: list[Draft]
    back: list[Row]
    begun: list[Row]
    lessons: list[Lesson]
    zone: str
    new_here: bool


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def today(as_json: bool = False) -> None:
    """Today on one screen: the setback and its stones, one small thing, what was on this day."""
    screen = _screen(door.opened())
    if as_json:
        say.as_json(_data(screen))
    elif screen.new_here:
        _welcome(screen.day)
    else:
        _show(screen)


def _screen(owner: User) -> Screen:

    day = door.today(owner)
    setback = setbacks.current(owner=owner)
    return Screen(
        day=day,
        setback=setback,
        path=stones.path(setback=setback, now=door.now()) if setback else [],
        last=latest(owner=owner),
        small=first_hour.one_small_thing(owner=owner, setback=setback, today=day, now=door.now()),
        before=reads.on_this_day(owner=owner, today=day),
        drafts=drafts.waiting(owner=owner),
        back=exercises.returning(owner=owner, today=day),
        begun=exercises.unfinished(owner=owner),
        lessons=returning(owner=owner, today=day),
        zone=owner.zone,
        new_here=setback is None and not reads.timeline(owner=owner, limit=1).rows,
    )


def _welcome(day: date) -> None:
    click.echo(when.long_day(day))
    click.echo()
    say.lines(
        "Nothing is written here yet. If something happened at work that weighs on you, tell it "
        "in one sentence; nothing more is needed."
    )
    click.echo()
    click.echo("  upswing setback new")
    click.echo()
    say.lines("Or write something down, or note how it is:")
    click.echo()
    click.echo('  upswing log "…"')
    click.echo("  upswing checkin")
    click.echo()
    say.note("Help lines, at any time: upswing help-now")


def _show(screen: Screen) -> None:
    click.echo(when.long_day(screen.day))
    if screen.setback:
        _setback(screen.setback, screen)
    small_thing.show(screen.small, screen.setback)
    if screen.last:
        say.heading("Last check-in")
        click.echo(f"  {when.moment(screen.last.lived_at, screen.day)}{_felt(screen.last)}")
    if screen.before:
        say.heading("On this day")
        lists.dated(screen.before[:FEW], screen.day)
        _more(len(screen.before) - FEW)
    if screen.back:
        say.heading("Comes back today")
        lists.dated(screen.back, screen.day)
        say.note("  Ten seconds each: upswing thought again ID")
    if screen.lessons:
        say.heading("Lessons for today")
        for one in screen.lessons:
            say.sides(say.one_line(one.item.title), door.short(one.pk), indent="  ")
        say.note("  How it went: upswing lesson used ID, or forgot, no-help, retire")
    if screen.begun:
        say.heading("In the middle")
        lists.dated(screen.begun, screen.day)
        say.note("  To go on: upswing go-on ID")
    if screen.drafts:
        say.heading("Waiting for you")
        _drafts(screen)


def _more(count: int) -> None:
    if count > 0:
        say.note(f"  and {count} more")


def _setback(setback: Setback, screen: Screen) -> None:

    click.echo()
    say.sides(say.one_line(setback.item.title), door.short(setback.pk), bold=True)
    click.echo()
    stone_path.draw(screen.path)


def _felt(last: Latest) -> str:
    scales = (("mood", last.mood), ("energy", last.energy), ("stress", last.stress))
    return "".join(f" · {name} {value}" for name, value in scales if value is not None)


def _drafts(screen: Screen) -> None:
    for draft in screen.drafts:
        saved = when.day(lived_day(draft.saved_at, screen.zone), screen.day)
        say.sides(f"{saved}  {say.one_line(_beginning(draft))}", "", indent="  ")
    say.note("  Not sent yet. Go on in the browser: upswing serve")


def _beginning(draft: Draft) -> str:
    """The first words that stand in a form; fields hold a text or a list of them."""
    fields = draft.fields
    for name in (*("title", "body"), *fields):
        value = fields.get(name) or ""
        text = value if isinstance(value, str) else next(filter(None, value), "")
        if str(text).strip():
            return str(text)
    return draft.key


def _data(screen: Screen) -> dict[str, Any]:
    last, small = screen.last, screen.small
    return {
        "day": screen.day.isoformat(),
        "setback": data.setback(screen.setback) if screen.setback else None,
        "stones": data.stones(screen.path),
        "last_check_in": last
        and {
            "lived_at": last.lived_at.isoformat(),
            "mood": last.mood,
            "energy": last.energy,
            "stress": last.stress,
        },
        "small_thing": {
            "title": small.title,
            "why": small.why,
            "minutes": small.minutes,
            "stone": small.stone,
            "command": small_thing.command(small, screen.setback),
        },
        "comes_back": [data.row(row) for row in screen.back],
        "in_the_middle": [data.row(row) for row in screen.begun],
        "on_this_day": [data.row(row) for row in screen.before],
        "lessons": [{"id": str(one.pk), "title": one.item.title} for one in screen.lessons],
        "drafts": [
            {"key": draft.key, "saved_at": draft.saved_at.isoformat(), "begins": _beginning(draft)}
            for draft in screen.drafts
        ],
    }
