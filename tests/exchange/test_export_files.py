"""What the exporters write: a zip that others can check and read, pages, tables; on the disk."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from exchange import full
from upswing.accounts.actions import make_owner
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.exchange import landing
from upswing.exchange.cells import unguarded
from upswing.exchange.exporters import exporter, exporters
from upswing.exchange.members import Member, Order
from upswing.exchange.zipping import zipped
from upswing.record import actions, attachments
from upswing.record.models import Attachment, Item
from upswing.strategies.coping.actions import check_in, write_entry

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def order(owner: User, **more: Any) -> Order:
    return Order(owner, NOW, date(2026, 11, 22), **more)


def files(owner: User, name: str) -> dict[str, bytes]:
    """The files of an export, by name."""
    return {member.name: b"".join(member.pieces) for member in exporter(name).taken(order(owner))}


def sheet(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def front(page: bytes) -> dict[str, Any]:
    """The front matter of a page, read as the YAML that JSON is."""
    head = page.decode().split("---\n")[1]
    lines = (line.partition(": ") for line in head.splitlines())
    return {name: json.loads(value) if value[0] in '"[' else value for name, _, value in lines}


def test_three_ways_the_whole_one_first() -> None:
    assert [each.name for each in exporters()] == ["zip", "markdown", "csv"]


def test_the_zip_can_be_checked_and_counted_by_anybody(owner: User, tmp_path: Path) -> None:
    full.fill(owner, 1)
    data = b"".join(zipped(exporter("zip").taken(order(owner)), made=NOW))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        found = archive.namelist()
        lines = archive.read("sha256sums.txt").decode().splitlines()
        sums = {line.partition("  ")[2]: line.partition("  ")[0] for line in lines}
        assert set(sums) == set(found) - {"sha256sums.txt", "manifest.json"}
        for name, digest in sums.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        manifest = json.loads(archive.read("manifest.json"))
        assert (manifest["format"], manifest["version"]) == ("upswing-export", 1)
        for table, many in manifest["counts"].items():
            assert len(archive.read(f"record/{table}.jsonl").splitlines()) == many
        assert manifest["counts"]["items"] == full.ALL
        assert all(info.external_attr >> 16 == 0o100600 for info in archive.infolist())
        assert archive.infolist()[0].date_time == (2026, 11, 22, 18, 0, 0)


def test_names_are_our_own_and_safe(owner: User) -> None:
    full.fill(owner, 2)
    for name in exporters()[0].name, "markdown":
        found = list(files(owner, name))
        assert len({each.lower() for each in found}) == len(found)
        for each in found:
            assert not each.startswith("/")
            assert ".." not in each
            assert "\\" not in each
            assert all(len(part.encode()) < 200 for part in each.split("/"))
    kept = [each for each in found if each.startswith("files/")]
    assert any(each.startswith("files/letter-of-reference-") for each in kept)
    assert {Path(each).suffix for each in kept} == {".png", ".pdf", ""}


def test_a_page_reads_as_it_was_written(owner: User, now: datetime) -> None:
    item = write_entry(
        owner=owner,
        now=now,
        zone="Europe/Berlin",
        title='They said "no": again',
        body="A line.\n\n---\n\n# Not a title #interview",
        starred=True,
    )
    attachments.attach(item, now=now, name="a [b].png", data=full.PNG + b"x")
    pages = files(owner, "markdown")
    (name,) = [each for each in pages if each.endswith(".md")]
    assert name == f"2026/11/2026-11-22-they-said-no-again-{item.pk.hex[-12:]}.md"
    assert front(pages[name]) == {
        "id": str(item.pk),
        "kind": "entry",
        "title": 'They said "no": again',
        "date": "2026-11-22T19:00:00",
        "zone": "Europe/Berlin",
        "tags": ["interview"],
        "starred": "true",
        "created": "2026-11-22T18:00:00Z",
        "updated": "2026-11-22T18:00:00Z",
    }
    text = pages[name].decode()
    assert "\n---\n\nA line.\n\n---\n\n# Not a title #interview\n\n![a \\[b\\].png](" in text
    target = text.rpartition("(")[2].rstrip(")\n")
    assert os.path.normpath(Path(name).parent / target) in pages


def test_in_the_zip_pages_lead_to_the_same_files(owner: User) -> None:
    full.fill(owner, 3)
    found = files(owner, "zip")
    pages = {name: data.decode() for name, data in found.items() if name.endswith(".md")}
    targets = [
        os.path.normpath(Path(name).parent / line.rpartition("(")[2].rstrip(")"))
        for name, text in pages.items()
        for line in text.splitlines()
        if "](../" in line
    ]
    assert len(targets) == Attachment.objects.count()
    assert set(targets) == {name for name in found if name.startswith("files/")}


def test_a_setback_is_named_by_its_page(owner: User) -> None:
    full.fill(owner, 4)
    pages = files(owner, "markdown")
    about = [front(page)["setback"] for page in pages.values() if b"\nsetback: " in page[:900]]
    stems = {f"[[{Path(name).stem}]]" for name in pages}
    assert about
    assert set(about) <= stems


def test_check_ins_stand_together_by_month(owner: User, now: datetime) -> None:
    for hour in (0, 5):
        check_in(owner=owner, now=now.replace(hour=hour), zone="UTC", mood=4, body="A line.")
    check_in(owner=owner, now=now.replace(month=10), zone="UTC", mood=7)
    pages = files(owner, "markdown")
    assert set(pages) == {"2026/10/2026-10-check-ins.md", "2026/11/2026-11-check-ins.md"}
    assert pages["2026/11/2026-11-check-ins.md"].decode() == (
        '---\nkind: "check-ins"\nmonth: "2026-11"\n---\n'
        "\n## 2026-11-22 00:00\n\nMood 4\n\nA line.\n"
        "\n## 2026-11-22 05:00\n\nMood 4\n\nA line.\n"
    )


def test_tables_for_a_spreadsheet(owner: User, now: datetime) -> None:
    texts = ["=1+1", "'=x", "+49 170", 'a "b", c\n=d', "  @x"]
    for text in texts:
        write_entry(owner=owner, now=now, zone="Europe/Berlin", body=text, starred=True)
    check_in(owner=owner, now=now, zone="UTC", mood=2, stress=9, feelings=["tired", "sad"])
    found = files(owner, "csv")
    assert set(found) == {"entries.csv", "check-ins.csv"}
    rows = sheet(found["entries.csv"])
    assert [unguarded(row["text"]) for row in rows] == texts
    assert not [row for row in rows if row["text"].lstrip()[0] in "=+-@"]
    assert (rows[0]["day"], rows[0]["time"], rows[0]["starred"]) == ("2026-11-22", "19:00:00", "1")
    (felt,) = sheet(found["check-ins.csv"])
    assert [felt[name] for name in ("mood", "energy", "stress")] == ["2", "", "9"]
    assert felt["feelings"] == "tired, sad"


def test_all_that_was_counted_was_done(owner: User) -> None:
    full.fill(owner, 5)
    for each in exporters():
        told: list[tuple[int, int]] = []
        wish = order(owner, progress=lambda done, total: told.append((done, total)))  # noqa: B023
        for member in each.taken(wish):
            for _ in member.pieces:
                pass
        assert told[-1][0] == told[-1][1] == len(told), each.name


def test_one_file_is_in_memory_at_a_time(owner: User, now: datetime) -> None:
    """Eight files of a megabyte each leave in pieces; what waits is never more than two of them."""
    import tracemalloc

    item = write_entry(owner=owner, now=now, zone="UTC", body="x")
    for number in range(8):
        attachments.attach(item, now=now, name=f"{number}", data=os.urandom(1_000_000))
    wish = order(owner)
    tracemalloc.start()
    size = sum(len(piece) for piece in zipped(exporter("zip").taken(wish), made=NOW))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 8_000_000
    assert peak < 6_000_000


# --- on the disk --------------------------------------------------------------------------------


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "to", "made"),
    [
        ("zip", "", "upswing-export-2026-11-22.zip"),
        ("zip", "mine.zip", "mine.zip"),
        ("csv", "", "upswing-csv-2026-11-22"),
        ("csv", "tables.zip", "tables.zip"),
        ("markdown", "pages", "pages"),
    ],
)
def test_it_lands_whole_and_for_its_owner_only(
    owner: User, tmp_path: Path, name: str, to: str, made: str
) -> None:
    full.fill(owner, 6)
    way, wish = exporter(name), order(owner)
    path = landing.place(way, wish, tmp_path / to)
    assert path == tmp_path / made
    size = landing.land(way, wish, path)
    assert names(tmp_path) == [made]
    found = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    assert {stat.S_IMODE(each.stat().st_mode) for each in found} == {0o600}
    assert sum(each.stat().st_size for each in found) == size
    if path.is_file():
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
    else:
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_what_is_there_stays(owner: User, tmp_path: Path) -> None:
    mine = tmp_path / "mine.zip"
    mine.write_text("precious")
    with pytest.raises(RuleError, match="there already"):
        landing.place(exporter("zip"), order(owner), mine)
    with pytest.raises(RuleError, match="no folder"):
        landing.place(exporter("zip"), order(owner), tmp_path / "not" / "here.zip")
    with pytest.raises(RuleError, match="there already"):
        landing.land(exporter("zip"), order(owner), mine)  # it came meanwhile
    assert mine.read_text() == "precious"
    assert names(tmp_path) == ["mine.zip"]


@pytest.mark.parametrize("name", ["zip", "markdown"])
def test_what_breaks_halfway_leaves_nothing(
    owner: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    full.fill(owner, 7)

    def full_disk(file: Attachment) -> Iterator[bytes]:
        yield b"some"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("upswing.exchange.attached._pieces", full_disk)
    with pytest.raises(OSError, match="No space"):
        landing.land(exporter(name), order(owner), tmp_path / "mine")
    assert names(tmp_path) == []


def test_a_member_is_taken_as_it_comes() -> None:
    """The zip is not made before somebody reads it."""
    taken = []

    def members() -> Any:
        for number in range(3):
            taken.append(number)
            yield Member(str(number), [os.urandom(200_000)])

    pieces = zipped(members(), made=NOW)
    next(pieces)
    assert taken == [0]
    pieces.close()  # type: ignore[attr-defined]


def test_everything_of_the_trash_is_marked(owner: User, now: datetime) -> None:
    full.fill(owner, 8)
    gone = {str(pk) for pk in Item.objects.of(owner).trashed().values_list("pk", flat=True)}
    pages = files(owner, "markdown")
    own = [page for name, page in pages.items() if re.search(r"-[0-9a-f]{12}\.md$", name)]
    assert {head["id"] for head in map(front, own) if "trashed" in head} <= gone
    rows = sheet(files(owner, "csv")["entries.csv"])
    assert {row["id"] for row in rows if row["trashed_at"]} <= gone
    assert any(row["trashed_at"] for row in rows)


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_half_seen_and_need_not_wait(now: datetime) -> None:
    owner = make_owner(zone="UTC", now=now)
    write_entry(owner=owner, now=now, zone="UTC", body="Before.")
    members = exporter("zip").taken(order(owner))
    found = {next(members).name}
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_write_elsewhere, owner).result(timeout=10)
    assert Item.objects.count() == 1
    rows = {member.name: b"".join(member.pieces) for member in members}
    assert len(rows["record/items.jsonl"].splitlines()) == 1
    assert len(rows["record/kind-entry.jsonl"].splitlines()) == 1
    assert "README.txt" in found
    assert Item.objects.count() == 2
    actions.erase_all(Item.objects.all())


def _write_elsewhere(owner: User) -> None:
    write_entry(owner=owner, now=NOW, zone="UTC", body="Meanwhile.")
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_an_export_that_is_left_halfway_lets_go(now: datetime) -> None:
    owner = make_owner(zone="UTC", now=now)
    write_entry(owner=owner, now=now, zone="UTC", body="Before.")
    pieces = zipped(exporter("zip").taken(order(owner)), made=NOW)
    for piece in pieces:
        assert piece
        break
    pieces.close()  # type: ignore[attr-defined]
    write_entry(owner=owner, now=now, zone="UTC", body="After.")
    assert not connection.in_atomic_block
    actions.erase_all(Item.objects.all())
