"""The spine: one row for everything recorded, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar, Self, cast
from zoneinfo import ZoneInfo

from django.db import models
from uuid_utils.compat import uuid7

from upswing.errors import RuleError
from upswing.record import rules

TITLE_LENGTH = 300
HEAVIEST = 10
KEPT = models.Q(trashed_at__isnull=True)
TRASHED = models.Q(trashed_at__isnull=False)


class ItemQuerySet(models.QuerySet["Item"]):
    """Filters on the spine."""

    def of(self, owner: Any) -> Self:
        return self.filter(owner=owner)

    def kept(self) -> Self:
        return self.filter(KEPT)

    def trashed(self) -> Self:
        return self.filter(TRASHED)

    def lived_between(self, first: date | None, end: date | None) -> Self:
        """Those of the lived days from `first` to before `end`; None leaves a side open."""
        low, high = rules.day_bounds(first, end)
        found = self if first is None else self.filter(day__gte=first, position__gte=low)
        return found if end is None else found.filter(day__lt=end, position__lt=high)

    def where(self, **sql: Any) -> Self:
        """Narrow by the words of the engine, as `record.index` gives them."""
        return cast(Self, self.extra(**sql))

    def newest_first(self) -> Self:
        return self.order_by("-position")


class Batch(models.Model):
    """One import, which can be undone whole."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey("upswing.User", on_delete=models.CASCADE)
    source = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)
    there = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-made_at"]


