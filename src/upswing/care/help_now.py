"""``upswing help-now [COUNTRY] [--json]``: help lines, at once.

Reads one file of the package and nothing else: no vault, no Django, no network. It works
locked, before setup and without a home folder, and it writes and records nothing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any, TextIO

from upswing.care import helplines
from upswing.care.helplines import Country, Line, Sms

_WIDTH = 78
_USAGE = (
    "Usage: upswing help-now [COUNTRY] [--json]\n\n"
    "Shows help lines. COUNTRY is a code or a name, such as GB or Ireland. Without it all\n"
    "countries are shown, yours first if it is known (UPSWING_COUNTRY, or your language\n"
    "setting). Works while Upswing is locked. Nothing is recorded.\n"
)


def main(argv: Sequence[str], stdout: TextIO) -> int:
    """Print help lines for the words after ``help-now``; 0, or 2 if they make no sense."""
    if {"-h", "--help"} & set(argv):
        return put(stdout, _USAGE)
    options = [word for word in argv if word.startswith("-") and word != "--json"]
    if options:
        return _refuse(f"There is no option {options[0]}. Try: upswing help-now GB")
    try:
        asked = _asked(argv)
    except helplines.UnknownCountry as unknown:
        return _refuse(str(unknown))
    first = asked or helplines.likely_country(os.environ)
    rest = () if asked else tuple(c for c in helplines.countries() if c != first)
    if "--json" in argv:
        return put(stdout, json.dumps(_data(first, rest), ensure_ascii=False, indent=2) + "\n")
    return put(stdout, "\n".join(_page(first, rest)) + "\n")


def _asked(argv: Sequence[str]) -> Country | None:
    """The country named by the words (names may have several), or None if none is named."""
    name = " ".join(word for word in argv if not word.startswith("-"))
    return helplines.country(name) if name else None


def put(stdout: TextIO, text: str) -> int:
    """Write, with a mark for letters the terminal cannot show: help must not fail on an é."""
    encoding = stdout.encoding or "utf-8"
    stdout.write(text.encode(encoding, "replace").decode(encoding))
    return 0


def _refuse(sentence: str) -> int:
    sys.stderr.write("\n".join(wrap(sentence, _WIDTH)) + "\n")
    return 2


def _page(first: Country | None, rest: tuple[Country, ...]) -> Iterator[str]:
    """The lines of the page, in the order of help: danger, lines, a person, what this is not."""
    yield "Help now"
    yield ""
    yield from _paragraph(first.danger if first else helplines.EMERGENCY_ELSEWHERE)
    if first:
        yield from _heading(first.name)
        yield from _blocks(first.lines)
    if rest:
        yield from _heading("Other countries" if first else "By country")
        yield from _table(rest)
    yield from _section("A person you trust", helplines.A_PERSON_YOU_TRUST)
    yield from _section("What Upswing is not", helplines.WHAT_UPSWING_IS_NOT)
    yield from _section("About these numbers", helplines.HOW_CHECKED)
    yield f"  Last checked {_oldest(first, rest)}. Directories for every country:"
    yield from (f"    {address}" for _, address in helplines.DIRECTORIES)
    if rest:
        yield ""
        yield "One country, with hours and languages: upswing help-now CODE"


def _oldest(first: Country | None, rest: tuple[Country, ...]) -> str:
    shown = (*((first,) if first else ()), *rest)
    day = min(country.checked_on for country in shown)
    return f"{day.day} {day:%B %Y}"


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield title


def _section(title: str, text: str) -> Iterator[str]:
    yield from _heading(title)
    yield from _paragraph(text, indent="  ")


def _paragraph(text: str, indent: str = "") -> list[str]:
    return wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)


def _blocks(lines: Iterable[Line]) -> Iterator[str]:
    """One block per help line, a blank line between them."""
    for number, line in enumerate(lines):
        if number:
            yield ""
        yield f"  {line.name}"
        for label, text in _ways(line):
            yield from wrap(
                text,
                _WIDTH,
                initial_indent=f"    {label:<6}",
                subsequent_indent=" " * 10,
                break_long_words=False,
                break_on_hyphens=False,
            )


def _ways(line: Line) -> Iterator[tuple[str, str]]:
    """The labelled facts of one help line, those for reaching it first."""
    if line.dial_as:
        yield "call", line.dial_as
    if line.sms:
        yield "text", _text_to(line.sms)
    if line.chat_url:
        yield "chat", line.chat_url
    yield "open", f"{line.hours}; {', '.join(line.languages)}"
    if line.note:
        yield "note", line.note
    if line.source_url != line.chat_url:
        yield "page", line.source_url


def _text_to(sms: Sms) -> str:
    return f"{sms.word} to {sms.number}" if sms.word else sms.number


def _table(rows: Iterable[Country]) -> Iterator[str]:
    """One row per country: code, name, emergency number, and the first help line."""
    yield f"  {'':<4}{'':<16}{'danger':<8}help line"
    for country in rows:
        line = country.lines[0]
        reach = line.dial_as or (_text_to(line.sms) if line.sms else "")
        yield (f"  {country.code:<4}{country.name:<16}{country.emergency:<8}{reach:<16}{line.name}")


def _data(first: Country | None, rest: tuple[Country, ...]) -> dict[str, Any]:
    shown = (*((first,) if first else ()), *rest)
    return {
        "first": first.code if first else None,
        "countries": [_country_data(country) for country in shown],
        "directories": [{"name": n, "url": address} for n, address in helplines.DIRECTORIES],
        "what_upswing_is_not": helplines.WHAT_UPSWING_IS_NOT,
        "how_checked": helplines.HOW_CHECKED,
    }


def _country_data(country: Country) -> dict[str, Any]:
    return {
        "code": country.code,
        "name": country.name,
        "emergency": country.emergency,
        "emergency_note": country.emergency_note,
        "lines": [_line_data(line) for line in country.lines],
    }


def _line_data(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "dial_as": line.dial_as,
        "sms": {"number": line.sms.number, "word": line.sms.word} if line.sms else None,
        "chat_url": line.chat_url,
        "hours": line.hours,
        "languages": list(line.languages),
        "source_url": line.source_url,
        "checked_on": line.checked_on.isoformat(),
        "note": line.note,
    }
