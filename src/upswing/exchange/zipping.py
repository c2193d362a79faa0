"""A zip file as a stream of bytes: made while it is sent, and nowhere whole."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime

from upswing.exchange.members import Member

PIECE = 1 << 16
PRIVATE = 0o100600 << 16  # a plain file, for its owner only, where the zip is unpacked
UNIX = 3
EARLIEST = (1980, 1, 1, 0, 0, 0)


class _Outbox(io.RawIOBase):
    """Where zipfile writes to; it cannot be rewound, so sizes follow each member."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._waiting += data
        return len(data)

    def fetch(self, least: int = 0) -> Iterator[bytes]:
        """What was written since, where it is `least` bytes or more."""
        if len(self._waiting) > least:
            yield bytes(self._waiting)
            self._waiting.clear()


def zipped(members: Generator[Member], *, made: datetime) -> Iterator[bytes]:
    """The zip of the members in pieces; made: local time that its files bear."""
    out = _Outbox()
    with closing(members), zipfile.ZipFile(out, "w") as archive:
        for member in members:
            with archive.open(_info(member, made), "w") as target:
                for piece in member.pieces:
                    target.write(piece)
                    yield from out.fetch(PIECE)
    yield from out.fetch()


def _info(member: Member, made: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(member.name, max(made.timetuple()[:6], EARLIEST))
    info.compress_type = zipfile.ZIP_DEFLATED
    if member.packed:
        info._compresslevel = 0  # type: ignore[attr-defined]
    info.create_system, info.external_attr = UNIX, PRIVATE
    return info


class Sums:
    """The sha256 of each file that went through it."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def summed(self, member: Member) -> Member:
        """The same member; its sum is known once it was taken."""
        return member._replace(pieces=self._pieces(member))

    def _pieces(self, member: Member) -> Iterator[bytes]:
        whole = hashlib.sha256()
        for piece in member.pieces:
            whole.update(piece)
            yield piece
        self.of[member.name] = whole.hexdigest()
