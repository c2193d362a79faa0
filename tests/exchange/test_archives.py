"""Archives from elsewhere: read one file at a time, and refused with a sentence where they lie."""

from __future__ import annotations

import io
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from upswing.exchange import archives, zipend
from upswing.exchange.archives import Archive, Folder
from upswing.exchange.importers import recognise
from upswing.exchange.rows import ImportProblem

DEFLATED = zipfile.ZIP_DEFLATED


def zipped(members: Mapping[str, bytes], way: int = DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(ImportProblem) as raised:
        work()
    return str(raised.value)


def test_files_are_listed_and_read_one_by_one(tmp_path: Path) -> None:
    data = zipped({"b/two.txt": b"2" * 3000, "a.txt": b"one", "b/": b""})
    (tmp_path / "x.zip").write_bytes(data)
    for archive in (Archive(data), Archive(tmp_path / "x.zip")):
        assert archive.names() == ["a.txt", "b/two.txt"]
        assert (archive.size("b/two.txt"), archive.read("a.txt")) == (3000, b"one")
        with archive.stream("b/two.txt") as stream:
            assert (stream.read(2), len(stream.read())) == (b"22", 2998)
        with pytest.raises(KeyError):
            archive.read("c.txt")


def test_a_folder_is_read_in_the_same_way_and_links_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_bytes(b"22")
    (tmp_path / "a.txt").write_bytes(b"one")
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "further").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")
    folder = archives.files(tmp_path)
    assert folder.names() == ["a.txt", "b/two.txt"]
    assert (folder.size("b/two.txt"), folder.read("a.txt")) == (2, b"one")
    assert "larger than" in refusal(lambda: folder.read("b/two.txt", limit=1))
    (tmp_path / "a.txt").unlink()
    assert refusal(lambda: folder.read("a.txt")).startswith("“a.txt” cannot be read")
    assert "more than 1 files" in refusal(lambda: Folder(tmp_path.parent, members=1))


def test_back_slashes_of_windows_are_slashes() -> None:
    assert Archive(zipped({"Journal\\day.md": b"x"})).read("Journal/day.md") == b"x"


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "C:\\x", "c:x", "..\\x", "\\\\host\\x", ".."]
)
def test_a_name_that_leads_outside_refuses_the_whole(name: str) -> None:
    data = zipped({"good.txt": b"x", name: b"x"})
    assert "points outside of it" in refusal(lambda: Archive(data))


def test_a_link_refuses_the_whole() -> None:
    buffer = io.BytesIO()
    link = zipfile.ZipInfo("2024/03/01.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in refusal(lambda: Archive(buffer.getvalue()))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a/x.txt", "a\\x.txt"])
