"""The calm panel at the terminal, after something was kept. Nothing of it is noted."""

from __future__ import annotations

import os
from typing import Any

from upswing.care.calm import country_of, panel, told
from upswing.care.signs import sign
from upswing.cli import door, say
from upswing.journeys.heavy_days import heavy_days


def after(owner: Any, *texts: str) -> None:
    """Show help where own texts, or the days behind, may mean more than they say."""
    heavy = heavy_days(owner=owner, today=door.today(owner))
    country = country_of(owner.country, os.environ)
    found = panel(sign=sign(*texts), heavy_days=heavy, country=country)
    for paragraph in told(found) if found else ():
        say.lines(paragraph)
