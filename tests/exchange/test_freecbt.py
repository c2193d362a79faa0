"""FreeCBT: the same thoughts as CSV, as JSON and as backup text become the same thought records."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.packing import packed
from exchange.trying import bring, counts, read, read_or_refused, refusal
from upswing.accounts.models import User
from upswing.exchange.importers import freecbt, recognise, source
from upswing.exchange.importers.freecbt import TRAPS
from upswing.exchange.lzstring import Damaged, unpacked
from upswing.exchange.rows import Options
from upswing.exercises import actions
from upswing.exercises.reads import returning, unfinished
from upswing.record import batches
from upswing.record.models import Item
from upswing.strategies.mindset.catalogue.traps import TRAPS as OWN
from upswing.strategies.mindset.models import Thought

THOUGHT = {
    "uuid": "6a1f5d0e-8f0c-4b57-9d44-1f2b3c4d5e6f",
    "createdAt": "2024-03-01T22:30:00.000Z",
    "updatedAt": "2024-03-02T08:00:00.000Z",
    "automaticThought": 'I will be the next to go, "for sure"',
    "cognitiveDistortions": ["fortune-telling", "self-blaming"],
    "challenge": "They kept three of us.\nMy lead said so.",
    "alternativeThought": "Nobody knows, and I can ask.",
    "v": "Thought-v2",
}
OTHER = THOUGHT | {"uuid": "b", "automaticThought": "Größe 👩‍👩‍👧", "cognitiveDistortions": []}
# What FreeCBT itself wrote for an archive without thoughts.
ITS_OWN = "N4IgbiBcIIIE4GMAWBLMBTAtGAjCANCAC5ID2ArgOZJEDOUA2gLoC+QA"


def archive(*thoughts: Any, version: str = "Archive-v2") -> bytes:
    return json.dumps({"v": version, "thoughts": thoughts}).encode()


def backup(*thoughts: Any, version: str = "Archive-v2") -> bytes:
    return f":FreeCBT:{packed(archive(*thoughts, version=version).decode())}:FreeCBT:".encode()


def table(*thoughts: dict[str, Any]) -> bytes:
    names = [name for name in THOUGHT if name != "v"]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for each in thoughts:
        writer.writerow(each | {"cognitiveDistortions": ",".join(each["cognitiveDistortions"])})
    return out.getvalue().encode()


def legacy(thought: dict[str, Any]) -> dict[str, Any]:
    """As Quirk kept it: every distortion, and a mark on those that were chosen."""
    chosen = thought["cognitiveDistortions"]
    return {name: value for name, value in thought.items() if name != "v"} | {
        "uuid": f"@Quirk:thoughts:{thought['uuid']}",
        "cognitiveDistortions": [
            {"slug": slug, "label": slug.title(), "selected": slug in chosen} for slug in TRAPS
        ],
    }


ALL_WAYS = [
    pytest.param(table(THOUGHT, OTHER), id="csv"),
    pytest.param(archive(THOUGHT, OTHER), id="json"),
    pytest.param(archive(THOUGHT, OTHER, version="Archive-v1"), id="first archive"),
    pytest.param(backup(THOUGHT, OTHER), id="backup"),
    pytest.param(backup(THOUGHT, OTHER, version="Archive-v1"), id="first backup"),
    pytest.param(archive(legacy(THOUGHT), legacy(OTHER), version="Archive-v1"), id="quirk"),
    pytest.param(json.dumps([THOUGHT, OTHER]).encode(), id="bare list"),
]


@pytest.mark.parametrize("data", ALL_WAYS)
def test_every_way_gives_the_same_records(owner: User, now: datetime, data: bytes) -> None:
    assert recognise(data, "anything.txt") is source("freecbt")
    assert counts(bring(owner, "freecbt", data, now).plan) == (2, 0, 0)
    one, other = Thought.objects.order_by("item__external_id")
    assert one.answers == {
        "thought": THOUGHT["automaticThought"],
        "evidence_against": THOUGHT["challenge"],
        "balanced": THOUGHT["alternativeThought"],
        "traps": ["fortune-telling", "self-blame"],
        "traps_own": "",
    }
    assert one.item.title == THOUGHT["automaticThought"]
    assert one.item.happened_at == datetime(2024, 3, 1, 22, 30, tzinfo=UTC)
    assert one.item.day.isoformat() == "2024-03-01"
    assert one.item.external_id == f"freecbt:{THOUGHT['uuid']}"
    assert one.finished_at == one.item.happened_at
    assert other.answers["thought"] == "Größe 👩‍👩‍👧"
    assert counts(bring(owner, "freecbt", data, now).plan) == (0, 2, 0)


def test_what_came_in_as_csv_is_there_when_the_backup_comes(owner: User, now: datetime) -> None:
    bring(owner, "freecbt", table(THOUGHT), now)
    assert counts(bring(owner, "freecbt", backup(THOUGHT, OTHER), now).plan) == (1, 1, 0)


def test_it_reads_what_freecbt_itself_wrote() -> None:
    assert unpacked(ITS_OWN, most=100) == '{"v":"Archive-v1","thoughts":[]}'
    assert packed('{"v":"Archive-v1","thoughts":[]}') == ITS_OWN
    assert read("freecbt", f":FreeCBT:{ITS_OWN}:FreeCBT:\n".encode()) == []


def test_every_distortion_has_its_trap() -> None:
    assert len(TRAPS) == 12
    assert set(TRAPS.values()) < {trap.key for trap in OWN}
    (row,) = read("freecbt", archive(THOUGHT | {"cognitiveDistortions": list(TRAPS)}))
    assert row.thought
    assert len(row.thought["traps"]) == 12
    assert row.notes == ()


def test_a_distortion_that_is_not_known_stays_as_its_word(owner: User, now: datetime) -> None:
    data = archive(THOUGHT | {"cognitiveDistortions": ["labeling", "time-travel", "time-travel"]})
    report = bring(owner, "freecbt", data, now)
    work = Thought.objects.get()
    assert (work.answers["traps"], work.answers["traps_own"]) == (["labelling"], "time-travel")
    assert "time-travel" in work.item.body
    assert "time-travel" in report.plan.verdicts[0].reason


def test_it_neither_waits_nor_comes_back_and_can_be_gone_over(owner: User, now: datetime) -> None:
    bring(owner, "freecbt", archive(THOUGHT), now)
    assert unfinished(owner=owner) == []
    assert returning(owner=owner, today=now.date()) == []
    work = Thought.objects.get()
    about: dict[str, Any] = {"owner": owner, "now": now, "zone": "UTC"}
    actions.answer(work, step=2, typed={"thought": "Now", "belief": "40"}, **about)
    work.refresh_from_db()
    assert work.answers["belief"] == 40
    actions.say_again(work, typed={"belief_again": 20}, **about)
    assert work.returns[0]["days"] == (now.date() - work.item.day).days


def test_one_undo_takes_it_back(owner: User, now: datetime) -> None:
    report = bring(owner, "freecbt", archive(THOUGHT, OTHER), now)
    assert batches.undo(report.batch, now=now).erased == 2
    assert not Item.objects.exists()


def test_the_oldest_ones_count_milliseconds() -> None:
    (row,) = read("freecbt", archive(THOUGHT | {"createdAt": 1_546_300_800_000}))
    assert row.moment == datetime(2019, 1, 1, tzinfo=UTC)
    (odd,) = read("freecbt", archive(THOUGHT, THOUGHT | {"createdAt": 10**20}))[1:]
    assert odd.problem


def test_rows_that_cannot_be_kept_say_why() -> None:
    rows = read(
        "freecbt",
        archive(
            THOUGHT,
            5,
            {"challenge": "alone"},
            THOUGHT | {"createdAt": None},
            THOUGHT | {"createdAt": "2024-02-30T10:00:00Z"},
            THOUGHT | {"createdAt": "1066-10-14T10:00:00Z"},
            THOUGHT
            | {
                "automaticThought": " ",
                "challenge": "",
                "alternativeThought": None,
                "cognitiveDistortions": [],
            },
        ),
    )
    assert [bool(row.problem) for row in rows] == [False, True, True, True, True, True, True]
    assert all(row.local is None for row in rows[1:])


def test_a_thought_without_an_id_is_known_by_what_stands_in_it(owner: User, now: datetime) -> None:
    nameless = {name: value for name, value in THOUGHT.items() if name != "uuid"}
    bring(owner, "freecbt", archive(nameless), now)
    assert counts(bring(owner, "freecbt", archive(nameless), now).plan) == (0, 1, 0)


def test_a_thought_longer_than_a_title_is_whole_in_its_text(owner: User, now: datetime) -> None:
    bring(owner, "freecbt", archive(THOUGHT | {"automaticThought": "long " * 100}), now)
    work = Thought.objects.get()
    assert len(work.item.title) == 300
    assert work.answers["thought"] == ("long " * 100).strip()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b":FreeCBT:N4Igbi:FreeCBT:", "damaged or cut off"),
        (backup(THOUGHT)[:-20], "damaged or cut off"),
        (backup(THOUGHT)[:40] + b":FreeCBT:", "damaged or cut off"),
        (b":FreeCBT:\xff\xfe:FreeCBT:", "damaged or cut off"),
        (b":FreeCBT:", "damaged or cut off"),
        (b'{"v": "Archive-v2", "thoughts": 5}', "not FreeCBT's"),
        (b'{"v": "Archive-v2", "thoughts": [{"automaticThought"', "broken at line 1"),
        (b"automaticThought,challenge\nx,y\n", "not FreeCBT's"),
        (table(THOUGHT) + b"\xff\n", "not valid UTF-8"),
    ],
)
def test_damaged_files_are_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    assert sentence in refusal("freecbt", data)


def test_a_small_file_that_claims_to_be_huge_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freecbt, "LARGEST", 10_000)
    huge = json.dumps({"v": "Archive-v2", "thoughts": ["a" * 20_000]})
    data = f":FreeCBT:{packed(huge)}:FreeCBT:".encode()
    assert len(data) < 1_000
    assert "damaged" in refusal("freecbt", data)


@given(st.text(max_size=300) | st.text("ab", max_size=2_000))
def test_what_is_packed_comes_out_whole(text: str) -> None:
    assert unpacked(packed(text), most=3_000) == text


@given(st.text("ABCabc+/=019\n!", max_size=200))
def test_anything_else_comes_out_or_is_damaged(text: str) -> None:
    with suppress(Damaged):
        assert len(unpacked(text, most=1_000)) <= 1_000


@given(st.binary(max_size=300), st.sampled_from((b"", b":FreeCBT:", b'{"v": "Archive-v2", ')))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    read_or_refused("freecbt", start + data, "x.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(THOUGHT)), inner)
    ),
    max_leaves=20,
)


@given(JSON, st.sampled_from(list(THOUGHT)))
def test_any_json_is_read_or_refused(value: Any, name: str) -> None:
    read_or_refused("freecbt", archive(THOUGHT | {name: value}, value), options=Options("UTC"))
