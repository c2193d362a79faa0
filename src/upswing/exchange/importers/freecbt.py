"""FreeCBT, and Quirk before it: thought records as CSV, JSON and the backup text.

What this rests on: the columns, the two versions of the archive (`Archive-v1`, `Archive-v2`) and
the frame of the backup text (`:FreeCBT:` on both sides, lz-string in Base64 between) stand in
FreeCBT's own source, and archives that it wrote are in its tests. Quirk's lists hold objects with
a slug, and its oldest moments are milliseconds since 1970; a distortion that says that it was not
selected is left out.

FreeCBT asks for no situation and for no ratings, so those stay empty. Its twelve distortions have
their counterparts among the thinking traps; the guide shows which. One that is not known here stays
as its own word.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from upswing.exchange import archives, jsonfile, textfile
from upswing.exchange.checked import checked, local_of
from upswing.exchange.lzstring import Damaged, unpacked
from upswing.exchange.rows import ImportProblem, Keys, Options, Origin, Row, Source, clean
from upswing.exchange.timeformat import NoSuchDate, read_iso
from upswing.exchange.zones import zone
from upswing.strategies.mindset.models import Thought

LABEL = "FreeCBT"
FRAME = ":FreeCBT:"
QUIRK = "@Quirk:thoughts:"
COLUMNS = (b"automaticThought", b"cognitiveDistortions", b"alternativeThought")
ARCHIVES = (b'"Archive-v1"', b'"Archive-v2"')
LARGEST = 50_000_000  # characters of a backup text, unpacked
LONGEST_CELL = 8_000_000
LONGEST_ID = 150
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FARTHEST = 6 * 10**13  # milliseconds, to the year 3871; what lies far off is told by `checked`
TRAPS = {
    "all-or-nothing": "all-or-nothing",
    "overgeneralization": "overgeneralising",
    "mind-reading": "mind-reading",
    "fortune-telling": "fortune-telling",
    "magnification-of-the-negative": "magnifying",
    "minimization-of-the-positive": "discounting",
    "catastrophizing": "catastrophising",
    "emotional-reasoning": "emotional-reasoning",
    "should-statements": "should-statements",
    "labeling": "labelling",
    "self-blaming": "self-blame",
    "other-blaming": "other-blame",
}

NOT_FREECBT = "This file is not FreeCBT's: it has no list of thoughts."
BROKEN_BACKUP = "This backup of FreeCBT is damaged or cut off and cannot be read."
BROKEN_TABLE = "This table cannot be read. Export it from FreeCBT once more."
BAD_THOUGHT = "It is not a thought as FreeCBT writes them."
OWN_WORD = "Upswing has no thinking trap of this name, so it stands there as a word: {names}."


def recognise(origin: Origin, name: str) -> bool:
    """Whether the beginning of a file reads like one of FreeCBT's."""
    if archives.is_zip(origin):
        return False
    start = textfile.beginning(textfile.head(origin))
    if start.startswith(FRAME.encode()):
        return True
    if start.startswith((b"{", b"[")):
        return all(each in start for each in COLUMNS) or any(mark in start for mark in ARCHIVES)
    return all(each in start.partition(b"\n")[0] for each in COLUMNS)


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Every thought, in the order of the file. Raises ImportProblem."""
    here, keys = zone(options.zone), Keys("freecbt")
    for number, thought in enumerate(_thoughts(textfile.whole(origin)), start=1):
        yield _row(number, thought, here, keys)


def _thoughts(data: bytes) -> Iterator[Any]:
    start = textfile.beginning(data)
    if start.startswith(FRAME.encode()):
        return _archived(jsonfile.parsed(_backup(start).encode("utf-8", "replace")))
    if start.startswith((b"{", b"[")):
        return _archived(jsonfile.parsed(data))
    return _table(data)


def _backup(data: bytes) -> str:
    """The JSON in a backup text. Raises ImportProblem."""
    framed = data.decode("latin-1").strip()
    packed = framed.removeprefix(FRAME).removesuffix(FRAME)
    if len(framed) - len(packed) != 2 * len(FRAME):
        raise ImportProblem(BROKEN_BACKUP)
    try:
        return unpacked("".join(packed.split()), most=LARGEST)
    except Damaged:
        raise ImportProblem(BROKEN_BACKUP) from None


def _archived(parsed: Any) -> Iterator[Any]:
    thoughts = parsed.get("thoughts") if isinstance(parsed, dict) else parsed
    if not isinstance(thoughts, list) or (thoughts and not any(map(_like_thought, thoughts))):
        raise ImportProblem(NOT_FREECBT)
    return iter(thoughts)


def _table(data: bytes) -> Iterator[Any]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        text = data.decode("utf-8-sig")
        table = csv.DictReader(io.StringIO(text, newline=""), restval="")
        if not {each.decode() for each in COLUMNS} <= set(table.fieldnames or ()):
            raise ImportProblem(NOT_FREECBT)
        yield from table
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        raise ImportProblem(textfile.NOT_UTF8.format(number=line)) from None
    except csv.Error:
        raise ImportProblem(BROKEN_TABLE) from None


def _like_thought(thought: Any) -> bool:
    return isinstance(thought, dict) and isinstance(thought.get("automaticThought"), str)


def _row(number: int, thought: Any, here: ZoneInfo, keys: Keys) -> Row:
    where = f"thought {number}"
    if not _like_thought(thought):
        return Row(number, where, "", "", None, here.key, problem=BAD_THOUGHT)
    answers, notes = _answers(thought)
    moment, problem = _moment(thought.get("createdAt"))
    local = local_of(moment, here) if moment else None
    body = Thought.EXERCISE.text(answers)
    return checked(
        Row(
            number=number,
            where=where,
            title=Thought.EXERCISE.name(answers) if body else "",
            body=body,
            local=local,
            zone=here.key,
            key=_key(thought, keys, body, local),
            moment=moment,
            thought=answers,
            problem=problem,
            notes=notes,
        )
    )


def _answers(thought: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers of a thought record; with notes on what was read in a way worth telling."""
    texts = {
        "thought": thought.get("automaticThought"),
        "evidence_against": thought.get("challenge"),
        "balanced": thought.get("alternativeThought"),
    }
    found = {name: jsonfile.text(value) for name, value in texts.items()}
    answers: dict[str, Any] = {name: text.strip() for name, (text, _) in found.items()}
    odd = dict.fromkeys(note for _, notes in found.values() for note in notes)
    slugs = list(_slugs(thought.get("cognitiveDistortions")))
    known = {TRAPS[slug] for slug in slugs if slug in TRAPS}
    offered = Thought.EXERCISE.questions["traps"]
    answers["traps"] = offered.clean(list(known), {})
    own = ", ".join(dict.fromkeys(slug for slug in slugs if slug not in TRAPS))[:300]
    answers["traps_own"] = own
    return answers, (*odd, OWN_WORD.format(names=own)) if own else tuple(odd)


