"""jrnl's JSON export, of a whole journal or of one entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from upswing.exchange import textfile
from upswing.exchange.importers.jrnl.entries import Maker, Told
from upswing.exchange.rows import ImportProblem, Options, Row, clean
from upswing.exchange.timeformat import NoSuchDate, read_iso

NOT_JRNL_JSON = "This JSON file is not jrnl's: it has no entries with title, date and time."
BAD_ENTRY = "It has no title, text, date and time as jrnl writes them."
TEXTS = ("title", "body", "date", "time")


def read_json(data: bytes, options: Options) -> Iterator[Row]:
    """Every entry of a JSON export. Raises ImportProblem for JSON that is not jrnl's."""
    maker = Maker(options)
    for number, entry in enumerate(_entries(_parsed(data)), start=1):
        yield _row(maker, (number, f"entry {number}"), entry)


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        raise ImportProblem(textfile.NOT_UTF8.format(number=line)) from None
    except json.JSONDecodeError as broken:
        sentence = f"This JSON file is broken at line {broken.lineno} and cannot be read."
        raise ImportProblem(sentence) from None
    except (ValueError, RecursionError):
        raise ImportProblem(NOT_JRNL_JSON) from None


def _entries(parsed: Any) -> list[Any]:
    """The entries of an export; a file for one entry alone is an export of one."""
    if _like_entry(parsed):
        return [parsed]
    entries = parsed.get("entries") if isinstance(parsed, dict) else None
    if not isinstance(entries, list) or (entries and not any(map(_like_entry, entries))):
        raise ImportProblem(NOT_JRNL_JSON)
    return entries


def _like_entry(entry: Any) -> bool:
    return isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in TEXTS)


def _row(maker: Maker, place: tuple[int, str], entry: Any) -> Row:
    if not _like_entry(entry):
        return maker.row(place, Told("", "", False), None, problem=BAD_ENTRY)
    (title, odd_title), (body, odd_body) = (clean(_lines(entry[key])) for key in ("title", "body"))
    date, problem = _date(f"{entry['date']} {entry['time']}")
    return maker.row(
        place,
        Told(title.strip(), body.strip(), entry.get("starred") is True, _tags(entry)),
        date,
        problem=problem,
        notes=odd_title or odd_body,
        uuid=clean(str(entry.get("uuid") or ""))[0][:100],
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _date(text: str) -> tuple[datetime | None, str]:
    missing = f"“{clean(text[:40])[0]}” is not a date as jrnl writes it."
    try:
        written = read_iso(text)
    except NoSuchDate as none:
        return None, str(none)
    return (written.local, "") if written else (None, missing)


def _tags(entry: dict[str, Any]) -> tuple[str, ...] | None:
    """The tags of the entry; None for an export without them, where the text is looked through."""
    tags = entry.get("tags")
    if not isinstance(tags, list):
        return None
    words = (clean(tag)[0].lower() for tag in tags if isinstance(tag, str))
    return tuple(dict.fromkeys(word for word in words if any(map(str.isalnum, word))))
