"""The sources that Upswing can bring in: every module of this package with a SOURCE."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from upswing.exchange.rows import Source

UNKNOWN = "Upswing does not know this kind of file. It can bring in: {known}."


@cache
def sources() -> tuple[Source, ...]:
    """Every source, by name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").SOURCE for name in names)


def source(name: str) -> Source:
    """The source of that name; raises KeyError where there is none."""
    return {each.name: each for each in sources()}[name]


def recognise(data: bytes, name: str) -> Source | None:
    """The source that says a file with these bytes and this name is its own."""
    return next((each for each in sources() if each.recognise(data, name)), None)


def unknown() -> str:
    """The sentence for a file that no source recognises."""
    return UNKNOWN.format(known="; ".join(each.accepts for each in sources()))
