"""Day One Classic: the folder of one plist an entry, or a zip of it."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from upswing.exchange import archives
from upswing.exchange.archives import Files
from upswing.exchange.importers.dayone.entries import Maker, Told
from upswing.exchange.importers.dayone.media import Medium
from upswing.exchange.importers.dayone.values import an_object, joined, word, words
from upswing.exchange.rows import ImportProblem, Options, Origin, Row, RowFile, Source
from upswing.exchange.zones import zone
from upswing.record.attachments import LARGEST

ENTRY = re.compile(r"(?!__MACOSX/)(?:.*/)?[^./][^/]*\.doentry", re.IGNORECASE)
PHOTO = re.compile(r"(?:^|/)photos/([0-9a-f-]{32,36})\.(\w{3,4})$", re.IGNORECASE | re.ASCII)
LARGEST_ENTRY = 5_000_000
# A document type of its own could bring entities; the one that Apple's plists name has none.
OWN_TYPE = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)

NO_ENTRIES = "There is no entry of Day One Classic in it."
BAD_ENTRY = "This is no entry as Day One Classic writes it."
TRAP = "It defines a document type of its own, which no entry needs, so it was not read."


def read(origin: Origin, options: Options) -> Iterator[Row]:
    """Every entry of a Classic journal, by the names of the files; raises ImportProblem."""
    zone(options.zone)
    return _rows(archives.files(origin), options)


def recognise(origin: Origin, name: str) -> bool:
    """Whether this is a zip of a Classic journal. Raises ImportProblem."""
    return archives.is_zip(origin) and bool(_entries(archives.files(origin)))


def recognise_folder(folder: Path) -> bool:
    """Whether this is a Classic journal, or holds one."""
    return bool(_entries(archives.files(folder)))


def _entries(files: Files) -> list[str]:
    return [name for name in files.names() if ENTRY.fullmatch(name)]


def _rows(files: Files, options: Options) -> Iterator[Row]:
    names = _entries(files)
    if not names:
        raise ImportProblem(NO_ENTRIES)
    maker, photos = Maker("dayone_classic", options), _photos(files)
    for number, name in enumerate(names, start=1):
        place = (number, archives.shown(name))
        try:
            plist = _parsed(files.read(name, limit=LARGEST_ENTRY))
        except ImportProblem as problem:
            yield Row(*place, "", "", None, options.zone, problem=str(problem))
        else:
            yield maker.row(place, _told(plist, _id(plist, name), photos, maker.options))


def _photos(files: Files) -> dict[str, RowFile]:
    """The pictures by the id of their entry."""
    found = ((PHOTO.search(name), name) for name in files.names())
    return {
        _bare(match[1]): RowFile(
            f"picture.{match[2].lower()}",
            files.size(name),
            partial(files.read, name, limit=LARGEST),
        )
        for match, name in found
        if match
    }


def _bare(uuid: str) -> str:
    return uuid.lower().replace("-", "")


def _id(plist: dict[str, Any], name: str) -> str:
    """The id of an entry, which is also the name of its file."""
    return word(plist.get("UUID")) or name.rpartition("/")[2].rpartition(".")[0]


def _parsed(data: bytes) -> dict[str, Any]:
    """The plist. Raises ImportProblem for anything else, and before any entity is read."""
    if OWN_TYPE.search(data):
        raise ImportProblem(TRAP)
    try:
        plist = plistlib.loads(data, fmt=plistlib.FMT_XML)
    except (ExpatError, ValueError, LookupError, AttributeError, TypeError, OverflowError):
        raise ImportProblem(BAD_ENTRY) from None
    if not isinstance(plist, dict) or "Creation Date" not in plist:
        raise ImportProblem(BAD_ENTRY)
    return plist


def _told(plist: dict[str, Any], uuid: str, photos: dict[str, RowFile], options: Options) -> Told:
    text, date, photo = plist.get("Entry Text"), plist["Creation Date"], photos.get(_bare(uuid))
    return Told(
        uuid=uuid,
        date=word(str(date) if isinstance(date, datetime) else date)[:40],
        moment=date.replace(tzinfo=UTC) if isinstance(date, datetime) else None,
        zone=word(plist.get("Time Zone")),
        text=text if isinstance(text, str) else "",
        starred=plist.get("Starred") is True,
        tags=words(plist.get("Tags")),
        media=[Medium("", photo.name, photo)] if photo else [],
        place=_place(plist) if options.places else "",
    )


def _place(plist: dict[str, Any]) -> str:
    at, sky = an_object(plist.get("Location")), an_object(plist.get("Weather"))
    spot = joined(*(at.get(key) for key in ("Place Name", "Locality", "Country")))
    exact = joined(at.get("Latitude"), at.get("Longitude"))
    degrees = word(sky.get("Celsius"))
    weather = joined(degrees and f"{degrees} °C", sky.get("Description"))
    device = joined(an_object(plist.get("Creator")).get("Device Agent"))
    return " · ".join(filter(None, (spot, exact, weather, device)))


SOURCE = Source(
    name="dayone_classic",
    label="Day One Classic",
    recognise=recognise,
    recognise_folder=recognise_folder,
    read=read,
)
