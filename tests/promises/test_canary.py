"""Nothing that a person typed lies readable in the files of the vault.

Every text column of every table is filled with words of its own; then the files are searched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from making import NOW, check_in, entry, setback
from reviewing import reviewed
from upswing.accounts.models import User
from upswing.exercises import actions as exercises
from upswing.journeys import first_hour
from upswing.record import actions, attachments, batches, drafts, setbacks
from upswing.record.models import Item, Person, Receipt
from upswing.strategies.compassion.models import Talk
from upswing.strategies.reviews import actions as reviews
from upswing.vault.backend.base import PLAIN_MAGIC

CANARY = "wren"
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
SET = {  # columns with a few fixed words, or with what a program made
    "user": {"password", "theme", "country"},
    "setback": {"sort", "course", "losses"},
    "item": {"kind"},
    "attachment": {"media_type"},
    "note": {"stone"},
    "lesson": {"card"},
}
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        bool(os.environ.get("UPSWING_DATABASE")), reason="it is about the vault's own files"
    ),
]


def word(model: str, column: str) -> str:
    return f"{CANARY}-{model}-{column}".replace("_", "-")


def fill(owner: User) -> None:
    """Give every column its word, through the verbs where a verb takes any text."""
    User.objects.filter(pk=owner.pk).update(username=word("user", "username"))
    about = setback(owner, word("setback", "title"))
    item = entry(owner, word("item", "body"), title=word("item", "title"), setback=about)
    actions.change(item, now=NOW, body=f"{CANARY} changed", tags=[word("tag", "name")])
    setbacks.close(about, now=NOW, words=word("setback", "closing_words"))
    felt = check_in(owner, feelings=[word("checkin", "feelings")])
    person = Person(organisation=word("person", "organisation"), role=word("person", "role"))
    actions.add(person, owner=owner, now=NOW, zone="UTC", title=f"{CANARY} name")
    first_hour.note(owner=owner, now=NOW, zone="UTC", setback=about, stone="goals", body=CANARY)
    attachments.attach(
        item, now=NOW, name=word("attachment", "name"), data=word("attachment", "data").encode()
    )
    talk = Talk(returns=[{"word": word("work", "returns")}])
    typed = {"called": word("work", "answers")}
    exercises.answer(talk, owner=owner, now=NOW, zone="UTC", step=1, typed=typed)
    actions.change(talk.item, now=NOW, answers={"called": word("revision", "answers")})
    drafts.keep(
        owner=owner, key=word("draft", "key"), fields={"body": word("draft", "fields")}, now=NOW
    )
    _review(owner)
    actions.link(felt, item, relation=word("link", "relation"))
    batch = batches.start(owner=owner, now=NOW, source="jrnl", file_name=word("batch", "file_name"))
    batch.source = word("batch", "source")
    batches.write_report(batch.pk, [[[1, "new", word("reportpage", "rows")]]])
    batch.save()
    Item.objects.filter(pk=item.pk).update(
        external_id=word("item", "external_id"), zone=word("item", "zone")
    )
    User.objects.update(zone=word("user", "zone"))
    Receipt.objects.create(id=word("receipt", "id"), delivered_at=NOW)


def _review(owner: User) -> None:
    """A factor and a lesson with a word in each column."""
    found = reviewed(owner, mark=CANARY)
    reviews.change_factor(
        found.factors[0],
        now=NOW,
        zone="UTC",
        name=word("factor", "key"),
        advice=word("factor", "advice"),
        control=8,
    )
    reviews.plan_around(found.factors[1], now=NOW, way=word("factor", "way"))
    plan = {"cue": word("lesson", "cue"), "response": word("lesson", "response")}
    reviews.change_lesson(found.lesson, now=NOW, zone="UTC", **plan)
    line = word("lesson", "uses")
    reviews.say(found.lesson, now=NOW, zone="UTC", said="used", line=line)


def columns() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    for model in apps.get_app_config("upswing").get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, TEXTS) and not column.choices:
                yield model, column


@pytest.fixture
def files(owner: User) -> Iterator[list[Path]]:
    fill(owner)
    path = Path(connection.settings_dict["NAME"])
    yield [file for file in path.parent.rglob("*") if file.is_file()]
    actions.erase(list(Item.objects.all()))  # the flush that follows leaves the full-text index


def test_every_text_column_holds_its_word(files: list[Path]) -> None:
    empty = []
    for model, column in columns():
        name = str(model._meta.model_name)
        if column.name in SET.get(name, ()):
            continue
        values = [str(value) for value in model.objects.values_list(column.name, flat=True)]  # type: ignore[attr-defined]
        if not any(CANARY in value for value in values):
            empty.append(f"{name}.{column.name}")
    assert empty == []


def test_no_file_holds_a_word_or_says_that_it_is_sqlite(files: list[Path]) -> None:
    names = {file.name for file in files}
    database = Path(connection.settings_dict["NAME"]).name
    assert {database, f"{database}-wal"} <= names
    assert sum(file.stat().st_size for file in files) > 50_000
    for file in files:
        data = file.read_bytes()
        for spelling in (CANARY, CANARY.upper()):
            assert spelling.encode() not in data, file.name
            assert spelling.encode("utf-16-le") not in data, file.name
        assert PLAIN_MAGIC not in data, file.name
        assert b"CREATE TABLE" not in data, file.name


def test_what_is_erased_is_gone_from_the_log_of_writes_too(files: list[Path]) -> None:
    log = next(file for file in files if file.name.endswith("-wal"))
    assert log.stat().st_size
    actions.erase(list(Item.objects.all()))
    assert log.stat().st_size == 0
