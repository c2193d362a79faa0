"""A record with something in every column, made by chance; and what is in a record, to compare."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import AutoField, Model

from upswing.accounts.models import User
from upswing.exchange.ledger import PAGE
from upswing.exercises.models import Work
from upswing.moments import lived_day
from upswing.record import actions, attachments, batches, drafts
from upswing.record.models import Batch, Draft, Facet, Item, Note, Person, Revision, Setback, Tag
from upswing.strategies.compassion.models import Break, Voices
from upswing.strategies.coping.models import CheckIn, Entry
from upswing.strategies.coping.rules import summary
from upswing.strategies.mindset.models import Thought, Verdict
from upswing.strategies.reviews.models import Factor, Lesson, Review
from upswing.strategies.reviews.rules import first_card

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC")
TEXTS = (
    "They said no.",
    "Größe zeigen: ß, é, 日本語, 👩‍👩‍👧, and a \u2028 line separator",
    "=1+1",
    "'=x",
    '---\n"quoted", and\n\n# a heading\n---\n',
    "\tfirst a tab",
    "line\n\nline",
    "a" * 5000,
)
TAGS = ("work", "søren", "c++", "two words", "日本")
RELATIONS = ("about", "recalls", "named in", "seen by", "taken from")
PNG = b"\x89PNG\r\n\x1a\n"
FIRST = datetime(2019, 12, 31, 22, 0, tzinfo=UTC)


SETBACKS, MANY = 3, 14
ALL = SETBACKS + MANY


def fill(owner: User, seed: int, *, many: int = MANY) -> None:
    """Record items of every kind, with history, links, files, trash, batches and drafts."""
    chance = random.Random(seed)
    batch = _batch(owner, chance)
    setbacks = [_setback(owner, chance, at) for at in range(SETBACKS)]
    kinds: list[Any] = [Entry, Entry, CheckIn, CheckIn, Note, Person, Thought, Verdict]
    kinds += [Review, Factor, Lesson, Voices, Break]
    items = [_item(owner, chance, setbacks, batch, kinds[at % len(kinds)]) for at in range(many)]
    for item in [items[0], *chance.sample(items[1:], many // 3)]:
        _embellish(item, chance, items)
    actions.trash(items[1], now=FIRST + timedelta(days=90, microseconds=1))
    moment = FIRST + timedelta(microseconds=7)
    drafts.keep(owner=owner, key="entry-new", fields={"body": ["half a word"]}, now=moment)
    drafts.keep(owner=owner, key=f"entry-{items[0].pk}", fields={"title": ["x"]}, now=moment)
    User.objects.filter(pk=owner.pk).update(zone="Asia/Tokyo", country="JP", theme="dark")
    owner.refresh_from_db()


def _batch(owner: User, chance: random.Random) -> Batch:
    batch = batches.start(owner=owner, now=FIRST, source="jrnl", file_name="old “journal”.txt")
    batch.added, batch.there, batch.skipped = 12, 3, 1
    rows = [["line 1", "new", "", "Größe"], ["line 3", "skipped", "No date.", ""]] * PAGE
    batches.write_report(batch.pk, [rows[:PAGE], rows[PAGE:]])
    batch.undone_at = FIRST + timedelta(days=chance.randint(1, 9))
    batch.save()
    return batch


def _facet(kind: Any, chance: random.Random) -> Facet:
    number = chance.choice((None, 1, 10, chance.randint(2, 9)))
    columns: dict[Any, dict[str, Any]] = {
        Entry: {"starred": chance.random() < 0.5},
        CheckIn: {"mood": number, "energy": 3, "stress": 7, "feelings": ["tired", "méfiant"]},
        Note: {"stone": chance.choice(("mindset", "action"))},
        Person: {"organisation": chance.choice(TEXTS[:4]), "role": "ally"},
        **_reviewed(chance),
        **_heard(chance),
    }
    facet: Facet = kind(**columns[kind]) if kind in columns else _work(kind, chance)
    return facet


def _reviewed(chance: random.Random) -> dict[Any, dict[str, Any]]:
    """The columns of a review, of a factor, and of a lesson that was used and set aside."""
    day = FIRST.date() + timedelta(days=chance.randint(20, 40))
    use = {"at": FIRST.isoformat(), "said": "forgot", "line": "trop tard, 日本"}
    good = {"worked": "a", "worked_too": "b", "lucky": "ß", "distress_before": 0}
    told = {"timeline": "x", "expected": "y", "happened": "z", "values": ["fair", "play"]}
    return {
        Review: {"answers": good | told, "reached": 5},
        Factor: {
            "share": chance.choice((1, 40, 100)),
            "control": chance.choice((1, 10)),
            "confidence": 70,
            "lasting": "passing",
            "known": "partly",
            "place": 2,
            "key": "größe 日 本",
            "advice": chance.choice(TEXTS).rstrip(),
            "way": "It is so.",
        },
        Lesson: {
            "cue": "a “date” moves",
            "response": "=call Ana",
            "first_use": day,
            "first_check": day,
            "second_check": day,
            "card": first_card(FIRST),
            "due": day,
            "uses": [use],
            "forgotten": 1,
            "became": "habit",
            "retired_at": FIRST + timedelta(days=3, microseconds=9),
        },
    }


def _heard(chance: random.Random) -> dict[Any, dict[str, Any]]:
    """Both voices to a text, and a break that was left in the middle."""
    before = {"distress_before": 10, "criticism_before": None}
    text = {"words": "> C’est fini.\nI always 日本! ß", "source": []}
    reply = {"line": "gone: “a line”", "kind": chance.choice(TEXTS).strip() or "x"}
    both = {"harsh": ["C’est fini.", "I always 日本!"], "replies": [reply]}
    after = {"distress_after": 0, "criticism_after": 7}
    ended = FIRST + timedelta(days=2, microseconds=5)
    return {
        Voices: {"answers": before | text | both | after, "reached": 5, "finished_at": ended},
        Break: {"answers": before | {"hard": None}, "reached": 2},
    }


def _work(kind: type[Work], chance: random.Random) -> Work:
    """An exercise with its answers; some finished, some left in the middle, some said again."""
    answers = {
        "situation": chance.choice(TEXTS).rstrip(),
        "belief": chance.choice((0, 55, 100)),
        "emotions": [{"word": "méfiant", "strength": 70}],
        "traps": ["filter", "comparing"],
        "plan": {"when": "Monday", "then": "日本"},
        "can_learn": 0,
    }
    own = {name: value for name, value in answers.items() if name in kind.EXERCISE.questions}
    ended = chance.choice((None, FIRST + timedelta(days=2, microseconds=5)))
    said: dict[str, Any] = {question.name: None for question in kind.EXERCISE.again.questions}  # type: ignore[union-attr]
    said |= {"belief_again": 45} | ({"found_out": "", "next": ""} if "next" in said else {})
    return kind(
        answers=own,
        reached=7 if ended else 2,
        finished_at=ended,
        returns_on=(FIRST + timedelta(days=9)).date() if ended else None,
        returns=[{"days": 8, "at": (FIRST + timedelta(days=10)).isoformat(), **said}],
    )


def _setback(owner: User, chance: random.Random, at: int) -> Setback:
    closed = FIRST + timedelta(days=400, microseconds=chance.randint(0, 999_999))
    facet = Setback(
        sort=chance.choice(Setback.Sort.values),
        weight=chance.randint(0, 10),
        weight_now=(None, 0, 10)[at],
        losses=chance.sample(Setback.Loss.values, 2),
        course=chance.choice(Setback.Course.values),
        closed_at=(None, None, closed)[at],
        closing_words=chance.choice(TEXTS),
    )
    _add(facet, owner, chance, {})
    return facet


def _item(
    owner: User,
    chance: random.Random,
    setbacks: list[Setback],
    batch: Batch,
    kind: Any,
) -> Item:
    more: dict[str, Any] = {"setback": chance.choice((None, *setbacks))}
    if chance.random() < 0.3:
        more |= {"batch": batch, "external_id": f"jrnl:{chance.getrandbits(64):x}:1"}
    return _add(_facet(kind, chance), owner, chance, more)


def _add(facet: Facet, owner: User, chance: random.Random, more: dict[str, Any]) -> Item:
    at = FIRST + timedelta(hours=chance.randint(0, 60), microseconds=chance.choice((0, 1, 999_999)))
    if chance.random() < 0.3:
        at = FIRST  # many in one moment: only their places tell them apart
    item = actions.add(
        facet,
        owner=owner,
        now=at + timedelta(days=chance.randint(0, 30), microseconds=chance.randint(0, 999)),
        zone=chance.choice(ZONES),
        title=chance.choice(("", "A title", "= a formula")),
        body=chance.choice(TEXTS),
        happened_at=at,
        tags=chance.sample(TAGS, chance.randint(0, 3)),
        **more,
    )
    assert item.day == lived_day(at, item.zone)
    _derive(item)
    return item


def _derive(item: Item) -> None:
    """As the verbs of its kind would, let its columns follow from its title."""
    for factor in Factor.objects.select_related("item").filter(pk=item.pk):
        factor.derive()
        factor.save()


def _embellish(item: Item, chance: random.Random, items: list[Item]) -> None:
    later = item.updated_at + timedelta(days=2, microseconds=chance.randint(1, 999_999))
    for word in ("first", "second"):
        answers = Work.objects.filter(pk=item.pk).values_list("answers", flat=True).first()
        body = chance.choice(TEXTS)
        actions.change(item, now=later, title=f"{word} title", body=body, answers=answers)
    _derive(item)
    other = chance.choice(items)
    if other != item:
        actions.link(item, other, relation=chance.choice(RELATIONS))
    for name in ("photo.png", "../../etc/passwd", "letter of reference.PDF"):
        data = (PNG if name.endswith("png") else b"") + chance.randbytes(300)
        attachments.attach(item, now=later, name=name, data=data)
    actions.ask_about_words(item, on=chance.random() < 0.5)
    if chance.random() < 0.5:
        actions.trash(item, now=later + timedelta(hours=1))


def dump(owner: User) -> dict[str, list[Any]]:
    """Every row that is the owner's, by table, without numbers that mean nothing elsewhere."""
    found: dict[str, list[Any]] = {}
    for model in apps.get_app_config("upswing").get_models():
        if way := WAYS.get(model.__name__):
            rows = model._default_manager.filter(**{way: owner.pk}).order_by("pk").values()
            found[model.__name__] = [_told(model, row) for row in rows]
    tags = Item.tags.through.objects.filter(item__owner=owner).values_list("item_id", "tag__name")
    found["tags"] = sorted((str(pk), name) for pk, name in tags)
    settings = User.objects.filter(pk=owner.pk).values(*SETTINGS)
    found["settings"] = list(settings)
    found["Link"].sort(key=str)
    return found


