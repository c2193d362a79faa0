"""Zip files and folders as sets of named files: read one by one, never unpacked to the disk.

An archive from elsewhere may lie about itself. So names are checked before anything is read, and
what is counted is what really comes out. Every refusal is an ImportProblem with one sentence.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from upswing.exchange import textfile, zipend
from upswing.exchange.rows import ImportProblem, Origin

MEGABYTE = 1_000_000
MOST_MEMBERS = 50_000
MOST_BYTES = 1_000 * MEGABYTE  # inflated, of all that is read; twice its own size for a large zip
LARGEST_MEMBER = 200 * MEGABYTE
HIGHEST_RATIO = 200  # above a megabyte; text comes to about 10, repeated log lines to 100
NO_DATE = (1980, 1, 1)  # what stands in a zip in which nobody has written a date
PIECE = 1 << 18
MARKS = (b"PK\x03\x04", b"PK\x05\x06")
PLAIN_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others unpack without a bound

BROKEN = "This zip file is damaged; make it anew and try again."
MANY = "This holds more than {most:,} files."
OUTSIDE = "“{name}” in this zip file points outside of it, so nothing of it was read."
LINKED = "“{name}” in this zip file is a link, not a file. Make the zip without links."
TWICE = "“{name}” stands in this zip file twice, so it is not clear which one is meant."
LOCKED = "This zip file has a password. Make one without and try again."
PACKED = "“{name}” is packed in a way that Upswing does not open. Make a plain zip file."
LARGE = "“{name}” is larger than {most} MB."
SWELLS = "“{name}” swells to more than {most} times its packed size; it was not read."
TOTAL = "This zip file unpacks to more than {most} MB."
GONE = "“{name}” cannot be read: {reason}."


class Files(Protocol):
    """Files by name, whether they lie in a zip or in a folder. Names are POSIX paths."""

    def names(self) -> list[str]:
        """Every file, in the order of the names; no folders, no links."""

    def size(self, name: str) -> int:
        """Size in bytes. Raises KeyError where there is no such file."""

    def changed(self, name: str) -> datetime | None:
        """When it was last written: naive from a zip, which names no zone; else aware.

        Raises KeyError as `size`.
        """

    def read(self, name: str, *, limit: int = LARGEST_MEMBER) -> bytes:
        """All of a file, up to `limit` bytes. Raises ImportProblem, and KeyError as `size`."""

    def stream(
        self, name: str, *, limit: int = LARGEST_MEMBER, ratio: int = HIGHEST_RATIO
    ) -> BinaryIO:
        """The same to be read piece by piece; it raises ImportProblem also while it is read.

        ratio: to how many times its packed size a file may swell; what is read line by line can
        take more.
        """


def files(origin: Origin, *, members: int = MOST_MEMBERS) -> Files:
    """The folder, or the zip (as bytes or on the disk), as files. Raises ImportProblem."""
    if isinstance(origin, Path) and origin.is_dir():
        return Folder(origin, members=members)
    return Archive(origin, members=members)


def is_zip(origin: Origin) -> bool:
    """Whether the file (or the beginning of one) is a zip."""
    return textfile.head(origin, 4).startswith(MARKS)


class Archive:
    """One zip file. A zip inside it is a file like any other. What uses it last closes it."""

    def __init__(self, origin: Origin, *, members: int = MOST_MEMBERS) -> None:
        """Look at the list of its files only, of which there may be `members`. ImportProblem."""
        with textfile.opened(origin) as stream:
            own = stream.seek(0, io.SEEK_END)
            if zipend.entries(stream, own, members) > members:
                raise ImportProblem(MANY.format(most=members))
        with _unbroken():
            self._zip = zipfile.ZipFile(origin if isinstance(origin, Path) else io.BytesIO(origin))
        self._members = _checked(self._zip.infolist())
        self.most = max(MOST_BYTES, 2 * own)
        self._left = self.most

    def names(self) -> list[str]:
        return sorted(self._members)

    def size(self, name: str) -> int:
        return self._members[name].file_size

    def changed(self, name: str) -> datetime | None:
        written = self._members[name].date_time
        try:
            return None if written[:3] == NO_DATE else datetime(*written)  # noqa: DTZ001
        except ValueError:
            return None

    def read(self, name: str, *, limit: int = LARGEST_MEMBER) -> bytes:
        with self.stream(name, limit=limit) as stream:
            return stream.read()

    def stream(
        self, name: str, *, limit: int = LARGEST_MEMBER, ratio: int = HIGHEST_RATIO
    ) -> BinaryIO:
        member = self._members[name]
        _openable(member, name, limit, ratio)
        with _unbroken():
            return _buffered(_Inflating(self, self._zip.open(member)))

    def count(self, many: int) -> None:
        """Take `many` inflated bytes off what may still come. Raises ImportProblem."""
        self._left -= many
        if self._left < 0:
            raise ImportProblem(TOTAL.format(most=self.most // MEGABYTE))


class _Inflating(io.RawIOBase):
    """A member on its way out, counted as it comes. zipfile itself stops at the declared size."""

    def __init__(self, archive: Archive, inner: IO[bytes]) -> None:
        self._archive, self._inner = archive, inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _unbroken():
            data = self._inner.read(len(buffer))
        self._archive.count(len(data))
        buffer[: len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        with _unbroken():
            data = self._inner.read()
        self._archive.count(len(data))
        return data

    def close(self) -> None:
        self._inner.close()
        super().close()


def _buffered(raw: io.RawIOBase) -> BinaryIO:
    return io.BufferedReader(raw, PIECE)


@contextmanager
def _unbroken() -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OverflowError,
        struct.error,
        OSError,
    ) as error:
        raise ImportProblem(BROKEN) from error


def _checked(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files by name, once no name is amiss. Raises ImportProblem."""
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        name = member.filename.replace("\\", "/")
        _safe(name, member)
        if name.endswith("/"):
            continue
        if name in found:
            raise ImportProblem(TWICE.format(name=shown(name)))
        found[name] = member
    return found


