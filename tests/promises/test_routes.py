"""Nobody sees or changes what is another's: every page, every method, with the other's ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from doors.web.conftest import CHEAP
from promises.world import MARK, ROUTES, Route, World, fields, held_by, nobodys
from upswing import solo
from upswing.accounts.models import User
from upswing.vault import keeper, lifecycle
from upswing.web import backup_desk, import_desk
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
    monkeypatch.setattr(backup_desk, "_in_background", lambda work: work())
    yield
    import_desk._desk.clear()
    backup_desk._desk.clear()


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
def test_a_stranger_finds_nothing_and_changes_nothing(
    web: Client, world: World, stranger: User, be: Any, door: Door, name: str
) -> None:
    route, before = ROUTES[name], held_by(world.owner)
    be(stranger)
    theirs = address(name, route.args(world), _query(route, world.setback.pk))
    nobodys_ = address(name, [nobodys(part) for part in route.args(world)], _query(route, uuid4()))
    form = fields(world) | route.asks
    other = form | {"setback": str(uuid4()), "held": nobodys(world.waiting.token)}
    for method in SAFE + UNSAFE:
        answer = ask(web, method, theirs, form, door)
        assert not found(answer), method
        nobody = ask(web, method, nobodys_, other, door)
        assert answer.status_code == nobody.status_code, method
    assert held_by(world.owner) == before
    assert import_desk._desk == [world.waiting]
    assert not world.waiting.begun


def _query(route: Route, id_: UUID) -> str:
    """Ids in the query too, where a page may look for one."""
    return f"{route.query or '?'}&setback={id_}&undo={id_}&done=trashed&before={2**63 - 1}"


@pytest.mark.parametrize("name", [name for name in ROUTES if ROUTES[name].vaults])
def test_the_pages_of_the_vault_show_and_change_nobodys_record(
    web: Client, world: World, be: Any, door: Door, name: str
) -> None:
    be(world.owner)
    before = held_by(world.owner)
    for method in SAFE + UNSAFE:
        answer = ask(web, method, address(name, ROUTES[name].args(world)), fields(world), door)
        assert answer.status_code < 500, method
        assert not found(answer), method
    assert held_by(world.owner) == before


def test_the_world_holds_something_in_every_table(world: World) -> None:
    """So that nothing above is true of an empty table only."""
    empty = {name for name, rows in held_by(world.owner).items() if not rows}
    assert empty == set()
    assert MARK in str(held_by(world.owner))
