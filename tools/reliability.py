"""Write docs/reliability.md from the figures of `make torture`; one file of figures a database."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"
HEAD = """# What was tried to break it

Written by `make torture` on {date} at commit {commit}: {cores} cores, {system}, Python {python}.
Each row is one run of a test in `tests/torture`; `make test` runs the same tests in a short form.

| What | Where | Tried | Found | Bar | |
|---|---|---|---|---|---|
"""
FOOT = """
## What this does not prove

- **Loss of power.** A killed process leaves its writes with the system, a dead machine may not.
- **Windows and macOS.** All of it ran on Linux.
- **Bad memory and bad disks**, other than single bits turned in a file at rest.
"""


def rows(files: list[Path]) -> list[str]:
    """One line of the table a figure, in the order of their names."""
    found = [(file.name, json.loads(line)) for file in files for line in file.open()]
    return [
        "| {} | {} | {tried} | {found} | {bar} | {} |".format(
            one["figure"], where, "held" if one["passed"] else "**missed**", **one["said"]
        )
        for where, one in sorted(found, key=lambda pair: (pair[1]["figure"], pair[0]))
    ]


def commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], stdout=subprocess.PIPE, cwd=ROOT)
    return done.stdout.decode().strip() or "(none)"


def main() -> None:
    head = HEAD.format(
        date=datetime.now(UTC).strftime("%-d %B %Y"),
        commit=commit(),
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )
    PAGE.write_text(head + "\n".join(rows([Path(name) for name in sys.argv[1:]])) + "\n" + FOOT)
    print(f"Written: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
