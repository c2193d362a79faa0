"""The front matter of a Markdown note: its properties, between two lines of dashes. Pure.

Obsidian, Pile and site makers write a small part of YAML here: one name a line, its value plain or
in quotes, a list in brackets or one member a line. That part is read, and nothing is made of a
value but text: no numbers, no true and false, no references. What is written in another way is not
understood, and says so; every property keeps its lines to the letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

FENCE, ENDS = "---", ("---", "...")
MOST_LINES = 1_000
NAME = re.compile(
    r"(?P<name>\"[^\"]{1,100}\"|'[^']{1,100}'|[^\s#&*!|>%@`\"'\[\]{},?:-][^:]{0,100}?)"
    r"[ \t]*:(?:[ \t]+(?P<value>.*))?$"
)
MEMBER = re.compile(r"[ \t]*-(?:[ \t]+(.*))?$")
IN_BRACKETS = re.compile(r"\[([^\n]*)\][ \t]*(?:#.*)?$")
DOUBLE = re.compile(r'("(?:[^"\\]|\\.)*")[ \t]*(?:#.*)?$')
SINGLE = re.compile(r"'((?:[^']|'')*)'[ \t]*(?:#.*)?$")
BETWEEN = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\[\]{}"']*)[ \t]*(,|$)""")
NOT_PLAIN = tuple("&*!|>%@`{}]")


@dataclass(frozen=True)
class Property:
    """One property. name: lower case; values: what it says, None where it is not understood."""

    name: str
    values: tuple[str, ...] | None
    lines: tuple[str, ...]


def split(text: str) -> tuple[list[Property], str]:
    """The properties of a note and the text below them; none where it has no front matter."""
    lines = text.split("\n", MOST_LINES)
    ends = (at for at, line in enumerate(lines) if at and line.rstrip() in ENDS)
    end = next(ends, 0) if lines[0].rstrip() == FENCE else 0
    found = list(_properties(lines[1:end])) if end else []
    # Two lines of dashes with no property between them are what they look like.
    if not any(each.name for each in found) and any(map(str.strip, lines[1:end])):
        return [], text
    return found, "\n".join(lines[end + 1 :]) if end else text


def _properties(lines: list[str]) -> Iterator[Property]:
    name, value, own = "", "", list[str]()
    for line in lines:
        if not (begun := NAME.match(line)):
            own.append(line)
            continue
        if any(map(str.strip, own)):
            yield _property(name, value, own)
        name, value, own = begun["name"].strip("\"'"), begun["value"] or "", [line]
    if any(map(str.strip, own)):
        yield _property(name, value, own)


def _property(name: str, value: str, lines: list[str]) -> Property:
    said = (line for line in lines[1:] if line.strip() and not line.lstrip().startswith("#"))
    values = _values(value.strip(), list(said)) if name else None
    return Property(name.strip().lower(), values, tuple(lines))


def _values(value: str, more: list[str]) -> tuple[str, ...] | None:
    if value.startswith("#"):
        value = ""
    if value.startswith("[") and not value.startswith("[["):
        return _in_brackets(" ".join((value, *map(str.strip, more))))
    if value:
        return _all([_scalar(value)]) if not more else None
    members = [MEMBER.match(line) for line in more]
    return _all([_scalar((each[1] or "").strip()) if each else None for each in members])


def _all(values: list[str | None]) -> tuple[str, ...] | None:
    """The values that say something; None where one of them was not understood."""
    known = [value for value in values if value is not None]
    return tuple(filter(None, known)) if len(known) == len(values) else None


def _in_brackets(text: str) -> tuple[str, ...] | None:
    if not (inner := IN_BRACKETS.match(text)):
        return None
    values, at = list[str | None](), 0
    while found := BETWEEN.match(inner[1], at):
        values.append(_scalar(found[1].strip()))
        at = found.end()
        if not found[2]:
            return _all(values)
    return None


def _scalar(text: str) -> str | None:
    """One value as text; None where it is not understood."""
    if text.startswith('"'):
        return _unescaped(found[1]) if (found := DOUBLE.match(text)) else None
    if text.startswith("'"):
        return found[1].replace("''", "'") if (found := SINGLE.match(text)) else None
    if text.startswith(NOT_PLAIN):
        return None
    plain = re.split(r"[ \t]#", text, maxsplit=1)[0].strip()
    return "" if plain in ("null", "~") else plain


def _unescaped(text: str) -> str | None:
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return None
