"""Timeline and search: what they show, how they go on, what they say where there is nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from doors.cli.terminal import Upswing
from upswing.accounts.models import User
from upswing.cli.search import query
from upswing.exercises import actions as exercises
from upswing.record import setbacks
from upswing.record.models import facets
from upswing.strategies.compassion.models import Talk
from upswing.strategies.coping.actions import check_in, write_entry

ZONE = "Europe/Berlin"


@pytest.fixture
def record(owner: User, stranger: User, now: datetime) -> None:
    told = setbacks.tell(
        owner=owner,
        now=now,
        zone=ZONE,
        title="Laid off from Kestrel",
        happened_at=now - timedelta(days=6),
    )
    for back, body in enumerate(["Final round #interview", "A walk", "The final offer, no round"]):
        lived = now - timedelta(days=back)
        write_entry(
            owner=owner,
            now=now,
            zone=ZONE,
            body=body,
            happened_at=lived,
            setback=told if back else None,
        )
    check_in(owner=owner, now=now - timedelta(days=400), zone="Asia/Tokyo", mood=4)
    write_entry(owner=stranger, now=now, zone=ZONE, body="Final round of a stranger")


@pytest.mark.usefixtures("record")
def test_the_timeline_by_lived_days(upswing: Upswing) -> None:
    answer = upswing("timeline")
    assert [line for line in answer.out.splitlines() if line and not line.startswith(" ")] == [
        "Today",
        "Yesterday",
        "Fri 20 Nov",
        "Mon 16 Nov",
        "Sun 19 Oct 2025",
    ]
    assert "  03:00  check-in   Mood 4" in answer.out  # as the clock showed it in Tokyo
    assert "stranger" not in answer.out
    assert len(answer.ids) == 5
    assert {len(line) for line in answer.out.splitlines() if line.startswith(" ")} == {80}


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (["--kind", "check-in"], ["Mood 4"]),
        (["--kind", "setback", "--kind", "checkin"], ["Laid off from Kestrel", "Mood 4"]),
        (["--setback", "kestrel"], ["A walk", "The final offer, no round"]),
        (["--tag", "#interview"], ["Final round #interview"]),
        (["--year", "2025"], ["Mood 4"]),
        (["--limit", "1"], ["Final round #interview"]),
        (["--before", "2026-11-20"], ["Laid off from Kestrel", "Mood 4"]),
    ],
)
def test_the_timeline_narrowed(upswing: Upswing, words: list[str], titles: list[str]) -> None:
    data = upswing("timeline", "--json", *words).data
    assert [item["title"] for item in data["items"]] == titles


@pytest.mark.usefixtures("record")
def test_the_timeline_goes_on_below_its_last_item(upswing: Upswing) -> None:
    first = upswing("timeline", "--limit", "2")
    assert f"--before {first.ids[1]}" in first.out
    rest = upswing("timeline", "--before", first.ids[1])
    assert first.ids[:2] + rest.ids == upswing("timeline").ids
    data = upswing("timeline", "--limit", "2", "--json").data
    assert data["older"] == data["items"][1]["id"]
    assert upswing("timeline", "--before", data["older"]).out == rest.out


@pytest.mark.usefixtures("record")
def test_rows_as_json_have_whole_ids_and_times_with_offset(upswing: Upswing) -> None:
    oldest = upswing("timeline", "--json").data["items"][-1]
    assert len(oldest["id"]) == 36
    assert oldest["lived_at"] == "2025-10-19T03:00:00+09:00"
    assert (oldest["day"], oldest["zone"], oldest["kind"]) == (
        "2025-10-19",
        "Asia/Tokyo",
        "checkin",
    )
    about = upswing("timeline", "--setback", "kestrel", "--json").data["items"][0]["setback"]
    assert about["title"] == "Laid off from Kestrel"


def test_an_empty_timeline_says_what_to_do(upswing: Upswing) -> None:
    assert upswing("timeline").out == "Nothing here yet. Write something with: upswing log\n"


def test_a_kind_that_is_none(upswing: Upswing) -> None:
    answer = upswing("timeline", "--kind", "poem")
    assert answer.code == 2
    kinds = answer.err.partition("The kinds are: ")[2].partition(".")[0].split(", ")
    assert sorted(kinds) == sorted(facet.NOUN for facet in facets().values())


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["final", "round"], 2),
        (["final round"], 1),
        (["final", "-offer"], 1),
        (["tag:interview"], 1),
        (["setback:Laid off from"], 2),
        (["kind:entry", "after:2026-11-21"], 2),
    ],
)
def test_search_finds(upswing: Upswing, words: list[str], count: int) -> None:
    answer = upswing("search", *words)
    assert answer.code == 0
    assert len(answer.ids) == count
    assert answer.out.endswith(f"{count} found.\n")
    assert upswing("search", "--json", *words).data["count"] == count


@pytest.mark.usefixtures("record")
def test_search_shows_when_what_and_about_what(upswing: Upswing) -> None:
    out = upswing("search", "offer").out
    assert "The final offer, no round" in out
    assert "  Fri 20 Nov 19:00 · entry · Laid off from Kestrel" in out


@pytest.mark.usefixtures("record")
def test_search_says_how_many_more_there_are(upswing: Upswing) -> None:
    assert "The first 1 of 2." in upswing("search", "final", "--limit", "1").out
    assert upswing("search", "final", "--best", "--limit", "1").code == 0


@pytest.mark.usefixtures("record")
def test_nothing_found_is_no_error(upswing: Upswing) -> None:
    answer = upswing("search", "otter")
    assert answer.code == 0
    assert answer.out.startswith("Nothing found.")


@pytest.mark.usefixtures("record")
def test_a_query_that_makes_no_sense_is_refused(upswing: Upswing) -> None:
    answer = upswing("search", "kind:poem")
    assert answer.code == 1
    assert answer.err.startswith("There is no kind “poem”.")
    assert upswing("search", "after:2026-02-30").err == "There is no date “2026-02-30”.\n"
    assert upswing("search", "tag:\udcff").code == 1


def test_an_option_that_is_none_is_not_searched_for(upswing: Upswing) -> None:
    answer = upswing("search", "final", "--bset")
    assert answer.code == 2
    assert "--bset" in answer.err


def test_search_without_words_and_without_a_terminal(upswing: Upswing) -> None:
    assert upswing("search").code == 2


@pytest.mark.usefixtures("record", "someone")
def test_search_without_words_asks_for_them(upswing: Upswing) -> None:
    assert len(upswing("search", typed="walk\n").ids) == 1


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["final", "round"], "final round"),
        (["final round"], '"final round"'),
        (["-final round"], '-"final round"'),
        (["setback:Laid off"], 'setback:"Laid off"'),
        (['tag:x "final round"'], 'tag:x "final round"'),
    ],
)
def test_the_shell_took_the_quotes_away(words: list[str], text: str) -> None:
    assert query(words) == text


@pytest.mark.usefixtures("record")
def test_a_narrow_terminal_keeps_the_titles(
    upswing: Upswing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = upswing("timeline").out
    assert "  19:00  Final round #intervi…  " in out
    assert max(map(len, out.splitlines())) <= 40


def test_a_kind_goes_by_its_name_and_by_its_key(
    upswing: Upswing, owner: User, now: datetime
) -> None:
    talk = Talk()
    exercises.answer(talk, owner=owner, now=now, zone=ZONE, step=1, typed={"called": "Ada"})
    for name in ("own-name talk", "Own-name Talk", "talk"):
        assert upswing("timeline", "--kind", name).ids == [talk.pk.hex[-8:]]
