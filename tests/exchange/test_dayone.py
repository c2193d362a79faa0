"""Day One's JSON export, read."""

# ruff: noqa: DTZ001 - the times are those on the wall, without a zone

from __future__ import annotations

import json
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dayone_files import JPEG, entry, export, journal, md5, photo, zipped
from upswing.exchange.importers import recognise, source
from upswing.exchange.importers.dayone import text
from upswing.exchange.rows import ImportProblem, Options, Row

TOKYO = Options("Asia/Tokyo")


def read(origin: bytes | Path, options: Options = TOKYO) -> list[Row]:
    return list(source("dayone").read(origin, options))


def one(options: Options = TOKYO, stored: tuple[bytes, ...] = (), **told: Any) -> Row:
    """The row of an export of one entry. stored: the pictures in the zip."""
    return read(export(entry(1, **told), photos=stored), options)[0]


def refusal(data: bytes) -> str:
    with pytest.raises(ImportProblem) as raised:
        read(data)
    return str(raised.value)


def test_an_entry_arrives_with_its_moment_in_its_own_zone() -> None:
    row = one(starred=True, tags=["Work search", "work search", "🌱 garden", "(null)", 7])
    assert (row.title, row.body) == ("They said no", "It was a short mail.")
    assert (row.local, row.zone) == (datetime(2024, 3, 1, 10), "Europe/Berlin")
    assert row.moment == datetime(2024, 3, 1, 9, tzinfo=UTC)
    assert row.tags == ("#Work search", "#work search", "#🌱 garden")
    assert (row.starred, row.key, row.notes) == (True, f"dayone:{1:032x}", ())


def test_what_is_recognised(tmp_path: Path) -> None:
    whole = export(entry())
    (tmp_path / "Journal.json").write_bytes(journal(entry()))
    (tmp_path / "export.zip").write_bytes(whole)
    for origin in (whole, journal(), journal(entry()), tmp_path, tmp_path / "export.zip"):
        assert recognise(origin, "x") is source("dayone")
    in_folder = zipped({"Export/Journal.json": journal(entry()), "__MACOSX/._x.json": b"{"})
    assert recognise(in_folder, "x") is source("dayone")
    for other in (
        b'{"entries": []}',
        b'{"metadata": {}, "entries": {"2024-03-01": {}}}',
        zipped({"a/b/Journal.json": journal()}),
        b'["entries"]',
    ):
        assert recognise(other, "x") is not source("dayone")


