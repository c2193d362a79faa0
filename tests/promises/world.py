"""Somebody with something of everything, and where each page of it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db.models import Model

from reviewing import Reviewed, reviewed
from upswing.accounts.models import User
from upswing.exchange.rows import Options
from upswing.exercises import actions as exercises
from upswing.journeys.first_hour import note
from upswing.record import actions, attachments, batches, drafts, setbacks
from upswing.record.models import Attachment, Batch, Item, Person, Revision, Setback
from upswing.strategies.compassion.models import Talk, Voices
from upswing.strategies.coping.actions import check_in, write_entry
from upswing.strategies.mindset.models import Thought
from upswing.web import import_desk

MARK = "xyzzy"  # stands in every text of the owner, and nowhere else
PICTURE = b"\x89PNG\r\n\x1a\n" + MARK.encode()
ZONE = "Europe/Berlin"


@dataclass
class World:
    """What `owner` has."""

    owner: User
    setback: Setback
    entry: Item
    felt: Item
    note: Item
    person: Item
    talk: Item
    thought: Item
    answered: Revision
    voices: Item
    reviewed: Reviewed
    trashed: Item
    file: Attachment
    version: Revision
    batch: Batch
    waiting: import_desk.Waiting


def furnish(owner: User) -> World:
    """Give `owner` something of everything, through the real verbs."""
    now = datetime.now(UTC) - timedelta(hours=1)
    about: dict[str, Any] = {"owner": owner, "now": now, "zone": ZONE}
    setback = setbacks.tell(title=f"{MARK} title", body=f"{MARK} body", weight=7, **about)
    entry = write_entry(body=f"{MARK} first", tags=[f"{MARK}tag"], setback=setback, **about)
    felt = check_in(mood=3, body=f"{MARK} line", feelings=[f"{MARK}felt"], **about)
    trashed = write_entry(body=f"{MARK} thrown away", **about)
    actions.change(entry, now=now, body=f"{MARK} second")
    actions.trash(trashed, now=now)
    for key in ("entry-new", "checkin", "first-hour"):
        drafts.keep(owner=owner, key=key, fields={"title": [f"{MARK} draft"]}, now=now)
    batch = batches.start(owner=owner, now=now, source="jrnl", file_name=f"{MARK}.txt")
    batch.added = 1
    batches.write_report(batch.pk, [[["line 1", "new", "", f"{MARK} row"]]])
    batch.save()
    talk = Talk()
    exercises.answer(talk, step=1, typed={"called": f"{MARK} name"}, setback=setback, **about)
    person = Person(organisation=f"{MARK} works", role=f"{MARK} role")
    thought = _thought(setback, about)
    return World(
        owner=owner,
        setback=setback,
        entry=entry,
        felt=felt,
        note=note(setback=setback, stone="mindset", body=f"{MARK} note", **about),
        person=actions.add(person, title=f"{MARK} name", **about),
        talk=talk.item,
        thought=thought,
        answered=thought.revisions.get(),
        voices=_voices(setback, about),
        reviewed=_reviewed(setback, about),
        trashed=trashed,
        file=attachments.attach(entry, now=now, name=f"{MARK}.png", data=PICTURE),
        version=Revision.objects.get(item=entry),
        batch=batch,
        waiting=_waiting(owner, now),
    )


def _thought(setback: Setback, about: dict[str, Any]) -> Item:
    """A thought record that comes back today."""
    thought = Thought()
    typed = {name: f"{MARK} {name}" for name in ("situation", "thought", "balanced", "test")}
    for step in range(1, len(Thought.EXERCISE.steps) + 1):
        exercises.answer(thought, step=step, typed=typed, setback=setback, **about)
    typed["balanced"] = f"{MARK} anew"
    exercises.answer(thought, step=6, typed=typed, **about)
    Thought.objects.filter(pk=thought.pk).update(returns_on=about["now"].date())
    return thought.item


def _voices(setback: Setback, about: dict[str, Any]) -> Item:
    """Two voices with a line that is marked and answered."""
    voices, line = Voices(), f"{MARK} harsh"
    typed = {"words": line, "harsh": [line], "replies": [{"line": line, "kind": f"{MARK} kind"}]}
    for step in range(1, len(Voices.EXERCISE.steps) + 1):
        exercises.answer(voices, step=step, typed=typed, setback=setback, **about)
    return voices.item


def _reviewed(setback: Setback, about: dict[str, Any]) -> Reviewed:
    """Two reviews that name the same factors, each with a lesson."""
    reviewed(about=setback, mark=MARK, **about)
    return reviewed(about=setback, mark=MARK, **about)


def _waiting(owner: User, now: datetime) -> import_desk.Waiting:
    data = f"[2024-03-01 10:00] {MARK} journal\n".encode()
    waiting = import_desk.Waiting(owner, data, f"{MARK}-to-come.txt", "jrnl")
    import_desk.lay_down(waiting)
    waiting.try_out(Options(ZONE), None, now=now)
    return waiting


def held_by(owner: User) -> dict[str, list[dict[str, Any]]]:
    """Every row in the database that is the owner's, table by table."""
    found = {}
    for model in apps.get_app_config("upswing").get_models(include_auto_created=True):
        if way := _way_to_owner(model):
            rows = model._default_manager.filter(**{way: owner.pk}).order_by("pk").values()
            found[model.__name__] = list(rows)
    return found


