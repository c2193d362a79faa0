"""The ways to take the record out: every module of this package with an EXPORTER."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from upswing.exchange.members import Exporter


@cache
def exporters() -> tuple[Exporter, ...]:
    """Every way, by the names of their modules; the first is the one that can come back whole."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").EXPORTER for name in names)


def exporter(name: str) -> Exporter:
    """The way of that name; raises KeyError where there is none."""
    return {each.name: each for each in exporters()}[name]
