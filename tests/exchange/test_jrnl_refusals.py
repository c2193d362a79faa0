"""What the reader of jrnl's text refuses, how much memory it takes, and what always holds."""

# ruff: noqa: DTZ001, DTZ007 - the times are those on the wall, without a zone

from __future__ import annotations

import tracemalloc
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.exchange.importers import recognise, source, unknown
from upswing.exchange.rows import ImportProblem, Options, Origin, Row

DATA = Path(__file__).parent / "data"
BERLIN = Options("Europe/Berlin")


def read(origin: Origin | str, options: Options = BERLIN) -> list[Row]:
    data = origin.encode() if isinstance(origin, str) else origin
    return list(source("jrnl").read(data, options))


def refusal(origin: Origin | str) -> str:
    with pytest.raises(ImportProblem) as raised:
        read(origin)
    return str(raised.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("encrypted-v2.txt", "jrnl --decrypt"),
        ("encrypted-v3.txt", "jrnl --decrypt"),
        ("export.md", "Markdown export"),
        ("export.yaml.md", "YAML export"),
        ("export.xml", "XML export"),
        ("short.txt", "list of entries"),
    ],
)
def test_what_jrnl_writes_otherwise_gets_advice(name: str, words: str) -> None:
    assert words in refusal(DATA / name)
    assert recognise((DATA / name).read_bytes(), name) == source("jrnl")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a picture"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        (b"\n<!DOCTYPE html><html></html>", "a web page"),
        (b"%PDF-1.7\n", "a PDF file"),
        (b"\x1f\x8b\x08\x00", "a compressed file"),
        (b"SQLite format 3\x00", "a database"),
        (b"Dear diary,\ntoday was long.\n", "no line begins with a date"),
        (b"a,b\n1,2\n", "no line begins with a date"),
        (b"\x7fELF\x02\x01\x01\x00", "zero byte"),
        ("[2024-03-01 10:00] x".encode("utf-16"), "UTF-16"),
    ],
)
def test_something_else_entirely_is_refused(data: bytes, words: str) -> None:
    assert words in refusal(data)
    assert recognise(data, "file.txt") is None
    assert "jrnl" in unknown()


def test_invalid_utf8_names_its_line() -> None:
    data = b"[2024-03-01 10:00] One\n\n[2024-03-02 10:00] Gr\xf6\xdfe\n"
    assert refusal(data).startswith("Line 3 is not valid UTF-8.")


def test_a_zero_byte_names_its_line() -> None:
    assert refusal("[2024-03-01 10:00] One\nTwo\0\n").startswith("Line 2 ")


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    assert "gone.txt cannot be read" in refusal(tmp_path / "gone.txt")


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    entry = "[2024-03-01 10:00] Entry\n" + "Words that fill a line of text.\n" * 300 + "\n"

    def peak(entries: int) -> int:
        with path.open("w") as file:
            file.writelines(entry.replace("Entry", f"Entry {n}") for n in range(entries))
        tracemalloc.start()
        for _ in source("jrnl").read(path, BERLIN):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(5)
    assert peak(200) < peak(10) + 200_000


# Properties

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Zs")), min_size=1
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TITLE = SENTENCE.filter(lambda text: not text.startswith("*") and not text.endswith("*"))
BODY = st.lists(
    st.just("") | SENTENCE.filter(lambda text: not text.startswith("[")), max_size=5
).map(lambda lines: "\n".join(lines).strip())
MOMENT = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31))
ENTRY = st.tuples(MOMENT, TITLE, BODY, st.booleans())


def written(entries: list[tuple[datetime, str, str, bool]], timeformat: str) -> str:
    """A journal as jrnl lays it out."""
    return "\n".join(
        f"[{moment.strftime(timeformat)}] {title}{' *' if starred else ''}\n"
        + (f"{body}\n" if body else "")
        for moment, title, body, starred in entries
    )


@given(
    entries=st.lists(ENTRY, min_size=1, max_size=8),
    timeformat=st.sampled_from(["%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%d %I:%M:%S %p"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read(
    entries: list[tuple[datetime, str, str, bool]], timeformat: str, line_end: str
) -> None:
    text = written(entries, timeformat).replace("\n", line_end)
    rows = read(text, Options("UTC", timeformat))
    assert [(row.local, row.title, row.body, row.starred) for row in rows] == [
        (datetime.strptime(moment.strftime(timeformat), timeformat), title, body, starred)
        for moment, title, body, starred in entries
    ]
    assert [row.key for row in rows] == [row.key for row in read(text, Options("UTC", timeformat))]
    assert len({row.key for row in rows}) == len(rows)


BEGINNINGS = (b"", b"{", b'{"entries": [', b"[2024-03-01 10:00] ", b"PK\x03\x04", b"\xef\xbb\xbf")


@given(start=st.sampled_from(BEGINNINGS), data=st.binary(max_size=400), name=st.text())
def test_random_bytes_raise_nothing_but_the_one_sentence(
    start: bytes, data: bytes, name: str
) -> None:
    with suppress(ImportProblem):
        recognise(start + data, name)
    with suppress(ImportProblem):
        read(start + data)


@given(
    text=st.text(st.sampled_from("[]2024-0301 :*@#x\n\r\\{}\"'ä.") | st.characters(codec="utf-8"))
)
def test_random_text_is_read_or_refused(text: str) -> None:
    try:
        rows = read(text.encode())
    except ImportProblem:
        return
    assert all(row.problem or row.key for row in rows)