def _slugs(value: Any) -> Iterator[str]:
    """The names of the distortions: joined by commas, in a list, or in Quirk's list of objects."""
    for each in value.split(",") if isinstance(value, str) else jsonfile.listed(value):
        chosen = each.get("selected") is not False if isinstance(each, dict) else True
        slug = each.get("slug") if isinstance(each, dict) else each
        if chosen and isinstance(slug, str) and (word := " ".join(clean(slug)[0].split())):
            yield word


def _moment(text: Any) -> tuple[datetime | None, str]:
    """When the thought was written down (aware), or why that is not known."""
    if isinstance(text, int) and not isinstance(text, bool) and abs(text) < FARTHEST:
        return EPOCH + timedelta(milliseconds=text), ""
    try:
        written = read_iso(text.strip()) if isinstance(text, str) else None
        if not written:
            return None, ""
        offset = (written.offset or "Z").replace("Z", "+00:00")
        return datetime.fromisoformat(f"{written.local.isoformat()}{offset}"), ""
    except NoSuchDate as none:
        return None, str(none)
    except ValueError:  # an offset that no zone has
        return None, ""


def _key(thought: Mapping[str, Any], keys: Keys, body: str, local: datetime | None) -> str:
    """Its uuid, which Quirk wrote with a prefix; else what stands in it."""
    uuid = thought.get("uuid")
    if isinstance(uuid, str) and (name := clean(uuid.strip().removeprefix(QUIRK))[0][:LONGEST_ID]):
        return f"freecbt:{name}"
    return keys.of("", body, local, False) if local else ""


def recognise_folder(folder: Path) -> bool:
    """FreeCBT gives files, no folders."""
    return False


SOURCE = Source(
    name="freecbt",
    label=LABEL,
    recognise=recognise,
    recognise_folder=recognise_folder,
    read=read,
)
