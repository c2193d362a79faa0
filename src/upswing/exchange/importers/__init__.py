"""The sources that Upswing can bring in: every module of this package with a SOURCE."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from upswing.exchange import archives, textfile
from upswing.exchange.rows import Origin, Source

FIRST = 1_000_000  # bytes of a file that are enough to tell what it is
UNKNOWN = (
    "Upswing does not know this kind of file. It takes those of {known}; Help says which ones."
)


@cache
def sources() -> tuple[Source, ...]:
    """Every source, by name; first the one whose files hold what others would take for theirs."""
    names = sorted(module.name for module in iter_modules(__path__))
    found = (import_module(f"{__name__}.{name}").SOURCE for name in names)
    return tuple(sorted(found, key=lambda source: source.whole is None))


def source(name: str) -> Source:
    """The source of that name; raises KeyError where there is none."""
    return {each.name: each for each in sources()}[name]


def recognise(origin: Origin, name: str) -> Source | None:
    """The source that says this file, or folder on the disk, is its own.

    Raises ImportProblem for a zip that Upswing will not open.
    """
    if isinstance(origin, Path) and origin.is_dir():
        return next((each for each in sources() if each.recognise_folder(origin)), None)
    seen = origin if archives.is_zip(origin) else textfile.head(origin, FIRST)
    return next((each for each in sources() if each.recognise(seen, name)), None)


def unknown() -> str:
    """The sentence for a file that no source recognises."""
    *others, last = sorted((each.label for each in sources()), key=str.casefold)
    return UNKNOWN.format(known=f"{', '.join(others)} and {last}")
