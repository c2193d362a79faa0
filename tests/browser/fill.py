"""`python fill.py`: make the vault that UPSWING_HOME names and live in it for a while.

Prints the ids of what the tests look for as JSON. A process of its own, because Django is bound to
one home for as long as a process lasts.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from upswing import solo
from upswing.vault import lifecycle

sys.path.insert(0, str(Path(__file__).parents[1]))  # the makers of test data

JOURNAL = Path(__file__).parents[1] / "exchange" / "data" / "default.txt"
ZONE = "Europe/Berlin"
DAYS = 40  # more than one page of the journal
THOUGHT: dict[str, Any] = {
    "situation": "Monday, 9:40. The mail said that they had decided for somebody else.",
    "thought": "I will never lead anything again, quincethought",
    "belief": 80,
    "emotions": [{"word": "ashamed", "strength": 70}],
    "traps": ["fortune-telling"],
    "evidence_for": "They said no.",
    "evidence_against": "Two launches went well.",
    "balanced": "One no is one no.",
    "balanced_belief": 55,
    "test": "Ask what decided it.",
    "belief_after": 60,
    "emotions_after": [{"word": "ashamed", "strength": 40}],
}
MONTH, WEEK = "Everybody saw me fail, quincemonth", "I am not made for this, quinceweek"
VERDICT: dict[str, Any] = {"facts": "They chose somebody else.", "verdict": "I am no leader"}


def live(owner: Any, now: datetime) -> dict[str, object]:
    """A stretch of the demo's life, and on top of it one of each kind of item, known by name."""
    from upswing.accounts.actions import change_settings
    from upswing.demo.year import fill
    from upswing.record import reads

    change_settings(owner=owner, zone=ZONE, country="", theme="")
    fill(owner=owner, today=now.date(), days=DAYS)
    person = reads.timeline(owner=owner, kinds=["person"], limit=1).rows[0]
    ids = {**_setbacks(owner, now), **_written(owner, now), "person": person.id}
    return {**ids, **_exercised(owner, now, ids)}


def _exercised(owner: Any, now: datetime, ids: dict[str, Any]) -> dict[str, object]:
    """A thought record that comes back today, and a verdict that was left in the middle."""
    from upswing.exercises import actions
    from upswing.record.models import Setback
    from upswing.strategies.mindset.models import Thought, Verdict

    setback = Setback.objects.get(pk=ids["setback"])
    about: dict[str, Any] = {"owner": owner, "zone": ZONE, "setback": setback}
    thought, verdict = Thought(), Verdict()
    typed = THOUGHT | {"found_against": [str(ids["entry"])]}
    for step in range(1, 8):
        actions.answer(thought, step=step, typed=typed, now=now - timedelta(days=8), **about)
    for step in (1, 2):
        actions.answer(verdict, step=step, typed=VERDICT, now=now, **about)
    _come_back(about, now)
    heard = {"hearing": _heard(about, now), "pausing": _paused(about, now)}
    return {"thinking": thought.pk, "judging": verdict.pk, **heard, **_reviewed(about, now)}


def _come_back(about: dict[str, Any], now: datetime) -> None:
    """A thought after a month and a learning goal after a week, which both come back today."""
    import walks
    from upswing.exercises import actions
    from upswing.strategies.mindset.models import Thought, Verdict

    thought, verdict = walks.of("thought"), walks.of("verdict")
    told, goal = Thought(), Verdict()
    for work, walk, days, names in (
        (told, thought, 31, {"thought": MONTH, "found_against": []}),
        (goal, verdict, 8, {"verdict": WEEK}),
    ):
        for step in range(1, len(walk.exercise.steps) + 1):
            typed = {**walk.given, **names}
            actions.answer(work, step=step, typed=typed, now=now - timedelta(days=days), **about)
    moment = {"owner": about["owner"], "zone": about["zone"], "now": now - timedelta(days=24)}
    actions.say_again(told, typed=thought.again, **moment)


