"""`make bench`: every row of figures, in turn."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    capture,
    commands,
    importing,
    pages,
    results,
    searching,
    table,
    terminal_search,
)
from benchmarks.ground import Ground
from benchmarks.results import Run
from benchmarks.table import Line

SIZES = (100, 10_000, 100_000)
ROWS: dict[str, Callable[[Ground], Iterator[Line]]] = {
    "capture": capture.lines,
    "commands": commands.lines,
    "search": searching.lines,
    "terminal": terminal_search.lines,
    "pages": pages.lines,
    "floor": pages.floor,
    "import": importing.lines,
}


def main(sizes: list[int], rows: list[str]) -> None:
    """Measure and print; the whole of it is written to RESULTS.md too."""
    begin, before = datetime.now(UTC), os.getloadavg()[0]
    table.show_head()
    with tempfile.TemporaryDirectory(prefix="upswing-bench-") as folder:
        here = Ground(Path(folder), sorted(sizes or SIZES))
        found: list[Line] = []
        try:
            for row in rows or ROWS:
                found += _shown(ROWS[row](here))
                if not sizes and not rows:  # after each row, so that a run cut short tells too
                    after = os.getloadavg()[0]
                    told = Run(begin, datetime.now(UTC), before, after, here.versions)
                    results.write(found, told)
        finally:
            here.close()


def _shown(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        table.show(line)
        yield line


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]], os.environ.get("ROWS", "").split())
