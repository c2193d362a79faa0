"""Values of an export that may be of any type, or say that there is none. Pure."""

from __future__ import annotations

from typing import Any

from upswing.exchange.rows import clean

NONE = "(null)"
LARGEST_NUMBER = 1e9


def word(value: Any) -> str:
    """A short text in one line; "" where there is none."""
    text = value if isinstance(value, str) and value != NONE else ""
    return " ".join(clean(text)[0].split())


def an_object(value: Any) -> dict[str, Any]:
    """The JSON object; an empty one where there is none."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The JSON objects of a list; other members are passed over."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def words(value: Any) -> list[str]:
    """The texts of a list, each once."""
    found = [word(each) for each in value] if isinstance(value, list) else []
    return list(dict.fromkeys(filter(None, found)))


def joined(*parts: Any) -> str:
    """Texts and numbers in one line, with commas; what says nothing is left out."""
    return ", ".join(filter(None, map(_part, parts)))


def _part(value: Any) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:.6g}" if number and abs(value) < LARGEST_NUMBER else word(value)