SETTINGS = ("zone", "country", "theme", "second_look", "created_at")
WAYS = {
    "Item": "owner",
    "Batch": "owner",
    "ReportPage": "batch__owner",
    "Draft": "owner",
    "Entry": "item__owner",
    "CheckIn": "item__owner",
    "Note": "item__owner",
    "Person": "item__owner",
    "Setback": "item__owner",
    "Work": "item__owner",
    "Factor": "item__owner",
    "Lesson": "item__owner",
    "Attachment": "item__owner",
    "Revision": "item__owner",
    "Link": "source__owner",
}


def _told(model: type[Model], row: dict[str, Any]) -> dict[str, Any]:
    if isinstance(model._meta.pk, AutoField):
        del row["id"]
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in row.items()
        if name != "owner_id"
    }


def without(record: dict[str, list[Any]], batch: UUID) -> dict[str, list[Any]]:
    """The same without one import and its report."""
    return record | {
        "Batch": [row for row in record["Batch"] if row["id"] != batch],
        "ReportPage": [row for row in record["ReportPage"] if row["batch_id"] != batch],
    }


def clear(owner: User) -> None:
    """Make the vault empty again: as a new one, for the same person."""
    actions.erase_all(Item.objects.of(owner))
    for model in (Batch, Draft, Tag):
        model.objects.filter(owner=owner).delete()
    User.objects.filter(pk=owner.pk).update(
        zone="UTC",
        country="",
        theme="",
        second_look=False,
        created_at=datetime(2030, 1, 1, tzinfo=UTC),
    )
    owner.refresh_from_db()
    assert not Revision.objects.exists()


def title_of(felt: CheckIn) -> str:
    """The title that a check-in has by its numbers and words."""
    return summary(felt.mood, felt.energy, felt.stress, felt.feelings)
