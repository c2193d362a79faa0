"""Clocks that jump: writing goes on, lines come in once, backups are made, no code lasts longer.

Elsewhere stand: when a backup is due and which are kept (tests/vault/test_backup_rules.py), one a
day (tests/journeys/test_backups.py), which clock ends the idle time (tests/vault/test_idle.py), and
that a ticket opens once (tests/doors/web/test_launch.py). Locking across a sleep, with the real
processes, is in test_sleep.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from doors.cli.conftest import upswing
from doors.cli.terminal import Upswing
from making import NOW, setback
from promises.timing import Clock, lines, log, place, saved, send
from upswing.accounts.models import User
from upswing.journeys import backups
from upswing.record.models import Item, Receipt
from upswing.vault import inbox, keeper, lifecycle
from upswing.vault.backup import folder, state
from upswing.vault.idle import Clocks
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.web.door import LAUNCH, Door, issue, launch_file, spend
from vault.recording import fill

__all__ = ["upswing"]

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
JUMPS = [pytest.param(by, id=f"{by}") for step in (HOUR, DAY, YEAR) for by in (step, -step)]
PAGES = ("entry_new", "checkin_new")
BERLIN = "Europe/Berlin"
MORNING = NOW.replace(hour=8)
CODE = "ABCD2345"
STARTED = Clocks(awake=100.0, boot=500.0, wall=1_000_000.0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.mark.parametrize("jump", JUMPS)
def test_writing_goes_on_and_stands_by_the_moment_of_its_clock(
    web: Client, owner: User, clock: Clock, vault: VaultPaths, jump: timedelta
) -> None:
    vault.database.write_bytes(bytes(1000))  # a file where its database would be
    told = setback(owner)
    written = {}
    for number, at in enumerate((NOW, NOW + jump, NOW + timedelta(minutes=5))):
        clock.put(at)
        send(web, "entry_new", body=f"Entry {number}")
        send(web, "checkin_new", mood=f"{number + 1}")
        log(vault, f"Line {number}", zone=BERLIN)
        written[at] = [f"Line {number}", f"Mood {number + 1}", f"Entry {number}"]
        for page in ("/", "/journal/", f"/setbacks/{told.pk}/", "/settings/"):
            assert web.get(page).status_code == 200
    expected = [title for at in sorted(written, reverse=True) for title in written[at]]
    assert [line[2] for line in lines(web) if line[2] != told.item.title] == expected


@pytest.mark.parametrize("jump", JUMPS)
def test_what_is_there_can_be_changed_and_does_not_move(
    web: Client, owner: User, upswing: Upswing, monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    clock = Clock(monkeypatch)
    kept = [setback(owner).item, *(send(web, page, body="x") for page in PAGES)]
    clock.put(NOW + jump)
    for item in kept:
        assert place(saved(web, item, body="Other words")) == place(item)
        assert upswing("edit", item.pk.hex[-12:], typed="And others").code == 0
        item.refresh_from_db()
        assert (item.body, place(item)) == ("And others", place(item))
        assert web.post(reverse("trash", args=[item.pk])).status_code == 302
        assert web.post(reverse("restore", args=[item.pk])).status_code == 302
    assert len(lines(web)) == 3


@pytest.mark.parametrize("jump", JUMPS)
def test_a_line_comes_in_once_whatever_the_clock_says_meanwhile(
    web: Client, owner: User, clock: Clock, vault: VaultPaths, jump: timedelta
) -> None:
    clock.put(NOW + jump)
    log(vault, "Captured", zone=BERLIN)
    sealed = vault.pending.read_bytes()
    clock.put(NOW)
    lines(web)
    clock.put(NOW - jump)
    vault.draining.write_bytes(sealed)  # as a drain leaves it that is killed before its end
    lines(web)
    assert not inbox.pending(vault)
    assert Item.objects.get().happened_at == NOW + jump
    assert Receipt.objects.count() == 1


@pytest.fixture
def home(tmp_path: Path) -> VaultPaths:
    """A vault with a small record."""
    where = VaultPaths(tmp_path / "home", tmp_path / "run")
    fill(where, lifecycle.create(where, passphrase=None), rows=1)
    return where


@pytest.fixture
def key(home: VaultPaths) -> VaultKey:
    return lifecycle.open_with_device(home)


def use(home: VaultPaths, key: VaultKey, days: Iterable[datetime]) -> list[datetime]:
    """Use the vault for some hours on each of these days; the moments of the backups made."""
    made = []
    for day in days:
        for hours in range(3):
            now = day + timedelta(hours=hours)
            made += [now] if backups.is_due(home, zone=BERLIN, now=now) else []
            backups.make_if_due(home, key, zone=BERLIN, now=now)
            assert state.read(home).made_at == made[-1]
    return made


def days_of(home: VaultPaths) -> set[datetime]:
    return {one.about.made_at for one in folder.listing(home) if one.about}


def from_(first: datetime, count: int) -> Iterator[datetime]:
    return (first + timedelta(days=number) for number in range(count))


@pytest.mark.solo
@pytest.mark.parametrize("jump", JUMPS)
def test_one_backup_on_each_day_of_use_also_after_a_jump(
    home: VaultPaths, key: VaultKey, jump: timedelta
) -> None:
    days = [MORNING, MORNING + DAY]
    used = [*days, *(day + jump for day in days), *days]
    made = use(home, key, used)
    assert made == [day for last, day in pairwise([NOW - YEAR, *used]) if last.date() != day.date()]
    assert {at.date() for at in days_of(home)} == {day.date() for day in used}
    assert state.read(home).trouble is None


@pytest.mark.solo
def test_backups_from_the_future_do_not_stand_for_those_of_today(
    home: VaultPaths, key: VaultKey
) -> None:
    """A clock that ran a year ahead for eight days must not cost the next eight their backups."""
    use(home, key, from_(MORNING + YEAR, 8))
    use(home, key, from_(MORNING, 8))
    assert days_of(home) >= set(from_(MORNING + DAY, 7))
    use(home, key, from_(MORNING + YEAR + timedelta(days=8), 1))  # and then they are the older ones
    assert MORNING + YEAR + timedelta(days=8) in days_of(home)
    assert MORNING + timedelta(days=7) in days_of(home)  # the last of its week


@pytest.mark.solo
def test_a_clock_set_back_by_years_prunes_neither_the_new_nor_the_old(
    home: VaultPaths, key: VaultKey
) -> None:
    use(home, key, from_(MORNING, 8))
    before = days_of(home)
    use(home, key, from_(MORNING - 2 * YEAR, 8))
    assert days_of(home) >= before | set(from_(MORNING - 2 * YEAR + DAY, 7))


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> list[Clocks]:
    """What the three clocks show; the last one counts."""
    shown = [STARTED]
    monkeypatch.setattr(keeper, "read_clocks", lambda: shown[-1])
    return shown


def later(awake: float, *, boot: float | None = None, wall: float | None = None) -> Clocks:
    """The clocks some seconds after STARTED; where not told, all alike."""
    return Clocks(
        STARTED.awake + awake,
        STARTED.boot + (awake if boot is None else boot),
        STARTED.wall + (awake if wall is None else wall),
    )


LATE = {
    "by all": later(601),
    "with the wall clock set back": later(601, wall=-86_400),
    "with the wall clock a year back": later(601, wall=-31_536_000),
    "asleep": later(5, boot=601, wall=601),
    "asleep, with the wall clock set back": later(5, boot=601, wall=-60),
    "with the wall clock set ahead": later(5, wall=3_600),
}


@pytest.mark.parametrize("by", [pytest.param(by, id=name) for name, by in LATE.items()])
def test_no_clock_that_is_set_prolongs_a_code(
    outside: Client, door: Door, clocks: list[Clocks], by: Clocks
) -> None:
    issue(door.runtime, CODE, seconds=600)
    launch_file(door.runtime, CODE).write_text("the page that posts it")
    clocks.append(by)
    answer = outside.post("/launch/", {"ticket": CODE})
    assert answer.status_code == 422
    assert LAUNCH not in answer.cookies
    assert not list(door.runtime.glob("*-*"))  # and it is used up
    clocks.append(STARTED)
    assert not spend(door.runtime, CODE)


@pytest.mark.parametrize("by", [later(599), later(599, wall=-86_400), later(10, boot=300)])
def test_until_then_it_opens(
    outside: Client, door: Door, owner: User, clocks: list[Clocks], by: Clocks
) -> None:
    issue(door.runtime, CODE, seconds=600)
    clocks.append(by)
    assert outside.post("/launch/", {"ticket": CODE}).status_code == 200
