"""Reading reviews, factors and lessons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from upswing.record.models import Item, Link, Person, Setback
from upswing.record.reads import item
from upswing.strategies.reviews import rules
from upswing.strategies.reviews.models import (
    OF_REVIEW,
    SEEN_BY,
    TAKEN_FROM,
    Factor,
    Lesson,
    Review,
)

LOOKED_AT = 300  # factors, of which names are offered
SHOWN, NAMES, UNOFFERED = 3, 12, ("", "other")
RETURNED, LATEST, LESSONS = 10, 3, 20  # factors on a page, reviews of each, lessons on a page


def review(*, owner: Any, id: UUID | str) -> Review:
    """The owner's review. Raises NotHere."""
    own = _item(owner, id, Review.KIND)
    found = Review.objects.get(pk=own.pk)
    found.item = own
    return found


def _item(owner: Any, id: UUID | str, kind: str) -> Item:
    return item(owner=owner, id=id, kind=kind)


def factor(*, owner: Any, id: UUID | str) -> Factor:
    """The owner's factor. Raises NotHere."""
    own = _item(owner, id, Factor.KIND)
    found = Factor.objects.get(pk=own.pk)
    found.item = own
    return found


def lesson(*, owner: Any, id: UUID | str) -> Lesson:
    """The owner's lesson. Raises NotHere."""
    own = _item(owner, id, Lesson.KIND)
    found = Lesson.objects.get(pk=own.pk)
    found.item = own
    return found


def factors_of(review: Review) -> list[Factor]:
    """The factors of a review, in their order."""
    return list(_named_in(review.pk).order_by("place", "item__position"))


def _named_in(review: UUID) -> QuerySet[Factor]:
    links = Link.objects.filter(target=review, relation=OF_REVIEW).values("source")
    return Factor.objects.filter(pk__in=links, item__trashed_at=None).select_related("item")


def review_of(factor: Factor) -> Review | None:
    """The review that names a factor; None where it lies in the trash or is erased."""
    link = Link.objects.filter(
        source=factor.pk, relation=OF_REVIEW, target__trashed_at=None
    ).values("target")
    return Review.objects.filter(pk__in=link).select_related("item").first()


def witnesses(factors: Iterable[Factor]) -> dict[UUID, list[tuple[UUID, str]]]:
    """Who saw each factor: the id and the name of each person."""
    return _targets([one.pk for one in factors], SEEN_BY)


def _targets(sources: Sequence[UUID], relation: str) -> dict[UUID, list[tuple[UUID, str]]]:
    found: dict[UUID, list[tuple[UUID, str]]] = {pk: [] for pk in sources}
    links = Link.objects.filter(
        source__in=sources, relation=relation, target__trashed_at=None
    ).order_by("pk")
    for source, target, title in links.values_list("source", "target", "target__title"):
        found[source].append((target, title))
    return found


def lessons_of(factors: Iterable[Factor]) -> dict[UUID, list[Lesson]]:
    """The lessons that were taken from each factor, the oldest first."""
    ids = [one.pk for one in factors]
    links = list(
        Link.objects.filter(target__in=ids, relation=TAKEN_FROM, source__trashed_at=None)
        .order_by("pk")
        .values_list("source", "target")
    )
    own = Lesson.objects.select_related("item").in_bulk([source for source, _ in links])
    found: dict[UUID, list[Lesson]] = {pk: [] for pk in ids}
    for source, target in links:
        found[target].append(own[source])
    return found


def factor_of(lesson: Lesson) -> Factor | None:
    """The factor from which a lesson was taken, where it is still there."""
    link = Link.objects.filter(source=lesson.pk, relation=TAKEN_FROM, target__trashed_at=None)
    found = Factor.objects.filter(pk__in=link.values("target")).select_related("item")
    return found.first()


def people(*, owner: Any, names: Sequence[str]) -> dict[str, Item]:
    """The owner's persons of these names, by their folded name."""
    wanted = {rules.key(name) for name in names}
    found = Item.objects.of(owner).kept().filter(kind=Person.KIND).only("pk", "title", "owner")
    return {rules.key(one.title): one for one in found if rules.key(one.title) in wanted}


def known_people(*, owner: Any, limit: int = 50) -> list[str]:
    """Names of persons to choose from, newest first."""
    found = Item.objects.of(owner).kept().filter(kind=Person.KIND).newest_first()
    return list(found.values_list("title", flat=True)[:limit])


def _mine(owner: Any) -> QuerySet[Factor]:
    return Factor.objects.filter(item__owner=owner, item__trashed_at=None, item__kind=Factor.KIND)


def names(*, owner: Any, words: str = "", limit: int = NAMES) -> list[str]:
    """Names of earlier factors that hold all of `words`, the most frequent of the latest first."""
    found = _mine(owner)
    for word in rules.key(words).split():
        found = found.filter(key__contains=word)
    latest = list(found.order_by("-item__position").values_list("key", "item__title")[:LOOKED_AT])
    named = dict(reversed(latest))  # each as it was called last
    often = Counter(key for key, _ in latest)
    return [named[key] for key, _ in often.most_common(limit)]


@dataclass(frozen=True)
class Return:
    """One factor in `many` reviews: the shares in the latest, oldest first, and a few in full."""

    name: str
    many: int
    shares: tuple[int | None, ...]
    latest: tuple[Factor, ...]

    @property
    def trend(self) -> str:
        """Whether its share rose or fell, or "" where that cannot be said yet."""
        return rules.trend(self.shares)


