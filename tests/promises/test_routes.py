"""Nobody sees or changes what is somebody else's: every page, every method, with the other's ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from doors.web.conftest import CHEAP
from promises.world import MARK, ROUTES, Route, World, fields, held_by, nobodys
from upswing import solo
from upswing.accounts.models import User
from upswing.vault import keeper, lifecycle
from upswing.web import import_desk
from upswing.web.door import Door

SAFE = ["GET", "HEAD", "OPTIONS"]
UNSAFE = ["POST", "PUT", "PATCH", "DELETE"]
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _nothing_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No keeper, no second of calibration, no second thread; and nothing left on the desk."""
    monkeypatch.setattr(keeper, "lock", lambda paths: True)
    monkeypatch.setattr(lifecycle, "calibrate", lambda: CHEAP)
    monkeypatch.setattr(import_desk, "_in_background", lambda work: work())
    yield
    import_desk._desk.clear()


@pytest.fixture
def be(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Be somebody from now on."""

    def become(user: User) -> None:
        monkeypatch.setattr(solo, "person", lambda: user)

    return become


def ask(web: Client, method: str, address: str, form: dict[str, Any], door: Door) -> Any:
    if method == "POST":
        answer = web.post(address, form)
    elif method in SAFE:
        answer = web.generic(method, address)
    else:
        body = "&".join(f"{name}={value}" for name, value in form.items())
        answer = web.generic(method, address, body, content_type=FORM)
    door.closing = False  # for the next question, where this one was the lock
    web.cookies["upswing_session"] = door.session_secret
    return answer


def address(name: str, parts: list[Any], query: str = "") -> str:
    return reverse(name, args=parts) + query


def found(answer: Any) -> bool:
    """Whether the mark is anywhere in the answer."""
    return MARK.encode() in answer.content.lower() or MARK in str(answer.headers).lower()


def test_every_route_stands_in_the_table() -> None:
    patterns = get_resolver().url_patterns
    assert all(isinstance(pattern, URLPattern) for pattern in patterns)
    assert {pattern.name for pattern in patterns} == set(ROUTES)  # type: ignore[union-attr]
    assert len(patterns) == len(ROUTES)


@pytest.mark.parametrize("name", ROUTES)
def test_the_owner_finds_it_and_a_look_changes_nothing(
    web: Client, world: World, be: Any, door: Door, name: str
) -> None:
    route = ROUTES[name]
    be(world.owner)
    before = held_by(world.owner)
    place = address(name, route.args(world), route.query)
    answers = [ask(web, method, place, {}, door) for method in SAFE]
    assert all(answer.status_code < 500 for answer in answers)
    assert found(answers[0]) is route.marked
    if route.marked:
        assert answers[0].status_code == 200
    assert held_by(world.owner) == before


@pytest.mark.parametrize("name", [name for name in ROUTES if not ROUTES[name].vaults])
@pytest.mark.parametrize("method", SAFE + UNSAFE)
def test_a_stranger_finds_nothing_and_changes_nothing(
    web: Client, world: World, stranger: User, be: Any, door: Door, name: str, method: str
) -> None:
    route, before = ROUTES[name], held_by(world.owner)
    be(stranger)
    form = fields(world) | route.asks
    theirs = ask(web, method, address(name, route.args(world), _query(world, route)), form, door)
    assert not found(theirs)
    assert held_by(world.owner) == before
    assert import_desk._desk == [world.waiting]
    assert not world.waiting.begun

    nowhere = [nobodys(part) for part in route.args(world)]
    form |= {"setback": str(nobodys(world.setback.pk)), "held": nobodys(world.waiting.token)}
    nobody = ask(web, method, address(name, nowhere, _query(None, route)), form, door)
    assert theirs.status_code == nobody.status_code
    assert held_by(world.owner) == before


def _query(world: World | None, route: Route) -> str:
    """Ids in the query too, where a page looks for one; `None` for ids that nobody has."""
    id_ = world.setback.pk if world else nobodys(ROUTES["setback"].args and _any_id())
    return f"{route.query or '?'}&setback={id_}&before=9223372036854775807&undo={id_}&done=trashed"


def _any_id() -> Any:
    from uuid import uuid4

    return uuid4()


@pytest.mark.parametrize("name", [name for name in ROUTES if ROUTES[name].vaults])
@pytest.mark.parametrize("method", SAFE + UNSAFE)
def test_the_pages_of_the_vault_show_and_change_nobodys_record(
    web: Client, world: World, be: Any, door: Door, name: str, method: str
) -> None:
    be(world.owner)
    before = held_by(world.owner)
    answer = ask(web, method, address(name, ROUTES[name].args(world)), fields(world), door)
    assert answer.status_code < 500
    assert not found(answer)
    assert held_by(world.owner) == before


def test_the_world_holds_something_in_every_table(world: World) -> None:
    """So that nothing above is true of an empty table only."""
    empty = {name for name, rows in held_by(world.owner).items() if not rows}
    assert empty == {"Link"}
    assert MARK in str(held_by(world.owner))
