"""Doing an exercise as somebody does it: one step after the other, through the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from upswing.demo.passages import FactorText
from upswing.demo.steps import Work as Step
from upswing.exercises import actions
from upswing.exercises.models import Work
from upswing.exercises.reads import kinds
from upswing.record.models import Item, Setback
from upswing.strategies.reviews import actions as reviews
from upswing.strategies.reviews.catalogue.review import FACTORS, LESSONS
from upswing.strategies.reviews.models import Factor, Lesson

A_STEP = timedelta(minutes=3)


@dataclass
class Done:
    """An exercise that was done. factors, lessons: by the name of the factor."""

    work: Any
    factors: dict[str, Factor] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)


def do(step: Step, *, owner: Any, setback: Setback, titles: Mapping[str, Item]) -> Done:
    """Go through all of its steps. An entry that was left out of a short year is not chosen."""
    work: Work = kinds()[step.text.kind]()
    done = Done(work)
    chosen = {
        name: [str(titles[title].pk) for title in wanted if title in titles]
        for name, wanted in step.text.found.items()
    }
    typed = {**step.text.answers, **chosen}
    for number, page in enumerate(work.EXERCISE.steps, 1):
        about = {"owner": owner, "now": step.at + number * A_STEP, "zone": step.zone}
        if page.place == FACTORS:
            _factors(done, step, about)
        elif page.place == LESSONS:
            _lessons(done, step, about)
        else:
            actions.answer(work, **about, step=number, typed=typed, setback=setback)
    return done


def _factors(done: Done, step: Step, about: Mapping[str, Any]) -> None:
    for text in step.text.factors:
        done.factors[text.name] = reviews.name_factor(done.work, **about, **_columns(text))
    shares = {str(done.factors[text.name].pk): text.share for text in step.text.factors}
    reviews.share_out(done.work, **about, shares=shares)
    for factor in done.factors.values():
        factor.refresh_from_db()  # sharing out read them anew, and gave those their shares


def _columns(text: FactorText) -> dict[str, Any]:
    names = ("name", "control", "lasting", "known", "confidence", "evidence", "advice", "seen_by")
    return {name: getattr(text, name) for name in names}


def _lessons(done: Done, step: Step, about: Mapping[str, Any]) -> None:
    for text in step.text.factors:
        factor = done.factors[text.name]
        if text.way:
            reviews.plan_around(factor, now=about["now"], way=text.way)
        if text.lesson:
            done.lessons[text.name] = reviews.take_lesson(
                factor,
                **about,
                cue=text.lesson.cue,
                response=text.lesson.response,
                first_use=step.first_uses[text.name],
            )
    reviews.take_along(done.work, **about)
