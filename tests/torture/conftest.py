"""How much the torture tests do, and what they write down of it.

`make test` runs them in their short form, `make torture` in the long one, which also writes
docs/reliability.md.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """`times(100, 1000)`: the first in `make test`, the second in `make torture`."""
    long = bool(request.config.getoption("--long"))
    return lambda short, full: full if long else short


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """`figure("Killed while writing", tried="1,000 kills", found="0 lost", bar="0 lost")`.

    Call it before the assertions, so that a bar that is missed is written down too. A figure that
    several tests give (one an importer) is one row each.
    """

    def keep(name: str, *, tried: str, found: str, bar: str) -> None:
        record_property(name, {"tried": tried, "found": found, "bar": bar})

    return keep
