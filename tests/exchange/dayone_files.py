"""Exports of Day One, made by hand: our own sentences in the shape that it writes."""

from __future__ import annotations

import hashlib
import io
import json
import plistlib
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

JPEG = b"\xff\xd8\xff\xe0"
ENTRY = {
    "uuid": "0A1B2C3D4E5F60718293A4B5C6D7E8F9",
    "creationDate": "2024-03-01T09:00:00Z",
    "modifiedDate": "2024-03-02T09:00:00Z",
    "timeZone": "Europe/Berlin",
    "text": "They said no\n\nIt was a short mail\\.",
    "starred": False,
    "tags": [],
    "location": {"placeName": "Café Kestrel", "latitude": 52.5, "longitude": 13.4},
    "weather": {"temperatureCelsius": 12.5, "conditionsDescription": "Rain"},
    "creationDevice": "My phone",
}


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def entry(number: int = 0, **more: Any) -> dict[str, Any]:
    """An entry; `number` makes its uuid, None leaves a key out."""
    told = {**ENTRY, "uuid": f"{number:032X}", **more}
    return {key: value for key, value in told.items() if value is not None}


def photo(data: bytes, identifier: str = "AB12", **more: Any) -> dict[str, Any]:
    """What an entry says of a picture with these bytes."""
    return {"identifier": identifier, "md5": md5(data), "type": "jpeg", "orderInEntry": 0, **more}


def journal(*entries: Any) -> bytes:
    """One journal's JSON."""
    return json.dumps({"metadata": {"version": "1.0"}, "entries": entries}).encode()


def export(
    *entries: Any,
    photos: Sequence[bytes] = (),
    folder: str = "photos",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """The zip of one journal, with its pictures and whatever else."""
    files = {"Journal.json": journal(*entries)} if entries else {}
    files |= {f"{folder}/{md5(data)}.jpeg": data for data in photos}
    return zipped({**files, **(more or {})})


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def classic(**more: Any) -> bytes:
    """The plist of one entry of Classic; None leaves a key out."""
    told = {
        "UUID": "0A1B2C3D4E5F60718293A4B5C6D7E8F9",
        "Creation Date": datetime(2014, 5, 6, 21, 30),  # noqa: DTZ001 - a plist knows no zone
        "Entry Text": "A walk by the river.\nIt helped.",
        "Starred": True,
        "Tags": ["Walks"],
        "Time Zone": "Europe/Berlin",
        "Location": {"Place Name": "The old mill", "Latitude": 48.1},
        "Weather": {"Celsius": "17", "Description": "Clear"},
        "Creator": {"Device Agent": "Desk/Mac"},
    }
    told |= {key.replace("_", " "): value for key, value in more.items()}
    return plistlib.dumps({key: value for key, value in told.items() if value is not None})
