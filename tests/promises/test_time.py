"""The lived day stays right: zones that change, clocks that are changed, a day that never was.

Elsewhere stand: dates and words as they are read (tests/pure/test_moments.py), what an import makes
of local times (tests/exchange/test_zones.py), which days come back on the 28th and 29th of February
(tests/record/test_reads.py), and that an edited check-in keeps a foreign zone
(tests/doors/web/test_checkins.py). Here it is the doors that are asked. Clocks that jump are in
test_clocks.py.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from doors.cli.conftest import upswing
from doors.cli.terminal import Upswing
from making import entry, moment, setback
from promises.timing import (
    Clock,
    form_of,
    lines,
    live_in,
    log,
    machine_in,
    place,
    saved,
    send,
)
from upswing.accounts.models import User
from upswing.record import drafts
from upswing.record.models import Item
from upswing.vault.paths import VaultPaths

__all__ = ["upswing"]

PAGES = ("entry_new", "checkin_new")
# One moment, 2024-06-30 11:30 UTC, on five walls.
LIVED = {
    "Europe/Berlin": ("2024-06-30", "13:30"),
    "America/New_York": ("2024-06-30", "07:30"),
    "Australia/Lord_Howe": ("2024-06-30", "22:00"),
    "Pacific/Apia": ("2024-07-01", "00:30"),
    "Asia/Kathmandu": ("2024-06-30", "17:15"),
}
ROUND = list(zip(LIVED, [*list(LIVED)[1:], *list(LIVED)[:1]], strict=True))
GAPS = [
    ("Europe/Berlin", "2024-03-31T02:30", "2024-03-31T03:30"),
    ("America/New_York", "2024-03-10T02:30", "2024-03-10T03:30"),
    ("Australia/Lord_Howe", "2024-10-06T02:15", "2024-10-06T02:45"),
    ("Pacific/Apia", "2020-09-27T03:30", "2020-09-27T04:30"),
    ("Pacific/Apia", "2011-12-30T08:00", "2011-12-31T08:00"),
    ("Asia/Kathmandu", "1986-01-01T00:10", "1986-01-01T00:25"),
]
# What was on the wall twice; the offset that tells the second time; both in UTC.
TWICE = [
    ("Europe/Berlin", "2024-10-27T02:30", "+01:00", "2024-10-27 00:30", "2024-10-27 01:30"),
    ("America/New_York", "2024-11-03T01:30", "-05:00", "2024-11-03 05:30", "2024-11-03 06:30"),
    ("Australia/Lord_Howe", "2024-04-07T01:45", "+10:30", "2024-04-06 14:45", "2024-04-06 15:15"),
    ("Pacific/Apia", "2021-04-04T03:30", "+13:00", "2021-04-03 13:30", "2021-04-03 14:30"),
]
# In a zone, at a moment (UTC), somebody says how long ago it was.
AGO = [
    ("Europe/Berlin", "2024-10-27 01:40", "10 minutes ago", "2024-10-27 01:30"),
    ("Europe/Berlin", "2024-10-27 01:40", "vor 2 Stunden", "2024-10-26 23:40"),
    ("America/New_York", "2024-03-10 07:15", "30 minutes ago", "2024-03-10 06:45"),
    ("Australia/Lord_Howe", "2024-04-06 15:20", "now", "2024-04-06 15:20"),
    ("Australia/Lord_Howe", "2024-10-05 15:40", "1 hour ago", "2024-10-05 14:40"),
    ("Pacific/Apia", "2011-12-30 10:30", "1 hour ago", "2011-12-30 09:30"),
    ("Asia/Kathmandu", "1985-12-31 18:35", "10 minutes ago", "1985-12-31 18:25"),
]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def terminal(upswing: Upswing, monkeypatch: pytest.MonkeyPatch) -> tuple[Upswing, Clock]:
    """`upswing WORDS…`, and the clock that it looks at."""
    return upswing, Clock(monkeypatch)


def named(titles: list[str], zone: str) -> list[tuple[str, str, str]]:
    return [(*LIVED[zone], title) for title in titles]


@pytest.mark.parametrize(("home", "elsewhere"), ROUND)
def test_a_move_changes_no_day_that_was_lived(
    web: Client,
    terminal: tuple[Upswing, Clock],
    owner: User,
    vault: VaultPaths,
    home: str,
    elsewhere: str,
) -> None:
    run, clock = terminal
    clock.put("2024-06-30 11:30")
    live_in(owner, home)
    with machine_in(elsewhere):  # the page goes by the person's zone
        send(web, "entry_new", body="Entry")
        send(web, "checkin_new", mood="4")
        log(vault, "Captured", zone=home)
        there = named(["Captured", "Mood 4", "Entry"], home)
        assert lines(web) == there
        web.post("/settings/", {"zone": elsewhere, "country": "", "theme": ""})
        assert lines(web) == lines(web, "/") == there
    items = run("timeline", "--json").data["items"]
    assert [(one["day"], one["lived_at"][11:16], one["title"]) for one in items] == there
    send(web, "entry_new", body="Moved")
    assert lines(web) == [(*LIVED[elsewhere], "Moved"), *there]


@pytest.mark.parametrize(("home", "elsewhere"), ROUND)
def test_a_captured_line_is_lived_by_the_clock_of_its_machine(
    web: Client, owner: User, clock: Clock, vault: VaultPaths, home: str, elsewhere: str
) -> None:
    clock.put("2024-06-30 11:30")
    live_in(owner, home)
    log(vault, "Away", zone=elsewhere)
    log(vault, "Away, at a time", "--at", " ".join(LIVED[elsewhere]), zone=elsewhere)
    assert lines(web) == named(["Away, at a time", "Away"], elsewhere)


@pytest.mark.parametrize(("zone", "typed", "shown"), GAPS)
def test_a_time_that_the_clocks_jumped_over(
    web: Client, owner: User, zone: str, typed: str, shown: str
) -> None:
    live_in(owner, zone)
    for page in ("entry_new", "checkin_new"):
        item = send(web, page, body="Between two hours", when=typed)
        assert form_of(web, item)["when"] == shown
        assert lines(web)[0][:2] == (shown[:10], shown[11:])
        assert place(saved(web, item)) == place(item)


@pytest.mark.parametrize(("zone", "typed", "offset", "first", "second"), TWICE)
def test_a_time_that_was_on_the_wall_twice(
    web: Client, owner: User, zone: str, typed: str, offset: str, first: str, second: str
) -> None:
    live_in(owner, zone)
    later = [send(web, page, body="Later", when=typed + offset) for page in PAGES]
    early = [send(web, page, body="Early", when=typed) for page in PAGES]
    assert [item.happened_at for item in early + later] == [moment(first)] * 2 + [
        moment(second)
    ] * 2
    assert [line[2] for line in lines(web)][::2] == ["Later", "Early"]
    assert {line[:2] for line in lines(web)} == {(typed[:10], typed[11:])}
    for item in early + later:
        assert form_of(web, item)["when"] == typed
        assert place(saved(web, item, body="Other words")) == place(item)


@pytest.mark.parametrize(("zone", "typed", "offset", "first", "second"), TWICE)
def test_both_times_in_the_terminal(
    upswing: Upswing, owner: User, zone: str, typed: str, offset: str, first: str, second: str
) -> None:
    live_in(owner, zone)
    item = entry(owner, at="2020-01-01", zone=zone)
    id = item.pk.hex[-8:]
    for told, lived in ((typed, first), (typed + offset, second)):
        assert upswing("edit", id, "--at", told).code == 0
        assert upswing("edit", id, "--tag", "moved").code == 0  # moves nothing
        item.refresh_from_db()
        assert (item.happened_at, item.day) == (moment(lived), date.fromisoformat(typed[:10]))
        assert f"{typed[11:]} ({zone})" in upswing("show", id).out


@pytest.mark.parametrize(("zone", "at", "words", "lived"), AGO)
def test_hours_and_minutes_pass_also_while_the_clocks_are_changed(
    web: Client,
    terminal: tuple[Upswing, Clock],
    owner: User,
    vault: VaultPaths,
    zone: str,
    at: str,
    words: str,
    lived: str,
) -> None:
    run, clock = terminal
    item = entry(owner, at="1980-01-01", zone=zone)
    clock.put(at)
    assert run("edit", item.pk.hex[-8:], "--at", words).code == 0
    log(vault, "Captured", "--at", words, zone=zone)
    web.get("/timeline/")
    assert set(Item.objects.values_list("happened_at", flat=True)) == {moment(lived)}


def test_the_day_that_apia_never_had(web: Client, upswing: Upswing, owner: User) -> None:
    live_in(owner, "Pacific/Apia")
    for when in ("2011-12-29T23:30", "2011-12-31T00:30", "2011-12-30"):
        send(web, "entry_new", body=f"Told for {when}", when=when)
    assert lines(web) == [
        ("2011-12-31", "12:00", "Told for 2011-12-30"),
        ("2011-12-31", "00:30", "Told for 2011-12-31T00:30"),
        ("2011-12-29", "23:30", "Told for 2011-12-29T23:30"),
    ]
    assert upswing("timeline", "--before", "2011-12-30").out.startswith("Thu 29 Dec 2011\n")


def test_a_setback_on_the_day_that_apia_never_had(web: Client, owner: User) -> None:
    live_in(owner, "Pacific/Apia")
    told = saved(web, setback(owner, zone="Pacific/Apia").item, when="2011-12-30")
    assert form_of(web, told)["when"] == "2011-12-31"
    assert place(saved(web, told)) == place(told)


def test_the_new_year_begins_with_the_lived_day(web: Client, owner: User) -> None:
    entry(owner, "New year in Apia", at="2011-12-31 10:30", zone="Pacific/Apia")
    entry(owner, "Old year in New York", at="2012-01-01 04:30", zone="America/New_York")
    assert lines(web, "/timeline/?year=2012") == [("2012-01-01", "00:30", "New year in Apia")]
    assert lines(web, "/timeline/?year=2011") == [("2011-12-31", "23:30", "Old year in New York")]


def test_midnight_in_kathmandu_is_at_a_quarter_past(web: Client, owner: User, clock: Clock) -> None:
    live_in(owner, "Asia/Kathmandu")
    for at in ("2024-06-29 18:14:59", "2024-06-29 18:15:00"):
        clock.put(at)
        send(web, "checkin_new", mood="4")
    assert [line[:2] for line in lines(web)] == [("2024-06-30", "00:00"), ("2024-06-29", "23:59")]


def test_a_draft_is_dated_by_the_persons_day(terminal: tuple[Upswing, Clock], owner: User) -> None:
    run, clock = terminal
    live_in(owner, "Pacific/Apia")
    drafts.keep(
        owner=owner, key="checkin", fields={"body": ["Half"]}, now=moment("2024-06-30 11:30")
    )
    entry(owner, at="2024-06-01")
    clock.put("2024-06-30 12:00")
    assert "today  Half" in run("today").out
