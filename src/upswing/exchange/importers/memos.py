"""memos: what its API answers, saved as a JSON file.

What this rests on. The keys of today's API (`GET /api/v1/memos`) are read in memos' own source, in
snake case; that the server writes them in camel case (`createTime`) stands in third parties' API
notes and tests, so both are read. The API of 2023 (`GET /api/v1/memo`: a list with `createdTs` in
seconds) is read in memos' own web page of that time. The layout of the zip that memos 0.31 writes
is not known here, so such a zip is not taken for one of memos.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from upswing.exchange import archives, hashtags, jsonfile, jsonstream, textfile
from upswing.exchange.checked import checked, local_of
from upswing.exchange.rows import ImportProblem, Options, Origin, Row, Source, clean
from upswing.exchange.timeformat import NoSuchDate, read_iso
from upswing.exchange.zones import zone

LABEL = "memos"
COMMENT = "comment on"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FARTHEST = 6 * 10**10  # seconds, from the years 69 to 3871; what lies far off is told by `checked`
LONGEST_ID = 150
LOOK = 1_000_000  # bytes; the first memo may be a long one
NANOSECONDS = re.compile(r"(\.\d{6})\d+")
TAIL = 4_096
NEXT_PAGE = re.compile(rb'(?<!\\)"next_?[Pp]age_?[Tt]oken"\s*:\s*"[^"]{1,2000}"[\s}\]]*\Z')
MARKS = (b'"content"', b'"visibility"')
TIMES = (b'"createTime"', b'"create_time"', b'"createdTs"')

NOT_MEMOS = "This JSON file is not an answer of memos: it has no list of memos with their content."
BAD_MEMO = "It is not a memo with text and time as memos writes them."
MORE = (
    "The server has more memos than this file: it names a next page. Ask it for a larger page "
    "(pageSize), and bring that file in as well; what is here already is left alone."
)
ARCHIVED = "It was archived in memos; here it stands among the others."
ABOUT = "It is a comment on another memo."
ONLY_NAMED = "Files that memos keeps elsewhere are only named in the answer, not in it: {names}."


def recognise(origin: Origin, name: str) -> bool:
    """Whether the beginning of a file reads like an answer of memos."""
    start = textfile.beginning(textfile.head(origin, LOOK))
    if archives.is_zip(origin) or not start.startswith((b"{", b"[")):
        return False
    return all(mark in start for mark in MARKS) and any(time in start for time in TIMES)


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Every memo of an answer, in its order. Raises ImportProblem."""
    here, number = zone(options.zone), 0
    for number, memo in enumerate(_memos(origin), start=1):
        yield _row(number, memo, here)
    if _names_next_page(origin):
        yield Row(number + 1, "end of the file", "", "", None, here.key, problem=MORE)


def _memos(origin: Origin) -> Iterator[Any]:
    """The memos of one answer, of several in a list, or of the bare list of the older API."""
    found = False
    with textfile.opened(origin) as stream:
        for member in jsonstream.members(stream, "memos"):
            page = jsonfile.listed(member.get("memos")) if isinstance(member, dict) else []
            for memo in page or [member]:
                found = found or _like_memo(memo)
                yield memo
    if not found:
        raise ImportProblem(NOT_MEMOS)


def _names_next_page(origin: Origin) -> bool:
    """Whether the server had more to give; it says so at the end."""
    with textfile.opened(origin) as stream:
        stream.seek(-min(TAIL, stream.seek(0, io.SEEK_END)), io.SEEK_END)
        return bool(NEXT_PAGE.search(stream.read()))


def _like_memo(memo: Any) -> bool:
    return isinstance(memo, dict) and isinstance(memo.get("content"), str)


def _get(memo: dict[str, Any], name: str) -> Any:
    """A value by its name in snake case, whichever way the server spells it."""
    first, *rest = name.split("_")
    return memo.get(name) or memo.get(first + "".join(map(str.capitalize, rest)))


