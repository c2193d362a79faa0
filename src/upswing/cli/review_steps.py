"""The two steps of a review that record items of their own: factors, and lessons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from upswing.charts import tree as chart
from upswing.cli import answering, door, say
from upswing.errors import RuleError
from upswing.exercises.models import Work
from upswing.exercises.questions import IfThen, Line, Rating, Text
from upswing.strategies.reviews import actions, drawing, reads, rules, telling
from upswing.strategies.reviews.catalogue.factor import QUESTIONS
from upswing.strategies.reviews.catalogue.review import FACTORS, LESSONS
from upswing.strategies.reviews.models import Factor, Review


def _about(owner: Any) -> dict[str, Any]:
    return {"owner": owner, "now": door.now(), "zone": owner.zone}


def tree(factors: list[Factor]) -> None:
    """Print the tree of what contributed."""
    for line in chart.text(drawing.tree(factors), width=say.width() - 2).splitlines():
        click.echo(f"  {say.clean(line)}")


def _factors(review: Any, owner: Any) -> None:
    """Name factors until nothing is typed, then share the influence out."""
    say.note("One by one: what you did, what others did, chance, the market.")
    while _name_one(review, owner):
        pass
    _share(review, owner)


def _name_one(review: Review, owner: Any) -> bool:
    """Ask for one factor and keep it; False where none is named."""
    named = reads.factors_of(review)
    if named:
        click.echo()
        tree(named)
    earlier = reads.names(owner=owner, limit=5)
    say.heading("What else contributed?" if named else "What contributed?")
    for number, name in enumerate(earlier, 1):
        click.echo(f"  {number:2}  {say.one_line(name)}")
    say.note("Words, or the number of an earlier one. Enter goes on.")
    if not (typed := answering.line().strip()):
        return False
    name = _earlier(typed, earlier)
    try:
        rules.name(name, {one.key for one in named})
        _keep(review, name, owner)
    except (RuleError, answering.Back) as error:
        click.echo(str(error) or "Left out.")
    return True


def _earlier(typed: str, names: list[str]) -> str:
    place = int(typed) if typed.isdecimal() and len(typed) < 3 else 0
    return names[place - 1] if 1 <= place <= len(names) else typed


def _keep(review: Review, name: str, owner: Any) -> None:
    told = answering.ask_all(QUESTIONS, {}, {}, owner=owner)
    told["seen_by"] = str(told["seen_by"] or "").split(",")
    actions.name_factor(review, **_about(owner), name=name, **told)


def _share(review: Review, owner: Any) -> None:
    """Ask the share of each factor until they are 100 together."""
    factors = reads.factors_of(review)
    before: dict[str, Any] = {str(one.pk): one.share for one in factors}
    if factors:
        say.heading("How much did each contribute? All the influence there was is 100.")
    questions = [Rating(name=str(one.pk), ask=one.item.title, top=100) for one in factors]
    shares = answering.ask_all(questions, before, {}, owner=owner)
    actions.share_out(review, **_about(owner), shares=shares)


def _lessons(review: Any, owner: Any) -> None:
    """Ask for a lesson from each factor that teaches, and a way around each that does not."""
    whole = telling.whole(review)
    say.note("A lesson names a moment, and what you will do in it. One good one is enough.")
    for factor in whole.teaching:
        if not whole.lessons[factor.pk]:
            _again_until(lambda one=factor: take(one, owner))  # type: ignore[misc]
    for factor in whole.outside:
        if not factor.way:
            _plan_around(factor, owner)
    actions.take_along(review, **_about(owner))


def _again_until(ask: Callable[[], None]) -> None:
    """Ask until no rule says no."""
    while True:
        try:
            return ask()
        except RuleError as error:
            click.echo(error.sentence)


PLAN = IfThen(name="plan", ask="Is there a lesson in it?")
USE = Line(name="first_use", ask="When will you first use it?", help="A day, such as 2026-11-30.")


def take(factor: Factor, owner: Any) -> None:
    """Ask for a lesson from one factor, and keep it if there is one. Raises RuleError."""
    say.heading(factor.item.title)
    plan = answering.ask_all([PLAN], {}, {}, owner=owner)["plan"]
    if plan is None:
        return
    told = answering.ask_all([USE], {}, {}, owner=owner)
    lesson = actions.take_lesson(
        factor, **_about(owner), cue=plan["when"], response=plan["then"], **told
    )
    say.lines(f"Kept: {lesson.item.title}")


def _plan_around(factor: Factor, owner: Any) -> None:
    say.heading(factor.item.title)
    way = Text(name="way", ask="It is outside your hands. Accept it, or how do you plan around it?")
    told = answering.ask_all([way], {}, {}, owner=owner)
    if told["way"]:
        actions.plan_around(factor, now=door.now(), way=told["way"])


def own_words(work: Work) -> list[str]:
    """The person's own texts beside the answers of an exercise: what a review names and takes."""
    if work._state.adding or not isinstance(work, Review):
        return []
    return telling.whole(work).own_words


ASK: dict[str, Callable[[Any, Any], None]] = {FACTORS: _factors, LESSONS: _lessons}
