"""Opening the book, and closing it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from django.test import Client

from upswing.vault import header, held, keeper, lifecycle
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import wrap
from upswing.web import worker
from upswing.web.door import LAUNCH, SESSION, Door
from upswing.web.unlock import Attempts

PASSPHRASE = "quiet river at dawn"


@pytest.fixture
def held_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[VaultKey]]:
    """What was opened; without a keeper and without the end of this process."""
    keys: list[VaultKey] = []

    def hold(key: VaultKey) -> None:
        keys.append(key)
        held.hold(key)

    monkeypatch.setattr(worker, "hold", hold)
    return keys  # type: ignore[return-value]


@pytest.fixture
def locked(launched: Client, vault: VaultPaths, held_keys: list[VaultKey]) -> Client:
    """The person's browser before a locked vault."""
    held.let_go()
    return launched


def trouble(answer: object) -> list[str]:
    assert answer.status_code == 422  # type: ignore[attr-defined]
    return list(answer.context["form"].errors["secret"])  # type: ignore[attr-defined]


def test_the_passphrase_opens_it(locked: Client, door: Door, held_keys: list[VaultKey]) -> None:
    answer = locked.post("/unlock/", {"by": "passphrase", "secret": PASSPHRASE})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert answer.cookies[SESSION].value == door.session_secret
    assert answer.cookies[SESSION]["httponly"]
    assert answer.cookies[SESSION]["samesite"] == "Strict"
    assert answer.cookies[LAUNCH].value == door.launch_secret
    assert len(held_keys) == 1


@pytest.mark.parametrize("typed", ["quiet river at dusk", "quiet river at dawn ", " ", "x" * 1001])
def test_a_wrong_passphrase_opens_nothing(
    locked: Client, held_keys: list[VaultKey], typed: str
) -> None:
    answer = locked.post("/unlock/", {"by": "passphrase", "secret": typed})
    assert trouble(answer)
    assert typed not in answer.content.decode() or typed == " "
    assert SESSION not in answer.cookies
    assert not held_keys


def test_an_empty_passphrase_is_asked_for(locked: Client) -> None:
    answer = locked.post("/unlock/", {"by": "passphrase", "secret": ""})
    assert trouble(answer) == ["Type your passphrase."]
    assert Attempts.wrong == 0


def test_wrong_ones_make_one_wait_and_then_the_right_one_opens(
    locked: Client, monkeypatch: pytest.MonkeyPatch, held_keys: list[VaultKey]
) -> None:
    for _ in range(4):
        Attempts.until = 0
        locked.post("/unlock/", {"by": "passphrase", "secret": "wrong"})
    sentences = trouble(locked.post("/unlock/", {"by": "passphrase", "secret": PASSPHRASE}))
    assert sentences == ["Please wait 2 seconds, then try again."]
    assert not held_keys
    later = time.monotonic() + 3
    monkeypatch.setattr("upswing.web.unlock.time.monotonic", lambda: later)
    assert locked.post("/unlock/", {"secret": PASSPHRASE}).status_code == 302
    assert Attempts.wrong == 0


def test_an_unknown_way_is_the_passphrase(locked: Client, held_keys: list[VaultKey]) -> None:
    assert trouble(locked.post("/unlock/", {"by": "nothing", "secret": "wrong"}))
    assert not held_keys


def test_the_recovery_sheet_opens_it(
    locked: Client, vault: VaultPaths, held_keys: list[VaultKey]
) -> None:
    key = _key(vault)
    code = lifecycle.new_recovery_code()
    typed = {place: code.groups[place - 1] for place in (1, 2)}
    lifecycle.confirm_recovery(vault, key, code, typed)
    page = locked.get("/unlock/?by=recovery").content.decode()
    assert "Code of the recovery sheet" in page
    assert "Use the recovery sheet" in locked.get("/unlock/").content.decode()
    wrong = locked.post("/unlock/", {"by": "recovery", "secret": "AAAA BBBB"})
    assert trouble(wrong)
    assert "Code of the recovery sheet" in wrong.content.decode()
    answer = locked.post("/unlock/", {"by": "recovery", "secret": code.text.lower()})
    assert answer.status_code == 302
    assert held_keys == [key]


