"""Settings: the person's choices, and the ways into the vault."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from doors.web.conftest import CHEAP, PASSPHRASE
from doors.web.reading import errors, text, value
from upswing.accounts.models import User
from upswing.strategies.coping.actions import write_entry
from upswing.vault import held, lifecycle
from upswing.vault.errors import VaultError, WrongSecret
from upswing.vault.paths import VaultPaths
from upswing.vault.recovery import RecoveryCode
from upswing.web import sheet

GOOD = {"passphrase": "four words that rhyme not", "again": "four words that rhyme not"}


@pytest.fixture
def vault(vault: VaultPaths) -> VaultPaths:
    """With a file where its database would be."""
    vault.database.write_bytes(bytes(2_500_000))
    return vault


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """No calibration: it takes seconds."""
    monkeypatch.setattr(lifecycle, "calibrate", lambda: CHEAP)


def kinds(vault: VaultPaths) -> set[str]:
    return {slot.type for slot in lifecycle.slots(vault)}


def test_zone_country_and_theme_are_kept(web: Client, owner: User, vault: VaultPaths) -> None:
    page = web.get("/settings/")
    assert [value(page, name) for name in ("zone", "country", "theme")] == ["Europe/Berlin", "", ""]
    assert "data-theme" not in page.content.decode()
    answer = web.post("/settings/", {"zone": "Asia/Tokyo", "country": "JP", "theme": "dark"})
    assert answer["Location"] == "/settings/?done=settings"
    owner.refresh_from_db()
    assert (owner.zone, owner.country, owner.theme) == ("Asia/Tokyo", "JP", "dark")
    page = web.get(answer["Location"])
    assert 'data-theme="dark"' in page.content.decode()
    assert '<meta name="color-scheme" content="dark">' in page.content.decode()
    assert "Your settings are kept." in text(page)


@pytest.mark.parametrize(
    "wrong", [{"zone": "Nowhere/Land"}, {"zone": ""}, {"country": "XX"}, {"theme": "pink"}]
)
def test_what_is_not_offered_is_refused(
    web: Client, owner: User, vault: VaultPaths, wrong: dict[str, str]
) -> None:
    answer = web.post("/settings/", {"zone": "Asia/Tokyo", "country": "", "theme": "", **wrong})
    assert set(errors(answer)) == set(wrong)
    owner.refresh_from_db()
    assert (owner.zone, owner.country, owner.theme) == ("Europe/Berlin", "", "")


def test_it_tells_what_is_kept_and_where(
    web: Client, owner: User, vault: VaultPaths, now: datetime
) -> None:
    write_entry(owner=owner, now=now, zone="Europe/Berlin", body="One")
    words = text(web.get("/settings/"))
    assert "Items kept 1" in words
    assert "Size 2.5 MB" in words
    assert str(vault.home) in words
    assert "locks itself after 10 minutes" in words
    assert "not a medical device" in words


def test_the_passphrase_is_changed(web: Client, vault: VaultPaths) -> None:
    answer = web.post("/settings/passphrase/", GOOD)
    assert answer["Location"] == "/settings/?done=passphrase"
    assert lifecycle.open_with_passphrase(vault, GOOD["passphrase"]) == held.held()
    with pytest.raises(WrongSecret):
        lifecycle.open_with_passphrase(vault, PASSPHRASE)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"again": "something else entirely"}, "again", "not the same"),
        ({"passphrase": ""}, "passphrase", "Type a passphrase"),
        ({"again": ""}, "again", "Type it once more"),
        ({"passphrase": "short", "again": "short"}, "passphrase", ""),
    ],
)
def test_a_passphrase_that_will_not_do_changes_nothing(
    web: Client, vault: VaultPaths, wrong: dict[str, str], field: str, sentence: str
) -> None:
    assert sentence in errors(web.post("/settings/passphrase/", GOOD | wrong))[field][0]
    assert lifecycle.open_with_passphrase(vault, PASSPHRASE) == held.held()


def test_ways_come_and_go(web: Client, vault: VaultPaths) -> None:
    page = web.get("/settings/")
    assert 'action="/settings/ways/device-on/"' in page.content.decode()
    assert web.post("/settings/ways/device-on/")["Location"] == "/settings/?done=slot"
    assert kinds(vault) == {"passphrase", "device"}
    page = web.get("/settings/")
    assert 'action="/settings/ways/device-off/"' in page.content.decode()
    assert 'action="/settings/ways/device-on/"' not in page.content.decode()
    web.post("/settings/ways/passphrase-off/")
    assert kinds(vault) == {"device"}


def test_the_last_way_stays(web: Client, vault: VaultPaths) -> None:
    answer = web.post("/settings/ways/passphrase-off/")
    assert answer.status_code == 422
    assert "That is the last way to open the vault" in text(answer)
    assert kinds(vault) == {"passphrase"}


def test_a_keyring_that_is_not_there_is_told(
    web: Client, vault: VaultPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> Any:
        raise VaultError("There is no keyring here.")

    monkeypatch.setattr("upswing.vault.keyring_slot.system_keyring", none)
    answer = web.post("/settings/ways/keyring-on/")
    assert answer.status_code == 422
    assert "There is no keyring here." in text(answer)
    assert kinds(vault) == {"passphrase"}


def test_a_change_that_nobody_knows_is_not_there(web: Client, vault: VaultPaths) -> None:
    assert web.post("/settings/ways/window-on/").status_code == 404
    assert web.get("/settings/ways/device-on/").status_code == 405
    assert kinds(vault) == {"passphrase"}


def typed(code: RecoveryCode, places: tuple[int, int]) -> dict[str, str]:
    groups = [code.groups[place - 1] for place in places]
    return dict(zip(("first", "second"), groups, strict=True))


def test_the_recovery_sheet_works_once_it_is_typed_back(
    web: Client, owner: User, vault: VaultPaths
) -> None:
    page = web.get("/sheet/")
    code, places = sheet._waiting[0]
    assert [group for group in page.context["groups"] if group in text(page)] == list(code.groups)
    assert f"Group {places[0]}" in text(page)
    wrong = web.post("/sheet/", {**typed(code, places), "second": "AAAA"})
    assert "is not what stands on the sheet" in errors(wrong)["second"][0]
    assert code.groups[0] in text(wrong)
    assert kinds(vault) == {"passphrase"}
    before = datetime.now(UTC)
    answer = web.post("/sheet/", typed(code, places))
    assert answer["Location"] == "/?done=sheet"
    owner.refresh_from_db()
    assert owner.recovery_confirmed_at
    assert owner.recovery_confirmed_at >= before
    assert lifecycle.open_with_recovery(vault, code.text) == held.held()


def test_the_sheet_is_shown_only_once(web: Client, vault: VaultPaths) -> None:
    first = web.get("/sheet/").context["groups"]
    assert web.get("/sheet/").context["groups"] != first
    sheet._waiting.clear()
    fields = {"first": first[0], "second": first[1]}
    assert web.post("/sheet/", fields).status_code == 422
    assert kinds(vault) == {"passphrase"}


def test_empty_groups_are_asked_for(web: Client, vault: VaultPaths) -> None:
    web.get("/sheet/")
    assert set(errors(web.post("/sheet/", {"first": "", "second": ""}))) == {"first", "second"}


@pytest.mark.solo
def test_the_vault_is_examined(web: Client, vault: VaultPaths) -> None:
    """Its database here is none, and that is what it says."""
    words = text(web.get("/settings/vault/"))
    assert "The vault needs a look" in words
    assert "SQLCipher 4." in words


def test_begin_shows_the_warnings_before_anything_is_typed(
    launched: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("UPSWING_HOME", str(tmp_path / "none"))
    held.let_go()
    words = text(launched.get("/begin/"))
    assert words.index("A device that belongs to an employer may record") < words.index(
        "Passphrase"
    )
    assert "There is no back door." in words
    assert "who takes the whole disk" in words
    wrong = launched.post("/begin/", {"passphrase": "short", "again": "short"})
    assert "passphrase" in errors(wrong)
    assert not (tmp_path / "none").exists() or not list((tmp_path / "none").iterdir())
