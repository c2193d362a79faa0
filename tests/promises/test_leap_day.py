"""The 29th of February: told, remembered, counted over, and kept in a backup.

Which days come back on the 28th and the 29th is in tests/record/test_reads.py; here it is the doors
that are asked.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from doors.cli.conftest import upswing
from doors.cli.terminal import Upswing
from doors.web.reading import errors
from making import entry, moment, setback
from promises.timing import Clock, lines, send
from upswing.accounts.models import User
from upswing.vault.backup.rules import Stamp, kept

__all__ = ["upswing"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def terminal(upswing: Upswing, monkeypatch: pytest.MonkeyPatch) -> tuple[Upswing, Clock]:
    """`upswing WORDS…`, and the clock that it looks at."""
    return upswing, Clock(monkeypatch)


def test_the_29th_of_february_is_a_day_only_where_it_is_one(
    web: Client, upswing: Upswing, owner: User
) -> None:
    send(web, "entry_new", body="Leap", when="2024-02-29T10:00")
    item = send(web, "checkin_new", mood="4", when="2024-02-29")
    assert {line[0] for line in lines(web)} == {"2024-02-29"}
    answer = web.post("/journal/new/", {"body": "None", "when": "2023-02-29T10:00"})
    assert errors(answer) == {"when": ["There is no date “2023-02-29T10:00”."]}
    assert upswing("edit", item.pk.hex[-8:], "--at", "29 february 2023").code == 1
    assert upswing("edit", item.pk.hex[-8:], "--at", "29 february 2020").code == 0
    assert lines(web)[-1][0] == "2020-02-29"


@pytest.mark.parametrize(
    ("today", "titles"),
    [
        ("2025-02-28 06:00", ["Leap day in Apia"]),
        ("2025-03-01 06:00", []),
        ("2028-02-28 06:00", []),  # the 29th has its own day this year
        ("2028-02-29 06:00", ["Leap day in Apia"]),
    ],
)
def test_a_leap_day_comes_back_on_today(
    web: Client, terminal: tuple[Upswing, Clock], owner: User, today: str, titles: list[str]
) -> None:
    run, clock = terminal
    entry(owner, "Leap day in Apia", at="2024-02-28 11:30", zone="Pacific/Apia")
    entry(owner, "Not yet in Berlin", at="2024-02-27 11:30", zone="Europe/Berlin")
    clock.put(today)
    answer: Any = web.get("/")
    assert [row["title"] for row in answer.context["before"]] == titles
    assert [row["title"] for row in run("today", "--json").data["on_this_day"]] == titles


@pytest.mark.parametrize(
    ("told", "today", "over"),
    [
        ("2024-02-28 12:00", "2024-02-29 12:00", "Thursday 29 February · day 1"),
        ("2024-02-28 12:00", "2024-03-01 12:00", "Friday 1 March · day 2"),
        ("2023-02-28 12:00", "2023-03-01 12:00", "Wednesday 1 March · day 1"),
        ("2024-02-29 12:00", "2025-02-28 12:00", "Friday 28 February · day 365"),
        ("2024-02-29 12:00", "2028-02-29 12:00", "Tuesday 29 February · day 1461"),
    ],
)
def test_days_are_counted_over_a_leap_day(
    web: Client, owner: User, clock: Clock, told: str, today: str, over: str
) -> None:
    setback(owner, now=moment(told))
    clock.put(today)
    answer: Any = web.get("/")
    assert answer.context["over"] == over


@pytest.mark.parametrize(("year", "last"), [(2024, 29), (2023, 28)])
def test_the_day_before_the_first_of_march_is_yesterday(
    web: Client, terminal: tuple[Upswing, Clock], owner: User, year: int, last: int
) -> None:
    run, clock = terminal
    entry(owner, at=f"{year}-02-{last} 12:00")
    clock.put(f"{year}-03-01 12:00")
    answer: Any = web.get("/timeline/")
    assert answer.context["groups"][0]["words"] == "Yesterday"
    assert run("timeline").out.startswith("Yesterday\n")


def test_a_backup_of_a_leap_day_ends_its_month() -> None:
    newest = moment("2024-04-15 18:00")
    made = [newest - timedelta(days=back) for back in range(500)]
    keep = kept([Stamp(f"{at:%Y-%m-%d}", at, 1) for at in made], verified="2024-04-15")
    months = sorted(name for name in keep if name < "2024-03-20")[-4:]
    assert months == ["2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29"]
