"""The calm panel beside a line that was captured, also while the vault is locked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

from upswing.care.calm import country_of, panel, told
from upswing.care.signs import sign

WIDTH = 78


def lines(text: str, environ: Mapping[str, str]) -> list[str]:
    """What to show beside the text, each line with its end; nothing for most."""
    found = panel(sign=sign(text), heavy_days=False, country=country_of("", environ))
    paragraphs = told(found) if found else ()
    return [f"{line}\n" for each in paragraphs for line in _wrapped(each)]


def _wrapped(paragraph: str) -> list[str]:
    indent = "  " if paragraph.startswith("  ") else ""
    broken = wrap(paragraph.strip(), WIDTH, initial_indent=indent, subsequent_indent=indent)
    return broken or [""]
