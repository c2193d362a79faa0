"""jrnl 2 to 4: the journal as text, the folder of days, and the JSON export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from upswing.exchange import archives, folders, textfile
from upswing.exchange.importers.jrnl import export, text
from upswing.exchange.rows import ImportProblem, Options, Origin, Row, Source
from upswing.exchange.zones import zone

JSON_START = re.compile(rb"\{|\[\s*[\[{\"\]]")
ANY_HEADER = re.compile(rb"(?:^|[\n\r])\[[^\]\n\r]{4,100}\] ")
ENCRYPTED_START = (b"JRNLv3", b"gAAAAA")
OTHER_EXPORTS = {
    "Markdown export": re.compile(rb"# \d{4}\s+## \w+\s+### "),
    "YAML export": re.compile(rb"---\s+title: .*\s+date: .*\s+starred: (?:True|False)\s"),
    "XML export": re.compile(rb"(<\?xml[^>]*>\s*)?<journal>"),
    "list of entries": re.compile(rb"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}(:\d{2} [AP]M)? \S"),
}

ENCRYPTED = (
    "This journal is encrypted by jrnl. Take the encryption off first with “jrnl --decrypt”, "
    "or write an export with “jrnl --format json --file journal.json” and bring that in."
)
OTHER_EXPORT = (
    "This is jrnl's {kind}, which leaves things out. Upswing reads jrnl's text or JSON instead: "
    "write “jrnl --format json --file journal.json” and bring that in."
)


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Every entry of a jrnl journal, in the order of the file; raises ImportProblem.

    origin: a text journal, a JSON export, a folder of days, or a zip of one.
    """
    zone(options.zone)
    if isinstance(origin, Path) and origin.is_dir():
        return text.read_days(origin, options)
    if archives.is_zip(origin):
        return text.read_days(origin, options)
    start = textfile.head(origin)
    begin = textfile.beginning(start)
    _refuse(start, begin)
    if JSON_START.match(begin):
        return export.read_json(textfile.whole(origin), options)
    return text.read_text(origin, options)


def recognise(origin: Origin, name: str) -> bool:
    """Whether this file is jrnl's: readable, or a kind for which `read` has better advice."""
    if archives.is_zip(origin):
        return folders.holds_days(origin)
    begin = textfile.beginning(textfile.head(origin))
    if JSON_START.match(begin):
        head = textfile.head(origin, 1_000_000)
        return all(key in head for key in (b'"title"', b'"date"', b'"time"'))
    if begin.startswith(ENCRYPTED_START) or _other_export(begin):
        return True
    return not begin or (not begin.startswith(b"---") and _has_header(begin))


def _has_header(begin: bytes) -> bool:
    """Whether a line begins with something in brackets that has the figures of a date."""
    headers = (found[0].decode("latin-1") for found in ANY_HEADER.finditer(begin))
    return any(text.datelike(header) for header in headers)


def _refuse(start: bytes, begin: bytes) -> None:
    if begin.startswith(ENCRYPTED_START):
        raise ImportProblem(ENCRYPTED)
    if kind := _other_export(begin):
        raise ImportProblem(OTHER_EXPORT.format(kind=kind))
    if kind := textfile.other_kind(start):
        raise ImportProblem(f"This is {kind}, not a jrnl journal.")


def _other_export(begin: bytes) -> str:
    return next((kind for kind, mark in OTHER_EXPORTS.items() if mark.match(begin)), "")


SOURCE = Source(
    name="jrnl",
    label="jrnl",
    recognise=recognise,
    recognise_folder=folders.holds_days,
    read=read,
)
