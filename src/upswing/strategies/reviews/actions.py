"""Naming factors, sharing out the influence, taking lessons, and saying how they served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from upswing.errors import RuleError, all_at_once
from upswing.exercises import actions as exercises
from upswing.moments import lived_day
from upswing.record import actions
from upswing.record.models import Item, Link, Person
from upswing.record.rules import LONGEST_TITLE, long_text
from upswing.strategies.reviews import reads, rules
from upswing.strategies.reviews.catalogue.review import FACTORS_AT, LESSONS_AT
from upswing.strategies.reviews.models import OF_REVIEW, SEEN_BY, TAKEN_FROM, Factor, Lesson, Review

GOOD_FIRST = (
    "First two things that worked, and where you were lucky. Then what contributed can be named."
)
NOT_TAUGHT = (
    "A lesson comes from what you can influence. This one is outside your hands: accept it, or "
    "plan around it."
)


@transaction.atomic
def name_factor(
    review: Review,
    *,
    owner: Any,
    now: datetime,
    zone: str,
    name: str,
    seen_by: Sequence[str] = (),
    **columns: Any,
) -> Factor:
    """Name something that contributed. Raises RuleError, also where what worked is not said yet."""
    before = reads.factors_of(review)
    if review.reached < FACTORS_AT - 1:
        raise RuleError("name", GOOD_FIRST)
    if len(before) >= rules.MOST_FACTORS:
        raise RuleError("name", f"Up to {rules.MOST_FACTORS} factors fit on one review.")
    factor = Factor(place=before[-1].place + 1 if before else 1)
    line = _fill(factor, name, before, columns, seen_by)
    actions.add(
        factor,
        owner=owner,
        now=now,
        zone=zone,
        title=line,
        body=_evidence(columns),
        setback=review.item.setback,
    )
    actions.link(factor.item, review.item, relation=OF_REVIEW)
    _seen_by(factor.item, seen_by, now=now, zone=zone)
    return factor


def _fill(
    factor: Factor,
    typed: str,
    others: Iterable[Factor],
    columns: Mapping[str, Any],
    seen_by: Sequence[str],
) -> str:
    """Put what was typed into the columns; returns the name in one line. Raises RuleError."""
    taken = {one.key for one in others if one.pk != factor.pk}
    with all_at_once() as ask:
        line = ask(rules.name, typed, taken)
        factor.control = ask(rules.said_control, columns.get("control"))
        factor.confidence = ask(rules.degree, "confidence", columns.get("confidence"), 100)
        factor.lasting = ask(_one_of, "lasting", columns.get("lasting"), Factor.Lasting.values)
        factor.known = ask(_one_of, "known", columns.get("known"), Factor.Known.values)
        factor.advice = ask(long_text, "advice", str(columns.get("advice") or "").rstrip())
        ask(_evidence, columns)
        ask(rules.witnesses, seen_by)
    factor.key = rules.key(line)
    return line


def _evidence(columns: Mapping[str, Any]) -> str:
    return long_text("evidence", str(columns.get("evidence") or ""))


def _one_of(field: str, value: Any, known: Iterable[str]) -> str:
    if (found := str(value or "")) not in known:
        raise RuleError(field, f"“{found[:40]}” is not one of the answers.")
    return found


@transaction.atomic
def change_factor(
    factor: Factor,
    *,
    now: datetime,
    zone: str,
    name: str,
    seen_by: Sequence[str] = (),
    **columns: Any,
) -> None:
    """Change a factor; how its evidence read is kept in its history. Raises RuleError."""
    review = reads.review_of(factor)
    others = reads.factors_of(review) if review else ()
    line = _fill(factor, name, others, columns, seen_by)
    evidence = _evidence(columns)
    actions.change(factor.item, now=now, facet=factor, title=line, body=evidence)
    _seen_by(factor.item, seen_by, now=now, zone=zone)


def _seen_by(item: Item, names: Iterable[str], *, now: datetime, zone: str) -> None:
    """Link the persons of these names and no others; somebody new becomes a person."""
    wanted = rules.witnesses(names)
    known = reads.people(owner=item.owner, names=wanted)
    Link.objects.filter(source=item, relation=SEEN_BY).exclude(
        target__in=[one.pk for one in known.values()]
    ).delete()
    for name in wanted:
        person = known.get(rules.key(name)) or actions.add(
            Person(), owner=item.owner, now=now, zone=zone, title=name
        )
        actions.link(item, person, relation=SEEN_BY)


@transaction.atomic
def share_out(
    review: Review, *, owner: Any, now: datetime, zone: str, shares: Mapping[str, Any]
) -> None:
    """Give each factor (by its id) its share in the influence, 100 together, and go on."""
    factors = reads.factors_of(review)
    given = rules.shares({str(one.pk): shares.get(str(one.pk)) for one in factors})
    for one in factors:
        if one.share != given[str(one.pk)]:
            one.share = given[str(one.pk)]
            actions.change(one.item, now=now, facet=one)
    exercises.answer(review, owner=owner, now=now, zone=zone, step=FACTORS_AT, typed={})


def plan_around(factor: Factor, *, now: datetime, way: str) -> None:
    """Keep how a factor outside one's hands is accepted or planned around."""
    factor.way = long_text("way", way.rstrip())
    actions.change(factor.item, now=now, facet=factor)


