"""Every exercise begun in one door, left in the middle of each step, and finished in the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

import walks
from doors.cli import typed
from doors.cli.terminal import Upswing
from doors.cli.typed import Asked
from doors.web import posted
from doors.web.reading import text
from making import entry, moment, setback
from upswing.accounts.models import User
from upswing.exercises.models import Work
from upswing.exercises.reads import kinds
from upswing.record.models import Item, Setback
from upswing.strategies.reviews import reads
from upswing.strategies.reviews.models import Review
from walks import COMES_BACK, WALKS, Walk

pytestmark = pytest.mark.usefixtures("someone", "found")

ENOUGH = "."


def middles(walk: Walk) -> list[int]:
    """The steps in whose middle something stands that can be gone on with."""
    steps = enumerate(walk.exercise.steps, 1)
    return [number for number, step in steps if number > 1 or len(step.questions) > 1]


LEFT = [pytest.param(walk, at, id=f"{walk.kind}-{at}") for walk in WALKS for at in middles(walk)]


@pytest.fixture
def about(owner: User) -> Setback:
    """A setback that is old enough to be looked back at."""
    return setback(owner, "Turned down as lead", happened_at=moment("2026-01-05 10:00"))


@pytest.fixture
def found(owner: User) -> Item:
    """Something of one's own that can be chosen."""
    return entry(owner, walks.FOUND)


def test_every_exercise_is_walked() -> None:
    assert walks.missing() == set()


def lines(asked: Iterable[Asked]) -> list[str]:
    return [line for _, typed_lines in asked for line in typed_lines]


def typing(upswing: Upswing, *words: str, typed_lines: list[str]) -> str:
    answer = upswing(*words, typed="\n".join([*typed_lines, ""]))
    assert answer.code == 0, answer.err
    return answer.out


@pytest.mark.parametrize(("walk", "at"), LEFT)
def test_begun_at_the_terminal_and_finished_in_the_browser(
    upswing: Upswing, web: Client, about: Setback, found: Item, walk: Walk, at: int
) -> None:
    whole = [line for number in range(1, at) for line in lines(typed.step(walk, number))]
    part = lines(typed.half(walk, at))
    said = typing(upswing, *walk.command, typed_lines=[*whole, *part, ENOUGH])
    assert "It waits where you left it." in said
    work = _only(walk)
    assert (work.reached, work.finished_at) == (at - 1, None)
    begun = text(web.get(f"/exercises/{work.pk}/", follow=True))
    assert f"{at - 1} of {len(walk.exercise.steps)} steps are answered." in begun
    for number in range(at, len(walk.exercise.steps) + 1):
        posted.a_step(web, work, walk, number, begun=number == at)
    _whole(web, walk, about, found)


@pytest.mark.parametrize(("walk", "at"), LEFT)
def test_begun_in_the_browser_and_finished_at_the_terminal(
    upswing: Upswing, web: Client, about: Setback, found: Item, walk: Walk, at: int
) -> None:
    step = walk.exercise.steps[at - 1]
    answered = walks.half(step.questions)
    work: Work | None = None
    for number in range(1, at):
        posted.a_step(web, work, walk, number, about=str(about.pk))
        work = _only(walk)
    posted.half_a_step(web, work, walk, at, answered, about=str(about.pk))
    work = _only(walk)
    assert (work.reached, work.finished_at) == (at - 1, None)
    if step.place:
        here = lines(typed.place(step, stands=True))
    else:
        here = lines(typed.step(walk, at, stands=answered))
    rest = range(at + 1, len(walk.exercise.steps) + 1)
    more = [line for number in rest for line in lines(typed.step(walk, number))]
    said = typing(upswing, "go-on", work.pk.hex[-8:], typed_lines=[*here, *more])
    assert "How well is this known to work?" in said.partition("Kept. ")[2]
    _whole(web, walk, about, found)


def _only(walk: Walk) -> Work:
    return kinds()[walk.kind].objects.get()


def _whole(web: Client, walk: Walk, about: Setback, found: Item) -> None:
    """Everything that was given in either door stands there, once."""
    work = _only(walk)
    assert work.finished_at is not None
    assert work.item.setback == about
    own = {question.name: [str(found.pk)] for question in walk.exercise.finds}
    given = {**walk.given, **own}
    kept = {name: value for name, value in work.answers.items() if value not in (None, "", [])}
    assert kept == given
    page = text(web.get(f"/exercises/{work.pk}/", follow=True))
    assert [words for words in walk.shown if words not in page] == []
    if walk.kind == "review":
        factors = reads.factors_of(Review.objects.get(pk=work.pk))
        assert [(one.item.title, one.share) for one in factors] == [
            (one.name, one.share) for one in walks.FACTORS_NAMED
        ]
        assert factors[1].way == walks.AROUND


@pytest.mark.parametrize("walk", COMES_BACK, ids=lambda walk: walk.kind)
def test_it_comes_back_in_the_one_door_and_then_in_the_other(
    upswing: Upswing, web: Client, about: Setback, now: datetime, walk: Walk
) -> None:
    numbers = range(1, len(walk.exercise.steps) + 1)
    whole = [line for number in numbers for line in lines(typed.step(walk, number))]
    typing(upswing, *walk.command, typed_lines=whole)
    work = _only(walk)
    short, again = work.pk.hex[-8:], walk.exercise.again
    assert again is not None
    first, second = walk.exercise.returns[:2]

    _age(work, timezone.now(), first)
    assert work.item.title in text(web.get("/")).partition("Comes back today")[2]
    answer = web.post(f"/exercises/{work.pk}/again/", posted.fields(again.questions, walk.again))
    assert answer.status_code == 302, text(answer)

    _age(_only(walk), now, second)
    assert "It stays on Today." in typing(upswing, "thought", "again", short, typed_lines=["."])
    assert short in upswing("thought", "again").out
    typing(upswing, "thought", "again", short, typed_lines=lines(typed.again(walk)))
    returns = _only(walk).returns
    assert [one["days"] for one in returns] == [first, second]
    assert all({**one, **walk.again} == one for one in returns)


def _age(work: Work, now: datetime, days: int) -> None:
    """As if it had been finished so many days ago, and came back today."""
    work.finished_at, work.returns_on = now - timedelta(days=days), now.date()
    work.save()
