"""An exercise at the terminal: one question at a time, a way back, and an end at any time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from upswing.care.calm import texts_of
from upswing.charts import moves as chart
from upswing.cli import answering, calm, door, review_steps, say, when
from upswing.cli.answering import Back, Enough
from upswing.errors import RuleError
from upswing.exercises import actions
from upswing.exercises.exercise import Exercise
from upswing.exercises.models import Work
from upswing.exercises.movement import movement
from upswing.exercises.questions import Step
from upswing.record.models import Setback

HOW = "Enter leaves a question out, < goes back, . is enough for today, e opens your editor."


def walk(work: Work, *, owner: Any, setback: Setback | None = None, **given: Any) -> None:
    """Go through an exercise, new or begun, and say at the end what is known about it.

    `given` are answers of the first step that stand already, such as a text on the command line.
    """
    exercise = work.EXERCISE
    _open(exercise, work)
    number = work.following if work.reached else 1
    try:
        while number <= len(exercise.steps):
            number = _step(work, number, owner, setback, given)
    except Enough as left:
        _leave(work, number, left.typed, owner, setback)
    else:
        close(work)
    calm.after(owner, *texts_of(work.answers), *review_steps.own_words(work))


def _open(exercise: Exercise, work: Work) -> None:
    say.heading(exercise.title)
    say.lines(exercise.about)
    if exercise.not_when:
        say.lines(exercise.not_when)
    say.note(f"{exercise.minutes} minutes. {HOW}")
    if work.reached:
        say.note(f"{work.reached} of {len(exercise.steps)} steps are answered already.")


def _step(
    work: Work, number: int, owner: Any, setback: Setback | None, given: Mapping[str, Any]
) -> int:
    """Ask one step and keep it; returns the step to go to."""
    step = work.EXERCISE.steps[number - 1]
    _head(work, step, number)
    try:
        if step.place:
            review_steps.ASK[step.place](work, owner)
            return number + 1
        typed = answering.ask_all(step.questions, work.answers, given, owner=owner)
        _keep(work, number, typed, owner, setback)
    except Back:
        return max(1, number - 1)
    except RuleError as error:
        click.echo(error.sentence)
        return number
    return number + 1


def _head(work: Work, step: Step, number: int) -> None:
    say.heading(f"{number} of {len(work.EXERCISE.steps)}  {step.title}")
    if step.lede:
        say.note(step.lede)
    for paragraph in step.reading:
        click.echo()
        say.lines(paragraph)
    for name in step.recalls:
        if value := work.answers.get(name):
            say.lines(work.EXERCISE.questions[name].told(value), indent="  | ")


def _keep(
    work: Work,
    number: int,
    typed: Mapping[str, Any],
    owner: Any,
    setback: Setback | None,
    enough: bool = False,
) -> None:
    actions.answer(
        work,
        owner=owner,
        now=door.now(),
        zone=owner.zone,
        step=number,
        typed=typed,
        setback=setback,
        enough=enough,
    )


def _leave(
    work: Work, number: int, typed: Mapping[str, Any], owner: Any, setback: Setback | None
) -> None:
    """Enough for today: what was answered is kept, and can be gone on with in any door."""
    try:
        _keep(work, number, typed, owner, setback, enough=True)
    except RuleError as error:
        click.echo(error.sentence)
        return
    click.echo()
    if work._state.adding:
        click.echo("Enough for today. Nothing was written.")
    else:
        click.echo("Enough for today. It waits where you left it.")
        say.note(f"To go on: upswing go-on {door.short(work.pk)}")


def again(work: Work, *, owner: Any) -> None:
    """Ask what is asked when an exercise comes back; what was said before is shown afterwards."""
    step = work.EXERCISE.again
    if step is None or work.finished_at is None:
        raise RuleError("", actions.NOT_YET)
    say.heading(step.title)
    say.note("As it is today. Enter leaves a question out, . is not this time.")
    if not _said(work, step, owner):
        return
    click.echo()
    click.echo("Kept.")
    moved(work)
    calm.after(owner, *texts_of(work.answers))


def _said(work: Work, step: Step, owner: Any) -> bool:
    """Ask until it can be kept; False where the person leaves it for another day."""
    while True:
        try:
            typed = answering.ask_all(step.questions, work.answers, {}, owner=owner)
            actions.say_again(work, owner=owner, now=door.now(), zone=owner.zone, typed=typed)
            return True
        except (Back, Enough):
            click.echo("Another time. It stays on Today.")
            return False
        except RuleError as error:
            click.echo(error.sentence)


def moved(work: Work) -> None:
    """How what was rated moved, as a small table."""
    spec = movement(work.EXERCISE, work.answers, work.returns)
    if spec is not None:
        say.heading(spec.name)
        for line in chart.text(spec, width=say.width() - 2).splitlines():
            click.echo(f"  {line}".rstrip())


def close(work: Work) -> None:
    """Say that it is kept, and how well the exercise is known to work."""
    click.echo()
    click.echo(f"Kept. {door.short(work.pk)}")
    moved(work)
    if work.returns_on:
        say.note(f"It comes back on {when.day(work.returns_on, door.today(work.item.owner))}.")
    evidence(work.EXERCISE)


def evidence(exercise: Exercise) -> None:
    """How well an exercise is known to work."""
    say.heading("How well is this known to work?")
    for one in exercise.evidence:
        say.lines(f"{one.says} ({one.source})", indent="  ")
