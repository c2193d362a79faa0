"""One small thing, as Today and a setback's page show it."""

from __future__ import annotations

from django.urls import reverse

from upswing.journeys.fitting import SmallThing
from upswing.record.models import Setback
from upswing.web import links


def address(small: SmallThing, setback: Setback | None) -> str:
    """Where the small thing is done."""
    if small.page == "stone" and setback:
        return reverse("stone", args=[setback.pk, small.stone])
    if small.page == "exercise_about":
        return links.with_about(reverse(small.page, args=[small.kind]), setback)
    if small.item:
        return reverse(small.page, args=[small.item])
    about = f"?setback={setback.pk}" if setback else ""
    return reverse(small.page) + about


def small_over(small: SmallThing) -> str:
    """The line above it, with its minutes."""
    return f"One small thing · {small.minutes} minute{'' if small.minutes == '1' else 's'}"


def action(small: SmallThing) -> str:
    """The word on its button."""
    return ACTIONS[small.page]


ACTIONS = {
    "checkin_new": "Check in",
    "entry_new": "Write",
    "stone": "Answer in a few lines",
    "exercise_about": "See how it goes",
    "exercise": "Open the thought",
}
