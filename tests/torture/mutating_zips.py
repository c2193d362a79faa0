"""Zips and databases changed inside of what they hold, and in what they say about it.

A zip is taken apart, changed and put together again, so that most of what is changed is read at
all: a bit turned in the file itself mostly ends at a checksum.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from random import Random

from torture import mutating
from torture.mutating import SIGNS, TEXTS, VALUES

LINK = 0o120777 << 16
ENTRY, ENTRY_SIZE = b"PK\x01\x02", 46
END = b"PK\x05\x06"
FIELDS = {8: "<H", 10: "<H", 12: "<L", 16: "<L", 20: "<L", 24: "<L", 28: "<H", 38: "<L", 42: "<L"}
OF_THE_END = {4: "<H", 8: "<H", 10: "<H", 12: "<L", 16: "<L", 20: "<H"}
LIES = (0, 1, 2, 9, 12, 14, 99, 0x800, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
WHERE = (
    "../@", "../" * 40 + "@", "/@", "/tmp/@", "C:\\@", "C:@", "..\\@", "a/../@", "a/../../@",
    "./@", "a//@", "@/", "", ".", "..", "/", "@\n", "\x1b[2J@", "con", "~/@", "@" * 40,
    "d/" * 2_000 + "@", "x" * 60_000, "\u202e@", "__MACOSX/@", ".@", "@.json", "@.md", "{@}", "a/@",
    "\\\\host\\@", "file:@", "%2e%2e/@", "manifest.json", "a/manifest.json", "record/items.jsonl",
)  # fmt: skip
MANIFEST = "manifest.json"
SCHEMAS = (
    "ALTER TABLE {table} RENAME TO gone", "DROP TABLE {table}", "DELETE FROM {table}",
    "ALTER TABLE {table} RENAME COLUMN {column} TO gone",
    "ALTER TABLE {table} ADD COLUMN more TEXT",
    "ALTER TABLE {table} RENAME TO gone; CREATE VIEW {table} AS SELECT * FROM gone",
    "CREATE INDEX one ON {table} ({column} COLLATE NOCASE)", "PRAGMA user_version = -1",
    "CREATE TRIGGER one AFTER INSERT ON {table} BEGIN DELETE FROM {table}; END",
    "INSERT INTO {table} SELECT * FROM {table}", "PRAGMA encoding = 'UTF-16'; VACUUM",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 9 - rootpage",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '(', '((')",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET type = 'view', rootpage = 0",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE ' || name || ' AS'",
    "UPDATE {table} SET {column} = CAST({column} AS BLOB)", "PRAGMA page_size = 512; VACUUM",
    "UPDATE {table} SET {column} = zeroblob(3000000)", "UPDATE {table} SET {column} = -{column}",
)  # fmt: skip


COLUMNS = """SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
    WHERE t.type = 'table'"""


@dataclass(frozen=True)
class Member:
    """One file of a zip. attributes: as they stand in it; way: how it is packed."""

    name: str
    data: bytes
    attributes: int = 0o600 << 16
    way: int = zipfile.ZIP_DEFLATED


def members(data: bytes) -> list[Member]:
    """What is in a sound zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [Member(name, archive.read(name)) for name in archive.namelist()]


def together(parts: list[Member]) -> bytes:
    """The zip of these, also where names stand in it twice."""
    whole = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(whole, "w", compresslevel=1) as archive:
        warnings.simplefilter("ignore")
        for part in parts:
            info = zipfile.ZipInfo(part.name, (2026, 3, 14, 21, 5, 30))
            info.external_attr, info.compress_type = part.attributes, part.way
            archive.writestr(info, part.data)
    return whole.getvalue()


def mutated(parts: list[Member], chance: Random) -> bytes:
    """The zip of `parts` after one change inside of it or a few, and perhaps one of itself."""
    parts = list(parts)
    for _ in range(chance.choice(mutating.STEPS)):
        change = inside if chance.random() < 0.7 else chance.choice(OF_THE_LIST)
        change(parts, chance)
    data = together(_summed(parts) if chance.random() < 0.9 else parts)
    if chance.random() < 0.7:
        return data
    return chance.choice((lie, lie, lie, more, raw))(data, chance)


def inside(parts: list[Member], chance: Random) -> None:
    """One of the files is not what it was."""
    if not parts:
        return
    at = chance.randrange(len(parts))
    part = parts[at]
    shape = mutating.shape_of(part.name, part.data)
    parts[at] = replace(part, data=mutating.mutated(part.data, shape, chance))


def _summed(parts: list[Member]) -> list[Member]:
    """With the sums that a manifest gives, where there is one: whoever changes a file can count."""
    sums = {part.name: hashlib.sha256(part.data).hexdigest() for part in parts}
    return [_manifest(part, sums) if part.name == MANIFEST else part for part in parts]


def _manifest(part: Member, sums: dict[str, str]) -> Member:
    with suppress(ValueError, RecursionError, TypeError, AttributeError, KeyError):
        told = json.loads(part.data)
        told["sha256"] |= {name: sums[name] for name in told["sha256"] if name in sums}
        return replace(part, data=json.dumps(told, separators=(",", ":")).encode())
    return part


