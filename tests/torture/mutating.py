"""Files as a hostile or careless world makes them of sound ones: by chance, and again from a seed.

Changes of bytes alone die at the first bracket or checksum. So what has a shape is also changed
inside of it: values of JSON, cells of a table, elements of a plist; `mutating_zips` does the same
with the files of a zip and the rows of a database.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

Change = Callable[[bytes, Random], bytes]

STEPS = (1, 1, 1, 2, 2, 4)
RARE = 0.06  # the chance of a change that makes a file large; most files stay small, so many fit in
LONG, LARGEST = 100_000, 2_000_000
DEPTHS: tuple[int, ...] = (60, 5_000, 50_000, *range(930, 1_000))  # Python bounds it at 1000
SIGNS = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\r",
    b"\n", b"\xe2\x80\xa8", b"\xc2\x85", b'"', b"'", b"\\", b"\\ud800", b"\\u0000", b",", b";",
    b"]", b"}", b"[", b"{", b"<", b">", b"&#0;", b"&x;", b"---\n", b"\n---\n", b"\t", b"::", b"![[",
    b"[2026-03-14 09:00] ", b"<!ENTITY x 'y'>", b"<![CDATA[", b"/*", b"*", b"#", b"\x1a",
)  # fmt: skip
NUMBERS = (
    b"0", b"00", b"-1", b"99", b"0x7fffffff", b"-99999999999", b"99999999999",
    b"9223372036854775808", b"-9223372036854775809", b"1e999", b"-1e999", b"NaN", b"Infinity",
    b"0.5", b"2.5e-310", b"13", b"9" * 20, b"9" * 5_000, b"0x" + b"F" * 5_000, "٣٢".encode(),
    "²".encode(), b"2026-02-30",
)  # fmt: skip
NESTS = (
    (b"[", b"]"), (b'{"a":', b"}"), (b'[{"a":[', b"]}]"), (b"<array>", b"</array>"), (b"> ", b""),
    (b"<dict><key>a</key>", b"</dict>"), (b"<div>", b"</div>"), (b"<ul><li>", b""), (b"<b", b""),
    (b"[", b""), (b"(", b")"), (b"`", b" "), (b"*", b""), (b"![[", b""), (b"[](", b""), (b" ", b""),
    (b"\n", b""), (b"\r", b""), (b"#", b""), (b"#a", b""), (b'"', b""), (b"'", b""), (b"<!--", b""),
    (b"- ", b""), (b"\\", b""), (b"&", b";"), (b".", b" "), (b"a:\n", b""), (b"- \n", b""),
)  # fmt: skip
TEXTS = (
    "", " ", "x", "\0", "\ud800", "a\udfffb", "\u2028", "\u202e", "\ufeff", "\U0010ffff",
    "\x7f\x1b[0m", "NaN", "null", "true", "../../etc/passwd", "/etc/passwd", "C:\\x", "Moon/Base",
    "Europe", "posix", "Europe/Berlin", "2026-02-30", "2026-02-30T25:61:61", "-2026-03-14",
    "2026-03-14T21:05:30+99:99", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999-23:59",
    "1899-12-31T23:59:59Z", "1900-01-01T00:00:00+14:00", "2199-12-31T23:59:59-12:00", "2026-03-14",
    "14.03.2026", "now", "2026-03-14T21:05:30.123456789123Z", "24:00", "=1+1", "'=x", "#",
    "#" * 90, "@", ",,,", "\n\n\n", "![](dayone-moment://AB12)", "<p>", "]]>", "%s%n", "{names}",
    "\r\n\r", "x" * 301, "-" * 41,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 5, 6, 1 << 31, (1 << 63) - 1, 1 << 63, -(1 << 63) - 1, 1 << 70,
    0.5, 10**11 - 1, -(10**11) + 1, 1e300, float("nan"), float("inf"), -0.0, [], {}, [None], [[]],
    [{}], {"": None}, {"a": [1]}, ["x"] * 60, [0] * 300, {"text": {}}, [["x", "new", "", "y"]],
)  # fmt: skip
RAW = b"raw:value"  # stands in a tree for what no tree can hold, until the tree is text again
ELEMENTS = (
    b"<integer>0x" + b"F" * 5_000 + b"</integer>", b"<integer>-1</integer>", b"<real>nan</real>",
    b"<integer>" + b"9" * 5_000 + b"</integer>", b"<date>0001-01-01T00:00:00Z</date>", b"<true/>",
    b"<date>9999-12-31T23:59:59Z</date>", b"<date>2026-02-30T00:00:00Z</date>", b"<date/>",
    b"<dict/>", b"<data>####</data>", b"<array><array/></array>", b"<string>\xed\xa0\x80</string>",
    b"<foo/>", b"<string>&#0;</string>", b"<dict><string>x</string></dict>", b"<key>x</key>",
    b"<real>1e999</real>", b"<dict><key>CF$UID</key><integer>1</integer></dict>", b"<string>",
    b"</dict>", b"",
)  # fmt: skip
NUMBER, WORD = re.compile(rb"-?\d+(?:\.\d+)?"), re.compile(rb"\w+")
ELEMENT = re.compile(rb"<(string|integer|real|date|data|key)>[^<]*</\1>|<(?:true|false)/>")


def mutated(data: bytes, shape: str, chance: Random) -> bytes:
    """`data` after one change or a few. shape: one of SHAPES."""
    for _ in range(chance.choice(STEPS)):
        if len(data) < LARGEST:
            data = chance.choice(ways(shape, chance))(data, chance)
    return data


def ways(shape: str, chance: Random) -> tuple[Change, ...]:
    """The changes to choose from."""
    if chance.random() < RARE:
        return (stretch, nest)
    inside = SHAPES.get(shape)
    return (inside,) if inside and chance.random() < 0.6 else PLAIN


# --- Bytes ---------------------------------------------------------------------------------------


def stretch_of(data: bytes, chance: Random, most: int = 200) -> tuple[int, int]:
    """Where a stretch begins and ends; an empty one in an empty file."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randint(1, most))


