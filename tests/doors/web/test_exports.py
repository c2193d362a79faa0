"""Taking everything out in the browser: asked again, then streamed, and nowhere on the disk."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doors.web.conftest import PASSPHRASE
from doors.web.reading import errors, text
from exchange import full
from upswing.accounts.models import User
from upswing.record import actions
from upswing.strategies.coping.actions import write_entry
from upswing.vault import held, lifecycle
from upswing.vault.paths import VaultPaths
from upswing.web import import_desk
from upswing.web.unlock import Attempts

MAKE = "/exports/make/"
GOOD = {"way": "zip", "trash": "on", "passphrase": PASSPHRASE}


@pytest.fixture(autouse=True)
def record(owner: User, now: datetime, vault: VaultPaths) -> None:
    write_entry(owner=owner, now=now, zone="Europe/Berlin", body="They said no.")
    thrown = write_entry(owner=owner, now=now, zone="Europe/Berlin", body="Thrown away.")
    actions.trash(thrown, now=now)


def opened(answer: Any) -> zipfile.ZipFile:
    assert answer.status_code == 200
    assert answer.streaming
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_page_warns_and_offers_three_ways(web: Client) -> None:
    page = web.get("/exports/")
    assert "not encrypted" in text(page)
    assert page.content.decode().count('type="radio"') == 3
    assert 'name="passphrase"' in page.content.decode()
    assert 'name="word"' not in page.content.decode()
    assert "Take everything out" in web.get("/help/export/").content.decode()


def test_settings_lead_to_it(web: Client, vault: VaultPaths) -> None:
    vault.database.write_bytes(bytes(1000))
    assert 'href="/exports/"' in web.get("/settings/").content.decode()


def test_the_file_comes_as_a_download_that_nothing_keeps(web: Client) -> None:
    answer = web.post(MAKE, GOOD)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="upswing-export-20')
    assert answer["Cache-Control"] == "no-store"
    archive = opened(answer)
    assert archive.testzip() is None
    assert b"They said no." in archive.read("record/items.jsonl")
    assert b"Thrown away." in archive.read("record/items.jsonl")


@pytest.mark.parametrize(("way", "name"), [("csv", "entries.csv"), ("markdown", ".md")])
def test_the_other_ways_come_as_a_zip_too(web: Client, way: str, name: str) -> None:
    archive = opened(web.post(MAKE, GOOD | {"way": way}))
    assert any(each.endswith(name) for each in archive.namelist())


def test_the_trash_can_stay(web: Client) -> None:
    archive = opened(web.post(MAKE, {"way": "zip", "passphrase": PASSPHRASE}))
    assert b"Thrown away." not in archive.read("record/items.jsonl")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"passphrase": "wrong words here"}, "passphrase"),
        ({"passphrase": ""}, "passphrase"),
        ({"way": "tarball"}, "way"),
        ({"way": ""}, "way"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    web: Client, wrong: dict[str, str], field: str
) -> None:
    assert set(errors(web.post(MAKE, GOOD | wrong))) == {field}
    assert PASSPHRASE not in web.post(MAKE, GOOD | wrong).content.decode()


def test_guessing_gets_slow(web: Client) -> None:
    for _ in range(lifecycle.FREE_ATTEMPTS + 2):
        web.post(MAKE, GOOD | {"passphrase": "wrong words here"})
    assert Attempts.wrong == lifecycle.FREE_ATTEMPTS
    assert "Please wait" in errors(web.post(MAKE, GOOD))["passphrase"][0]


def test_a_vault_with_a_key_file_wants_a_word(web: Client, vault: VaultPaths) -> None:
    lifecycle.set_device(vault, held.held())
    lifecycle.remove_slot(vault, held.held(), "passphrase")
    assert 'name="word"' in web.get("/exports/").content.decode()
    assert set(errors(web.post(MAKE, {"way": "zip"}))) == {"word"}
    assert set(errors(web.post(MAKE, {"way": "zip", "word": "please"}))) == {"word"}
    assert opened(web.post(MAKE, {"way": "csv", "word": "Everything"})).namelist()


def test_it_takes_a_form_to_get_it(web: Client) -> None:
    assert web.get(MAKE).status_code == 405
    assert web.post("/exports/", GOOD).status_code == 405


def test_a_locked_vault_gives_nothing(launched: Client) -> None:
    assert launched.get("/exports/").status_code == 302
    assert launched.post(MAKE, GOOD).status_code == 423


def test_what_was_taken_out_can_be_brought_back_here(web: Client, owner: User) -> None:
    answer: Any = web.post(MAKE, GOOD)
    data = b"".join(answer.streaming_content)
    before = full.dump(owner)
    full.clear(owner)
    file = SimpleUploadedFile("mine.zip", data)
    tried = web.post("/imports/", {"file": file, "zone": "Asia/Tokyo"})
    plan = web.get(tried["Location"])
    assert "New 2 Already there 0" in text(plan)
    assert "Tokyo" not in text(plan)
    assert "everything will be again as it was" in text(plan)
    (waiting,) = import_desk._desk
    waiting.bring_in(now=before["Item"][0]["created_at"])
    import_desk._desk.clear()
    assert waiting.batch
    assert full.without(full.dump(owner), waiting.batch) == before
    report = web.get(f"/imports/{waiting.batch}/")
    assert "2 brought in" in text(report)
    assert "Undo this import" not in text(report)