def test_a_device_file_opens_by_a_button(
    locked: Client, vault: VaultPaths, held_keys: list[VaultKey]
) -> None:
    key = _key(vault)
    lifecycle.set_device(vault, key)
    lifecycle.remove_slot(vault, key, "passphrase")
    page = locked.get("/unlock/").content.decode()
    assert 'name="by" value="device"' in page
    assert 'type="password"' not in page
    vault.device_key.rename(vault.home / "elsewhere")
    missing = locked.post("/unlock/", {"by": "device"})
    assert "is missing" in trouble(missing)[0]
    assert "is missing" in missing.content.decode()
    (vault.home / "elsewhere").rename(vault.device_key)
    assert locked.post("/unlock/", {"by": "device"}).status_code == 302
    assert held_keys == [key]


def test_a_keyring_that_is_gone_is_said_once(locked: Client, vault: VaultPaths) -> None:
    key = _key(vault)
    found = header.read(vault)
    header.write(vault, header.with_slot(found, wrap(key, "keyring", bytes(32)), key))
    assert "this session’s keyring" in locked.get("/unlock/").content.decode()
    assert len(trouble(locked.post("/unlock/", {"by": "keyring"}))) == 1


def test_a_damaged_vault_is_told_in_a_sentence(locked: Client, vault: VaultPaths) -> None:
    vault.header.write_text("{")
    for answer in (locked.get("/unlock/"), locked.post("/unlock/", {"secret": PASSPHRASE})):
        assert answer.status_code == 503
        assert "damaged" in answer.content.decode()


def test_a_newer_vault_is_told_in_a_sentence(locked: Client, vault: VaultPaths) -> None:
    vault.header.write_text(json.dumps(json.loads(vault.header.read_text()) | {"version": 99}))
    assert locked.get("/unlock/").status_code == 503


def test_a_plain_database_is_told_at_the_field(locked: Client, vault: VaultPaths) -> None:
    vault.database.write_bytes(b"SQLite format 3\x00" + bytes(100))
    assert "plain SQLite" in trouble(locked.post("/unlock/", {"secret": PASSPHRASE}))[0]
    assert not held.is_held()


def test_a_record_that_cannot_be_opened_leaves_no_key_behind(
    locked: Client, vault: VaultPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("UPSWING_HOME", str(vault.home))

    def refuse(key: VaultKey) -> None:
        held.hold(key)
        raise VaultError("It is damaged.")

    monkeypatch.setattr(keeper, "start", lambda *args: None)
    monkeypatch.setattr("upswing.solo.open_record", refuse)
    assert trouble(locked.post("/unlock/", {"secret": PASSPHRASE})) == ["It is damaged."]
    assert not held.is_held()


def test_an_open_book_is_not_opened_again(web: Client, vault: VaultPaths) -> None:
    assert web.get("/unlock/")["Location"] == "/"


def test_the_lock_ends_the_session(
    web: Client, door: Door, vault: VaultPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[VaultPaths] = []
    monkeypatch.setattr(keeper, "lock", locked.append)
    old = web.cookies[SESSION].value
    answer = web.post("/lock/")
    assert answer.status_code == 200
    assert "It is locked." in answer.content.decode()
    assert answer.cookies[SESSION].value == ""
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert locked
    assert door.closing
    web.cookies[SESSION] = old
    assert web.get("/help/")["Location"] == "/unlock/"


def test_a_look_at_the_lock_locks_nothing(web: Client, door: Door) -> None:
    assert web.get("/lock/").status_code == 405
    assert not door.closing


def _key(vault: VaultPaths) -> VaultKey:
    return lifecycle.open_with_passphrase(vault, PASSPHRASE)
