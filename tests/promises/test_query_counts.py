"""A page asks the database as often for twenty things as for ten, and twelve times at the most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from upswing.accounts.models import User
from upswing.exercises import actions as exercises
from upswing.journeys.first_hour import note
from upswing.record import actions, attachments, batches, drafts, setbacks
from upswing.record.models import Setback
from upswing.strategies.compassion.catalogue.lines import lines_of
from upswing.strategies.compassion.models import Voices
from upswing.strategies.coping.actions import check_in, write_entry
from upswing.strategies.mindset.models import Thought

MOST = 12
ZONE = "Europe/Berlin"
PAGES = [
    "/",
    "/setbacks/",
    "/setbacks/{setback}/",
    "/setbacks/{setback}/stones/mindset/",
    "/journal/",
    "/journal/?starred=1",
    "/timeline/",
    "/timeline/?kind=entry",
    "/search/?q=words",
    "/search/?q=words&order=best",
    "/search/?q=tag:work",
    "/trash/",
    "/imports/",
    "/journal/{entry}/",
    "/journal/{entry}/edit/",
    "/journal/{entry}/history/",
    "/journal/new/",
    "/checkins/new/",
    "/exercises/thought/?setback={setback}",
    "/exercises/thought/begin/?setback={setback}",
    "/exercises/{thought}/",
    "/exercises/{thought}/5/",
    "/exercises/{thought}/again/",
    "/voices/{voices}/",
    "/exercises/{voices}/4/",
    "/?done=saved",
    "/setbacks/{setback}/?done=saved",
    "/setbacks/{setback}/stones/mindset/?done=saved",
    "/journal/{entry}/?done=saved",
]


class Life:
    """A record that grows."""

    def __init__(self, owner: User) -> None:
        self.owner, self.day = owner, 0
        self.setback: Setback = setbacks.tell(**self.about(), title="They said no", weight=6)
        self.entry = write_entry(**self.about(), body="The one that changes.")
        self.thought = self.think([str(self.entry.pk)])
        self.voices = self.hear("Only I was late.")

    def about(self) -> dict[str, Any]:
        """A moment an hour and some days ago."""
        moment = datetime.now(UTC) - timedelta(days=self.day, hours=1)
        return {"owner": self.owner, "now": moment, "zone": ZONE}

    def think(self, against: list[str]) -> Thought:
        """A thought record from the first step to the last, with own items against it."""
        thought, typed = Thought(), {"situation": "x", "thought": "x", "balanced": "x"}
        given = typed | {"found_against": against, "belief": 80, "belief_after": 50}
        for step in range(1, len(Thought.EXERCISE.steps) + 1):
            about = self.about() | {"setback": self.setback}
            exercises.answer(thought, step=step, typed=given, **about)
        return thought

    def hear(self, words: str) -> Voices:
        """Two voices from the first step to the last, every line marked and answered."""
        voices, lines = Voices(), lines_of(words)
        rows = [{"line": line, "kind": "Not only you."} for line in lines]
        given = {"words": words, "harsh": lines, "replies": rows, "distress_before": 10}
        for step in range(1, len(Voices.EXERCISE.steps) + 1):
            about = self.about() | {"setback": self.setback}
            exercises.answer(voices, step=step, typed=given, **about)
        return voices

    def grow(self, days: int) -> None:
        """Live some days more, with one of each."""
        for _ in range(days):
            self.day += 1
            about = self.about()
            setbacks.tell(**about, title=f"Setback {self.day}")
            tags = ["work", f"tag{self.day}"]
            body = f"Some words {self.day}."
            write_entry(**about, body=body, tags=tags, setback=self.setback, starred=True)
            check_in(**about, mood=5, feelings=["sad"], setback=self.setback)
            note(**about, setback=self.setback, stone="mindset", body="A note.")
            gone = write_entry(**about, body="Thrown away.")
            actions.trash(gone, now=about["now"])
            drafts.keep(
                owner=self.owner, key=f"entry-{gone.pk}", fields={"body": ["x"]}, now=about["now"]
            )
            batches.start(owner=self.owner, now=about["now"], source="jrnl", file_name="j.txt")
            attachments.attach(self.entry, now=about["now"], name=f"{self.day}.txt", data=b"x")
            self.think([str(self.entry.pk)])
            self.hear(f"Late {self.day}. Wrong {self.day}.")
            longer = {"words": "\n".join(f"Line {day}" for day in range(self.day))}
            exercises.answer(self.voices, step=2, typed=longer, **about)
            waits = {"situation": f"Waits {self.day}"}
            exercises.answer(Thought(), step=1, typed=waits, setback=self.setback, **about)
            Thought.objects.exclude(finished_at=None).update(returns_on=about["now"].date())
            exercises.answer(self.thought, step=6, typed={"balanced": f"{self.day}"}, **about)
            exercises.say_again(self.thought, typed={"belief_again": self.day}, **about)
            actions.link(self.thought.item, gone, relation=f"relation {self.day}")
            actions.change(self.entry, now=about["now"], body=f"Version {self.day} #v{self.day}")


def queries(web: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert web.get(path).status_code == 200
    return [query["sql"] for query in captured]


def asked(web: Client, life: Life) -> dict[str, list[str]]:
    """What each page asks."""
    ids = {name: getattr(life, name).pk for name in ("setback", "entry", "thought", "voices")}
    return {page: queries(web, page.format(**ids)) for page in PAGES}


def test_as_often_for_twenty_as_for_ten(web: Client, owner: User) -> None:
    life = Life(owner)
    life.grow(10)
    ten = asked(web, life)
    life.grow(10)
    twenty = asked(web, life)
    for page in PAGES:
        said = "\n".join([page, *twenty[page]])
        assert len(twenty[page]) == len(ten[page]), said
        assert 1 <= len(twenty[page]) <= MOST, said
