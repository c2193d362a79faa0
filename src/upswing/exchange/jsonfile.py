"""A JSON file as a whole, with a clear sentence where it cannot be read. Pure but for reading."""

from __future__ import annotations

import json
from typing import Any

from upswing.exchange import textfile
from upswing.exchange.rows import ImportProblem, clean

BROKEN = "This JSON file is broken at line {number} and cannot be read."
STRANGE = "This JSON file holds numbers or nesting beyond all measure, so it was not read."


def parsed(data: bytes) -> Any:
    """What the JSON says. Raises ImportProblem."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        raise ImportProblem(textfile.NOT_UTF8.format(number=line)) from None
    except json.JSONDecodeError as broken:
        raise ImportProblem(BROKEN.format(number=broken.lineno)) from None
    except (ValueError, RecursionError):
        raise ImportProblem(STRANGE) from None


def text(value: Any) -> tuple[str, tuple[str, ...]]:
    """A text from JSON with plain line ends and without what no database keeps; with a note.

    What is no text counts as none.
    """
    if not isinstance(value, str):
        return "", ()
    return clean(value.replace("\r\n", "\n").replace("\r", "\n"))


def listed(value: Any) -> list[Any]:
    """A list from JSON; anything else counts as an empty one."""
    return value if isinstance(value, list) else []
