"""One entry of Day One's JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from upswing.exchange.importers.dayone import text
from upswing.exchange.importers.dayone.entries import Maker, Told
from upswing.exchange.importers.dayone.media import Media
from upswing.exchange.importers.dayone.values import an_object, joined, word, words
from upswing.exchange.rows import Row

BAD_ENTRY = "It is no entry as Day One writes it."
BROKEN_RICH = "Its formatted text cannot be read."


def row(maker: Maker, place: tuple[int, str], entry: Any, media: Media) -> Row:
    """The row of an entry. place: its number and where it stands."""
    if not isinstance(entry, dict):
        number, where = place
        return Row(number, where, "", "", None, maker.options.zone, problem=BAD_ENTRY)
    date = word(entry.get("creationDate"))
    written, notes = _text(entry)
    told = Told(
        uuid=word(entry.get("uuid")),
        date=date[:40],
        moment=_moment(date),
        zone=word(entry.get("timeZone")),
        text=written,
        starred=entry.get("starred") is True,
        tags=words(entry.get("tags")),
        media=media.of(entry),
        notes=notes,
        place=_place(entry) if maker.options.places else "",
    )
    return maker.row(place, told)


def _text(entry: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The text, or the formatted one where there is no other; a note where that is broken."""
    plain = entry.get("text")
    if isinstance(plain, str) and plain.strip():
        return text.unescaped(plain), ()
    told = entry.get("richText")
    if not told:
        return "", ()
    found = text.rich(told)
    return found or "", () if found is not None else (BROKEN_RICH,)


def _moment(date: str) -> datetime | None:
    """An aware moment; None for anything else."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _place(entry: dict[str, Any]) -> str:
    """Where, in which weather and on what it was written."""
    at, weather = an_object(entry.get("location")), an_object(entry.get("weather"))
    spot = joined(*(at.get(key) for key in ("placeName", "localityName", "country")))
    exact = joined(at.get("latitude"), at.get("longitude"))
    degrees = joined(weather.get("temperatureCelsius"))
    sky = joined(degrees and f"{degrees} °C", weather.get("conditionsDescription"))
    parts = (spot, exact, sky, joined(entry.get("creationDevice")))
    return " · ".join(filter(None, parts))
