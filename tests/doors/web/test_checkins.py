"""Checking in by the browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from doors.web.reading import errors, text, value
from upswing.accounts.models import User
from upswing.record import actions, drafts, setbacks
from upswing.record.models import Draft, Item, Setback
from upswing.strategies.coping.actions import check_in
from upswing.strategies.coping.models import CheckIn

BERLIN = "Europe/Berlin"
NEW = "/checkins/new/"


@pytest.fixture
def setback(owner: User, now: datetime) -> Setback:
    return setbacks.tell(owner=owner, now=now, zone=BERLIN, title="They said no")


def only() -> CheckIn:
    return CheckIn.objects.select_related("item").get()


def wall(moment: datetime) -> str:
    """As the browser's control sends it, in the owner's zone."""
    return moment.astimezone(ZoneInfo(BERLIN)).strftime("%Y-%m-%dT%H:%M")


def test_two_taps_on_today_are_enough(web: Client, setback: Setback) -> None:
    page = web.get("/").content.decode()
    assert f'<form method="post" action="{NEW}"' in page
    before = datetime.now(UTC)
    answer = web.post(NEW, {"mood": "4", "energy": "3", "setback": str(setback.pk)})
    assert answer["Location"] == "/?done=saved"
    found = only()
    assert (found.mood, found.energy, found.stress, found.feelings) == (4, 3, None, [])
    assert found.item.title.lower() == "mood 4 · energy 3"
    assert found.item.setback == setback
    assert found.item.zone == BERLIN
    assert before <= found.item.happened_at <= datetime.now(UTC)
    assert "Kept." in text(web.get(answer["Location"]))


def test_one_tap_is_enough_and_leads_back_to_today(web: Client) -> None:
    assert web.post(NEW, {"energy": "1"})["Location"] == "/?done=saved"
    assert only().energy == 1


def test_everything_arrives(web: Client, setback: Setback) -> None:
    web.post(
        NEW,
        {
            "mood": "1",
            "energy": "10",
            "stress": "7",
            "feelings": ["sad", "hopeful"],
            "own_words": "Wrung out, sad",
            "body": "After the call. #interview",
            "when": "2026-11-20T08:15",
            "setback": str(setback.pk),
        },
    )
    found = only()
    assert (found.mood, found.energy, found.stress) == (1, 10, 7)
    assert found.feelings == ["sad", "hopeful", "wrung out"]
    assert found.item.body == "After the call. #interview"
    assert found.item.happened_at == datetime(2026, 11, 20, 7, 15, tzinfo=UTC)
    assert found.item.day.isoformat() == "2026-11-20"
    assert [tag.name for tag in found.item.tags.all()] == ["interview"]


def test_a_word_alone_and_a_line_alone_are_enough(web: Client) -> None:
    web.post(NEW, {"own_words": "numb"})
    web.post(NEW, {"body": "Slept badly."})
    assert CheckIn.objects.count() == 2


def test_several_a_day(web: Client) -> None:
    for mood in ("3", "5", "4"):
        web.post(NEW, {"mood": mood, "when": "2026-11-20T08:15"})
    assert CheckIn.objects.count() == 3
    assert text(web.get("/timeline/")).lower().count("mood 5") == 1


def test_the_zone_of_the_settings_counts(web: Client, owner: User) -> None:
    owner.zone = "Pacific/Auckland"
    owner.save()
    web.post(NEW, {"mood": "4", "when": "2026-11-20T08:15"})
    assert only().item.zone == "Pacific/Auckland"
    assert only().item.happened_at == datetime(2026, 11, 19, 19, 15, tzinfo=UTC)


def test_a_time_that_was_typed_and_drafted_is_not_lost(web: Client) -> None:
    """The draft holds the same time as the form that is sent: that is no reason to take now."""
    typed = {"draft": "checkin", "mood": "4", "when": "2026-11-20T08:15"}
    web.post("/draft/", typed)
    web.post(NEW, typed)
    assert only().item.happened_at == datetime(2026, 11, 20, 7, 15, tzinfo=UTC)


def test_the_form_starts_at_the_setback_and_without_a_time(web: Client, setback: Setback) -> None:
    """A page left open since the morning must not keep the morning."""
    page = web.get(f"{NEW}?setback={setback.pk}")
    assert not value(page, "when")
    assert value(page, "setback") == str(setback.pk)


def test_nothing_at_all_is_refused(web: Client) -> None:
    for fields in ({}, {"body": "  "}, {"own_words": " , ,"}):
        answer = web.post(NEW, fields)
        assert errors(answer) == {"mood": ["Choose one number or one word, or write a line."]}
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"mood": "11"}, "mood", "11"),
        ({"energy": "0"}, "energy", "0"),
        ({"stress": "much"}, "stress", "much"),
        ({"feelings": ["nonsense"]}, "feelings", "nonsense"),
        ({"own_words": "x" * 41}, "feelings", "up to 40 characters"),
        ({"own_words": ",".join(map(str, range(30)))}, "feelings", "Up to 20"),
        ({"body": "x" * 1_000_001}, "body", "longer than one entry can hold"),
        ({"when": "2026-02-30T10:00"}, "when", "There is no date"),
        ({"when": "when it rained"}, "when", "not a date that I can read"),
        ({"when": "1066-10-14T10:00"}, "when", "outside the years"),
        ({"when": "NOW+1"}, "when", "still to come"),
        ({"setback": "nonsense"}, "setback", "not here any more"),
        ({"setback": str(uuid4())}, "setback", "not here any more"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_lost(
    web: Client, fields: dict[str, Any], field: str, sentence: str
) -> None:
    if fields.get("when") == "NOW+1":
        fields = {"when": wall(datetime.now(UTC) + timedelta(days=1))}
    answer = web.post(NEW, {"mood": "5", "own_words": "kept", "body": "Kept words.", **fields})
    assert sentence in errors(answer)[field][0]
    expected = {"mood": "5", "own_words": "kept", "body": "Kept words.", **fields}
    assert {name: value(answer, name) for name in expected} == expected
    assert not Item.objects.exists()


def test_somebody_elses_setback_is_not_offered(web: Client, stranger: User, now: datetime) -> None:
    theirs = setbacks.tell(owner=stranger, now=now, zone=BERLIN, title="Theirs")
    assert "setback" in errors(web.post(NEW, {"mood": "5", "setback": str(theirs.pk)}))
    assert "Theirs" not in web.get(NEW).content.decode()


@pytest.fixture
def then(now: datetime) -> datetime:
    """A moment that has passed by the clock of this machine too."""
    return now - timedelta(days=7)


def edited(web: Client, owner: User, then: datetime, **values: Any) -> tuple[str, Item]:
    item = check_in(owner=owner, now=then, zone=BERLIN, **values)
    return f"/checkins/{item.pk}/", item


def test_changing_one_shows_all_of_it(
    web: Client, owner: User, setback: Setback, then: datetime
) -> None:
    address, _ = edited(
        web,
        owner,
        then,
        mood=2,
        stress=9,
        feelings=["sad", "wrung out"],
        body="A line",
        setback=setback,
    )
    page = web.get(address)
    shown = {name: value(page, name) for name in page.context["form"].fields}
    assert shown == {
        "mood": 2,
        "energy": None,
        "stress": 9,
        "feelings": ["sad"],
        "own_words": "wrung out",
        "body": "A line",
        "when": "2026-11-15T19:00",
        "setback": str(setback.pk),
    }


def test_a_change_arrives_and_the_moment_stays(web: Client, owner: User, then: datetime) -> None:
    exact = then.replace(second=42, microsecond=7)
    address, _ = edited(web, owner, exact, mood=2, stress=9, body="A line")
    answer = web.post(address, {"mood": "3", "body": "Another line", "when": "2026-11-15T19:00"})
    assert answer["Location"] == f"{address}?done=saved"
    found = only()
    assert (found.mood, found.stress, found.item.body) == (3, None, "Another line")
    assert found.item.title.lower() == "mood 3"
    assert found.item.happened_at == exact


def test_it_can_be_moved_to_another_time(web: Client, owner: User, then: datetime) -> None:
    address, item = edited(web, owner, then, mood=2)
    typed = {"draft": f"checkin-{item.pk}", "mood": "2", "when": "2026-11-01T08:00"}
    web.post("/draft/", typed)
    web.post(address, typed)
    assert only().item.happened_at == datetime(2026, 11, 1, 7, tzinfo=UTC)


def test_one_of_another_zone_keeps_it(web: Client, owner: User, then: datetime) -> None:
    item = check_in(owner=owner, now=then, zone="Asia/Tokyo", mood=2)
    address = f"/checkins/{item.pk}/"
    assert value(web.get(address), "when") == "2026-11-16T03:00"
    web.post(address, {"mood": "2", "when": "2026-11-20T08:00"})
    assert only().item.zone == "Asia/Tokyo"
    assert only().item.happened_at == datetime(2026, 11, 19, 23, tzinfo=UTC)


def test_a_mistake_while_changing_changes_nothing(web: Client, owner: User, then: datetime) -> None:
    address, _ = edited(web, owner, then, mood=2)
    assert "mood" in errors(web.post(address, {"when": "2026-11-15T19:00"}))
    assert only().mood == 2


def test_a_setback_that_is_laid_down_stays_chosen(
    web: Client, owner: User, setback: Setback, then: datetime
) -> None:
    address, _ = edited(web, owner, then, mood=2, setback=setback)
    setbacks.close(setback, now=then)
    assert value(web.get(address), "setback") == str(setback.pk)
    web.post(address, {"mood": "3", "setback": str(setback.pk)})
    assert only().item.setback == setback


def test_a_setback_in_the_trash_stays_chosen(
    web: Client, owner: User, setback: Setback, then: datetime
) -> None:
    address, _ = edited(web, owner, then, mood=2, setback=setback)
    actions.trash(setback.item, now=then)
    fields = {"mood": "3", "setback": web.get(address).context["form"]["setback"].value()}
    assert web.post(address, fields).status_code == 302
    assert only().item.setback == setback


def test_somebody_elses_is_not_there(web: Client, stranger: User, now: datetime) -> None:
    address, _ = edited(web, stranger, now, mood=2, body="Theirs")
    assert web.get(address).status_code == 404
    assert web.post(address, {"mood": "9"}).status_code == 404
    assert only().mood == 2


def test_two_taps_leave_a_longer_one_waiting(web: Client, owner: User, now: datetime) -> None:
    drafts.keep(owner=owner, key="checkin", fields={"body": ["Half a sentence"]}, now=now)
    web.post(NEW, {"mood": "4"})
    assert Draft.objects.count() == 1
    web.post(NEW, {"mood": "4", "draft": "checkin", "body": "A whole one"})
    assert not Draft.objects.exists()
