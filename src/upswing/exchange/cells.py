"""Cells of a CSV file that no spreadsheet takes for a formula. Pure.

A spreadsheet runs a cell that begins with one of a few signs, so a text that does gets a `'` in
front. To lose nothing on the way back, a text that looks as if it had such a guard gets one too.
"""

from __future__ import annotations

import re

GUARD = "'"
# The signs that OWASP ASVS 5.0 (V1.2.10) names and those that others do; blanks before them do not
# count. What follows guards of any number is what would be read as guarded.
RISKY = re.compile(r"'*(?:\s*[=+\-@]|[\t\r\0])")


def guarded(text: str) -> str:
    """`text` as a cell of text; numbers are not texts and stay as they are."""
    return GUARD + text if RISKY.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made `cell` of: exactly one guard less, where there is one."""
    inner = cell.removeprefix(GUARD)
    return inner if inner != cell and RISKY.match(inner) else cell