def take_along(review: Review, *, owner: Any, now: datetime, zone: str) -> None:
    """Go on after the lessons. None has to be taken."""
    exercises.answer(review, owner=owner, now=now, zone=zone, step=LESSONS_AT, typed={})


@transaction.atomic
def take_lesson(
    factor: Factor,
    *,
    owner: Any,
    now: datetime,
    zone: str,
    cue: str,
    response: str,
    first_use: Any = None,
    first_check: Any = None,
    second_check: Any = None,
) -> Lesson:
    """Take a lesson from a factor that one can influence. Days may be left out; the checks are
    then 14 and 60 days from now. Raises RuleError."""
    if not rules.teaches(factor.control):
        raise RuleError("cue", NOT_TAUGHT)
    today = lived_day(now, zone)
    lesson = Lesson(card=rules.first_card(now))
    days = {"first_use": first_use, "first_check": first_check, "second_check": second_check}
    _plan(lesson, cue, response, days, today)
    lesson.first_check = lesson.first_check or today + rules.CHECKS[0]
    lesson.second_check = lesson.second_check or today + rules.CHECKS[1]
    lesson.due = _due(lesson, today, zone)
    about = factor.item.setback
    tags = factor.item.tags.all().union(about.item.tags.all()) if about else factor.item.tags.all()
    actions.add(
        lesson,
        owner=owner,
        now=now,
        zone=zone,
        title=_title(lesson),
        setback=about,
        tags=[tag.name for tag in tags],
    )
    actions.link(lesson.item, factor.item, relation=TAKEN_FROM)
    return lesson


def _plan(lesson: Lesson, cue: str, response: str, days: Mapping[str, Any], today: date) -> None:
    """Put the halves and the days into the columns. Raises RuleError at what does not fit."""
    with all_at_once() as ask:
        plan = ask(rules.plan, cue, response)
        for field, value in days.items():
            before = getattr(lesson, field)
            setattr(lesson, field, ask(rules.upcoming, field, value, today=today, before=before))
    lesson.cue, lesson.response = plan


def _title(lesson: Lesson) -> str:
    return rules.told(lesson.cue, lesson.response)[:LONGEST_TITLE]


def _due(lesson: Lesson, today: date, zone: str) -> date:
    remembered = datetime.fromisoformat(lesson.card["due"]).astimezone(UTC)
    return rules.comes_back(lived_day(remembered, zone), lesson.checks, today)


@transaction.atomic
def change_lesson(
    lesson: Lesson, *, now: datetime, zone: str, cue: str, response: str, **days: Any
) -> None:
    """Change a lesson's words or days; how it read before is kept. Raises RuleError."""
    today = lived_day(now, zone)
    _plan(lesson, cue, response, days, today)
    if lesson.due is not None and lesson.due > today:
        lesson.due = _due(lesson, today, zone)
    actions.change(lesson.item, now=now, facet=lesson, title=_title(lesson))


@transaction.atomic
def say(lesson: Lesson, *, now: datetime, zone: str, said: str, line: str = "") -> None:
    """Keep how a lesson served: used, forgot, no_help or retire, and one line of what happened."""
    with all_at_once() as ask:
        ask(rules.said, said)
        words = ask(rules.line, line)
    today = lived_day(now, zone)
    lesson.refresh_from_db(from_queryset=Lesson.objects.select_for_update().select_related("item"))
    use = {"at": now.astimezone(UTC).isoformat(), "said": said, "line": words}
    lesson.uses = [*lesson.uses, use]
    if said == rules.RETIRE:
        lesson.retired_at, lesson.due = now, None
    else:
        lesson.retired_at = None
        lesson.forgotten = lesson.forgotten + 1 if said == rules.FORGOT else 0
        lesson.card = rules.next_card(lesson.card, said, now)
        lesson.due = None if lesson.became else _due(lesson, today, zone)
    actions.change(lesson.item, now=now, facet=lesson)


@transaction.atomic
def become(lesson: Lesson, *, now: datetime, zone: str, form: str) -> None:
    """Let a lesson that slips become a checklist or a habit, or stay a lesson that comes back."""
    lesson.became = _one_of("form", form, Lesson.Became.values)
    lesson.forgotten, lesson.retired_at = 0, None
    lesson.card = lesson.card or rules.first_card(now)
    lesson.due = None if lesson.became else _due(lesson, lived_day(now, zone), zone)
    actions.change(lesson.item, now=now, facet=lesson)
