"""Journal entries and check-ins."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upswing.errors import RuleError
from upswing.record.models import Facet
from upswing.strategies.coping import rules


class Entry(Facet):
    """A journal entry: Markdown in the item's body."""

    KIND, NOUN, STONE = "entry", "entry", "coping"

    starred = models.BooleanField(default=False)

    class Meta(Facet.Meta):
        indexes: ClassVar = [
            models.Index(fields=["item"], condition=models.Q(starred=True), name="starred")
        ]


class CheckIn(Facet):
    """How it is at a moment: mood, energy and stress 1-10 (10 = much), words for feelings."""

    KIND, NOUN, STONE = "checkin", "check-in", "coping"

    mood = models.PositiveSmallIntegerField(null=True, blank=True)
    energy = models.PositiveSmallIntegerField(null=True, blank=True)
    stress = models.PositiveSmallIntegerField(null=True, blank=True)
    feelings = models.JSONField(default=list, blank=True)

    def words(self) -> str:
        return " ".join(self.feelings)

    def check_columns(self) -> None:
        rules.scales({"mood": self.mood, "energy": self.energy, "stress": self.stress})
        words = self.feelings
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise RuleError("feelings", "Its feeling words are not as Upswing writes them.")
        self.feelings = rules.feelings(words)
