"""Who may come in, and who not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from upswing.accounts.models import User
from upswing.record import drafts
from upswing.record.models import Draft, Item
from upswing.vault import held
from upswing.vault.paths import VaultPaths
from upswing.web.door import LAUNCH, SESSION, Door, open_door

OTHER_HOSTS = [
    "up-test.localhost:8001",
    "up-test.localhost",
    "other.localhost:8000",
    "localhost:8000",
    "127.0.0.1:8000",
    "up-test.localhost.evil.test:8000",
    "evil.test:8000",
    "UP-TEST.localhost:8000",
    "",
]


@pytest.mark.parametrize("host", OTHER_HOSTS)
@pytest.mark.parametrize("path", ["/", "/static/css/base.css", "/care/", "/nowhere/", "/launch/"])
def test_another_host_name_or_port_is_refused(web: Client, host: str, path: str) -> None:
    answer = web.get(path, headers={"host": host})
    assert (answer.status_code, answer.content) == (400, b"This is not an address of Upswing.")


def test_a_rebound_name_is_refused_without_sec_fetch_headers_too(web: Client, owner: User) -> None:
    """After DNS rebinding the browser takes the evil page for same-origin, and says so."""
    rebound = {"host": "evil.test:8000", "origin": "http://evil.test:8000"}
    answer = web.post("/checkins/new/", {"mood": "5"}, headers=rebound)
    assert answer.status_code == 400
    assert not Item.objects.exists()


OURS = "http://up-test.localhost:8000"
FOREIGN = [
    {"origin": "null", "sec-fetch-site": "same-origin"},
    {"origin": "", "sec-fetch-site": "same-origin"},
    {"origin": "http://up-test.localhost:8001", "sec-fetch-site": "same-origin"},
    {"origin": "https://up-test.localhost:8000", "sec-fetch-site": "same-origin"},
    {"origin": "http://evil.test", "sec-fetch-site": "cross-site"},
    {"origin": "http://127.0.0.1:8001", "sec-fetch-site": "same-site"},
    {"origin": OURS, "sec-fetch-site": "cross-site"},
    {"origin": OURS, "sec-fetch-site": "same-site"},
    {"origin": OURS, "sec-fetch-site": "anything"},
]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "ODD"])
@pytest.mark.parametrize("headers", FOREIGN)
def test_an_unsafe_request_from_elsewhere_changes_nothing(
    web: Client, method: str, headers: dict[str, str]
) -> None:
    answer = web.generic(
        method,
        "/checkins/new/",
        "mood=5",
        content_type="application/x-www-form-urlencoded",
        headers=headers,
    )
    assert answer.status_code == 403
    assert "came from another page" in answer.content.decode()
    assert not Item.objects.exists()


def test_the_same_request_from_our_own_page_is_taken(web: Client) -> None:
    assert web.post("/checkins/new/", {"mood": "5"}).status_code == 302
    assert Item.objects.count() == 1


def test_a_browser_that_sends_no_sec_fetch_site_needs_our_origin(web: Client, door: Door) -> None:
    del web.defaults["HTTP_SEC_FETCH_SITE"]
    assert web.post("/checkins/new/", {"mood": "5"}).status_code == 302
    del web.defaults["HTTP_ORIGIN"]
    assert web.post("/checkins/new/", {"mood": "5"}).status_code == 403
    assert Item.objects.count() == 1


def test_a_form_without_its_token_is_refused(door: Door, web: Client) -> None:
    web.handler.enforce_csrf_checks = True
    answer = web.post("/checkins/new/", {"mood": "5"})
    assert answer.status_code == 403
    assert "from an earlier session" in answer.content.decode()
    assert not Item.objects.exists()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("dest", ["image", "script", "style", "empty", "iframe", "object"])
@pytest.mark.parametrize("path", ["/", "/static/css/base.css", "/care/"])
def test_no_other_page_may_load_anything_of_ours(
    web: Client, site: str, dest: str, path: str
) -> None:
    headers = {"sec-fetch-site": site, "sec-fetch-dest": dest}
    for method in ("GET", "HEAD", "OPTIONS"):
        assert web.generic(method, path, headers=headers).status_code == 403


def test_a_link_from_elsewhere_may_be_followed(web: Client) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}
    assert web.get("/help/", headers=headers).status_code == 200


def test_a_browser_that_was_not_opened_by_the_person_sees_only_the_launch_page(
    outside: Client, owner: User
) -> None:
    for path in ("/", "/unlock/", "/begin/", "/setbacks/", "/nowhere/"):
        assert outside.get(path)["Location"] == "/launch/"
    assert outside.post("/checkins/new/", {"mood": "5"}).status_code == 403
    assert outside.post("/unlock/", {"by": "device"}).status_code == 403
    assert not Item.objects.exists()


@pytest.mark.parametrize("cookie", ["", "launcH", "launch-not", "lauñch"])
def test_a_guessed_launch_cookie_opens_nothing(web: Client, cookie: str) -> None:
    web.cookies[LAUNCH] = cookie
    assert web.get("/")["Location"] == "/launch/"


def test_a_session_ends_with_its_worker(web: Client, door: Door, vault: VaultPaths) -> None:
    assert web.get("/help/").status_code == 200
    open_door(Door(host=door.host, launch_secret=door.launch_secret, runtime=door.runtime))
    assert web.get("/help/")["Location"] == "/unlock/"


def test_a_session_needs_the_launch_cookie_too(web: Client) -> None:
    del web.cookies[LAUNCH]
    assert web.get("/help/")["Location"] == "/launch/"


def test_a_session_ends_while_the_worker_closes(web: Client, door: Door, vault: VaultPaths) -> None:
    door.closing = True
    assert web.get("/help/")["Location"] == "/unlock/"


def test_while_locked_every_page_leads_to_the_lock(launched: Client, vault: VaultPaths) -> None:
    held.let_go()
    for path in ("/", "/setbacks/", "/begin/", "/nowhere/", "/settings/", "/help/"):
        assert launched.get(path)["Location"] == "/unlock/"
    assert launched.get("/unlock/").status_code == 200
    assert launched.get("/care/").status_code == 200


def test_without_a_vault_every_page_leads_to_the_beginning(
    launched: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPSWING_HOME", str(tmp_path / "none"))
    held.let_go()
    for path in ("/", "/unlock/", "/sheet/"):
        assert launched.get(path)["Location"] == "/begin/"
    answer = launched.post("/checkins/new/", {"draft": "checkin", "body": "x"})
    assert answer.status_code == 423
    assert "Nothing was changed." in answer.content.decode()


def test_what_was_typed_before_the_lock_is_sealed_and_comes_back(
    web: Client, door: Door, owner: User, vault: VaultPaths
) -> None:
    key = held.held()
    held.let_go()
    typed = {"draft": "checkin", "csrfmiddlewaretoken": "t", "body": "Ein Wörtchen", "mood": "3"}
    answer = web.post("/checkins/new/", {**typed, "feelings": ["sad", "numb"]})
    assert answer.status_code == 423
    assert "sealed and kept" in answer.content.decode()
    on_disk = b"".join(path.read_bytes() for path in vault.files())
    assert b"chen" not in on_disk
    held.hold(key)
    page = web.get("/checkins/new/")
    form = page.context["form"]
    assert form["body"].value() == "Ein Wörtchen"
    assert form["feelings"].value() == ["sad", "numb"]
    draft = Draft.objects.get()
    assert set(draft.fields) == {"body", "mood", "feelings"}
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"body": "no form has this key", "draft": "nonsense"},
        {"body": "no key"},
        {"body": "x" * 1_000_001, "draft": "checkin"},
    ],
)
def test_what_cannot_come_back_is_not_said_to_be_kept(
    web: Client, vault: VaultPaths, fields: dict[str, str]
) -> None:
    held.let_go()
    answer = web.post("/checkins/new/", fields)
    assert answer.status_code == 423
    assert "sealed and kept" not in answer.content.decode()
    assert not vault.pending.exists()


def test_what_cannot_be_sealed_is_not_said_to_be_kept(web: Client, vault: VaultPaths) -> None:
    held.let_go()
    fields = json.loads(vault.header.read_text()) | {"version": 99}
    vault.header.write_text(json.dumps(fields))
    answer = web.post("/checkins/new/", {"body": "x", "draft": "checkin"})
    assert answer.status_code == 423
    assert "sealed and kept" not in answer.content.decode()


def test_a_line_that_no_form_has_does_no_harm(
    web: Client, owner: User, now: object, vault: VaultPaths
) -> None:
    """A key that no page knows must not keep Today from opening."""
    web.post("/checkins/new/", {"mood": "5"})
    drafts.keep(owner=owner, key="page", fields={"body": ["x"]}, now=now)  # type: ignore[arg-type]
    drafts.keep(owner=owner, key="entry-x", fields={"body": ["x"]}, now=now)  # type: ignore[arg-type]
    drafts.keep(owner=owner, key="setback", fields={"body": ["x"]}, now=now)  # type: ignore[arg-type]
    answer = web.get("/")
    assert answer.status_code == 200
    assert answer.context["drafts"] == []


def test_cookies_stay_with_the_browser_and_out_of_scripts(web: Client) -> None:
    """What the lock and the launch set; see also test_launch and test_unlock."""
    answer = web.get("/checkins/new/")
    assert answer.cookies["upswing_csrf"]["httponly"]
    assert answer.cookies["upswing_csrf"]["samesite"] == "Strict"
    assert answer.cookies["upswing_csrf"]["max-age"] == ""
    assert SESSION not in answer.cookies
