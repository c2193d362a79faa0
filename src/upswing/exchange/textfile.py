"""The lines of a text file, one at a time, with a clear sentence where it is not text. Pure but for
reading."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from upswing.exchange.rows import ImportProblem, Origin

LONGEST_LINE = 8_000_000  # bytes; a book of a thousand pages in one line is still shorter
LARGEST = 500_000_000  # bytes of a file that has to be read as a whole
HEAD = 65_536
TOO_LARGE = f"This file is larger than {LARGEST // 1_000_000} MB."
NOT_TEXT = "This is not a text file."
NOT_UTF8 = "Line {number} is not valid UTF-8. Save the file as UTF-8 and try again."
UTF16 = "This file is stored as UTF-16. Save it as UTF-8 and try again."
OTHER_KINDS = {
    "a web page": re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE),
    "a PDF file": re.compile(rb"%PDF-"),
    "a picture": re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP", re.DOTALL),
    "a compressed file": re.compile(rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd"),
    "a database": re.compile(rb"SQLite format 3"),
}


class Line(NamedTuple):
    """A line without its end, and its number from 1."""

    number: int
    text: str


@contextmanager
def opened(origin: Origin) -> Iterator[BinaryIO]:
    """The bytes of `origin` as a stream; raises ImportProblem where the file cannot be read."""
    if isinstance(origin, bytes):
        yield io.BytesIO(origin)
        return
    try:
        stream = origin.open("rb")
    except OSError as error:
        raise ImportProblem(_unreadable(origin, error)) from None
    with stream:
        yield stream


def _unreadable(path: Path, error: OSError) -> str:
    return f"{path.name} cannot be read: {error.strerror or 'unknown reason'}."


def head(origin: Origin, length: int = HEAD) -> bytes:
    """The first `length` bytes (64 KiB), for a first look."""
    if isinstance(origin, bytes):
        return origin[:length]
    with opened(origin) as stream:
        return stream.read(length)


def beginning(start: bytes) -> bytes:
    """`start` of a file without byte order mark and leading blanks."""
    return start.removeprefix(codecs.BOM_UTF8).lstrip()


def other_kind(start: bytes) -> str:
    """What a file with this start is, where it is plainly not text; else ""."""
    return next((kind for kind, mark in OTHER_KINDS.items() if mark.match(start)), "")


def whole(origin: Origin) -> bytes:
    """All bytes of `origin`; raises ImportProblem beyond what fits into memory."""
    with opened(origin) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ImportProblem(TOO_LARGE)
    return data


def lines(origin: Origin) -> Iterator[Line]:
    """Decode line by line, so that memory stays flat; LF, CRLF and CR all end a line.

    As with `str.split`, what stands after the last line end is a line too, empty or not.
    """
    number, raw = 0, b"\n"
    with opened(origin) as stream:
        while raw.endswith(b"\n"):
            raw = stream.readline(LONGEST_LINE + 1)
            for text in _decoded(raw, number + 1):
                number += 1
                yield Line(number, text)


def _decoded(raw: bytes, number: int) -> list[str]:
    if len(raw) > LONGEST_LINE:
        raise ImportProblem(
            f"Line {number} is longer than {LONGEST_LINE // 1_000_000} MB. {NOT_TEXT}"
        )
    if number == 1:
        raw = _without_mark(raw)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise ImportProblem(NOT_UTF8.format(number=number)) from None
    if "\0" in text:
        raise ImportProblem(f"Line {number} holds a zero byte. {NOT_TEXT}")
    return text.removesuffix("\n").removesuffix("\r").split("\r")


def _without_mark(raw: bytes) -> bytes:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ImportProblem(UTF16)
    return raw.removeprefix(codecs.BOM_UTF8)
