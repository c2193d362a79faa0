"""Backups and the new key, in Settings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from doors.web.conftest import CHEAP, PASSPHRASE
from doors.web.reading import text
from upswing import solo
from upswing.accounts.models import User
from upswing.vault import held, keeper, rekey, slots
from upswing.vault.backup import folder, state, writing
from upswing.vault.errors import NotWritable
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.web import backup_desk
from upswing.web.door import Door
from vault.recording import fill

NEW = {"passphrase": "four words that rhyme not", "again": "four words that rhyme not"}


@pytest.fixture
def record(vault: VaultPaths) -> VaultPaths:
    """The vault's own small record, beside the database of the tests."""
    fill(vault, held.held(), schema=1)
    return vault


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What goes on in the background is done before the answer."""
    monkeypatch.setattr(backup_desk, "_in_background", lambda work: work())
    yield
    backup_desk._desk.clear()


def follow(web: Client, answer: Any) -> Any:
    while answer.status_code == 302:
        answer = web.get(answer["Location"])
    return answer


def test_one_is_made_read_back_and_taken_away(web: Client, record: VaultPaths) -> None:
    page = web.get("/settings/backups/")
    assert "none yet" in text(page)
    page = follow(web, web.post("/settings/backups/make/"))
    assert "The backup is made. It was read back whole" in text(page)
    (one,) = folder.listing(record)
    assert one.verified_at
    assert one.name in text(page)
    page = follow(web, web.post(f"/settings/backups/{one.name}/verify/"))
    assert "Every bit of that backup is as it was written." in text(page)
    answer: Any = web.get(f"/settings/backups/{one.name}/")
    assert b"".join(answer.streaming_content) == one.path.read_bytes()
    assert answer["Content-Disposition"] == f'attachment; filename="{one.name}"'
    assert "Last backup" in text(web.get("/settings/"))


def test_a_flipped_bit_is_told_and_the_file_stays(web: Client, record: VaultPaths) -> None:
    made = writing.create(record, held.held(), now=datetime.now(UTC)).path
    data = bytearray(made.read_bytes())
    data[-9] ^= 1
    made.write_bytes(data)
    page = follow(web, web.post(f"/settings/backups/{made.name}/verify/"))
    assert "is damaged or not whole" in text(page)
    assert "Not read back yet" in text(web.get("/settings/backups/"))


def test_what_went_wrong_is_told_here_and_on_settings(
    web: Client, record: VaultPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotWritable("Upswing cannot write in /backups: No space left on device.")

    monkeypatch.setattr(writing, "create", full)
    page = follow(web, web.post("/settings/backups/make/"))
    assert "No space left on device" in text(page)
    backup_desk._desk.clear()
    assert "No space left on device" in text(web.get("/settings/backups/"))
    assert "The last backup did not work" in text(web.get("/settings/"))
    monkeypatch.undo()
    monkeypatch.setenv("UPSWING_HOME", str(record.home))
    monkeypatch.setattr(backup_desk, "_in_background", lambda work: work())
    follow(web, web.post("/settings/backups/make/"))
    assert "No space left" not in text(web.get("/settings/"))


@pytest.mark.parametrize(
    "name", ["upswing-2026-11-22T1800Z.upswing", "vault.json", "..", "x.upswing", "make"]
)
def test_only_backups_that_are_there_leave(web: Client, record: VaultPaths, name: str) -> None:
    record.backups.mkdir(exist_ok=True)
    (record.backups / "vault.json").write_text("not a backup")
    assert web.get(f"/settings/backups/{name}/").status_code in (404, 405)
    assert web.post(f"/settings/backups/{name}/verify/").status_code == 404


def test_how_far_it_is(web: Client, record: VaultPaths) -> None:
    backup_desk._desk[:] = [backup_desk.Work("Writing it down", 30, 100)]
    assert web.get("/settings/backups/")["Location"] == "/settings/backups/progress/"
    page = web.get("/settings/backups/progress/")
    assert 'value="30" max="100"' in page.content.decode()
    assert "Writing it down" in text(page)
    web.post("/settings/backups/make/")
    assert folder.listing(record) == [], "one piece of work at a time"
    backup_desk._desk[0].result = "backup"
    answer = web.get("/settings/backups/progress/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/settings/backups/?done=backup"


def test_a_backup_with_an_earlier_key_says_so(web: Client, record: VaultPaths) -> None:
    made = writing.create(record, held.held(), now=datetime.now(UTC)).path
    held.hold(VaultKey(bytes(32), held.held().vault_id))
    page = web.get("/settings/backups/")
    assert "The present key does not open it" in text(page)
    page = follow(web, web.post(f"/settings/backups/{made.name}/verify/"))
    assert "upswing backup verify FILE" in text(page)
    assert state.read(record).verified.keys() == {made.name}


def test_a_new_key_asks_for_the_present_passphrase(
    web: Client, record: VaultPaths, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(keeper, "lock", lambda paths: asked.append("locked"))
    monkeypatch.setattr(solo, "rekey", lambda *_, passphrase, **__: asked.append(passphrase))
    assert "open nothing any more" not in text(web.get("/settings/key/"))
    page = web.post("/settings/key/", NEW)
    assert page.status_code == 422
    assert "Type the passphrase that opens the vault now." in text(page)
    page = web.post("/settings/key/", NEW | {"present": "not the passphrase"})
    assert "That passphrase does not open the vault." in text(page)
    assert asked == []
    page = web.post("/settings/key/", NEW | {"present": PASSPHRASE})
    assert "It has a new key." in text(page)
    assert asked == [NEW["passphrase"], "locked"]
    assert door.closing


def test_where_it_cannot_be_the_page_says_why_and_goes_on(
    web: Client, record: VaultPaths, owner: User, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise NotWritable("Another Upswing command is still at work on this vault.")

    monkeypatch.setattr(rekey, "rekey", busy)
    monkeypatch.setattr(slots, "calibrate", lambda: CHEAP)
    page = web.post("/settings/key/", NEW | {"present": PASSPHRASE})
    assert "still at work" in text(page)
    assert not door.closing
    assert web.get("/settings/").status_code == 200
