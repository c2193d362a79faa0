"""Day One Classic: a folder of plists."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.dayone_files import JPEG, classic, entry, export, zipped
from upswing.exchange.importers import recognise, source
from upswing.exchange.rows import ImportProblem, Options, Row

UUID = "0A1B2C3D4E5F60718293A4B5C6D7E8F9"
NAME = f"Journal.dayone/entries/{UUID}.doentry"
TOKYO = Options("Asia/Tokyo")


def read(origin: bytes | Path, options: Options = TOKYO) -> list[Row]:
    return list(source("dayone_classic").read(origin, options))


def one(plist: bytes | None = None, options: Options = TOKYO, **more: Any) -> Row:
    (row,) = read(zipped({NAME: plist or classic(**more)}), options)
    return row


def test_an_entry_arrives_in_its_own_zone() -> None:
    row = one()
    assert (row.title, row.body, row.tags) == ("A walk by the river.", "It helped.", ("#Walks",))
    assert (row.local, row.zone) == (datetime(2014, 5, 6, 23, 30), "Europe/Berlin")
    assert row.moment == datetime(2014, 5, 6, 21, 30, tzinfo=UTC)
    assert (row.starred, row.where, row.notes) == (True, NAME, ())


def test_a_folder_is_read_as_its_zip(tmp_path: Path) -> None:
    folder = tmp_path / "Journal.dayone"
    (folder / "entries").mkdir(parents=True)
    (folder / "photos").mkdir()
    (folder / "entries" / f"{UUID}.doentry").write_bytes(classic())
    (folder / "photos" / f"{UUID}.jpg").write_bytes(JPEG)
    for origin in (tmp_path, folder):
        assert recognise(origin, "x") is source("dayone_classic")
        (row,) = read(origin)
        assert (row.key, row.files[0].read()) == (one().key, JPEG)
    data = zipped({NAME: classic(), f"Journal.dayone/photos/{UUID}.jpg": JPEG})
    assert recognise(data, "x.zip") is source("dayone_classic")
    assert read(data)[0].files[0].name == "picture.jpg"


def test_an_entry_keeps_its_id_when_it_moves_to_day_one() -> None:
    (moved,) = source("dayone").read(export(entry(uuid=UUID)), TOKYO)
    assert one().key == one(UUID=None).key == moved.key


def test_a_picture_alone_is_named() -> None:
    files = {NAME: classic(Entry_Text=None), f"Journal.dayone/photos/{UUID}.jpg": JPEG}
    (row,) = read(zipped(files))
    assert (row.title, row.body) == ("", "[picture.jpg]")


def test_private_things_are_dropped_unless_they_are_asked_for() -> None:
    assert one(options=Options("UTC", places=True)).body == (
        "It helped.\n\nThe old mill · 48.1 · 17 °C, Clear · Desk/Mac"
    )


@pytest.mark.parametrize(
    "plist",
    [
        classic(Creation_Date=None),
        b"",
        b"no plist",
        b"bplist00\xd4\x01\x02",
        b"<plist><dict><key>Creation Date</key></dict></plist>",
        b"<plist><date>2014-02-31T00:00:00Z</date></plist>",
        b"<plist><dict><key>Creation Date</key><date>no</date></dict></plist>",
        b"<plist><array></array></plist>",
        classic()[:-30],
    ],
)
def test_what_is_no_entry_is_skipped_and_told(plist: bytes) -> None:
    row = one(plist or b" ")
    assert (row.local, row.problem) == (None, "This is no entry as Day One Classic writes it.")


@pytest.mark.parametrize(("date", "told"), [("yesterday", "yesterday"), (7, "")])
def test_a_date_of_another_kind_is_told(date: Any, told: str) -> None:
    assert one(Creation_Date=date).problem == f"“{told}” is not a date as Day One writes it."


def test_a_number_without_end_for_a_date_is_told() -> None:
    endless = b"<integer>0x" + b"F" * 5_000 + b"</integer>"
    plist = classic().replace(b"<date>2014-05-06T21:30:00Z</date>", endless)
    assert one(plist).problem == "“” is not a date as Day One writes it."


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE plist [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>
<plist><dict><key>Creation Date</key><date>2014-05-06T00:00:00Z</date>
<key>Entry Text</key><string>&b;&file;</string></dict></plist>"""


@pytest.mark.parametrize(
    "plist",
    [
        LAUGHS,
        LAUGHS.replace(b"DOCTYPE plist", b'DOCTYPE plist PUBLIC "a" "http://127.0.0.1/x.dtd"'),
        LAUGHS.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"),
    ],
)
def test_entities_are_never_read(plist: bytes) -> None:
    row = one(plist)
    assert row.problem
    assert (row.title, row.body) == ("", "")


def test_a_zip_without_entries_is_refused() -> None:
    with pytest.raises(ImportProblem, match="no entry of Day One Classic"):
        read(zipped({"x.txt": b"x"}))


@given(at=st.integers(0, 2000), to=st.binary(min_size=1, max_size=4))
def test_damage_anywhere_gives_rows_or_one_sentence(at: int, to: bytes) -> None:
    data = bytearray(classic())
    data[at % len(data) : at % len(data) + len(to)] = to
    with suppress(ImportProblem):
        row = one(bytes(data))
        assert row.problem or row.key
