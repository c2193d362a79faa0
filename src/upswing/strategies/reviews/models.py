"""Reviews, the factors that they name, and the lessons taken from those."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models

from upswing.errors import RuleError
from upswing.exercises.models import Work
from upswing.record.models import Facet
from upswing.strategies.reviews import rules
from upswing.strategies.reviews.catalogue import review

OF_REVIEW, SEEN_BY, TAKEN_FROM = "named in", "seen by", "taken from"


class Review(Work):
    """Looking back at a setback or a win."""

    KIND, NOUN, STONE = "review", "review", "reviews"
    EXERCISE = review.EXERCISE

    class Meta:
        proxy = True


class Factor(Facet):
    """Something that contributed, in one review: its name is the title, its evidence the body.

    share: of the influence, 0-100. control: 0 (none) to 10 (all mine). confidence: 0-100. known:
    whether it could be known then. place: its order in the review. key: the folded name, by which
    the same factor is found in other reviews. advice: what one would tell a colleague. way: how to
    accept it or plan around it, where it is not in one's hands. Its review is a link, OF_REVIEW.
    """

    KIND, NOUN, STONE = "factor", "factor", "reviews"

    class Lasting(models.TextChoices):
        UNSAID = "", "not said"
        PASSING = "passing", "passing"
        LASTING = "lasting", "lasting"

    class Known(models.TextChoices):
        UNSAID = "", "not said"
        YES = "yes", "yes"
        PARTLY = "partly", "partly"
        NO = "no", "no"

    share = models.PositiveSmallIntegerField(null=True, blank=True)
    control = models.PositiveSmallIntegerField(null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    lasting = models.CharField(max_length=8, choices=Lasting.choices, blank=True)
    known = models.CharField(max_length=8, choices=Known.choices, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=300, db_index=True)
    advice = models.TextField(blank=True)
    way = models.TextField(blank=True)

    @property
    def held(self) -> str:
        """Whose hands it is in, in words."""
        return rules.CONTROL_WORDS[rules.control(self.control)]

    def words(self) -> str:
        return f"{self.advice} {self.way}"

    @property
    def own_words(self) -> tuple[str, ...]:
        return (*super().own_words, self.advice, self.way)

    def derive(self) -> None:
        self.key = rules.key(self.item.title) or str(self.pk)  # without letters it is like no other

    def check_columns(self) -> None:
        for field, top in (("share", 100), ("control", 10), ("confidence", 100)):
            rules.degree(field, getattr(self, field), top)


class Lesson(Facet):
    """A plan taken from a factor: when `cue` …, then I will `response` …; told in the title.

    first_use: the day of its first use. first_check, second_check: days on which it is asked about
    whatever else is due. card: how FSRS remembers it. due: the day on which it comes back, None
    where it is retired or has become something else. uses: what was said each time:
    [{"at": moment, "said": "used", "line": "…"}, …]. forgotten: how often in a row.
    """

    KIND, NOUN, STONE = "lesson", "lesson", "reviews"

    class Became(models.TextChoices):
        LESSON = "", "a lesson"
        CHECKLIST = "checklist", "a checklist"
        HABIT = "habit", "a habit"

    cue = models.CharField(max_length=300)
    response = models.CharField(max_length=300)
    first_use = models.DateField(null=True, blank=True)
    first_check = models.DateField(null=True, blank=True)
    second_check = models.DateField(null=True, blank=True)
    card = models.JSONField(default=dict, blank=True)
    due = models.DateField(null=True, blank=True)
    uses = models.JSONField(default=list, blank=True)
    forgotten = models.PositiveSmallIntegerField(default=0)
    became = models.CharField(max_length=12, choices=Became.choices, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta(Facet.Meta):
        indexes: ClassVar = [
            models.Index(
                fields=["due"], condition=models.Q(due__isnull=False), name="returning_lesson"
            )
        ]

    @property
    def checks(self) -> tuple[date | None, date | None]:
        """The days on which it is asked about in any case."""
        return self.first_check, self.second_check

    @property
    def slips(self) -> bool:
        """Whether it was forgotten so often that another form may serve better."""
        return self.forgotten >= rules.OFTEN and not self.became and self.retired_at is None

    def words(self) -> str:
        return " ".join(str(use.get("line", "")) for use in self.uses if isinstance(use, dict))

    @property
    def own_words(self) -> tuple[str, ...]:
        return (*super().own_words, *(use["line"] for use in self.uses[-1:]))

    def check_columns(self) -> None:
        rules.plan(self.cue, self.response)
        rules.sound_card(self.card)
        if not isinstance(self.uses, list):
            raise RuleError("lesson", "Its uses are not as Upswing writes them.")
        for use in self.uses:
            _check_use(use)


def _check_use(use: Any) -> None:
    try:
        datetime.fromisoformat(use["at"])
        sound = use["said"] in rules.SAID and isinstance(use["line"], str)
    except (KeyError, TypeError, ValueError):
        sound = False
    if not sound:
        raise RuleError("uses", "One of its uses is not as Upswing writes them.")
