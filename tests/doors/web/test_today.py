"""Today: one screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doors.web.reading import text
from upswing.accounts.models import User
from upswing.exercises import actions as exercises
from upswing.record import actions, drafts, setbacks
from upswing.record.models import Setback
from upswing.strategies.coping.actions import check_in, write_entry
from upswing.strategies.mindset.models import Thought

BERLIN = "Europe/Berlin"


@pytest.fixture
def setback(owner: User) -> Setback:
    """Told nineteen days ago."""
    then = datetime.now(UTC) - timedelta(days=19)
    return setbacks.tell(owner=owner, now=then, zone=BERLIN, title="They said no", weight=8)


def test_it_bears_the_name_of_the_setback_and_counts_the_days(
    web: Client, setback: Setback
) -> None:
    answer = web.get("/")
    assert f'<a class="own" href="/setbacks/{setback.pk}/">They said no</a>' in (
        answer.content.decode()
    )
    assert answer.context["over"].endswith(" · day 19")


def test_a_setback_of_today_counts_nothing(web: Client, owner: User) -> None:
    setbacks.tell(owner=owner, now=datetime.now(UTC), zone=BERLIN, title="They said no")
    assert "day" not in web.get("/").context["over"].split(" · ")[-1].split()[:1]


def test_without_an_open_setback_it_is_only_today(
    web: Client, owner: User, setback: Setback, now: datetime
) -> None:
    setbacks.close(setback, now=now)
    answer = web.get("/")
    assert "<h1>Today</h1>" in answer.content.decode()
    assert f"/setbacks/{setback.pk}/" in answer.content.decode()  # lately


def test_one_small_thing_and_its_reason(web: Client, setback: Setback) -> None:
    answer = web.get("/")
    small = answer.context["small"]
    words = text(answer)
    assert words.count("One small thing ·") == 1
    assert small.title in words
    assert small.why in words
    assert f'href="{answer.context["small_url"]}"' in answer.content.decode()
    assert web.get(answer.context["small_url"]).status_code == 200


def test_an_exercise_is_the_small_thing_with_its_minutes_and_its_page(
    web: Client, owner: User, setback: Setback
) -> None:
    setbacks.change(setback, now=datetime.now(UTC), weight_now=5)
    check_in(owner=owner, now=datetime.now(UTC), zone=BERLIN, mood=4)
    for page in ("/", f"/setbacks/{setback.pk}/"):
        answer = web.get(page)
        assert answer.context["small_url"] == f"/exercises/letter/?setback={setback.pk}"
        words = text(answer)
        for said in ("One small thing · 5 to 8 minutes", "Kind and honest letter", "See how it"):
            assert said in words
    assert "5 to 8 minutes" in text(web.get(answer.context["small_url"]))


def test_an_open_test_leads_back_to_its_thought(web: Client, owner: User, setback: Setback) -> None:
    now = datetime.now(UTC)
    setbacks.change(setback, now=now, weight_now=3)
    work, typed = Thought(), {"situation": "x", "thought": "x", "balanced": "x", "test": "Ask Ada"}
    for step in range(1, 8):
        then = now - timedelta(days=2)
        exercises.answer(
            work, owner=owner, now=then, zone=BERLIN, step=step, typed=typed, setback=setback
        )
    answer = web.get("/")
    assert answer.context["small_url"] == f"/exercises/{work.pk}/"
    assert "Try what you wrote down: Ask Ada" in text(answer)
    assert "Ask Ada" in text(web.get(answer.context["small_url"])).partition("Still open")[2]
    with CaptureQueriesContext(connection) as calm:
        web.get("/")
    for ago in range(3):
        lived = now - timedelta(days=ago, minutes=1)
        check_in(owner=owner, now=now, zone=BERLIN, stress=10, happened_at=lived)
    with CaptureQueriesContext(connection) as heavy:
        answer = web.get("/")
    assert answer.context["small"].kind == "break"
    assert max(len(calm), len(heavy)) <= 12


def test_the_last_check_in_is_named(web: Client, owner: User, setback: Setback) -> None:
    assert "last " not in web.get("/").context["last_words"]
    then = datetime(2026, 11, 3, 7, 5, tzinfo=UTC)
    check_in(owner=owner, now=then, zone=BERLIN, mood=4)
    assert web.get("/").context["last_words"].startswith("last on 3 Nov")
    now = datetime.now(UTC)
    item = check_in(owner=owner, now=now, zone=BERLIN, mood=4)
    assert web.get("/").context["last_words"] == f"last at {item.lived_at:%H:%M}"


def test_drafts_wait_with_a_way_back(web: Client, owner: User, setback: Setback) -> None:
    now = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    entry = write_entry(owner=owner, now=now, zone=BERLIN, body="An entry")
    keys = [
        "entry-new",
        f"entry-{entry.pk}",
        "checkin",
        f"setback-{setback.pk}",
        f"stone-mindset-{setback.pk}",
    ]
    for minute, key in enumerate(keys):
        later = now + timedelta(minutes=minute)
        drafts.keep(owner=owner, key=key, fields={"body": ["x"]}, now=later)
    waiting = web.get("/").context["drafts"]
    assert [one["href"] for one in waiting] == [
        f"/setbacks/{setback.pk}/stones/mindset/",
        f"/setbacks/{setback.pk}/edit/",
        "/checkins/new/",
        f"/journal/{entry.pk}/edit/",
        "/journal/new/",
    ]
    assert waiting[-1]["fact"] == "kept 3 Nov, 13:00"
    for one in waiting:
        assert web.get(str(one["href"])).status_code == 200


def test_other_years_of_this_day(web: Client, owner: User, setback: Setback) -> None:
    now = datetime.now(UTC)
    then = now.replace(year=now.year - 1, day=min(now.day, 28))
    write_entry(owner=owner, now=then, zone=BERLIN, body="A year ago.")
    on_this_day = [row["title"] for row in web.get("/").context["before"]]
    assert on_this_day == (["A year ago."] if then.day == now.day else [])


def test_what_happened_lately(web: Client, owner: User, setback: Setback) -> None:
    now = datetime.now(UTC)
    for number in range(7):
        write_entry(owner=owner, now=now, zone=BERLIN, body=f"Entry {number}.")
    words = text(web.get("/"))
    assert "Entry 6." in words
    assert "Entry 2." in words
    assert "Entry 1." not in words


def test_what_lies_in_the_trash_is_not_shown(
    web: Client, owner: User, setback: Setback, now: datetime
) -> None:
    entry = write_entry(owner=owner, now=now, zone=BERLIN, body="Not this one.")
    actions.trash(entry, now=now)
    actions.trash(setback.item, now=now)
    check_in(owner=owner, now=now, zone=BERLIN, mood=4)
    words = text(web.get("/"))
    assert "Not this one." not in words
    assert "They said no" not in words


def test_somebody_elses_day_is_not_shown(
    web: Client, stranger: User, setback: Setback, now: datetime
) -> None:
    setbacks.tell(owner=stranger, now=now, zone=BERLIN, title="Their story")
    drafts.keep(owner=stranger, key="entry-new", fields={"body": ["Their draft"]}, now=now)
    answer = web.get("/")
    assert "Their" not in text(answer)
    assert answer.context["drafts"] == []


@pytest.mark.parametrize(
    ("days", "confirmed", "reminded"), [(6, False, False), (8, False, True), (8, True, False)]
)
def test_after_a_week_a_missing_sheet_is_named(
    web: Client, owner: User, setback: Setback, days: int, confirmed: bool, reminded: bool
) -> None:
    owner.created_at = datetime.now(UTC) - timedelta(days=days)
    owner.recovery_confirmed_at = owner.created_at if confirmed else None
    owner.save()
    assert ("There is no recovery sheet yet." in text(web.get("/"))) is reminded


def test_what_was_done_is_said_once(web: Client, setback: Setback) -> None:
    assert "Kept." in text(web.get("/?done=saved"))
    assert 'class="notice"' not in web.get("/?done=<b>nonsense").content.decode()


def test_an_undo_leads_to_the_item_and_nowhere_else(web: Client, setback: Setback) -> None:
    page = web.get(f"/?done=trashed&undo={setback.pk}").content.decode()
    assert f'action="/items/{setback.pk}/restore/"' in page
    for odd in ("x" * 36, "../../lock/", "", "0" * 36):
        assert web.get("/", {"done": "trashed", "undo": odd}).status_code == 200
