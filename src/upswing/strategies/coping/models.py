"""Journal entries and check-ins."""

from __future__ import annotations

from django.db import models

from upswing.record.models import Facet


class Entry(Facet):
    """A journal entry: Markdown in the item's body."""

    KIND, NOUN = "entry", "entry"

    starred = models.BooleanField(default=False)


class CheckIn(Facet):
    """How it is at a moment: mood, energy and stress 1-10 (10 = much), words for feelings."""

    KIND, NOUN = "checkin", "check-in"

    mood = models.PositiveSmallIntegerField(null=True, blank=True)
    energy = models.PositiveSmallIntegerField(null=True, blank=True)
    stress = models.PositiveSmallIntegerField(null=True, blank=True)
    feelings = models.JSONField(default=list, blank=True)

    def words(self) -> str:
        return " ".join(self.feelings)