def test_all_ways_in_give_the_same_rows(tmp_path: Path) -> None:
    data = export(entry(1), entry(2, text="Another day"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "Journal.json").write_bytes(
        journal(entry(1), entry(2, text="Another day"))
    )
    (tmp_path / "export.zip").write_bytes(data)
    rows = read(data)
    assert [row.where for row in rows] == ["entry 1", "entry 2"]
    for origin in (tmp_path / "folder", tmp_path / "export.zip"):
        assert read(origin) == rows
    assert read(tmp_path / "folder" / "Journal.json") == rows


def test_late_in_auckland_is_that_day_there() -> None:
    row = one(creationDate="2024-03-01T10:30:00Z", timeZone="Pacific/Auckland")
    assert (row.local, row.zone) == (datetime(2024, 3, 1, 23, 30), "Pacific/Auckland")


def test_both_hours_of_an_autumn_night_are_told_apart() -> None:
    first, second = (one(creationDate=f"2024-10-27T0{hour}:30:00Z") for hour in (0, 1))
    assert first.local == second.local == datetime(2024, 10, 27, 2, 30)
    assert first.moment != second.moment


@pytest.mark.parametrize(
    ("name", "note"),
    [
        (None, "It does not say its time zone; Asia/Tokyo is taken."),
        ("Moon/Crater", "Its time zone “Moon/Crater” is not known here; Asia/Tokyo is taken."),
        ("../etc", "Its time zone “../etc” is not known here; Asia/Tokyo is taken."),
        (5, "It does not say its time zone; Asia/Tokyo is taken."),
    ],
)
def test_without_a_zone_the_chosen_one_is_taken_and_told(name: Any, note: str) -> None:
    row = one(timeZone=name)
    assert (row.zone, row.local, row.notes) == ("Asia/Tokyo", datetime(2024, 3, 1, 18), (note,))


@pytest.mark.parametrize(
    "date",
    [None, "yesterday", "2024-02-30T10:00:00Z", "2024-03-01T10:00:00", 7, "0001-01-01T00:00:00Z"],
)
def test_an_entry_without_a_date_is_skipped_and_told(date: Any) -> None:
    row = one(creationDate=date, timeZone="America/New_York")
    assert row.local is None
    assert "not a date as Day One writes it" in row.problem


def test_private_things_are_dropped_unless_they_are_asked_for() -> None:
    assert one().body == "It was a short mail."
    kept = one(Options("UTC", places=True)).body
    assert kept == "It was a short mail.\n\nCafé Kestrel · 52.5, 13.4 · 12.5 °C, Rain · My phone"
    odd: dict[str, Any] = {
        "location": {"placeName": "(null)", "latitude": 10**400},
        "weather": [],
        "text": "x",
    }
    assert one(Options("UTC", places=True), creationDevice=None, **odd).body == "x"


PICTURE = JPEG + b"the river"


def test_pictures_are_found_by_their_sum_and_named_where_they_stood() -> None:
    words = "By the river\n\n![](dayone-moment://AB12)\n\nIt helped\\!"
    row = one(stored=(PICTURE,), text=words, photos=[photo(PICTURE, filename="IMG_1.jpeg")])
    assert (row.title, row.body) == ("By the river", "[IMG_1.jpeg]\n\nIt helped!")
    (file,) = row.files
    assert (file.name, file.size, file.read()) == ("IMG_1.jpeg", len(PICTURE), PICTURE)


@pytest.mark.parametrize("folder", ["photos", "Photos", "Export/photos"])
def test_the_folder_of_the_pictures_may_be_written_otherwise(folder: str) -> None:
    told = entry(1, photos=[photo(PICTURE)])
    assert read(export(told, photos=[PICTURE], folder=folder))[0].files[0].read() == PICTURE


def test_videos_recordings_and_papers_come_too() -> None:
    kinds = {
        "videos": ("mp4", "video"),
        "audios": ("m4a", "audio"),
        "pdfs": ("pdf", "pdfAttachment"),
    }
    stored = {f"{key}/{md5(key.encode())}.{end}": key.encode() for key, (end, _) in kinds.items()}
    told = {
        "videos": [{"identifier": "V1", "md5": md5(b"videos"), "type": "mp4"}],
        "audios": [{"identifier": "A1", "md5": md5(b"audios"), "format": "m4a"}],
        "pdfAttachments": [{"identifier": "P1", "md5": md5(b"pdfs")}],
    }
    words = "Three\n![](dayone-moment:/video/V1) ![](dayone-moment:/audio/A1) " + (
        "![](dayone-moment:/pdfAttachment/P1)"
    )
    (row,) = read(export(entry(1, text=words, **told), more=stored))
    assert [file.name for file in row.files] == ["video 1.mp4", "recording 1.m4a", "PDF 1.pdf"]
    assert [file.read() for file in row.files] == [b"videos", b"audios", b"pdfs"]
    assert row.body == "[video 1.mp4] [recording 1.m4a] [PDF 1.pdf]"


def test_an_entry_of_pictures_alone_names_them_in_their_order() -> None:
    other = JPEG + b"the mill"
    told = [photo(PICTURE, "B", orderInEntry=1), photo(other, "A", filename="(null)"), photo(other)]
    for words in (None, "", "  "):
        row = one(stored=(PICTURE, other), text=words, photos=told)
        assert (row.title, row.body) == ("", "[picture 1.jpeg]\n[picture 3.jpeg]")
        assert [file.read() for file in row.files] == [other, PICTURE]


def test_a_picture_that_is_not_there_is_told_and_the_entry_kept() -> None:
    row = one(text="River\n![](dayone-moment://AB12)", photos=[photo(PICTURE)])
    assert row.body == "[picture 1.jpeg: not in the export]"
    assert (row.files, row.problem) == ((), "")
    assert row.notes == ("“picture 1.jpeg” is not in the export.",)


def test_a_mention_of_nothing_is_told() -> None:
    row = one(text="River\n![](dayone-moment://CD34) x")
    assert row.body == "[a file that is not in the export] x"
    assert row.notes == ("Its text mentions a file that is not in the export.",)


@pytest.mark.parametrize("md5", ["", "*", "a" * 31, "a" * 31 + "*", "../../etc/passwd", 7, None])
def test_a_sum_that_is_none_is_never_looked_up(md5: Any) -> None:
    row = one(stored=(PICTURE,), photos=[photo(PICTURE) | {"md5": md5}])
    assert row.files == ()
    assert row.notes == ("The export does not say which file “picture 1.jpeg” is.",)


def test_many_missing_files_are_told_in_few_words() -> None:
    notes = one(photos=[photo(b"%d" % number) for number in range(30)]).notes
    assert len(notes) == 6
    assert notes[-1] == "Of its further files, 25 are not in the export either."


def test_files_without_an_entry_are_told() -> None:
    *_, last = read(export(entry(1), photos=[PICTURE]))
    assert last.problem == (
        f"No entry mentions these, so they are left out: photos/{md5(PICTURE)}.jpeg."
    )


def test_names_of_files_cannot_do_anything() -> None:
    told = [photo(PICTURE, filename="../a]b(<x>\u202e.jpeg"), photo(JPEG, "B", type="../../x")]
    names = [file.name for file in one(stored=(PICTURE, JPEG), photos=told).files]
    assert names == [".._a_b__x__.jpeg", "picture 2.jpeg"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"A short mail\. Really\!", "A short mail. Really!"),
        (r"\(one\) \[two\] \- three \+ 4", "(one) [two] - three + 4"),
        (r"1\. One", r"1\. One"),
        (r"  \- no list", r"  \- no list"),
        (r"\# no heading", r"\# no heading"),
        (r"a \# b", "a # b"),
        (r"\[no\]\(link\)", r"[no\](link)"),
        (r"\![no](x)", r"\![no](x)"),
        (r"\*no\_em\*", r"\*no\_em\*"),
        (r"`a\.b` c\.d", r"`a\.b` c.d"),
        ("```\na\\.b\n```\nc\\.d", "```\na\\.b\n```\nc.d"),
        (r"C:\\\\new", r"C:\\\\new"),
        ("ends\\", "ends\\"),
    ],
)
def test_escapes_go_where_they_change_nothing(written: str, plain: str) -> None:
    assert text.unescaped(written) == plain


