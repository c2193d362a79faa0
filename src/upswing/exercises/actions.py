"""Doing an exercise, one step at a time. What was answered is kept at once; the rest can wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from upswing.errors import RuleError
from upswing.exercises.models import Work
from upswing.exercises.questions import EMPTY, Finds
from upswing.moments import lived_day
from upswing.record import actions
from upswing.record.models import Item, Link, Revision, Setback

GONE = "One of those is not here any more."
KEPT = ("answers", "reached", "finished_at", "returns_on", "returns")
WORDS_ALONE = "Of this version only the words are kept, so it can be read and not taken back."
NOT_YET = "This is not finished yet, or does not come back."


@transaction.atomic
def answer(
    work: Work,
    *,
    owner: Any,
    now: datetime,
    zone: str,
    step: int,
    typed: Mapping[str, Any],
    setback: Setback | None = None,
    enough: bool = False,
) -> None:
    """Keep the answers of a step (from 1), for the first time or anew. Raises RuleError at one.

    An exercise that is not recorded yet is recorded with them. `enough`: the person stops in the
    middle of this step, so what is answered of it is kept, nothing is required, and it is gone on
    with there. Only what is changed in a finished exercise goes into its history.
    """
    _read_again(work)
    finished, before = work.finished_at is not None, dict(work.answers)
    work.keep(step, typed, now=now, today=lived_day(now, zone), enough=enough)
    _settle_all(work, owner, before)
    if not work._state.adding:
        rewrite(work, now=now, before=before if finished else None)
    elif work.reached or work.answers:
        _record(work, owner=owner, now=now, zone=zone, setback=setback)
    else:
        return
    _tie(work)


def _record(work: Work, **about: Any) -> None:
    """Record an exercise for the first time, with its first answers."""
    actions.add(work, title=work.EXERCISE.name(work.answers), body=work.text(), **about)


def _read_again(work: Work) -> None:
    """Let `work` say what is recorded now: another door may have answered a step meanwhile."""
    if not work._state.adding:
        held = type(work).objects.select_for_update()
        work.refresh_from_db(fields=KEPT, from_queryset=held)


def rewrite(work: Work, *, now: datetime, before: dict[str, Any] | None) -> None:
    """Keep the columns of `work`, and let its item say what they say.

    before: the answers that join its history, where they were others; None while it is growing.
    """
    changed = before is not None and _given(before) != _given(work.answers)
    actions.change(
        work.item,
        now=now,
        facet=work,
        title=work.EXERCISE.name(work.answers),
        body=work.text(),
        history=changed,
        answers=before,
    )


def _given(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that say something."""
    return {name: value for name, value in answers.items() if value not in EMPTY}


@transaction.atomic
def take_back(work: Work, revision: Revision, *, owner: Any, now: datetime) -> None:
    """Let an exercise be answered as it was before; how it is now joins its history.

    Raises RuleError where that version is of before answers were kept, or cannot come back.
    """
    if work.item.owner_id != owner.pk or revision.item_id != work.pk or revision.answers is None:
        raise RuleError("", WORDS_ALONE)
    _read_again(work)
    before, work.answers = dict(work.answers), work.EXERCISE.sound(revision.answers)
    _settle_all(work, owner, revision.answers)
    rewrite(work, now=now, before=before)
    _tie(work)


@transaction.atomic
def say_again(
    work: Work, *, owner: Any, now: datetime, zone: str, typed: Mapping[str, Any]
) -> None:
    """Keep what is said of an exercise that has come back. Raises RuleError at a question."""
    _finished(work, owner)
    work.say(typed, now=now, today=lived_day(now, zone), zone=zone)
    rewrite(work, now=now, before=None)


@transaction.atomic
def skip(work: Work, *, owner: Any, now: datetime, zone: str) -> None:
    """Leave one return out, without a trace; the next one comes on its day."""
    _finished(work, owner)
    work.skip(lived_day(now, zone), zone)
    rewrite(work, now=now, before=None)


def _finished(work: Work, owner: Any) -> None:
    if work.item.owner_id != owner.pk or work.EXERCISE.again is None or work.finished_at is None:
        raise RuleError("", NOT_YET)
    _read_again(work)


def _settle_all(work: Work, owner: Any, before: Mapping[str, Any]) -> None:
    for question in work.EXERCISE.finds:
        _settle(work, question, owner, before.get(question.name) or [])


def _settle(work: Work, question: Finds, owner: Any, before: list[str]) -> None:
    """Leave out chosen items that were erased since. Raises RuleError at any other that is gone."""
    ids = work.answers.get(question.name) or []
    mine = Item.objects.of(owner).filter(pk__in=ids)
    there = {str(item.pk) for item in mine if not item.trashed_at or str(item.pk) in before}
    if set(ids) - there - set(before):
        raise RuleError(question.name, GONE)
    if question.name in work.answers:
        work.answers[question.name] = [id_ for id_ in ids if id_ in there]


def _tie(work: Work) -> None:
    """Link the items that were chosen, and no others."""
    for question in work.EXERCISE.finds:
        _tie_one(work.item, question, work.answers.get(question.name) or [])


def _tie_one(item: Item, question: Finds, ids: list[str]) -> None:
    links = Link.objects.filter(source=item, relation=question.relation)
    there, wanted = set(links.values_list("target", flat=True)), set(map(UUID, ids))
    links.filter(target__in=there - wanted).delete()
    for target in Item.objects.of(item.owner).filter(pk__in=wanted - there):
        actions.link(item, target, relation=question.relation)
