"""What went out as a zip comes back: every field in an empty vault, what is new in another one."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import transaction

from exchange import full
from upswing.accounts.models import User
from upswing.exchange import bringing, columns, importers, tables
from upswing.exchange.exporters import exporter
from upswing.exchange.members import Order
from upswing.exchange.plan import Plan
from upswing.exchange.rows import ImportProblem, Options, Origin
from upswing.exchange.run import Report
from upswing.exchange.zipping import zipped
from upswing.record import actions, batches, reads
from upswing.record.models import Attachment, Batch, Item, Revision, Setback
from upswing.record.search import search
from upswing.strategies.coping.models import CheckIn
from upswing.strategies.reviews import rules
from upswing.strategies.reviews.models import Factor

OPTIONS = Options("Europe/Berlin")
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def export(owner: User, *, trash: bool = True) -> bytes:
    order = Order(owner, NOW, date(2026, 11, 22), trash=trash)
    return b"".join(zipped(exporter("zip").taken(order), made=NOW))


def look(owner: User, data: Origin) -> Plan:
    return bringing.look(importers.source("upswing"), owner, data, OPTIONS, now=NOW)


def bring(owner: User, data: Origin, now: datetime = NOW) -> Report:
    source = importers.source("upswing")
    return bringing.bring_in(source, owner, data, OPTIONS, now=now, file_name="export.zip")


def counts(plan: Plan) -> tuple[int, int, int]:
    return plan.new, plan.there, plan.skipped


@pytest.mark.parametrize("seed", range(6))
def test_an_empty_vault_gets_every_field_back(owner: User, seed: int) -> None:
    full.fill(owner, seed)
    before, data = full.dump(owner), export(owner)
    full.clear(owner)
    assert not any(full.dump(owner)[name] for name in ("Item", "Batch", "Draft", "tags"))
    report = bring(owner, data)
    assert counts(report.plan) == (full.ALL, 0, 0)
    after = full.without(full.dump(owner), report.batch.pk)
    for name in before:
        assert after[name] == before[name], name


def test_every_column_of_every_table_is_filled_in_this_test(owner: User) -> None:
    """So that "every field" above is not true of empty ones only."""
    full.fill(owner, 1, many=60)
    record = full.dump(owner)
    for name, rows in record.items():
        assert rows, name
        if isinstance(rows[0], dict):
            empty = [key for key in rows[0] if not any(row[key] for row in rows)]
            assert not empty, (name, empty)


def test_every_table_leaves_or_has_a_reason_to_stay() -> None:
    leaving = {str(table.model._meta.concrete_model.__name__) for table in tables.every()}  # type: ignore[union-attr]
    models = apps.get_app_config("upswing").get_models(include_auto_created=True)
    own = {model.__name__ for model in models if not model._meta.proxy}
    assert own == leaving | set(tables.OUTSIDE)


def test_every_column_can_be_read_back() -> None:
    for table in tables.every():
        for field in table.fields:
            columns.reader(field)


def test_a_second_time_adds_nothing(owner: User) -> None:
    full.fill(owner, 7)
    data = export(owner)
    before = full.dump(owner)
    assert counts(look(owner, data)) == (0, full.ALL, 0)
    report = bring(owner, data)
    assert counts(report.plan) == (0, full.ALL, 0)
    assert full.without(full.dump(owner), report.batch.pk) == before


def test_the_dry_run_says_what_the_import_does_and_writes_nothing(owner: User) -> None:
    full.fill(owner, 2)
    data = export(owner)
    full.clear(owner)
    before = full.dump(owner)
    said = look(owner, data)
    assert full.dump(owner) == before
    assert bring(owner, data).plan == said
    assert said.first
    assert said.first.year in (2019, 2020)
    assert said.tags["søren"] > 1


def test_it_is_found_by_the_same_words(owner: User) -> None:
    full.fill(owner, 3)
    words = ("grosse zeigen", "日本", "mefiant", "tag:søren", '"said no"', "ally", "second title")
    before = {word: _hits(owner, word) for word in words}
    assert all(before.values())
    data = export(owner)
    full.clear(owner)
    bring(owner, data)
    assert {word: _hits(owner, word) for word in words} == before


def _hits(owner: User, words: str) -> list[Any]:
    return [hit.row.id for hit in search(owner=owner, text=words).hits]


def test_what_is_there_stays_and_what_is_new_is_added(owner: User) -> None:
    full.fill(owner, 4)
    data, before = export(owner), full.dump(owner)
    kept, lost = list(Item.objects.filter(kind="entry"))[:2]
    actions.change(kept, now=NOW, body="My own words now.")
    actions.erase([lost])
    Attachment.objects.filter(item=kept).delete()
    report = bring(owner, data, NOW + timedelta(hours=1))
    assert counts(report.plan) == (1, full.ALL - 1, 0)
    after = full.dump(owner)
    kept.refresh_from_db()
    assert kept.body == "My own words now."
    assert not kept.attachments.exists()
    back = Item.objects.get(pk=lost.pk)
    assert back.batch == report.batch
    for table in ("Revision", "Attachment"):
        was, now_is = (
            [row for row in each[table] if row["item_id"] == lost.pk] for each in (before, after)
        )
        assert was == now_is
    (was_item,) = [row for row in before["Item"] if row["id"] == lost.pk]
    (is_item,) = [row for row in after["Item"] if row["id"] == lost.pk]
    assert is_item == was_item | {"batch_id": report.batch.pk}


def test_links_come_back_with_the_item_at_either_end(owner: User, now: datetime) -> None:
    full.fill(owner, 5)
    one, other = Item.objects.filter(kind="entry")[:2]
    actions.link(one, other, relation="recalls")
    actions.link(other, one, relation="answers")
    data, before = export(owner), full.dump(owner)["Link"]
    actions.erase([one])
    assert full.dump(owner)["Link"] != before
    bring(owner, data)
    assert full.dump(owner)["Link"] == before


def test_one_undo_takes_back_all_that_was_added(owner: User) -> None:
    full.fill(owner, 6)
    data = export(owner)
    actions.erase_all(Item.objects.of(owner).exclude(kind="entry"))
    before = full.dump(owner)
    report = bring(owner, data)
    assert report.plan.new > 5
    undone = batches.undo(report.batch, now=NOW)
    assert (undone.erased, undone.kept) == (report.plan.new, [])
    after = full.without(full.dump(owner), report.batch.pk)
    for name in before:
        assert after[name] == before[name], name


def test_undo_keeps_what_was_changed_since(owner: User) -> None:
    full.fill(owner, 6)
    data = export(owner)
    actions.erase_all(Item.objects.of(owner).exclude(kind="entry"))
    report = bring(owner, data)
    changed = Item.objects.filter(batch=report.batch, kind="checkin").first()
    assert changed
    actions.change(changed, now=NOW + timedelta(seconds=1), body="Mine now.")
    undone = batches.undo(report.batch, now=NOW + timedelta(hours=1))
    assert undone.erased == report.plan.new - 1
    assert Item.objects.get(pk=changed.pk).body == "Mine now."


def test_in_an_empty_vault_earlier_imports_can_still_be_undone(owner: User, now: datetime) -> None:
    source = importers.source("jrnl")
    journal = b"[2024-03-01 10:00] From jrnl\n"
    made = bringing.bring_in(source, owner, journal, OPTIONS, now=now, file_name="j.txt").batch
    data = export(owner)
    full.clear(owner)
    bring(owner, data)
    assert batches.undo(Batch.objects.get(pk=made.pk), now=now).erased == 1


def test_without_the_trash_nothing_of_it_leaves(owner: User, now: datetime) -> None:
    full.fill(owner, 8)
    about = Setback.objects.filter(items__isnull=False).first()
    assert about
    actions.trash(about.item, now=now)
    data = export(owner, trash=False)
    gone = set(Item.objects.of(owner).trashed().values_list("pk", flat=True))
    assert len(gone) >= 2
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            # Drafts belong to the person and not to the item that they were begun for.
            if name != "record/drafts.jsonl":
                whole = archive.read(name).decode("utf-8", "replace") + name
                assert not [pk for pk in gone if str(pk) in whole], name
    full.clear(owner)
    report = bring(owner, data)
    assert counts(report.plan) == (full.ALL - len(gone), 0, 0)
    assert not Item.objects.filter(setback=about.pk).exists()


def test_somebody_elses_record_does_not_leave(owner: User, stranger: User) -> None:
    full.fill(owner, 9)
    with zipfile.ZipFile(io.BytesIO(export(stranger))) as archive:
        rows = {name: archive.read(name) for name in archive.namelist() if "record/" in name}
        assert [name for name, data in rows.items() if data] == ["record/account.jsonl"]
        assert not [name for name in archive.namelist() if name.startswith(("files/", "markdown/"))]


def test_somebody_elses_items_are_not_touched(owner: User, stranger: User) -> None:
    full.fill(owner, 9)
    data, before = export(owner), full.dump(owner)
    report = bring(stranger, data)
    assert counts(report.plan)[0] == 0
    reasons = {each.reason for each in report.plan.verdicts if each.where.startswith("item")}
    assert reasons == {"Its id is taken here by something else."}
    assert full.dump(owner) == before


def test_places_that_are_taken_are_given_anew(owner: User) -> None:
    """Another vault may have its own item in the very same moment."""
    full.fill(owner, 10)
    data = export(owner)
    order = _order(owner)
    full.clear(owner)
    mine = actions.add(CheckIn(mood=3), owner=owner, now=full.FIRST, zone="UTC", title="Mood 3")
    bring(owner, data)
    assert [pk for pk in _order(owner) if pk != mine.pk] != []
    assert sorted(set(_order(owner)) - {mine.pk}) == sorted(order)
    positions = list(Item.objects.values_list("position", flat=True))
    assert len(set(positions)) == len(positions)


def _order(owner: User) -> list[Any]:
    return list(Item.objects.of(owner).order_by("position").values_list("pk", flat=True))


def test_the_unpacked_folder_comes_back_too(owner: User, tmp_path: Path) -> None:
    full.fill(owner, 11)
    before = full.dump(owner)
    with zipfile.ZipFile(io.BytesIO(export(owner))) as archive:
        archive.extractall(tmp_path)
    full.clear(owner)
    found = importers.recognise(tmp_path, tmp_path.name)
    assert found
    assert found.name == "upswing"
    report = bring(owner, tmp_path)
    assert full.without(full.dump(owner), report.batch.pk) == before


def test_a_file_of_ours_is_known_by_what_is_in_it(owner: User, tmp_path: Path) -> None:
    full.fill(owner, 12)
    data = export(owner)
    path = tmp_path / "anything"
    path.write_bytes(data)
    for origin in (data, path):
        found = importers.recognise(origin, "anything.bin")
        assert found
        assert found.name == "upswing"


def test_rows_of_it_cannot_slip_in_as_entries(owner: User) -> None:
    full.fill(owner, 12)
    rows = list(importers.source("upswing").read(export(owner), OPTIONS))
    assert len(rows) == full.ALL
    assert all(row.problem for row in rows)


def test_a_text_that_packs_well_comes_back(owner: User, now: datetime) -> None:
    from upswing.strategies.coping.actions import write_entry

    write_entry(owner=owner, now=now, zone="UTC", body="a" * 999_999 + "\n")
    before, data = full.dump(owner), export(owner)
    assert len(data) < 20_000
    full.clear(owner)
    report = bring(owner, data)
    assert full.without(full.dump(owner), report.batch.pk) == before


# --- files that are not as Upswing wrote them ---------------------------------------------------

Mend = Callable[[dict[str, bytes]], None]


def changed(data: bytes, mend: Mend, *, sums: bool = True) -> bytes:
    """The zip with other content, and the sums in its manifest made to fit."""
    import hashlib

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    mend(parts)
    if sums:
        manifest = json.loads(parts[tables.MANIFEST])
        manifest["sha256"] = {
            name: hashlib.sha256(parts[name]).hexdigest()
            for name in manifest["sha256"]
            if name in parts
        }
        parts[tables.MANIFEST] = json.dumps(manifest).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def lines(parts: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in parts[f"record/{name}.jsonl"].splitlines()]


def put(parts: dict[str, bytes], name: str, rows: list[Any]) -> None:
    parts[f"record/{name}.jsonl"] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)


_taken: list[bytes] = []


@pytest.fixture
def taken(owner: User) -> bytes:
    """An export, made once, for the owner of an empty vault."""
    if not _taken:
        full.fill(owner, 20)
        _taken.append(export(owner))
        full.clear(owner)
    return _taken[0]


def test_a_changed_table_is_refused_whole(owner: User, taken: bytes) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        parts["record/items.jsonl"] = parts["record/items.jsonl"].replace(b"2019", b"2018", 1)

    with pytest.raises(ImportProblem, match="damaged"):
        bring(owner, changed(taken, mend, sums=False))
    assert not Item.objects.exists()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("name", ["items", "kind-entry", "links", "account"])
def test_a_missing_table_is_refused(owner: User, taken: bytes, name: str) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        del parts[f"record/{name}.jsonl"]

    with pytest.raises(ImportProblem):
        bring(owner, changed(taken, mend, sums=False))
    assert not Item.objects.exists()


def test_a_newer_format_is_refused(owner: User, taken: bytes) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = parts["manifest.json"].replace(b'"version":1', b'"version":2')

    with pytest.raises(ImportProblem, match="newer Upswing"):
        bring(owner, changed(taken, mend))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "nobody"),
        ("id", None),
        ("happened_at", "2026-11-22T10:00:00"),
        ("happened_at", "1066-10-14T10:00:00+00:00"),
        ("happened_at", 12),
        ("zone", "Moon/Base"),
        ("zone", "../../etc/passwd"),
        ("day", "2026-01-01"),
        ("day", "yesterday"),
        ("title", "x" * 301),
        ("title", "a\x00b"),
        ("title", "\ud800"),
        ("body", "\ud800"),
        ("body", None),
        ("position", "1"),
        ("position", 1 << 70),
        ("tags", ["x" * 90]),
        ("tags", "work"),
        ("tags", [1]),
        ("kind", "spaceship"),
        ("external_id", "x" * 300),
        ("setback_id", "nobody"),
        ("trashed_at", "soon"),
    ],
)
def test_an_odd_item_is_left_out_and_named(
    owner: User, taken: bytes, column: str, value: Any
) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        rows = lines(parts, "items")
        rows[3][column] = value
        put(parts, "items", rows)

    data = changed(taken, mend)
    assert counts(look(owner, data)) == (full.ALL - 1, 0, 1)
    report = bring(owner, data)
    (left,) = [each for each in report.plan.verdicts if each.where == "item 4"]
    assert left.outcome == "skipped"
    assert left.reason
    assert Item.objects.count() == full.ALL - 1


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("checkin", "mood", 11),
        ("checkin", "feelings", {"a": 1}),
        ("checkin", "feelings", [1]),
        ("checkin", "energy", -1),
        ("entry", "starred", "yes"),
        ("setback", "weight", 12),
        ("setback", "losses", ["everything"]),
        ("setback", "sort", "nonsense"),
        ("note", "stone", "x" * 30),
        ("person", "role", "x" * 300),
        ("person", "item_id", "nobody"),
    ],
)
def test_odd_columns_of_a_kind_leave_their_item_out(
    owner: User, taken: bytes, kind: str, column: str, value: Any
) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        rows = lines(parts, f"kind-{kind}")
        rows[0][column] = value
        put(parts, f"kind-{kind}", rows)

    data = changed(taken, mend)
    assert look(owner, data).skipped == 1
    report = bring(owner, data)
    assert report.plan.new == full.ALL - 1
    assert Item.objects.count() == full.ALL - 1


def test_rows_that_stand_twice_come_in_once(owner: User, taken: bytes) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        for name in ("items", "kind-entry", "kind-checkin", "links", "attachments", "batches"):
            put(parts, name, lines(parts, name) * 2)

    report = bring(owner, changed(taken, mend))
    assert report.plan.new == Item.objects.count() == full.ALL


@pytest.mark.parametrize("title", ["The Budget", "ﷺ" * 300, "…"])  # one sign, eighteen letters
@pytest.mark.parametrize("key", ["x" * 300, "\u202eevil", "somebody else’s"])
def test_the_key_of_a_factor_follows_from_its_name(
    owner: User, taken: bytes, key: str, title: str
) -> None:
    """A file may say what it likes: by the key the same factor of all reviews is found."""

    def mend(parts: dict[str, bytes]) -> None:
        rows = [row | {"key": key} for row in lines(parts, "kind-factor")]
        put(parts, "kind-factor", rows)
        named = {row["item_id"] for row in rows}
        items = lines(parts, "items")
        put(
            parts,
            "items",
            [row | ({"title": title} if row["id"] in named else {}) for row in items],
        )

    bring(owner, changed(taken, mend))
    factor = Factor.objects.get()
    assert factor.key == (rules.key(title) or str(factor.pk))
    assert 0 < len(factor.key) <= 300


@pytest.mark.parametrize("key", ["", None, 7, "x" * 301, ["a"]])
def test_a_factor_whose_key_is_none_is_left_out(owner: User, taken: bytes, key: Any) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        rows = [row | {"key": key} for row in lines(parts, "kind-factor")]
        put(parts, "kind-factor", rows)

    report = bring(owner, changed(taken, mend))
    assert not Factor.objects.exists()
    assert counts(report.plan)[0] == full.ALL - 1


def test_earlier_answers_come_back_sound_or_not_at_all(owner: User, taken: bytes) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        works = [row["id"] for row in lines(parts, "items") if row["kind"] == "thought"]
        others = [row["id"] for row in lines(parts, "items") if row["kind"] == "entry"]
        told = {"title": "x", "body": "x", "replaced_at": "2026-11-22T18:00:00+00:00"}
        given = [(works[0], {"belief": 70, "odd": "y"}), (works[0], {"belief": 101})]
        given += [(works[0], []), (others[0], {"belief": 70}), (others[0], None)]
        rows = [told | {"item_id": item, "answers": answers} for item, answers in given]
        put(parts, "revisions", rows)

    report = bring(owner, changed(taken, mend))
    assert counts(report.plan) == (full.ALL, 0, 3)
    kept = Revision.objects.order_by("pk").values_list("item__kind", "answers")
    assert list(kept) == [("thought", {"belief": 70}), ("entry", None)]


TABLES = ["items", "batches", "kind-setback", "kind-entry", "links", "attachments", "drafts"]
TABLES += ["revisions", "batch-rows"]


@pytest.mark.parametrize("table", TABLES)
def test_a_row_without_one_of_its_columns_breaks_nothing(
    owner: User, taken: bytes, table: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(taken)) as archive:
        names = json.loads(archive.read(f"record/{table}.jsonl").splitlines()[0])

    for name in names:

        def mend(parts: dict[str, bytes], name: str = name) -> None:
            first, *rest = lines(parts, table)
            del first[name]
            put(parts, table, [first, *rest])

        with transaction.atomic():
            assert bring(owner, changed(taken, mend)).plan.total
            transaction.set_rollback(True)


def test_a_report_in_pieces_is_put_together(owner: User, taken: bytes) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        first, second, *_ = lines(parts, "batch-rows")
        other = {**second, "batch_id": str(UUID(int=7))}
        put(parts, "batch-rows", [first, other, second])

    bring(owner, changed(taken, mend))
    batch = Batch.objects.get(source="jrnl")
    assert [row[0] for row in batches.report(batch)] == ["line 1", "line 3"]


def test_a_setback_that_is_none_is_let_go(owner: User, taken: bytes) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        rows = lines(parts, "items")
        for row in rows:
            row["setback_id"] = rows[0]["id"] if rows[0]["kind"] != "setback" else rows[1]["id"]
        put(parts, "items", [row for row in rows if row["kind"] != "setback"])

    assert bring(owner, changed(taken, mend)).plan.new == full.MANY
    assert not Item.objects.exclude(setback=None).exists()


def test_a_file_that_is_missing_or_another_is_named(owner: User, taken: bytes) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        first, second = [name for name in parts if name.startswith("files/")][:2]
        del parts[first]
        parts[second] += b"more"

    report = bring(owner, changed(taken, mend))
    assert counts(report.plan) == (full.ALL, 0, 2)
    told = [each for each in report.plan.verdicts if each.outcome == "skipped"]
    assert all("Its file is missing" in each.reason for each in told)


@pytest.mark.parametrize("row", [[], {"key": 5}, {"saved_at": "never"}, {"added": -1}])
@pytest.mark.parametrize("table", ["drafts", "revisions", "links", "attachments", "batches"])
def test_odd_rows_of_other_tables_do_not_break_it(
    owner: User, taken: bytes, table: str, row: Any
) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        put(parts, table, [*lines(parts, table), row])
        if table == "batches" and "added" in row:
            put(parts, table, [lines(parts, table)[0] | row])

    data = changed(taken, mend)
    if isinstance(row, list):
        with pytest.raises(ImportProblem):
            bring(owner, data)
        return
    assert counts(bring(owner, data).plan) == (full.ALL, 0, 1)


ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    1 << 70,
    0.5,
    "",
    "x",
    "\x00",
    "\ud800",
    [],
    [None],
    {"a": [1]},
    "x" * 400,
)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_stands_in_the_rows_nothing_breaks(owner: User, taken: bytes, seed: int) -> None:
    """Values of any sort in columns of any table: left out and named, or refused whole."""
    chance = random.Random(seed)

    def mend(parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name.endswith(".jsonl")]:
            table = name.removeprefix("record/").removesuffix(".jsonl")
            rows = lines(parts, table)
            for row in chance.sample(rows, min(2, len(rows))):
                row[chance.choice(list(row))] = chance.choice(ODD)
            put(parts, table, rows)

    report = bring(owner, changed(taken, mend))
    assert report.plan.new == Item.objects.of(owner).count()
    for item in Item.objects.of(owner):
        assert reads.facet(item)
    assert look(owner, export(owner)).there == report.plan.new


@pytest.mark.parametrize("cut", [0, 1, 100, 5_000, -1])
def test_a_cut_file_is_refused(owner: User, taken: bytes, cut: int) -> None:
    with pytest.raises(ImportProblem):
        bring(owner, taken[:cut])
    assert not Item.objects.exists()