def test_the_same_name_twice_refuses_the_whole(second: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a/x.txt", "one")
        archive.writestr(second, "two")
    assert "stands in this zip file twice" in refusal(lambda: Archive(buffer.getvalue()))


def test_a_password_refuses_the_whole() -> None:
    data = bytearray(zipped({"x.txt": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal(lambda: Archive(bytes(data)))


def test_a_zip_in_the_zip_is_a_file_like_any_other() -> None:
    inner = zipped({"x.txt": b"x"})
    archive = Archive(zipped({"inner.zip": inner}))
    assert (archive.names(), archive.read("inner.zip")) == (["inner.zip"], inner)


def test_what_swells_too_much_is_not_read_and_the_rest_is() -> None:
    archive = Archive(zipped({"bomb": b"\0" * 5_000_000, "good": b"x", "small": b"\0" * 900_000}))
    assert "swells to more than 200 times" in refusal(lambda: archive.stream("bomb"))
    assert (archive.read("good"), len(archive.read("small"))) == (b"x", 900_000)


def test_one_file_has_a_limit() -> None:
    archive = Archive(zipped({"x": os.urandom(3000)}))
    assert "“x” is larger than" in refusal(lambda: archive.read("x", limit=2999))
    assert len(archive.read("x", limit=3000)) == 3000


def test_what_comes_out_is_counted_over_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000_000)
    data = zipped({f"{number}": b"\0" * 400_000 for number in range(3)})
    archive = Archive(data)
    archive.read("0")
    assert len(archive.stream("1").read(1000)) == 1000
    assert "unpacks to more than 1 MB" in refusal(lambda: archive.read("2"))


def test_a_large_zip_may_hold_what_it_weighs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    archive = Archive(zipped({"x": os.urandom(5000)}, zipfile.ZIP_STORED))
    assert len(archive.read("x")) == 5000


def test_a_size_that_is_a_lie_does_not_help() -> None:
    """The list says ten bytes where five million wait: no more than ten ever come out."""
    data = bytearray(zipped({"bomb": b"\0" * 5_000_000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<L", 10)
    assert "damaged" in refusal(lambda: Archive(bytes(data)).read("bomb"))


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_without_a_bound_are_not_opened(way: int) -> None:
    archive = Archive(zipped({"x": b"x" * 100}, way))
    assert "packed in a way" in refusal(lambda: archive.read("x"))


def test_a_damaged_file_is_told_when_it_is_read() -> None:
    data = bytearray(zipped({"x": os.urandom(100)}, zipfile.ZIP_STORED))
    data[60] ^= 1
    assert "damaged" in refusal(lambda: Archive(bytes(data)).read("x"))


def test_a_file_without_a_name_is_damage() -> None:
    data = zipped({"x": b"x"}).replace(b"x", b"\0")
    assert "damaged" in refusal(lambda: Archive(data))


@pytest.mark.parametrize("cut", [3, 10, 60, -30, -4])
def test_a_truncated_zip_is_refused(cut: int) -> None:
    data = zipped({"2024/03/01.txt": b"[2024-03-01 10:00] x\n" * 9})[:cut]
    assert "damaged" in refusal(lambda: Archive(data))
    if archives.is_zip(data):
        assert "damaged" in refusal(lambda: recognise(data, "x.zip"))


def test_an_empty_zip_holds_nothing() -> None:
    assert Archive(zipped({})).names() == []
    assert recognise(zipped({}), "x.zip") is None


def test_fifty_thousand_and_one_files_are_refused() -> None:
    data = zipped({f"{number:05}": b"" for number in range(50_001)}, zipfile.ZIP_STORED)
    assert "more than 50,000 files" in refusal(lambda: Archive(data))
    assert len(Archive(data, members=50_001).names()) == 50_001


def test_a_list_without_end_is_refused_before_it_is_taken_into_memory() -> None:
    """A million lines that name one empty file: 46 bytes each, half a kilobyte in memory."""
    line = zipped({"x": b""})
    start, end = line.index(b"PK\x01\x02"), line.index(b"PK\x05\x06")
    many = 1_000_000
    last = bytearray(line[end:])
    last[12:16] = struct.pack("<L", many * (end - start))
    data = line[:start] + line[start:end] * many + bytes(last)
    tracemalloc.start()
    try:
        assert "more than 50,000 files" in refusal(lambda: Archive(data))
        assert tracemalloc.get_traced_memory()[1] < 1.2 * len(data)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("comment", [b"", b"made by hand", b"PK\x05\x06" * 3, b"x" * 65_535])
def test_the_list_is_found_where_zipfile_finds_it(comment: bytes) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(7):
            archive.writestr(f"{number}", b"x")
        archive.comment = comment
    data = buffer.getvalue()
    found = zipend.entries(io.BytesIO(data), len(data), 50_000)
    try:
        assert found == len(zipfile.ZipFile(buffer).infolist()) == 7
    except zipfile.BadZipFile:
        assert found <= 7


def test_the_list_is_found_where_the_zip_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)  # so that it is written as a ZIP64
    data = zipped({f"{number}": b"x" for number in range(7)})
    assert b"PK\x06\x06" in data
    assert zipend.entries(io.BytesIO(data), len(data), 50_000) == 7
    assert len(Archive(data).names()) == 7


def test_a_file_of_hundreds_of_megabytes_is_read_in_flat_memory(tmp_path: Path) -> None:
    path, piece = tmp_path / "large.zip", os.urandom(10_000) * 100
    with (
        zipfile.ZipFile(path, "w", DEFLATED, compresslevel=1) as archive,
        archive.open("journal.json", "w") as member,
    ):
        for _ in range(300):
            member.write(piece)
    tracemalloc.start()
    try:
        stream = Archive(path).stream("journal.json", limit=400_000_000)
        read = sum(len(some) for some in iter(lambda: stream.read(1 << 16), b""))
        assert read == 300_000_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