def _way_to_owner(model: type[Model]) -> str:
    names = {each.name for each in model._meta.get_fields()}
    if model is User:
        return "pk"
    if "owner" in names:
        return "owner"
    return "item__owner" if "item" in names else "source__owner" if "source" in names else ""


@dataclass(frozen=True)
class Route:
    """A page, as the walker goes to it.

    args: the parts of its address, from a world. marked: whether the owner finds the mark there.
    asks: what its form sends besides what every form sends. vaults: it is about the vault itself,
    which has no owner.
    """

    args: Callable[[World], list[Any]] = lambda world: []
    marked: bool = False
    asks: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    vaults: bool = False


def nobodys(value: Any) -> Any:
    """The same part of an address, for something that nobody has."""
    if isinstance(value, UUID):
        return uuid4()
    return 999_999 if isinstance(value, int) else value[::-1] if len(value) > 20 else value


ROUTES: dict[str, Route] = {
    "today": Route(marked=True),
    "launch": Route(vaults=True),
    "begin": Route(vaults=True),
    "sheet": Route(vaults=True),
    "unlock": Route(vaults=True),
    "lock": Route(vaults=True),
    "care": Route(),
    "first_hour": Route(marked=True),
    "first_hour_step": Route(lambda world: ["2"]),
    "setbacks": Route(marked=True),
    "setback": Route(lambda world: [world.setback.pk], marked=True),
    "setback_edit": Route(lambda world: [world.setback.pk], marked=True),
    "setback_close": Route(lambda world: [world.setback.pk], marked=True),
    "setback_reopen": Route(lambda world: [world.setback.pk]),
    "stone": Route(lambda world: [world.setback.pk, "mindset"], marked=True),
    "note": Route(lambda world: [world.note.pk], marked=True),
    "checkin_new": Route(marked=True),
    "checkin": Route(lambda world: [world.felt.pk], marked=True),
    "journal": Route(marked=True),
    "entry_new": Route(marked=True),
    "entry": Route(lambda world: [world.entry.pk], marked=True),
    "entry_edit": Route(lambda world: [world.entry.pk], marked=True),
    "entry_star": Route(lambda world: [world.entry.pk]),
    "entry_history": Route(lambda world: [world.entry.pk], marked=True),
    "entry_take_back": Route(lambda world: [world.entry.pk, world.version.pk]),
    "exercise": Route(lambda world: [world.talk.pk], marked=True),
    "exercise_step": Route(lambda world: [world.talk.pk, 1], marked=True),
    "exercise_about": Route(lambda world: ["talk"]),
    "exercise_begin": Route(lambda world: ["talk"]),
    "exercise_again": Route(lambda world: [world.thought.pk], marked=True),
    "exercise_skip": Route(lambda world: [world.thought.pk]),
    "exercise_take_back": Route(lambda world: [world.thought.pk, world.answered.pk]),
    "voices": Route(lambda world: [world.voices.pk], marked=True),
    "second_look": Route(asks={"body": "I always ruin everything.", "own-text": "body"}),
    "review": Route(lambda world: [world.reviewed.review.pk], marked=True),
    "review_factors": Route(lambda world: [world.reviewed.review.pk], marked=True),
    "review_lessons": Route(lambda world: [world.reviewed.review.pk], marked=True),
    "review_markdown": Route(lambda world: [world.reviewed.review.pk], marked=True),
    "factors": Route(marked=True),
    "factor_names": Route(marked=True, query="?name=late"),
    "factor": Route(lambda world: [world.reviewed.factors[0].pk], marked=True),
    "factor_edit": Route(lambda world: [world.reviewed.factors[0].pk], marked=True),
    "factor_way": Route(lambda world: [world.reviewed.factors[1].pk], marked=True),
    "lesson_new": Route(lambda world: [world.reviewed.factors[0].pk], marked=True),
    "lessons": Route(marked=True),
    "lesson": Route(lambda world: [world.reviewed.lesson.pk], marked=True),
    "lesson_edit": Route(lambda world: [world.reviewed.lesson.pk], marked=True),
    "lesson_become": Route(lambda world: [world.reviewed.lesson.pk], asks={"form": "habit"}),
    "attachment": Route(lambda world: [world.file.pk], marked=True),
    "attachment_remove": Route(lambda world: [world.file.pk]),
    "timeline": Route(marked=True),
    "search": Route(marked=True, query="?q=kind:entry"),
    "item": Route(lambda world: [world.person.pk], marked=True),
    "trash": Route(lambda world: [world.entry.pk]),
    "restore": Route(lambda world: [world.trashed.pk]),
    "erase": Route(lambda world: [world.trashed.pk]),
    "trash_bin": Route(marked=True),
    "erase_all": Route(),
    "settings": Route(),
    "passphrase": Route(vaults=True),
    "change_way": Route(lambda world: ["device-on"], vaults=True),
    "vault_doctor": Route(vaults=True),
    "rekey": Route(vaults=True),
    "backups": Route(vaults=True),
    "backup_create": Route(vaults=True),
    "backup_progress": Route(vaults=True),
    "backup_download": Route(lambda world: ["upswing-2026-11-22T1800Z.upswing"], vaults=True),
    "backup_verify": Route(lambda world: ["upswing-2026-11-22T1800Z.upswing"], vaults=True),
    "exports": Route(),
    "export_make": Route(asks={"way": "zip"}),
    "imports": Route(marked=True),
    "import_report": Route(lambda world: [world.batch.pk], marked=True),
    "import_undo": Route(lambda world: [world.batch.pk]),
    "import_plan": Route(lambda world: [world.waiting.token], marked=True),
    "import_go": Route(lambda world: [world.waiting.token]),
    "import_leave": Route(lambda world: [world.waiting.token]),
    "imports_progress": Route(lambda world: [world.waiting.token]),
    "import_trouble": Route(lambda world: [world.waiting.token]),
    "help": Route(),
    "help_page": Route(lambda world: ["start"]),
    "draft": Route(asks={"draft": "entry-new"}),
    "draft_discard": Route(asks={"draft": "entry-new"}),
}


def fields(world: World) -> dict[str, Any]:
    """What a form could send to any route: the owner's ids wherever a form names one."""
    return {
        "setback": str(world.setback.pk),
        "title": "A title of the stranger",
        "body": "Words of the stranger",
        "words": "Words",
        "when": "2026-11-03T10:00",
        "mood": "9",
        "zone": "Asia/Tokyo",
        "held": world.waiting.token,
        "remove": str(world.file.pk),
        "draft": f"note-{world.note.pk}",
        "back": "/",
        "star": "1",
        "naming": "1",
        "name": "A factor of the stranger",
        "control": "9",
        "cue": "a stranger comes",
        "response": "change it",
        "said": "used",
        "way": "Words",
    }