def _safe(name: str, member: zipfile.ZipInfo) -> None:
    if not name:
        raise ImportProblem(BROKEN)
    if name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in name.split("/"):
        raise ImportProblem(OUTSIDE.format(name=shown(name)))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ImportProblem(LINKED.format(name=shown(name)))
    if member.flag_bits & 1:
        raise ImportProblem(LOCKED)


def _openable(member: zipfile.ZipInfo, name: str, limit: int, ratio: int) -> None:
    if member.compress_type not in PLAIN_WAYS:
        raise ImportProblem(PACKED.format(name=shown(name)))
    _within(name, member.file_size, limit)
    if member.file_size > max(MEGABYTE, ratio * member.compress_size):
        raise ImportProblem(SWELLS.format(name=shown(name), most=ratio))


def _within(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise ImportProblem(LARGE.format(name=shown(name), most=limit // MEGABYTE))


def shown(name: str) -> str:
    """A name as a sentence can hold it: signs that can be seen, and not too many."""
    seen = "".join(sign if sign.isprintable() else "?" for sign in name)
    return seen if len(seen) <= 80 else f"… {seen[-78:]}"


class Folder:
    """A folder on the disk; links in it are passed over."""

    def __init__(self, path: Path, *, members: int = MOST_MEMBERS) -> None:
        """Look at the list of its files only, of which there may be `members`. ImportProblem."""
        self._paths: dict[str, Path] = {}
        for found in _walk(path):
            if len(self._paths) >= members:
                raise ImportProblem(MANY.format(most=members))
            self._paths[found.relative_to(path).as_posix()] = found

    def names(self) -> list[str]:
        return sorted(self._paths)

    def size(self, name: str) -> int:
        return self._paths[name].stat().st_size

    def changed(self, name: str) -> datetime | None:
        return datetime.fromtimestamp(self._paths[name].stat().st_mtime, UTC)

    def read(self, name: str, *, limit: int = LARGEST_MEMBER) -> bytes:
        with self.stream(name, limit=limit) as stream:
            return stream.read()

    def stream(
        self, name: str, *, limit: int = LARGEST_MEMBER, ratio: int = HIGHEST_RATIO
    ) -> BinaryIO:
        path = self._paths[name]
        try:
            _within(name, path.stat().st_size, limit)
            return path.open("rb")
        except OSError as error:
            reason = error.strerror or "unknown reason"
            raise ImportProblem(GONE.format(name=shown(name), reason=reason)) from None


def _walk(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder):
        for name in names:
            path = Path(here, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path
