"""How many files a zip lists, told before the list is taken into memory. Pure but for reading.

zipfile makes an object of every line of the list, however many there are; a few megabytes of list
are enough to fill the memory of a small machine. The end of the file is found as zipfile does.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

END, END_SIZE = b"PK\x05\x06", 22
LOCATOR, LOCATOR_SIZE = b"PK\x06\x07", 20
END64, END64_SIZE = b"PK\x06\x06", 56
LINE = b"PK\x01\x02"
LONGEST_COMMENT = 65_536
LONGEST_LIST = 64_000_000  # bytes; far more than the list of 50,000 files


def entries(stream: BinaryIO, size: int, most: int) -> int:
    """At least as many as there are files; `most` + 1 where the list is beyond all measure."""
    tail_at = max(0, size - END_SIZE - LONGEST_COMMENT - LOCATOR_SIZE - END64_SIZE)
    tail = _piece(stream, tail_at, size - tail_at)
    end = _end(tail)
    if end < 0 or len(tail) - end < END_SIZE:
        return 0  # no zip at all, as zipfile will say
    end, length = _list(tail, end)
    if length > LONGEST_LIST:
        return most + 1
    return _piece(stream, max(0, tail_at + end - length), length).count(LINE)


def _end(tail: bytes) -> int:
    """Where the record at the end begins; -1 where there is none."""
    at_once = len(tail) - END_SIZE
    if tail[at_once:].startswith(END) and tail.endswith(b"\0\0"):
        return at_once
    return tail.rfind(END, max(0, at_once - LONGEST_COMMENT))


def _list(tail: bytes, end: int) -> tuple[int, int]:
    """Where the list ends in `tail`, and its length in bytes."""
    end64 = end - LOCATOR_SIZE - END64_SIZE
    far = end64 >= 0 and tail.startswith(LOCATOR, end - LOCATOR_SIZE)
    if far and tail.startswith(END64, end64):
        return end64, struct.unpack_from("<Q", tail, end64 + 40)[0]
    return end, struct.unpack_from("<L", tail, end + 12)[0]


def _piece(stream: BinaryIO, at: int, length: int) -> bytes:
    stream.seek(at)
    return stream.read(length)
