"""One small thing, as Today and a setback's page show it."""

from __future__ import annotations

from django.urls import reverse

from upswing.journeys.first_hour import SmallThing
from upswing.record.models import Setback


def address(small: SmallThing, setback: Setback | None) -> str:
    """Where the small thing is done."""
    if small.page == "stone" and setback:
        return reverse("stone", args=[setback.pk, small.stone])
    about = f"?setback={setback.pk}" if setback else ""
    return reverse(small.page) + about


def small_over(small: SmallThing) -> str:
    """The line above it, with its minutes."""
    return f"One small thing · {small.minutes} minute{'s' if small.minutes > 1 else ''}"


def action(small: SmallThing) -> str:
    """The word on its button."""
    return {"checkin_new": "Check in", "entry_new": "Write", "stone": "Answer in a few lines"}[
        small.page
    ]