@dataclass(frozen=True)
class Returns:
    """One page of them; `more` is the key below which the next one goes on, "" at the end."""

    found: tuple[Return, ...]
    more: str


def returned(*, owner: Any, below: str = "", limit: int = RETURNED) -> Returns:
    """Factors that more than one review names, the most frequent first, below the key `below`."""
    counted = _mine(owner).values("key").annotate(many=Count("pk")).filter(many__gt=1)
    if below:
        there = _mine(owner).filter(key=below).count()
        counted = counted.filter(Q(many__lt=there) | Q(many=there, key__gt=below))
    rows = counted.order_by("-many", "key").values_list("key", "many")
    often = dict(rows[: limit + 1])
    keys = list(often)[:limit]
    found = tuple(_returns(owner, {key: often[key] for key in keys}))
    return Returns(found, keys[-1] if len(often) > limit else "")


def _returns(owner: Any, often: Mapping[str, int]) -> Iterator[Return]:
    """The factors of these keys, each with the shares that a trend may be told from."""
    nth = Window(RowNumber(), partition_by=F("key"), order_by=F("item__position").desc())
    latest = _mine(owner).filter(key__in=list(often)).annotate(nth=nth)
    told: dict[str, list[tuple[UUID, int | None]]] = {key: [] for key in often}
    near = latest.filter(nth__lte=rules.MOST_FOR_A_TREND).order_by("-nth")
    for pk, key, share in near.values_list("pk", "key", "share"):
        told[key].append((pk, share))
    wanted = [pk for some in told.values() for pk, _ in some[-LATEST:]]
    own = _mine(owner).select_related("item__setback__item").in_bulk(wanted)
    for key, some in told.items():
        shown = tuple(own[pk] for pk, _ in some[-LATEST:])
        yield Return(shown[-1].item.title, often[key], tuple(share for _, share in some), shown)


def times(factor: Factor) -> int:
    """In how many reviews it is named."""
    return _mine(factor.item.owner_id).filter(key=factor.key).count()


def same(factor: Factor) -> list[Factor]:
    """The same factor in the latest reviews that name it, oldest first, this one among them."""
    found = _mine(factor.item.owner_id).filter(key=factor.key)
    latest = found.select_related("item__setback__item").order_by("-item__position")
    return list(latest[: rules.MOST_FOR_A_TREND])[::-1]


def _lessons(owner: Any) -> QuerySet[Lesson]:
    found = Lesson.objects.filter(item__owner=owner, item__trashed_at=None, item__kind=Lesson.KIND)
    return found.select_related("item")


@dataclass(frozen=True)
class Lessons:
    """One page of lessons; `more`: the last of them, below which the next page goes on."""

    found: tuple[Lesson, ...]
    more: Lesson | None


def _page(ordered: QuerySet[Lesson], limit: int) -> Lessons:
    found = tuple(ordered[: limit + 1])
    return Lessons(found[:limit], found[limit - 1] if len(found) > limit else None)


def _below(found: QuerySet[Lesson], before: int | None) -> QuerySet[Lesson]:
    below = found if before is None else found.filter(item__position__lt=before)
    return below.order_by("-item__position")


def lessons(*, owner: Any, before: int | None = None, limit: int = LESSONS) -> Lessons:
    """All lessons, newest first, below the position `before`."""
    return _page(_below(_lessons(owner), before), limit)


def resting(*, owner: Any, before: int | None = None, limit: int = LESSONS) -> Lessons:
    """Those that do not come back, newest first, below the position `before`."""
    return _page(_below(_lessons(owner).filter(due=None), before), limit)


def coming(*, owner: Any, after: tuple[date, int] | None = None, limit: int = LESSONS) -> Lessons:
    """Those that come back, the next one first, after the day and the position of one of them."""
    found = _lessons(owner).filter(due__isnull=False)
    if after:
        day, position = after
        found = found.filter(Q(due__gt=day) | Q(due=day, item__position__gt=position))
    return _page(found.order_by("due", "item__position"), limit)


def returning(*, owner: Any, today: date, limit: int = SHOWN) -> list[Lesson]:
    """Lessons that come back by `today`, the one that has waited longest first."""
    due = _lessons(owner).filter(due__lte=today)
    return list(due.order_by("due", "item__position")[:limit])


def alike(*, setback: Setback, limit: int = SHOWN) -> list[Lesson]:
    """Lessons of setbacks of the same kind or with shared tags: for a time like this."""
    tags = list(setback.item.tags.values_list("pk", flat=True))
    similar = _similar(setback, tags)
    if not tags and not similar:
        return []
    # Asked of each lesson, newest first, until there are enough; joined to the tags of everything
    # that carries them it would take the longer, the more is written.
    tagged = Item.tags.through.objects.filter(item=OuterRef("pk"), tag__in=tags)
    found = _lessons(setback.item.owner_id).filter(
        Q(item__setback__in=similar) | Exists(tagged), due__isnull=False
    )
    other = Q(item__setback=None) | ~Q(item__setback=setback.pk)
    return list(found.filter(other).order_by("-item__position")[:limit])


def _similar(setback: Setback, tags: Sequence[int]) -> list[UUID]:
    """The other setbacks of this kind, or with one of these tags."""
    same = Q(item__tags__in=tags)
    if setback.sort not in UNOFFERED:
        same |= Q(sort=setback.sort)
    mine = Setback.objects.filter(
        item__owner=setback.item.owner_id, item__kind=Setback.KIND, item__trashed_at=None
    )
    return list(mine.filter(same).exclude(pk=setback.pk).values_list("pk", flat=True).distinct())
