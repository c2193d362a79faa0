"""What a file does not say of itself, asked in the browser."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from upswing.record.models import Item
from upswing.strategies.coping.models import CheckIn
from upswing.web import import_desk

DIARY = json.dumps(
    [{"date": "2026-03-14T21:05:00", "heading": "Quiet", "html": "<p>Bench.</p>", "rating": 4}]
).encode()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import_desk._desk.clear()
    monkeypatch.setattr(import_desk, "_in_background", lambda work: work())


def plan(web: Client, data: bytes, name: str, **fields: str) -> tuple[str, str]:
    """The page that tells what would come in, as one reads it, and its address."""
    form: dict[str, Any] = {"zone": "Europe/Berlin", "file": SimpleUploadedFile(name, data)}
    answer = web.post("/imports/", {**form, **fields})
    assert answer.status_code == 302, answer.content
    page = web.get(answer["Location"]).content.decode()
    words = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    return words, str(answer["Location"]).removesuffix("plan/")


def test_a_note_that_comes_alone_has_its_day_in_its_name(web: Client) -> None:
    words, where = plan(web, b"Sat on the bench.", "2026-03-14 Quiet.md")
    assert "Markdown · 2026-03-14 Quiet.md" in words
    assert "New 1" in words
    web.post(f"{where}go/")
    item = Item.objects.get()
    assert (item.title, item.day.isoformat()) == ("Quiet", "2026-03-14")


def test_a_vault_comes_as_a_zip(web: Client) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("vault/2026-03-14.md", "Words. ![[pic.png]]")
        archive.writestr("vault/pic.png", b"\x89PNG\r\n\x1a\n")
        archive.writestr("vault/Ideas.md", "Some day.")
    words, where = plan(web, buffer.getvalue(), "vault.zip")
    assert "New 1 Already there 0 Left out 1" in words
    assert "It has no date" in words
    web.post(f"{where}go/")
    assert Item.objects.get().attachments.get().name == "pic.png"


def test_notes_come_at_the_date_of_their_file_where_that_is_asked_for(web: Client) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("Ideas.md", (2026, 3, 14, 8, 30, 0)), "Some day.")
    assert "New 0" in plan(web, buffer.getvalue(), "vault.zip")[0]
    words, _ = plan(web, buffer.getvalue(), "vault.zip", file_dates="on")
    assert "14 March 2026, 08:30" in words
    assert "at the date of its file" in words


def test_ratings_come_in_only_once_their_direction_is_said(web: Client) -> None:
    words, where = plan(web, DIARY, "diarium.json")
    assert "whether 5 or 1 is a good day" in words
    web.post(f"{where}go/")
    assert not CheckIn.objects.exists()
    words, where = plan(web, DIARY, "diarium.json", best="5")
    assert "Check-ins among the new ones 1, 5 of 5 being a good day" in words
    web.post(f"{where}go/")
    felt = CheckIn.objects.get()
    assert felt.mood == 8
    entry = Item.objects.get(kind="entry")
    assert "Mood 8" in web.get(f"/journal/{entry.pk}/").content.decode()


def test_thoughts_come_in_as_thought_records(web: Client) -> None:
    thought = {
        "uuid": "a",
        "createdAt": "2024-03-01T10:00:00.000Z",
        "automaticThought": "I am done",
        "cognitiveDistortions": ["labeling"],
        "challenge": "",
        "alternativeThought": "Not yet",
    }
    data = json.dumps({"v": "Archive-v2", "thoughts": [thought]}).encode()
    words, where = plan(web, data, "FreeCBT.json")
    assert "Thought records 1" in words
    assert "A label for a person 1" in words
    web.post(f"{where}go/")
    item = Item.objects.get(kind="thought")
    assert "Not yet" in web.get(f"/exercises/{item.pk}/").content.decode()
