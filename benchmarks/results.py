"""benchmarks/RESULTS.md, as a run leaves it."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.table import Line, markdown

RESULTS = Path(__file__).parent / "RESULTS.md"
HEAD = """# What Upswing costs

Written by `make bench` on {day:%-d %B %Y}, {day:%H:%M} to {end:%H:%M} UTC. {machine}
{load}

Times are CPU (user and system) of processes that have ended, or of the server's process for a
page. Each figure and its reference were measured in turn in this one run; the ratio is the median
of the ratios round by round. The records are made up, the same at every run: ten items a day, two
of them check-ins, 20 to 140 words each, which occur as words do. `benchmarks/` says how each
figure is taken.

"""
LOAD = (
    "Before it {before:.1f} processes wanted the {cores} cores, after it {after:.1f} (one of them"
    " is the run itself)."
)
SHORT = "\n\n## Short of the bar\n\n"
# What it would take, by how the name of a row begins.
TAKES = {
    "capture: jrnl": "Starting Python is a quarter of ours, sealing and reading the options most "
    "of the rest. Less would need a program that is not Python.",
    "search: newest first": "The bare query ends with rows, ours with items and their tags. It "
    "would take hits that are plain rows instead of models.",
    "page: factors that return": "It groups all factors by name. It would take a count for each "
    "name that is kept with every change.",
    "floor: Today": "It asks several questions where the bar has room for two or three. It would "
    "take one question for all that comes back, and fewer rows of what was lately.",
    "import: Day One, peak memory": "The marks of the entries that were seen grow with the file, "
    "so that one that stands twice is told. It would take a table on the disk for them.",
}


@dataclass(frozen=True)
class Run:
    """When it was, and how loaded the machine was before and after (one-minute averages)."""

    begin: datetime
    end: datetime
    before: float
    after: float
    versions: dict[str, str]


def write(lines: Sequence[Line], run: Run) -> None:
    """Write the file anew."""
    cores = os.cpu_count() or 1
    load = LOAD.format(before=run.before, after=run.after, cores=cores)
    head = HEAD.format(day=run.begin, end=run.end, machine=_machine(run, cores), load=load)
    short = [_short(line) for line in lines if not line.met]
    text = head + markdown(lines) + (SHORT + "\n".join(short) if short else "")
    RESULTS.write_text(f"{text}\n")


def _short(line: Line) -> str:
    takes = next((says for name, says in TAKES.items() if line.name.startswith(name)), "")
    parts = [f"- **{line.name}**: {line.ratio:.2f}.", line.said, takes]
    return " ".join(part for part in parts if part)


def _machine(run: Run, cores: int) -> str:
    engines = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    python = platform.python_version()
    return f"Machine: {platform.system()}, {cores} cores; Python {python}, {engines}, jrnl 4.6."
