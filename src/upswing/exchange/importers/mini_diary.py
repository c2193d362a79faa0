"""Mini Diary: its JSON export, one entry a day.

What this rests on: the export as Mini Diary's own source writes it (`metadata` and `entries`, the
day as the name of each entry), and a sample of version 3.3 in an issue of jrnl. There is no time of
day, no zone, no mood and no file in it. The text is Markdown since version 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from upswing.exchange import archives, hashtags, jsonfile, textfile
from upswing.exchange.checked import NOON, checked
from upswing.exchange.rows import ImportProblem, Keys, Options, Origin, Row, Source, clean
from upswing.exchange.timeformat import NoSuchDate, read_iso
from upswing.exchange.zones import zone

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MARKS = (b'"metadata"', b'"entries"', b'"Mini Diary"')
ENCRYPTED = re.compile(rb"[0-9a-f]{32,}\s*\Z")

NOT_MINI_DIARY = "This JSON file is not Mini Diary's: it has no entries by day."
IS_ENCRYPTED = (
    "This is the encrypted file of Mini Diary itself. In Mini Diary, export as JSON, and bring "
    "that in."
)
BAD_ENTRY = "It has no title and text as Mini Diary writes them."
NO_DAY = "“{name}” is not a day."


def recognise(origin: Origin, name: str) -> bool:
    """Whether the beginning of a file reads like an export of Mini Diary, or its own file."""
    start = textfile.beginning(textfile.head(origin))
    if _is_encrypted(start, name):
        return True
    return start.startswith(b"{") and all(mark in start for mark in MARKS)


def _is_encrypted(start: bytes, name: str) -> bool:
    return name.lower().startswith("mini-diary") and bool(ENCRYPTED.match(start))


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Every entry, in the order of the file. Raises ImportProblem."""
    here, keys = zone(options.zone), Keys("mini-diary")
    if ENCRYPTED.match(textfile.head(origin)):
        raise ImportProblem(IS_ENCRYPTED)
    entries = _entries(jsonfile.parsed(textfile.whole(origin)))
    for number, (name, entry) in enumerate(entries.items(), start=1):
        yield _row(number, name, entry, here.key, keys)


def _entries(parsed: Any) -> dict[str, Any]:
    entries = parsed.get("entries") if isinstance(parsed, dict) else None
    if not isinstance(entries, dict) or (entries and not any(map(_like_entry, entries.values()))):
        raise ImportProblem(NOT_MINI_DIARY)
    return entries


def _like_entry(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("text"), str)


def _row(number: int, name: str, entry: Any, zone_name: str, keys: Keys) -> Row:
    where = archives.shown(clean(name)[0])
    if not _like_entry(entry):
        return Row(number, where, "", "", None, zone_name, problem=BAD_ENTRY)
    (title, odd_title), (body, odd_body) = (jsonfile.text(entry.get(k)) for k in ("title", "text"))
    day, problem = _day(name)
    return checked(
        Row(
            number=number,
            where=where,
            title=title.strip(),
            body=body.strip(),
            local=day,
            zone=zone_name,
            tags=hashtags.found(f"{title}\n{body}"),
            key=keys.of(title, body, day, False) if day else "",
            problem=problem,
            notes=odd_title or odd_body,
            day_only=True,
        )
    )


def _day(name: str) -> tuple[datetime | None, str]:
    """Noon of the day; or why there is none."""
    try:
        written = read_iso(name) if DAY.fullmatch(name) else None
    except NoSuchDate as none:
        return None, str(none)
    if not written:
        return None, NO_DAY.format(name=archives.shown(clean(name)[0]))
    return written.local.replace(hour=NOON), ""


def recognise_folder(folder: Path) -> bool:
    """Mini Diary gives a file, no folder."""
    return False


SOURCE = Source(
    name="mini_diary",
    label="Mini Diary",
    recognise=recognise,
    recognise_folder=recognise_folder,
    read=read,
)