def _row(number: int, memo: Any, here: ZoneInfo) -> Row:
    where = f"memo {number}"
    if not _like_memo(memo):
        return Row(number, where, "", "", None, here.key, problem=BAD_MEMO)
    content, odd = jsonfile.text(memo["content"])
    title, body = hashtags.headed(content)
    moment, problem = _moment(memo)
    parent = _ending(_get(memo, "parent"))
    return checked(
        Row(
            number=number,
            where=where,
            title=title,
            body=body.strip("\n"),
            local=local_of(moment, here) if moment else None,
            zone=here.key,
            starred=memo.get("pinned") is True,
            tags=hashtags.found(content) or _tags(memo),
            key=_key(memo, moment),
            moment=moment,
            problem=problem,
            notes=(*odd, *_notes(memo)),
            joined=(f"memos:{parent}", COMMENT) if parent else None,
        )
    )


def _moment(memo: dict[str, Any]) -> tuple[datetime | None, str]:
    """When the memo was written (aware), or why that is not known."""
    seconds = memo.get("displayTs") or memo.get("createdTs")
    if isinstance(seconds, int) and abs(seconds) < FARTHEST:
        return EPOCH + timedelta(seconds=seconds), ""
    text = _get(memo, "display_time") or _get(memo, "create_time")
    try:
        written = read_iso(NANOSECONDS.sub(r"\1", text)) if isinstance(text, str) else None
        if not written:
            return None, BAD_MEMO
        offset = (written.offset or "Z").replace("Z", "+00:00")
        return datetime.fromisoformat(f"{written.local.isoformat()}{offset}"), ""
    except NoSuchDate as none:
        return None, str(none)
    except ValueError:  # an offset that no zone has
        return None, BAD_MEMO


def _key(memo: dict[str, Any], moment: datetime | None) -> str:
    """`uid` where the server gives one, else the end of `name`. Bare numbers repeat from server to
    server, so the moment goes with them."""
    name = _ending(memo.get("uid")) or _ending(memo.get("name")) or _ending(str(memo.get("id", "")))
    if name.isdigit() and moment:
        name = f"{name}@{int(moment.timestamp())}"
    if not name:
        name = hashlib.sha256(json.dumps(memo, sort_keys=True).encode()).hexdigest()
    return f"memos:{name}"


def _ending(name: Any) -> str:
    return clean(name.rpartition("/")[2])[0][:LONGEST_ID] if isinstance(name, str) else ""


def _tags(memo: dict[str, Any]) -> tuple[str, ...]:
    words = (clean(tag)[0].lower() for tag in jsonfile.listed(memo.get("tags")) if _word(tag))
    return tuple(dict.fromkeys(f"#{word.lstrip('#')}" for word in words))


def _word(tag: Any) -> bool:
    return isinstance(tag, str) and any(map(str.isalnum, tag))


def _notes(memo: dict[str, Any]) -> Iterator[str]:
    if "ARCHIVED" in (memo.get("state"), _get(memo, "row_status")):
        yield ARCHIVED
    if _get(memo, "parent"):
        yield ABOUT
    if names := [_file_name(file) for file in _files(memo)]:
        yield ONLY_NAMED.format(names=", ".join(names[:5]))


def _files(memo: dict[str, Any]) -> list[dict[str, Any]]:
    """What hangs on the memo; each of the three names was in use for a time."""
    lists = (memo.get(name) for name in ("attachments", "resources", "resourceList"))
    return [file for each in lists for file in jsonfile.listed(each) if isinstance(file, dict)]


def _file_name(file: dict[str, Any]) -> str:
    return archives.shown(clean(str(file.get("filename") or "a file"))[0])


def recognise_folder(folder: Path) -> bool:
    """memos gives files, no folders."""
    return False


SOURCE = Source(
    name="memos",
    label=LABEL,
    recognise=recognise,
    recognise_folder=recognise_folder,
    read=read,
)
