"""Help lines by country, and the words that stand beside them.

Pure: no Django, no vault, no network. The data are in ``helplines.toml`` next to this file,
whose head says what "checked" means. Everything here also works while the vault is locked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

WHAT_UPSWING_IS_NOT = (
    "Upswing is a private workbook for self-help and reflection after a setback at work. It is"
    " not a medical device, and it does not diagnose or treat any condition. It is not"
    " monitored: nobody reads along, and nobody is told. If you may be in danger, contact the"
    " emergency services where you are, or a crisis line."
)

A_PERSON_YOU_TRUST = (
    "You do not need the right words. It is enough to ring or write to one person you trust and"
    " say that today is hard. If being alone does not feel safe, ask them to stay with you."
)

HOW_CHECKED = (
    "These numbers were compared with stored copies of the services' own pages and of public"
    " lists. Nobody dialled them. If one does not answer, try the next one, or a directory."
)

EMERGENCY_ELSEWHERE = (
    "If you or someone else is in immediate danger, call the emergency number where you are:"
    " 112 in the European Union, 911 in the United States and Canada, 999 in the United Kingdom."
    " More are in the list."
)

#: Directories for places that the file does not cover: (name, address).
DIRECTORIES: tuple[tuple[str, str], ...] = (
    ("Find A Helpline", "https://findahelpline.com/"),
    ("Befrienders Worldwide", "https://www.befrienders.org/"),
    ("International Association for Suicide Prevention", "https://www.iasp.info/"),
)

_ALIASES = {"UK": "GB", "USA": "US"}
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class UnknownCountry(LookupError):
    """No entry for this country; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Sms:
    """Where to send a text: ``number`` as dialled, ``word`` to send ("" = any word)."""

    number: str
    word: str


@dataclass(frozen=True, slots=True)
class Line:
    """One help line. Empty text means "has none"; ``dial_as`` is as pressed in the country."""

    country: str
    name: str
    dial_as: str
    sms: Sms | None
    chat_url: str
    hours: str
    languages: tuple[str, ...]
    source_url: str
    checked_on: date
    note: str

    @property
    def tel(self) -> str:
        """The number for a ``tel:`` link, digits only ("" for a line that takes texts only)."""
        return self.dial_as.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its emergency number and its help lines, most general first."""

    code: str
    name: str
    emergency: str
    lines: tuple[Line, ...]
    emergency_note: str = ""

    @property
    def danger(self) -> str:
        """The first thing to say: what to call in immediate danger."""
        note = f" ({self.emergency_note})" if self.emergency_note else ""
        return f"If you or someone else is in immediate danger, call {self.emergency}{note}."

    @property
    def checked_on(self) -> date:
        """The oldest check among the lines: no line here is staler than this day."""
        return min(line.checked_on for line in self.lines)


@cache
def countries() -> tuple[Country, ...]:
    """All countries of the file, by English name."""
    text = Path(__file__).with_name("helplines.toml").read_text(encoding="utf-8")
    found = (_country(row) for row in tomllib.loads(text)["country"])
    return tuple(sorted(found, key=lambda country: country.name))


def country(code: str) -> Country:
    """The country with this ISO code, alias (UK) or English name, in any case.

    Raises UnknownCountry with a sentence that names the codes there are.
    """
    wanted = code.strip().upper()
    wanted = _ALIASES.get(wanted, wanted)
    for each in countries():
        if wanted in (each.code, each.name.upper()):
            return each
    known = ", ".join(sorted(each.code for each in countries()))
    raise UnknownCountry(
        f'There are no help lines here for "{code}". Countries: {known}. '
        "For other places: findahelpline.com."
    )


def likely_country(environ: Mapping[str, str]) -> Country | None:
    """The country to show first: UPSWING_COUNTRY, else the locale's territory, else None.

    A guess that only orders the list; nothing may be hidden because of it.
    """
    try:
        return country(environ.get("UPSWING_COUNTRY") or _territory(environ))
    except UnknownCountry:
        return None


def _territory(environ: Mapping[str, str]) -> str:
    """The territory of the locale that applies: "GB" for en_GB.UTF-8, "" for C."""
    locale = next((environ[name] for name in _LOCALE_VARIABLES if environ.get(name)), "")
    return locale.split(".")[0].split("@")[0].partition("_")[2]


def _country(row: Mapping[str, Any]) -> Country:
    return Country(
        code=row["code"],
        name=row["name"],
        emergency=row["emergency"],
        lines=tuple(_line(row["code"], line) for line in row["line"]),
        emergency_note=row.get("emergency_note", ""),
    )


def _line(code: str, row: Mapping[str, Any]) -> Line:
    return Line(
        country=code,
        name=row["name"],
        dial_as=row.get("dial_as", ""),
        sms=Sms(**row["sms"]) if "sms" in row else None,
        chat_url=row.get("chat_url", ""),
        hours=row["hours"],
        languages=tuple(row["languages"]),
        source_url=row["source_url"],
        checked_on=row["checked_on"],
        note=row.get("note", ""),
    )
