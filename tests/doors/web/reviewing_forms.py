"""A review through the forms of the browser, step by step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from doors.web.reading import text
from upswing.accounts.models import User
from upswing.moments import lived_day
from upswing.record import setbacks
from upswing.record.models import Setback
from upswing.strategies.reviews import reads
from upswing.strategies.reviews.models import Lesson, Review

ZONE = "Europe/Berlin"
TODAY = lived_day(datetime.now(UTC), ZONE)
GOOD = {"worked": "I was well prepared.", "worked_too": "I asked twice.", "lucky": "The train."}


def told(owner: User) -> Setback:
    """A setback of nine days ago, not too heavy for a review."""
    return setbacks.tell(
        owner=owner,
        now=datetime.now(UTC) - timedelta(days=9),
        zone=ZONE,
        title="They said no",
        sort="rejection",
        weight=4,
    )


def begun(web: Client, about: Setback | None) -> Review:
    """A review whose first step is answered through the form."""
    where = f"?setback={about.pk}" if about else ""
    more = {"setback": str(about.pk)} if about else {}
    sent = {"about": "setback", "name": "The last round", "distress_before": "4", **more}
    answer = web.post(f"/exercises/review/begin/{where}", {**sent, "values": ["craft", "care"]})
    assert answer.status_code == 302, text(answer)
    found = Review.objects.get()
    assert answer["Location"] == f"/exercises/{found.pk}/2/"
    return found


def answered(web: Client, about: Setback | None) -> Review:
    """A review that has come to its factors."""
    found = begun(web, about)
    step = f"/exercises/{found.pk}/{{}}/"
    web.post(step.format(2), {"timeline": "Invited.\nTalked.\nRefused."})
    web.post(step.format(3), {"expected": "An offer.", "happened": "A no."})
    sent = web.post(step.format(4), GOOD)
    assert sent["Location"] == step.format(5)
    assert web.get(step.format(5))["Location"] == f"/reviews/{found.pk}/factors/"
    return Review.objects.get()


def name(web: Client, found: Review, factor: str, degree: int, **more: Any) -> Any:
    """Send a factor."""
    sent = {"naming": "1", "name": factor, "control": str(degree), **more}
    return web.post(f"/reviews/{found.pk}/factors/", sent)


def share(web: Client, found: Review, *shares: int) -> Any:
    """Send a share for each factor, in their order."""
    factors = reads.factors_of(found)
    sent = {f"shares-{one.pk}": value for one, value in zip(factors, shares, strict=True)}
    return web.post(f"/reviews/{found.pk}/factors/", {"sharing": "1", **sent})


def weighed(web: Client, about: Setback | None) -> Review:
    """A review with two factors, 60 in one's hands and 40 outside of them."""
    found = answered(web, about)
    name(web, found, "Asked too late for help", 8, seen_by="Ana, Jo", evidence="The mail of May.")
    name(web, found, "The budget was cut", 1, lasting="passing", known="no", confidence="90")
    assert share(web, found, 60, 40)["Location"] == f"/exercises/{found.pk}/6/"
    return found


def lesson(web: Client, found: Review, **more: Any) -> Any:
    """Send a lesson from the first factor."""
    factor = reads.factors_of(found)[0]
    sent = {"cue": "a date moves", "response": "I will call Ana", **more}
    return web.post(f"/factors/{factor.pk}/lesson/", sent)


def taken(web: Client, about: Setback) -> Lesson:
    """A lesson of a review that is still being done."""
    found = weighed(web, about)
    lesson(web, found)
    return Lesson.objects.select_related("item").get()
