"""Which file holds the record now. The header names it: so a re-key swaps key and file at once.

Every command asks this, so it only reads JSON; `header.parse` checks all of the header.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TypeGuard

from upswing.vault import names

DATABASE = re.compile(r"vault(-[0-9a-f]{8})?\.db")
LARGEST_HEADER = 64 * 1024


def database(home: Path) -> Path:
    """The database of the vault in `home`; a header that is missing or unreadable names none."""
    return home / (named(home) or names.DATABASE)


def named(home: Path) -> str | None:
    """The name in the header; None where there is no header that names one."""
    try:
        with (home / names.HEADER).open("rb") as file:
            name = json.loads(file.read(LARGEST_HEADER))["database"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return name if is_name(name) else None


def is_name(value: object) -> TypeGuard[str]:
    """Whether it is the name of a database of ours, and not a path to somewhere."""
    return isinstance(value, str) and DATABASE.fullmatch(value) is not None
