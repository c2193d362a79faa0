"""What the terminal shows of setbacks."""

from __future__ import annotations

from datetime import date

import click

from upswing.accounts.models import User
from upswing.cli import data, door, lists, say, small_thing, stone_path, when
from upswing.journeys import stones
from upswing.journeys.fitting import SmallThing
from upswing.record import reads, setbacks
from upswing.record.models import Setback
from upswing.strategies.reviews.reads import alike


def listing(as_json: bool) -> None:
    """Every setback, open ones first."""
    owner = door.opened()
    found = setbacks.all_of(owner=owner)
    if as_json:
        say.as_json({"items": [data.setback(one) for one in found]})
    elif not found:
        say.lines("Nothing is told yet. When you want to tell what happened: upswing setback new")
    else:
        _list(found, door.today(owner))


def _list(found: list[Setback], today: date) -> None:
    for one in found:
        say.sides(say.one_line(one.item.title), door.short(one.pk), bold=one.closed_at is None)
        say.lines(facts(one, today), indent="  ", dim=True)
    click.echo()
    say.note("One of them: upswing setback show WORDS")


def facts(one: Setback, today: date) -> str:
    """When, what kind, how heavy, and whether it is laid down, in one line."""
    parts = [when.day(one.item.day, today)]
    if one.sort:
        parts.append(one.get_sort_display())
    if one.weight_now is not None:
        parts.append(f"weighs {one.weight_now} of 10")
    if one.course:
        parts.append(one.get_course_display().lower())
    if one.closed_at:
        parts.append("laid down")
    return " · ".join(parts)


def told(one: Setback, small: SmallThing) -> None:
    """The answer to somebody who has just told what happened."""
    click.echo()
    say.sides(say.one_line(one.item.title), door.short(one.pk), bold=True)
    say.lines("It is kept. These are its eight stones; walk them in any order.")
    click.echo()
    standings = stones.path(setback=one, now=door.now())
    stone_path.draw(standings)
    if following := stones.following(standings):
        click.echo()
        say.lines(f"A good next one is {following.name}. {following.why}")
    small_thing.show(small, one)
    _lessons(one)


def one(words: str, limit: int, as_json: bool) -> None:
    """One setback, with its stones and the newest of what belongs to it."""
    owner = door.opened()
    found = door.setback(owner, words)
    page = reads.timeline(owner=owner, setback=found, limit=limit)
    if as_json:
        path = data.stones(stones.path(setback=found, now=door.now()))
        items = [data.row(row) for row in page.rows]
        say.as_json(data.setback(found) | {"stones": path, "items": items})
        return
    _head(found, owner)
    click.echo()
    stone_path.draw(stones.path(setback=found, now=door.now()))
    if page.rows:
        click.echo()
        lists.by_day(page.rows, door.today(owner))
    _lessons(found)
    _how_to_go_on(found, bool(page.older))


def _lessons(found: Setback) -> None:
    """Lessons of setbacks like this one, out of their turn."""
    lessons = alike(setback=found)
    if lessons and not found.closed_at:
        say.heading("Lessons for a time like this")
        for lesson in lessons:
            say.sides(say.one_line(lesson.item.title), door.short(lesson.pk), indent="  ")


def _head(found: Setback, owner: User) -> None:
    say.sides(say.one_line(found.item.title), door.short(found.pk), bold=True)
    say.note(facts(found, door.today(owner)))
    if found.losses:
        labels = dict(type(found).Loss.choices)
        say.note(f"lost or shaken: {', '.join(str(labels[loss]) for loss in found.losses)}")
    for text in (found.item.body, found.closing_words if found.closed_at else ""):
        if text.strip():
            click.echo()
            say.lines(text.strip("\n"))


def _how_to_go_on(found: Setback, more: bool) -> None:
    click.echo()
    if more:
        say.note(f"All of it: upswing timeline --setback {door.short(found.pk)}")
    say.note("A note on a stone: upswing setback note STONE")
