"""A text of one's own, wherever it was written, and the second voice to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from upswing.care.calm import texts_of
from upswing.exercises.reads import kinds
from upswing.record import reads
from upswing.record.models import Item
from upswing.strategies.compassion.catalogue.voices import REPLIES
from upswing.strategies.compassion.models import Voices


def begun_with(*, owner: Any, kind: str, id: UUID | str) -> dict[str, Any]:
    """The first answers of Two voices about an own item: its words, and where they are from.

    Another kind of exercise takes nothing along. Raises NotHere.
    """
    if kind != Voices.KIND:
        return {}
    item = reads.item(owner=owner, id=id)
    if item.trashed_at:
        raise reads.NotHere
    return {"words": words(item), "source": [str(item.pk)]}


def words(item: Item) -> str:
    """What somebody wrote: of an exercise the answer that names it, else the text or the title."""
    if item.kind in kinds():
        work = kinds()[item.kind].objects.get(pk=item.pk)
        return str(work.answers.get(work.EXERCISE.titled) or item.title)
    return item.body.strip("\n") or item.title


def texts(item: Item) -> list[str]:
    """Everything that somebody wrote in an item, without the labels around it."""
    if item.kind in kinds():
        work = kinds()[item.kind].objects.get(pk=item.pk)
        # In the order of the questions, which PostgreSQL does not keep.
        return texts_of({name: work.answers.get(name) for name in work.EXERCISE.questions})
    return [item.title, item.body]


def rows(answers: Mapping[str, Any]) -> list[dict[str, str]]:
    """Both voices, line by line; those without an answer too."""
    return REPLIES.rows(answers.get(REPLIES.name), answers)