class ReportPage(models.Model):
    """Some rows of an import's report, in order: [where, outcome, reason, label] each.

    A report is as long as the file was, so it is never in memory or in one value as a whole.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="report_pages")
    number = models.PositiveIntegerField()
    rows = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_page_a_number")
        ]


class Tag(models.Model):
    """A word that joins items; kept in lower case."""

    owner = models.ForeignKey("upswing.User", on_delete=models.CASCADE)
    name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_tag_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """Anything on the spine. A strategy's own columns stand in its facet.

    `position` orders items by the moment they were lived, newest last: milliseconds since 1970
    times 16384, plus a place among the items of that moment. It is also the row number of the
    full-text index, which therefore reads newest first without sorting. `second_look`: whether
    questions about words may stand beside its text.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey("upswing.User", on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    body = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    day = models.DateField()
    position = models.BigIntegerField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    setback = models.ForeignKey(
        "upswing.Setback",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
        db_index=False,
    )
    trashed_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(
        Batch, null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    external_id = models.CharField(max_length=200, null=True, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="items")
    second_look = models.BooleanField(default=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["position", "owner"], name="one_item_a_position"),
            models.UniqueConstraint(fields=["owner", "external_id"], name="one_item_an_origin"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "-position"], condition=KEPT, name="newest"),
            models.Index(
                fields=["owner", "kind", "-position"], condition=KEPT, name="newest_of_kind"
            ),
            models.Index(
                fields=["setback", "trashed_at", "-position", "kind"], name="newest_of_setback"
            ),
            models.Index(fields=["owner", "day", "kind"], condition=KEPT, name="lived_day"),
            models.Index(fields=["owner", "-trashed_at"], condition=TRASHED, name="trash"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def lived_at(self) -> datetime:
        """The moment as the clock on the wall showed it."""
        return self.happened_at.astimezone(ZoneInfo(self.zone))


class Facet(models.Model):
    """A kind's own columns, one row to one item. KIND is stored on the item, NOUN is shown."""

    KIND: ClassVar[str]
    NOUN: ClassVar[str]
    STONE: ClassVar[str] = ""  # the strategy on whose stone such an item lies

    item = models.OneToOneField(
        Item, primary_key=True, on_delete=models.CASCADE, related_name="%(class)s_facet"
    )

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True

    def words(self) -> str:
        """Text of this facet that search should find beside the item's title and body."""
        return ""

    def derive(self) -> None:
        """Make anew the columns that follow from the item, whatever a file said of them."""

    @property
    def own_words(self) -> tuple[str, ...]:
        """The person's own texts in it, which the calm panel looks at once they are kept."""
        return (self.item.title, self.item.body)

    def check_columns(self) -> None:
        """Raise RuleError where a column holds what no verb would write.

        What comes back from a file goes through here, after `full_clean`.
        """


def facets() -> dict[str, type[Facet]]:
    """Every kind of item with the table that holds its own columns."""
    return {facet.KIND: facet for facet in _below(Facet)}  # type: ignore[type-abstract]


def _below(facet: type[Facet]) -> Iterator[type[Facet]]:
    for sub in facet.__subclasses__():
        if "KIND" in vars(sub):
            yield sub
        yield from _below(sub)


class Setback(Facet):
    """What happened: the person's own sentence is the title, more of it the body."""

    KIND, NOUN = "setback", "setback"

    class Sort(models.TextChoices):
        LAYOFF = "layoff", "I lost my job"
        REJECTION = "rejection", "I was turned down"
        REVIEW = "review", "A hard review or criticism"
        PROJECT = "project", "A project or business failed"
        PROMOTION = "promotion", "I was passed over"
        CONFLICT = "conflict", "A falling-out at work"
        OTHER = "other", "Something else"

    class Loss(models.TextChoices):
        INCOME = "income", "income"
        IDENTITY = "identity", "who I am at work"
        STRUCTURE = "structure", "a shape to the days"
        RELATIONSHIPS = "relationships", "people"
        CONFIDENCE = "confidence", "trust in myself"
        FUTURE = "future", "a plan I had"

    class Course(models.TextChoices):
        UNSAID = "", "not said"
        OVER = "over", "It is over"
        GOING_ON = "going_on", "It still goes on"
        UNCLEAR = "unclear", "I don’t know yet"

    sort = models.CharField(max_length=12, choices=Sort.choices, blank=True)
    weight = models.PositiveSmallIntegerField(null=True, blank=True)
    weight_now = models.PositiveSmallIntegerField(null=True, blank=True)
    losses = models.JSONField(default=list, blank=True)
    course = models.CharField(max_length=8, choices=Course.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_words = models.TextField(blank=True)

    def words(self) -> str:
        return self.closing_words

    @property
    def own_words(self) -> tuple[str, ...]:
        return (*super().own_words, self.closing_words)

    def check_columns(self) -> None:
        weights = (self.weight or 0, self.weight_now or 0)
        fits = isinstance(self.losses, list) and all(x in self.Loss.values for x in self.losses)
        if not fits or max(weights) > HEAVIEST:
            raise RuleError("setback", "Its weight or what it took is not as Upswing writes it.")
        rules.long_text("closing_words", self.closing_words)


class Person(Facet):
    """Somebody in the person's network; the name is the item's title, private notes its body."""

    KIND, NOUN = "person", "person"

    organisation = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)

    def words(self) -> str:
        return f"{self.organisation} {self.role}"


class Note(Facet):
    """A free note on one stone of a setback."""

    KIND, NOUN = "note", "note"

    stone = models.CharField(max_length=20)


class Link(models.Model):
    """Two items of any kinds, joined; `relation` says why, read from source to target."""

    source = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="links_in")
    relation = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name="one_link")
        ]


class Revision(models.Model):
    """How an item read before it was changed.

    answers: of an exercise, what was answered then; None for anything else.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="revisions")
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    body = models.TextField(blank=True)
    answers = models.JSONField(null=True, blank=True)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-replaced_at", "-id"]


class Draft(models.Model):
    """What stands in a form that was not sent yet. `key` names the form."""

    owner = models.ForeignKey("upswing.User", on_delete=models.CASCADE)
    key = models.CharField(max_length=120)
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "key"], name="one_draft_a_form")
        ]


class Attachment(models.Model):
    """A file that belongs to an item; its bytes lie in the vault itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    data = models.BinaryField()


class Receipt(models.Model):
    """A captured line that has been delivered, so that it is never delivered twice."""

    id = models.CharField(primary_key=True, max_length=64)
    delivered_at = models.DateTimeField()