# --- Which files there are -----------------------------------------------------------------------


def rename(parts: list[Member], chance: Random) -> None:
    """One of the files lies elsewhere: outside, deep down, under no name at all."""
    if parts:
        at = chance.randrange(len(parts))
        name = chance.choice(WHERE).replace("@", parts[at].name)[:65_000]
        parts[at] = replace(parts[at], name=name)


def remove(parts: list[Member], chance: Random) -> None:
    if parts:
        del parts[chance.randrange(len(parts))]


def again(parts: list[Member], chance: Random) -> None:
    """A file stands in it twice, or under a second name."""
    if parts:
        part = chance.choice(parts)
        other = chance.choice((part.name, f"{part.name} 2", part.name.upper(), f"b/{part.name}"))
        parts.append(replace(part, name=other))


def trade(parts: list[Member], chance: Random) -> None:
    """A file has the bytes of another."""
    if parts:
        at = chance.randrange(len(parts))
        parts[at] = replace(parts[at], data=chance.choice(parts).data)


def reorder(parts: list[Member], chance: Random) -> None:
    chance.shuffle(parts)


def attribute(parts: list[Member], chance: Random) -> None:
    """A link, a folder, a pipe, or packed in another way."""
    if parts:
        at = chance.randrange(len(parts))
        ways = (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
        kind = chance.choice((LINK, 0o40755 << 16, 0o10644 << 16, 0, 0xFFFFFFFF))
        parts[at] = replace(parts[at], attributes=kind, way=chance.choice(ways))


def zip_in_zip(parts: list[Member], chance: Random) -> None:
    """A file is a zip of all of them, and again."""
    data = together(parts)
    for _ in range(chance.choice((0, 1, 5))):
        data = together([Member("inner.zip", data)])
    name = chance.choice(parts).name if parts and chance.random() < 0.5 else "inner.zip"
    parts.append(Member(name, data))


def swell(parts: list[Member], chance: Random) -> None:
    """A file that is small only as long as it is packed; or thousands of empty ones."""
    if not parts or chance.random() > mutating.RARE:
        return
    part = chance.choice(parts)
    if chance.random() < 0.5:
        parts[parts.index(part)] = replace(part, data=part.data + b" " * 5_000_000)
    else:
        parts += [Member(f"{number}{part.name}", part.data) for number in range(1_000)]


OF_THE_LIST: tuple[Callable[[list[Member], Random], None], ...] = (
    rename, rename, remove, again, trade, reorder, attribute, zip_in_zip, swell
)  # fmt: skip


# --- What it says of itself ----------------------------------------------------------------------


def lie(data: bytes, chance: Random) -> bytes:
    """A wrong size, sum, place, number, way or date in the list of files, or at its end."""
    changed = bytearray(data)
    mark, fields = chance.choice(((ENTRY, FIELDS), (ENTRY, FIELDS), (END, OF_THE_END)))
    places = [at for at in _marks(data, mark) if at + ENTRY_SIZE // 2 < len(data)]
    at, field = (chance.choice(places), chance.choice(list(fields))) if places else (0, 0)
    if field and at + field + 4 <= len(data):
        form = fields[field]
        truth = struct.unpack_from(form, data, at + field)[0]
        value = chance.choice((*LIES, truth + 1, max(0, truth - 1), truth * 2))
        struct.pack_into(
            form, changed, at + field, value & (0xFFFF if form == "<H" else 0xFFFFFFFF)
        )
    return bytes(changed)


def _marks(data: bytes, mark: bytes) -> list[int]:
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found


def more(data: bytes, chance: Random) -> bytes:
    """Something before it, behind it, or in its comment."""
    extra = chance.choice((chance.randbytes(20), b"PK\x05\x06" + bytes(18), data, b"\0" * 70_000))
    return chance.choice((data + extra, extra + data, data[:-2] + b"\x14\x00" + extra[:20]))


def raw(data: bytes, chance: Random) -> bytes:
    """Bytes of the file itself changed."""
    return mutating.mutated(data, "text", chance)


# --- Databases -----------------------------------------------------------------------------------


def database(data: bytes, chance: Random) -> bytes:
    """A SQLite file with another value, another table, or other bytes."""
    if chance.random() < 0.4:
        return mutating.mutated(data, "text", chance)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as one:
        one.deserialize(data)
        for _ in range(chance.choice(mutating.STEPS)):
            with suppress(sqlite3.Error, OverflowError, UnicodeEncodeError, Warning):
                _change(one, chance)
        return one.serialize()


def _change(one: sqlite3.Connection, chance: Random) -> None:
    columns = one.execute(COLUMNS).fetchall()
    table, column = chance.choice(columns or [("gone", "gone")])
    place = {"table": table, "column": column}
    if chance.random() < 0.3:
        one.executescript(chance.choice(SCHEMAS).format(**place))
        return
    value = chance.choice(
        (*TEXTS, *SIGNS, *(each for each in VALUES if not isinstance(each, list)))
    )
    one.execute("UPDATE {table} SET {column} = ?".format(**place), (value,))  # noqa: S608