def _heard(about: dict[str, Any], now: datetime) -> object:
    """Two voices, every step of it."""
    from upswing.exercises import actions
    from upswing.strategies.compassion.models import Voices

    voices, line = Voices(), "I always ruin the last five minutes."
    typed: dict[str, Any] = {"words": f"{line} It rained.", "harsh": [line]}
    typed |= {"replies": [{"line": line, "kind": "Not in March."}], "distress_before": 7}
    for step in range(1, 6):
        actions.answer(voices, step=step, typed=typed | {"distress_after": 5}, now=now, **about)
    return voices.pk


def _paused(about: dict[str, Any], now: datetime) -> object:
    """A break that stands at its first sentence."""
    from upswing.exercises import actions
    from upswing.strategies.compassion.models import Break

    pause = Break()
    actions.answer(pause, step=1, typed={"distress_before": 6}, now=now, **about)
    return pause.pk


def _reviewed(about: dict[str, Any], now: datetime) -> dict[str, object]:
    """A review of that setback with a lesson, and another one that names the same factors."""
    from reviewing import reviewed

    moment = {"owner": about["owner"], "zone": about["zone"], "about": about["setback"]}
    reviewed(now=now - timedelta(days=3), mark="We", **moment)
    found = reviewed(now=now - timedelta(days=2), mark="We", **moment)
    return {
        "review": found.review.pk,
        "factor": found.factors[0].pk,
        "outside": found.factors[1].pk,
        "lesson": found.lesson.pk,
    }


def _setbacks(owner: Any, now: datetime) -> dict[str, object]:
    from upswing.journeys import first_hour
    from upswing.record import setbacks

    about = {"owner": owner, "now": now, "zone": ZONE}
    setback = first_hour.tell(
        **about,
        title="They gave the post to somebody else",
        body="On the day before my review. I had **prepared** for weeks.",
        sort="promotion",
        happened_at=now - timedelta(days=19),
        weight=7,
        losses=["confidence", "future"],
        course="going_on",
    )
    laid_down = first_hour.tell(
        **about, title="The spring project was stopped", happened_at=now - timedelta(days=200)
    )
    setbacks.close(laid_down, now=now, words="It was not in my hands.")
    note = first_hour.note(
        **about, setback=setback, stone="mindset", body="“I am not made for leading.”"
    )
    return {"setback": setback.pk, "laid_down": laid_down.pk, "note": note.pk}


def _written(owner: Any, now: datetime) -> dict[str, object]:
    from upswing.demo.pictures import DRAWINGS, draw
    from upswing.record import actions, attachments
    from upswing.strategies.coping.actions import check_in, edit_entry, write_entry

    moment: dict[str, Any] = {"owner": owner, "now": now, "zone": ZONE}
    entry = write_entry(
        **moment, title="A walk along the quinceharbour", body="Cold *wind*. #walking", starred=True
    )
    edit_entry(
        entry,
        now=now,
        title=entry.title,
        body="Cold *wind*, and a heron. #walking",
        happened_at=entry.happened_at,
        zone=ZONE,
        setback=None,
        tags=["outside"],
    )
    picture = attachments.attach(entry, now=now, name="heron.png", data=draw(next(iter(DRAWINGS))))
    attachments.attach(entry, now=now, name="list of boats.txt", data=b"Anna, Petrel\n")
    thrown = write_entry(**moment, title="Not worth keeping", body="Better forgotten.")
    actions.trash(thrown, now=now)
    checked = check_in(**moment, mood=4, energy=6, feelings=["hopeful"], body="Better than Monday.")
    return {
        "entry": entry.pk,
        "revision": entry.revisions.latest("pk").pk,
        "attachment": picture.pk,
        "trashed": thrown.pk,
        "checkin": checked.pk,
        "batch": _imported(owner, now),
    }


def _imported(owner: Any, now: datetime) -> object:
    from upswing.exchange.importers import source
    from upswing.exchange.rows import Options
    from upswing.exchange.run import import_rows

    jrnl = source("jrnl")
    rows = jrnl.read(JOURNAL, Options(ZONE))
    report = import_rows(owner, rows, now=now, source=jrnl.name, file_name=JOURNAL.name)
    return report.batch.pk


def main() -> None:
    key = lifecycle.create(solo.paths(), passphrase=None)
    ids = live(solo.open_record(key), datetime.now(UTC))
    print(json.dumps(ids, default=str))


if __name__ == "__main__":
    main()