@pytest.mark.parametrize(
    ("whole", "title", "body"),
    [
        ("# A day\n\nText", "A day", "Text"),
        ("### A day ##\nText", "A day", "Text"),
        ("A day\nText", "A day", "Text"),
        ("Only one line", "", "Only one line"),
        ("- a list\n- of two", "", "- a list\n- of two"),
        ("1. first\nText", "", "1. first\nText"),
        ("#tag\nText", "#tag", "Text"),
        (f"{'long ' * 30}\nText", "", f"{'long ' * 30}\nText"),
        ("[picture 1.jpeg]\nText", "", "[picture 1.jpeg]\nText"),
    ],
)
def test_the_first_line_is_a_title_where_it_reads_like_one(
    whole: str, title: str, body: str
) -> None:
    assert text.titled(whole) == (title, body)


def block(words: str, line: dict[str, Any] | None = None, **marks: bool) -> dict[str, Any]:
    return {"text": words, "attributes": {**marks, **({"line": line} if line else {})}}


def test_formatted_text_is_read_where_there_is_no_other() -> None:
    told = [
        block("A day\n", {"header": 1}),
        block("It was "),
        block("good ", bold=True),
        block("and so.\n"),
        block("One\n", {"listStyle": "bulleted", "indentLevel": 2}),
        block("Two\n", {"listStyle": "numbered", "listIndex": 2}),
        block("Three\n", {"listStyle": "checkbox", "checked": True}),
        block("Four", {"quote": True}),
        {"embeddedObjects": [{"type": "photo", "identifier": "AB12"}]},
    ]
    row = one(
        stored=(PICTURE,),
        text=None,
        richText=json.dumps({"meta": {}, "contents": told}),
        photos=[photo(PICTURE)],
    )
    assert row.title == "A day"
    assert row.body == (
        "It was **good** and so.\n  - One\n2. Two\n- [x] Three\n> Four\n[picture 1.jpeg]"
    )


