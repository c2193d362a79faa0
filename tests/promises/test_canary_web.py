"""What is typed into the pages is readable nowhere: not on the disk, not in the terminal."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from doors.web.serving import Browser, Served, folders, serving
from promises.world import MARK, ROUTES, World, fields
from upswing import solo
from upswing.vault import keeper, lifecycle
from upswing.vault.slots import Argon2
from upswing.web import import_desk

CANARY = "canary-kräwel-7291"
PASSPHRASE = "passphrase canary-7291 that is long"
FORMS = [CANARY.encode(), CANARY.encode("utf-16-le"), b"canary-", CANARY[7:].encode()]
FORMS += [base64.b64encode(form.encode()) for form in (CANARY, PASSPHRASE)]


@pytest.fixture
def served() -> Iterator[Served]:
    with folders() as paths:
        cheap = Argon2(memory=8 * 1024, passes=1, lanes=1)
        lifecycle.create(paths, passphrase=PASSPHRASE, cost=cheap)
        with serving(paths) as found:
            yield found


def live(browser: Browser) -> None:
    """Type the canary into every form there is."""
    told = browser.post("/first-hour/1/", title=CANARY, body=CANARY, enough="1").place
    browser.post(f"{told}edit/", title=CANARY, body=CANARY, when="2026-01-02")
    browser.post(f"{told}stones/mindset/", body=CANARY)
    entry = browser.post("/journal/new/", title=CANARY, body=CANARY, tags=CANARY).place
    assert CANARY in browser.get(entry).text
    browser.post(f"{entry.partition('?')[0]}edit/", title=CANARY, body=f"{CANARY} again")
    browser.post("/checkins/new/", body=CANARY, own_words=CANARY, mood="3")
    browser.post("/draft/", draft="entry-new", body=CANARY)
    browser.get(f"/search/?q={CANARY.encode().hex()}")
    browser.get("/search/?q=canary-")
    browser.post("/settings/passphrase/", passphrase=PASSPHRASE, again="canary-other")
    browser.post(f"{told}close/", words=CANARY)
    _import(browser)


def _import(browser: Browser) -> None:
    parts = {"csrfmiddlewaretoken": browser.cookies["upswing_csrf"], "zone": "Europe/Berlin"}
    lines = [
        f'--up\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    ]
    head = f'--up\r\nContent-Disposition: form-data; name="file"; filename="{CANARY}.txt"\r\n'
    journal = f"[2024-03-01 10:00] {CANARY}\r\n\r\n[2024-02-30 10:00] {CANARY}\r\n"
    body = "".join(lines) + f"{head}\r\n{journal}\r\n--up--\r\n"
    answer = browser.send("POST", "/imports/", body, form="multipart/form-data; boundary=up")
    assert answer.status == 302, answer.text
    assert CANARY in browser.get(answer.place).text


def traces(folder: Path) -> dict[str, bytes]:
    """Files that hold the canary in any of its forms, in their name or in their text."""
    return {
        str(path): form
        for path in folder.rglob("*")
        for form in FORMS
        if form in path.name.encode() or (path.is_file() and form in path.read_bytes())
    }


@pytest.mark.solo
@pytest.mark.skipif(sys.platform != "linux", reason="starts real processes and looks into /proc")
def test_nothing_typed_is_readable_on_the_disk_or_in_the_terminal(served: Served) -> None:
    browser = served.launch()
    browser.post("/unlock/", by="passphrase", secret=PASSPHRASE)
    live(browser)
    assert not traces(served.paths.home.parent)
    browser.post("/lock/")
    answer = browser.post("/journal/new/", draft="entry-new", body=CANARY, title=CANARY)
    assert "sealed and kept" in answer.text
    assert not traces(served.paths.home.parent)
    assert served.stop() == 0
    assert served.process.stdout
    printed = "".join(served.printed) + served.process.stdout.read()
    assert "canary" not in printed
    assert not traces(served.paths.home.parent)


@pytest.fixture
def _as_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(solo, "person", lambda: world.owner)
    monkeypatch.setattr(keeper, "lock", lambda paths: True)
    monkeypatch.setattr(import_desk, "_in_background", lambda work: None)
    yield
    import_desk._desk.clear()


@pytest.mark.parametrize("name", [name for name in ROUTES if name not in ("lock", "launch")])
@pytest.mark.usefixtures("_as_it_is")
def test_a_fault_in_any_page_tells_its_place_and_no_word_of_the_person(
    web: Client,
    world: World,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ValueError(f"{MARK} {args} {kwargs}")

    route = ROUTES[name]
    place = reverse(name, args=route.args(world)) + route.query
    monkeypatch.setattr("upswing.web.page.render", broken)
    monkeypatch.setattr("django.shortcuts.redirect", broken)
    monkeypatch.setattr("django.http.response.HttpResponseRedirectBase.__init__", broken)
    web.raise_request_exception = False
    sent = fields(world) | {"file": SimpleUploadedFile(f"{MARK}.txt", MARK.encode())}
    answers = [web.get(place), web.post(place, sent)]
    assert any(answer.status_code == 500 for answer in answers) or name in UNBROKEN
    for answer in answers:
        if answer.status_code == 500:
            assert MARK not in answer.content.decode()
            assert "Something broke, on our side" in answer.content.decode()
    told = capfd.readouterr()
    assert MARK not in told.out + told.err


# They answer without a page, or 404 where the world holds no backup.
UNBROKEN = {"attachment", "draft", "backup_download", "backup_verify"}
UNBROKEN |= {"review_markdown", "factor_names"}
