"""Letting the person's own browser in, once."""

from __future__ import annotations

import stat
import time

import pytest
from django.test import Client

from upswing.accounts.models import User
from upswing.vault import held
from upswing.vault.paths import VaultPaths
from upswing.web.door import LAUNCH, SESSION, WRONG_CODES, Door, issue, spend
from upswing.web.worker import clear_launch_files

TOKEN = "t" * 43
CODE = "ABCD2345"


def send(browser: Client, ticket: str, **headers: str) -> object:
    return browser.post("/launch/", {"ticket": ticket}, headers=headers or None)


def test_the_token_of_the_launch_file_opens_once(outside: Client, door: Door, owner: User) -> None:
    issue(door.runtime, TOKEN, seconds=60)
    from_a_file = {"origin": "null", "sec-fetch-site": "cross-site"}
    answer = outside.post("/launch/", {"ticket": TOKEN}, headers=from_a_file)
    # a redirect out of a cross-site post would lose the strict cookie: 200, and a script goes on
    assert answer.status_code == 200
    assert '<a class="button" href="/" id="on">' in answer.content.decode()
    assert "js/launched.js" in answer.content.decode()
    assert answer.cookies[LAUNCH].value == "launch"
    assert answer.cookies[SESSION].value == door.session_secret
    for name in (LAUNCH, SESSION):
        cookie = answer.cookies[name]
        assert (cookie["samesite"], cookie["httponly"]) == ("Strict", True)
        assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")
    again = Client(headers={"host": door.host}).post(
        "/launch/", {"ticket": TOKEN}, headers=from_a_file
    )
    assert again.status_code == 422
    assert not again.cookies


def test_only_the_launch_page_takes_a_form_without_origin(web: Client) -> None:
    from_a_file = {"origin": "null", "sec-fetch-site": "cross-site"}
    for path in ("/unlock/", "/lock/", "/begin/", "/launch/x", "/care/", "/draft/"):
        assert web.post(path, {"ticket": TOKEN}, headers=from_a_file).status_code == 403


def test_while_locked_the_launch_gives_no_session(outside: Client, door: Door) -> None:
    held.let_go()
    issue(door.runtime, TOKEN, seconds=60)
    answer = outside.post("/launch/", {"ticket": TOKEN})
    assert set(answer.cookies) == {LAUNCH}


@pytest.mark.parametrize("typed", ["ABCD-2345", "abcd2345", " abcd-2345 ", "AbCd 2345"])
def test_the_code_is_read_as_people_type_it(
    outside: Client, door: Door, owner: User, typed: str
) -> None:
    issue(door.runtime, CODE, seconds=600)
    assert outside.post("/launch/", {"ticket": typed}).cookies[LAUNCH].value == "launch"


def test_a_token_counts_case(outside: Client, door: Door) -> None:
    issue(door.runtime, TOKEN, seconds=60)
    assert outside.post("/launch/", {"ticket": TOKEN.upper()}).status_code == 422


def test_a_ticket_is_used_up_by_whoever_comes_first(door: Door) -> None:
    issue(door.runtime, CODE, seconds=600)
    assert [spend(door.runtime, CODE) for _ in range(2)] == [True, False]


def test_a_ticket_runs_out(door: Door) -> None:
    issue(door.runtime, CODE, seconds=60, now=1000.0)
    assert not spend(door.runtime, CODE, now=1061.0)
    issue(door.runtime, CODE, seconds=60, now=1000.0)
    assert spend(door.runtime, CODE, now=1059.0)


def test_the_ticket_is_private_and_does_not_tell_the_code(door: Door) -> None:
    issue(door.runtime, CODE, seconds=60)
    (file,) = door.runtime.glob("ticket-*")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert CODE not in file.name + file.read_text()


def test_a_wrong_code_is_answered_at_its_field(outside: Client) -> None:
    answer = outside.post("/launch/", {"ticket": "WRONG234"})
    assert answer.status_code == 422
    assert "This code does not fit" in answer.context["form"].errors["ticket"][0]
    assert LAUNCH not in answer.cookies
    assert outside.post("/launch/", {}).status_code == 422


def test_after_ten_wrong_codes_the_right_one_does_not_help(outside: Client, door: Door) -> None:
    issue(door.runtime, CODE, seconds=600)
    for number in range(WRONG_CODES):
        outside.post("/launch/", {"ticket": f"WRONG{number:03}"})
    answer = outside.post("/launch/", {"ticket": CODE})
    assert answer.status_code == 422
    assert "Too many codes" in answer.context["form"].errors["ticket"][0]


def test_nine_wrong_codes_do_not_shut_the_right_one_out(
    outside: Client, door: Door, owner: User
) -> None:
    issue(door.runtime, CODE, seconds=600)
    for number in range(WRONG_CODES - 1):
        outside.post("/launch/", {"ticket": f"WRONG{number:03}"})
    assert outside.post("/launch/", {"ticket": CODE}).status_code == 200


@pytest.mark.parametrize("odd", ["../../etc/passwd", "\0", "x" * 5000, "é" * 20])
def test_an_odd_ticket_is_only_wrong(outside: Client, odd: str) -> None:
    assert outside.post("/launch/", {"ticket": odd}).status_code == 422


def test_looking_at_the_page_uses_nothing_up(outside: Client, door: Door) -> None:
    issue(door.runtime, CODE, seconds=600)
    for method in ("GET", "HEAD", "OPTIONS"):
        assert outside.generic(method, f"/launch/?ticket={CODE}").status_code == 200
    assert spend(door.runtime, CODE)


def test_old_launch_files_are_cleared_away(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(door.runtime, CODE, seconds=600)
    (door.runtime / "launch-0.html").write_text("x")
    clear_launch_files(door.runtime)
    assert len(list(door.runtime.iterdir())) == 2
    later = time.time() + 700
    monkeypatch.setattr("upswing.web.worker.time.time", lambda: later)
    clear_launch_files(door.runtime)
    assert not list(door.runtime.iterdir())


def test_the_pages_around_the_launch_do_not_tell_other_tabs_to_go_blank(
    outside: Client, door: Door, owner: User
) -> None:
    """<up-lock locked> sends the word to every tab; only a page that is locked may say it."""
    assert "up-lock locked" not in outside.get("/launch/").content.decode()
    issue(door.runtime, TOKEN, seconds=60)
    answer = outside.post("/launch/", {"ticket": TOKEN})
    assert "up-lock locked" not in answer.content.decode()


def test_the_locked_pages_do(launched: Client, vault: VaultPaths) -> None:
    held.let_go()
    assert "up-lock locked" in launched.get("/unlock/").content.decode()
