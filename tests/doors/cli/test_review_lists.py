"""Lessons, and factors that return, in the terminal, some at a time."""

from __future__ import annotations

import re

from doors.cli.terminal import Upswing
from reviewing import learnt, named_often
from upswing.accounts.models import User

EIGHT = [0, 5, 10, 20, 30, 40, 50, 60]


def test_all_lessons_some_at_a_time(upswing: Upswing, owner: User) -> None:
    for number in range(5):
        learnt(owner, number)
    first = upswing("lesson", "--all", "--limit", "3")
    assert re.findall(r"When cue (\d)", first.out) == ["0", "1", "2"]
    more = re.search(r"upswing lesson --all --before ([0-9a-f]{8})", first.out)
    assert more
    second = upswing("lesson", "--all", "--before", more[1])
    assert re.findall(r"When cue (\d)", second.out) == ["3", "4"]
    assert "--before" not in second.out
    data = upswing("lesson", "--all", "--limit", "3", "--json").data
    last = upswing("lesson", "--before", data["older"], "--json").data
    assert [one["when"] for one in last["items"]] == ["cue 3", "cue 4"]
    assert last["older"] is None
    below = upswing("lesson", "--before", last["items"][-1]["id"])
    assert "There are no older ones." in below.out
    assert upswing("lesson", "--before", "00000000").code == 1


def test_factors_that_return_some_at_a_time(upswing: Upswing, owner: User) -> None:
    for name, times in (("The market’s “mood”", 4), ("Asked late", 3), ("The budget", 2)):
        named_often(owner, name, [10] * times)
    first = upswing("review", "factors", "--limit", "1")
    assert "in 4 reviews" in first.out
    assert "upswing review factors --below 'The market’s “mood”'" in first.out
    second = upswing("review", "factors", "--below", "The market’s “mood”")
    assert "Asked late" in second.out
    assert "The budget" in second.out
    assert "mood" not in second.out
    assert "There is nothing below that." in upswing("review", "factors", "--below", "x").out
    assert upswing("review", "factors", "--limit", "2", "--json").data["more"] == "Asked late"
    assert upswing("review", "factors", "--limit", "0").code == 2


def test_the_latest_shares_and_whether_they_rose(upswing: Upswing, owner: User) -> None:
    named_often(owner, "Asked late", [*[99] * 6, None, *[1] * 3, *EIGHT])
    answer = upswing("review", "factors").out
    said = " ".join(answer.split())
    assert "shares, oldest first, after 6 earlier ones: –, 1, 1, 1, 0, 5" in said
    assert "Its share rose over 11 reviews" in said
    (data,) = upswing("review", "factors", "--json").data["factors"]
    assert data["shares"] == [None, 1, 1, 1, *EIGHT]
    assert data["reviews"] == 18