def flip(data: bytes, chance: Random) -> bytes:
    """Single bits turned."""
    changed = bytearray(data)
    for _ in range(min(len(changed), chance.choice((1, 1, 3, 20)))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def overwrite(data: bytes, chance: Random) -> bytes:
    """A stretch of other bytes."""
    start, end = stretch_of(data, chance, 30)
    fresh = chance.choice((chance.randbytes(end - start), bytes(end - start), b"\xff" * 8))
    return data[:start] + fresh + data[end:]


def cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def drop(data: bytes, chance: Random) -> bytes:
    start, end = stretch_of(data, chance)
    return data[:start] + data[end:]


def double(data: bytes, chance: Random) -> bytes:
    start, end = stretch_of(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def swap(data: bytes, chance: Random) -> bytes:
    first, second, third = sorted(chance.randrange(len(data) + 1) for _ in range(3))
    return data[:first] + data[second:third] + data[first:second] + data[third:]


def insert(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(SIGNS) + data[at:]


def lines(data: bytes, chance: Random) -> bytes:
    """A line doubled, moved or gone."""
    rows = data.split(b"\n")
    row = rows.pop(chance.randrange(len(rows)))
    for _ in range(chance.randrange(3)):
        rows.insert(chance.randrange(len(rows) + 1), row)
    return b"\n".join(rows)


def number(data: bytes, chance: Random) -> bytes:
    found = _somewhere(NUMBER, data, chance)
    return data[: found.start()] + chance.choice(NUMBERS) + data[found.end() :] if found else data


def _somewhere(what: re.Pattern[bytes], data: bytes, chance: Random) -> re.Match[bytes] | None:
    return what.search(data, chance.randrange(len(data) + 1)) or what.search(data)


def stretch(data: bytes, chance: Random) -> bytes:
    """A word of a hundred thousand characters."""
    if not (found := _somewhere(WORD, data, chance)):
        return data + b"x" * LONG
    piece = chance.choice((found[0][:50], b"x", "ß".encode()))
    word = (piece * LONG)[:LONG]
    return data[: found.start()] + word + data[found.end() :]


def nest(data: bytes, chance: Random) -> bytes:
    """The same sign over and over, and often as many that close it."""
    found = _somewhere(WORD, data, chance)
    at = found.start() if found else 0
    return data[:at] + _deep(chance) + data[at:]


def _deep(chance: Random) -> bytes:
    (opens, closes), depth = chance.choice(NESTS), chance.choice(DEPTHS)
    inside: bytes = chance.choice((b"", b"1"))
    return opens * depth + inside + closes * chance.choice((depth, depth, 0))


PLAIN: tuple[Change, ...] = (
    flip, overwrite, cut, drop, double, swap, insert, insert, lines, number, number
)  # fmt: skip


# --- Trees ---------------------------------------------------------------------------------------


def in_json(data: bytes, chance: Random) -> bytes:
    """A value of a JSON text changed; what is no JSON any more is changed as bytes."""
    try:
        return _rendered(_changed(json.loads(data), chance), chance)
    except (ValueError, RecursionError):
        return insert(data, chance)


def in_jsonl(data: bytes, chance: Random) -> bytes:
    """As `in_json`, in one of the lines."""
    rows = data.split(b"\n")
    at = chance.randrange(len(rows))
    rows[at] = in_json(rows[at], chance)
    return b"\n".join(rows)


def _rendered(tree: Any, chance: Random) -> bytes:
    raw = _deep(chance) if chance.random() < 0.4 else chance.choice(NUMBERS)
    return json.dumps(tree).encode().replace(b'"%b"' % RAW, raw)


def _changed(tree: Any, chance: Random) -> Any:
    places = list(_places(tree))
    if not places:
        return odd(chance)
    holder, key = chance.choice(places)
    chance.choice((_replace, _replace, _replace, _remove, _again, _trade))(
        holder, key, chance, tree
    )
    return tree


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every value below `tree`, as what holds it and under which key."""
    keys = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
        yield from _places(tree[key])


def odd(chance: Random) -> Any:
    """A value that nobody expects."""
    some = (chance.choice(TEXTS), chance.choice(VALUES), RAW.decode())
    return chance.choices(some, (10, 10, 2))[0]


def _replace(holder: Any, key: Any, chance: Random, tree: Any) -> None:
    holder[key] = odd(chance)


def _remove(holder: Any, key: Any, chance: Random, tree: Any) -> None:
    del holder[key]


def _again(holder: Any, key: Any, chance: Random, tree: Any) -> None:
    """The same value once more, or under another name."""
    if isinstance(holder, list):
        holder.extend([holder[key]] * chance.choice((1, 3, 200)))
    else:
        holder[chance.choice((*TEXTS, key.swapcase()))] = holder.pop(key)


def _trade(holder: Any, key: Any, chance: Random, tree: Any) -> None:
    """A copy of another value of the same text."""
    other, place = chance.choice(list(_places(tree)))
    holder[key] = json.loads(json.dumps(other[place]))


def in_csv(data: bytes, chance: Random) -> bytes:
    """A cell of a table changed."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (csv.Error, UnicodeDecodeError):
        return insert(data, chance)
    if row := chance.choice([each for each in rows if each] or [[]]):
        row[chance.randrange(len(row))] = chance.choice(TEXTS)
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def in_plist(data: bytes, chance: Random) -> bytes:
    """An element of a plist changed."""
    if not (found := _somewhere(ELEMENT, data, chance)):
        return insert(data, chance)
    fresh = _deep(chance) if chance.random() < RARE else chance.choice(ELEMENTS)
    return data[: found.start()] + fresh + data[found.end() :]


SHAPES: dict[str, Change] = {
    "json": in_json,
    "jsonl": in_jsonl,
    "csv": in_csv,
    "plist": in_plist,
}


def shape_of(name: str, data: bytes) -> str:
    """The shape in which a file is changed: one of SHAPES, or "text"."""
    if data.lstrip().startswith(b"<?xml"):
        return "plist"
    ending = name.rpartition(".")[2].lower()
    return ending if ending in SHAPES else "text"
