"""Every answer carries exactly these headers: pages, files, refusals and faults alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from promises.world import ROUTES, World, fields
from upswing import solo
from upswing.vault import held, keeper
from upswing.vault.paths import VaultPaths
from upswing.web import import_desk
from upswing.web.door import Door

EXPECTED = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex",
    "cache-control": "no-store",
}
FILE = EXPECTED | {"content-security-policy": "sandbox; default-src 'none'"}
# What may stand beside them, each with a meaning of its own for the answer that bears it.
BESIDES = {
    "allow",
    "clear-site-data",
    "content-disposition",
    "content-length",
    "content-type",
    "hx-redirect",
    "location",
    "vary",
}


def check(answer: Any, expected: dict[str, str] = EXPECTED) -> None:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert {name: headers.pop(name, None) for name in expected} == expected
    assert headers.keys() <= BESIDES, headers


@pytest.fixture(autouse=True)
def _nothing_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(keeper, "lock", lambda paths: True)
    monkeypatch.setattr(import_desk, "_in_background", lambda work: work())
    yield
    import_desk._desk.clear()


@pytest.mark.parametrize("name", [pattern.name for pattern in get_resolver().url_patterns])  # type: ignore[union-attr]
def test_every_route_in_every_way(
    web: Client,
    world: World,
    door: Door,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solo, "person", lambda: world.owner)
    route = ROUTES[name]
    place = reverse(name, args=route.args(world)) + route.query
    expected = FILE if name == "attachment" else EXPECTED
    for method in ("GET", "HEAD", "OPTIONS"):
        answer = web.generic(method, place)
        check(answer, expected if answer.status_code == 200 else EXPECTED)
    if name not in ("passphrase", "unlock"):  # both would take their second of Argon2
        check(web.post(place, fields(world)))


NOWHERE = "/nowhere/"


@pytest.mark.parametrize(
    ("status", "method", "path", "headers"),
    [
        (404, "GET", NOWHERE, {}),
        (404, "GET", "/static/nothing.css", {}),
        (301, "GET", "/setbacks", {}),
        (405, "GET", "/draft/", {}),
        (400, "GET", "/", {"host": "evil.test"}),
        (400, "GET", "/static/css/base.css", {"host": "evil.test"}),
        (403, "GET", "/static/css/base.css", {"sec-fetch-site": "cross-site"}),
        (403, "POST", "/checkins/new/", {"origin": "http://evil.test"}),
        (422, "POST", "/checkins/new/", {}),
    ],
)
def test_refusals(
    web: Client, status: int, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = web.generic(method, path, headers=headers)
    assert answer.status_code == status
    check(answer)


def test_a_forged_form(web: Client) -> None:
    web.handler.enforce_csrf_checks = True
    answer = web.post("/checkins/new/", {"mood": "5"})
    assert answer.status_code == 403
    check(answer)


def test_more_than_fits(web: Client) -> None:
    answer = web.post("/draft/", {"draft": "checkin", "body": "x" * 5_000_000})
    assert answer.status_code == 413
    check(answer)


def test_a_fault_of_ours(web: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("upswing.record.setbacks.all_of", broken)
    web.raise_request_exception = False
    answer = web.get("/setbacks/")
    assert answer.status_code == 500
    check(answer)


def test_a_fault_before_any_page(web: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(solo, "person", broken)
    web.raise_request_exception = False
    answer = web.get("/help/")
    assert answer.status_code == 500
    assert "Something broke, on our side" in answer.content.decode()
    check(answer)


def test_before_the_launch(outside: Client) -> None:
    for path, status in (("/", 302), ("/launch/", 200), ("/care/", 200)):
        answer = outside.get(path)
        assert answer.status_code == status
        check(answer)
    check(outside.post("/draft/", {}))


def test_while_locked(launched: Client, vault: VaultPaths, door: Door) -> None:
    held.let_go()
    for path, status in (("/", 302), ("/unlock/", 200), ("/care/", 200), (NOWHERE, 302)):
        answer = launched.get(path)
        assert answer.status_code == status
        check(answer)
    answer = launched.post("/checkins/new/", {"draft": "checkin", "mood": "5"})
    assert answer.status_code == 423
    check(answer)
    vault.header.write_text("{")
    answer = launched.get("/unlock/")
    assert answer.status_code == 503
    check(answer)
    door.closing = True
    answer = launched.post("/unlock/", {"secret": "x"})
    assert answer.status_code == 307
    check(answer)


@pytest.mark.parametrize(
    "path", ["/static/css/base.css", "/static/js/up-lock.js", "/static/vendor/htmx.min.js"]
)
def test_files_of_ours_may_be_kept_but_not_shared(outside: Client, db: None, path: str) -> None:
    answer = outside.get(path)
    assert answer.status_code == 200
    answer.close()
    headers = {name.lower(): value for name, value in answer.headers.items()}
    kept = {"cache-control", "etag", "last-modified", "accept-ranges"}
    expected = {name: value for name, value in EXPECTED.items() if name not in kept}
    assert {name: headers.pop(name, None) for name in expected} == expected
    assert headers.pop("cache-control").startswith("max-age=")
    assert headers.keys() <= BESIDES | kept, headers


def test_an_unchanged_file(outside: Client, db: None) -> None:
    path = "/static/css/base.css"
    first = outside.get(path)
    first.close()
    again = outside.get(path, headers={"if-none-match": first["ETag"]})
    again.close()
    assert again.status_code == 304
    assert again["Content-Security-Policy"] == EXPECTED["content-security-policy"]
