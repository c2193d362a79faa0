"""Living the made-up year through the verbs that every door calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatchmethod
from itertools import groupby
from typing import Any

from django.db import transaction

from upswing.demo import exercising, steps
from upswing.demo.days import LENGTH
from upswing.demo.pictures import draw
from upswing.demo.plan import plan
from upswing.exercises import actions as exercises
from upswing.journeys import first_hour
from upswing.journeys.capture import WITH
from upswing.record import actions, attachments, setbacks
from upswing.record.models import Item, Person, Setback
from upswing.strategies.coping.actions import check_in, edit_entry, write_entry
from upswing.strategies.reviews import actions as reviews

ABOUT = "about"
RECALLS = "recalls"


@dataclass
class Counts:
    """What was recorded."""

    entries: int = 0
    check_ins: int = 0
    setbacks: int = 0
    notes: int = 0
    people: int = 0
    exercises: int = 0
    lessons: int = 0
    links: int = 0
    files: int = 0


def fill(
    *,
    owner: Any,
    today: date,
    seed: int = 1,
    days: int = LENGTH,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Counts:
    """Live the `days` before `today` (none of it on `today`) for `owner`; say how much there is.

    The same `today` and `seed` give the same texts, numbers and times. `progress` hears how many
    of the steps are done.
    """
    life = Life(owner)
    todo = plan(today=today, seed=seed, days=days)
    done = 0
    # One transaction a month: a flush to the disk after each step would be most of the time.
    for _, month in groupby(todo, key=lambda step: (step.at.year, step.at.month)):
        with transaction.atomic():
            for step in month:
                life.do(step)
                done += 1
                progress(done, len(todo))
    return life.counts


@dataclass
class Life:
    """What exists so far, to be referred to by later steps."""

    owner: Any
    counts: Counts = field(default_factory=Counts)
    setbacks: dict[str, Setback] = field(default_factory=dict)
    people: dict[str, Item] = field(default_factory=dict)
    entries: dict[str, Item] = field(default_factory=dict)
    titles: dict[str, Item] = field(default_factory=dict)
    done: dict[str, exercising.Done] = field(default_factory=dict)

    def _setback(self, key: str) -> Setback | None:
        return self.setbacks[key] if key else None

    @singledispatchmethod
    def do(self, step: steps.Step) -> None:
        """Do one step."""
        raise TypeError(f"Nobody knows how to do {step!r}.")

    @do.register
    def _tell(self, step: steps.Tell) -> None:
        text = step.text
        self.setbacks[text.key] = first_hour.tell(
            owner=self.owner,
            now=step.at,
            zone=step.zone,
            title=text.title,
            body=text.text,
            sort=text.sort,
            weight=text.weight,
            losses=text.losses,
            course=text.course,
        )
        self.counts.setbacks += 1

    @do.register
    def _lighten(self, step: steps.Lighten) -> None:
        setbacks.change(
            self.setbacks[step.setback], now=step.at, weight_now=step.weight, course=step.course
        )

    @do.register
    def _close(self, step: steps.Close) -> None:
        setbacks.close(self.setbacks[step.setback], now=step.at, words=step.words)

    @do.register
    def _meet(self, step: steps.Meet) -> None:
        text = step.text
        self.people[text.key] = actions.add(
            Person(organisation=text.organisation, role=text.role),
            owner=self.owner,
            now=step.at,
            zone=step.zone,
            title=text.name,
            body=text.text,
        )
        self.counts.people += 1

    @do.register
    def _leave(self, step: steps.Leave) -> None:
        first_hour.note(
            owner=self.owner,
            now=step.at,
            zone=step.zone,
            setback=self.setbacks[step.text.setback],
            stone=step.text.stone,
            body=step.text.text,
        )
        self.counts.notes += 1

    @do.register
    def _check_in(self, step: steps.CheckIn) -> None:
        self._look(step)

    def _look(self, step: steps.CheckIn) -> Item:
        self.counts.check_ins += 1
        return check_in(
            owner=self.owner,
            now=step.at,
            zone=step.zone,
            mood=step.felt.mood,
            energy=step.felt.energy,
            stress=step.felt.stress,
            feelings=step.words,
            body=step.line,
            happened_at=step.lived,
            setback=self._setback(step.setback),
        )

    @do.register
    def _write(self, step: steps.Write) -> None:
        entry = write_entry(
            owner=self.owner,
            now=step.at,
            zone=step.zone,
            title=step.text.title,
            body=step.text.text,
            setback=self._setback(step.setback),
            starred=step.text.star,
        )
        self.entries[step.text.text] = self.titles[step.text.title] = entry
        self.counts.entries += 1
        self._join(entry, step)
        self._files(entry, step)

    def _join(self, entry: Item, step: steps.Write) -> None:
        for key in step.text.about:
            self._link(entry, self.people[key], ABOUT)
        if step.text.recalls:
            self._link(entry, self.setbacks[step.text.recalls].item, RECALLS)
        if step.felt:
            self._link(self._look(step.felt), entry, WITH)

    def _link(self, source: Item, target: Item, relation: str) -> None:
        actions.link(source, target, relation=relation)
        self.counts.links += 1

    def _files(self, entry: Item, step: steps.Write) -> None:
        if picture := step.text.picture:
            attachments.attach(entry, name=picture["name"], data=draw(picture["draw"]), now=step.at)
            self.counts.files += 1
        if file := step.text.file:
            attachments.attach(entry, name=file["name"], data=file["text"].encode(), now=step.at)
            self.counts.files += 1

    @do.register
    def _reword(self, step: steps.Reword) -> None:
        entry = self.entries[step.of.text.text]
        edit_entry(
            entry,
            now=step.at,
            title=entry.title,
            body=f"{entry.body}\n\n{step.of.text.reworded['add']}",
            happened_at=entry.happened_at,
            zone=entry.zone,
            setback=entry.setback,
            tags=(),
        )

    @do.register
    def _discard(self, step: steps.Discard) -> None:
        actions.trash(self.entries[step.of.text.text], now=step.at)

    @do.register
    def _work(self, step: steps.Work) -> None:
        setback = self.setbacks[step.text.setback]
        done = exercising.do(step, owner=self.owner, setback=setback, titles=self.titles)
        self.done[step.text.key] = done
        self.counts.exercises += 1
        self.counts.lessons += len(done.lessons)

    @do.register
    def _say_again(self, step: steps.SayAgain) -> None:
        work = self.done[step.of.key].work
        exercises.say_again(work, owner=self.owner, now=step.at, zone=step.zone, typed=step.said)

    @do.register
    def _serve(self, step: steps.Serve) -> None:
        lesson = self.done[step.work.key].lessons[step.factor.name]
        reviews.say(lesson, now=step.at, zone=step.zone, said=step.said, line=step.line)