def test_formatted_text_that_is_broken_is_told() -> None:
    for broken in ("{", "[]", '{"contents": 1}', "[" * 100_000):
        row = one(stored=(PICTURE,), text=None, richText=broken, photos=[photo(PICTURE)])
        assert (row.problem, row.notes) == ("", ("Its formatted text cannot be read.",))
    assert one(richText="{").notes == ()
    assert one(text=None, richText="{").problem.startswith("There is nothing written")


def test_emoji_come_and_halves_of_them_are_told() -> None:
    row = one(text="Half \ud83d, whole \U0001f33f")
    assert row.body == "Half \ufffd, whole \U0001f33f"
    assert "cannot be stored" in row.notes[0]


def test_several_journals_come_with_their_names() -> None:
    data = zipped({"Work.json": journal(entry(1)), "Walks.json": journal(entry(2), entry(3))})
    assert [(row.where, row.tags) for row in read(data)] == [
        ("Walks, entry 1", ("#Walks",)),
        ("Walks, entry 2", ("#Walks",)),
        ("Work, entry 1", ("#Work",)),
    ]


def test_entries_without_an_id_get_one_from_what_they_say() -> None:
    told = [entry(uuid=uuid) for uuid in (None, "x", "a" * 31)]
    keys = [row.key for row in read(journal(*told))]
    assert len(set(keys)) == 3
    assert keys == [row.key for row in read(journal(*told))]


def test_what_is_no_entry_is_skipped_and_told() -> None:
    rows = read(journal(entry(1), 7, None, [], "x", {}))
    assert [bool(row.problem) for row in rows] == [False, True, True, True, True, True]
    assert all(row.local is None for row in rows[1:])


def test_broken_files_are_refused_with_a_sentence() -> None:
    assert refusal(zipped({"x.txt": b"x"})) == "There is no journal of Day One in it."
    assert "cut off, after entry 2" in refusal(journal(entry(1), entry(2), entry(3))[:-200])
    assert "not valid UTF-8" in refusal(b'{"metadata": {}, "entries": [{"text": "\xff"}]}')
    assert "damaged" in refusal(export(entry(1))[:-9])


ODD: tuple[Any, ...] = (
    None, True, 7, -1, 10**400, 1.5, float("nan"), "", "x", "(null)", "\ud83d", [], {}, [[]],
    [None, 7, "x", {}], {"contents": 7}, {"contents": [7, {"text": 7, "attributes": []}]},
    {"contents": [{"text": "x", "attributes": {"line": {"header": "1", "indentLevel": 10**400}}}]},
    [{"md5": [], "identifier": {}, "filename": 7, "orderInEntry": "1"}], {"latitude": "x"},
)  # fmt: skip
KEYS = (
    "uuid", "creationDate", "timeZone", "text", "richText", "starred", "tags", "photos", "videos",
    "location", "weather", "creationDevice",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(ODD)))
def test_values_of_any_type_are_read_or_told(told: dict[str, Any]) -> None:
    for row in read(journal(entry(1) | told), Options("UTC", places=True)):
        assert row.problem or row.key


@given(at=st.integers(0, 2000), to=st.integers(0, 255), cut=st.integers(0, 500))
def test_damage_anywhere_gives_rows_or_one_sentence(at: int, to: int, cut: int) -> None:
    data = bytearray(export(entry(1, photos=[photo(PICTURE)]), entry(2), photos=[PICTURE]))
    data[at % len(data)] = to
    with suppress(ImportProblem):
        recognise(bytes(data[: len(data) - cut]), "x.zip")
        for row in read(bytes(data[: len(data) - cut])):
            for file in row.files:
                file.read()


def test_reading_does_not_grow_with_the_number_of_entries(tmp_path: Path) -> None:
    peaks = []
    for many in (300, 3000):
        path = tmp_path / f"{many}.zip"
        told = [
            entry(number, text=f"Day {number}\n" + "It rained. " * 50) for number in range(many)
        ]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("Journal.json", journal(*told))
        tracemalloc.start()
        assert sum(1 for _ in source("dayone").read(path, TOKYO)) == many
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]
