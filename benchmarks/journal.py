"""`python -m benchmarks.journal FOLDER COUNT END TAGGED`: a journal of jrnl, and its settings."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks import ground
from benchmarks.ground import JRNL, Ground
from benchmarks.life import Moment, moments

SETTINGS = """colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals:
  default:
    journal: {journal}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: v4.6
"""


@dataclass(frozen=True)
class Journal:
    """A journal with so many entries, and jrnl bound to it alone."""

    folder: Path

    @property
    def environ(self) -> dict[str, str]:
        home = str(self.folder)
        return ground.environ(HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home)

    def jrnl(self, *words: str) -> list[str]:
        """The command line of jrnl on this journal."""
        return [str(JRNL), "--config-file", str(self.folder / "settings.yaml"), *words]


def written(here: Ground, count: int, *, tagged: bool = False) -> Journal:
    """A new journal, written in a process of its own."""
    folder = here.folder / f"jrnl-{count}{'-tagged' if tagged else ''}"
    folder.mkdir(exist_ok=True)
    ground.child("journal", folder, count, here.end.isoformat(), int(tagged), env=ground.environ())
    return Journal(folder)


def main(folder: Path, count: int, end: datetime, *, tagged: bool) -> int:
    """Write settings and journal; the bytes of the journal."""
    path = folder / "journal.txt"
    (folder / "settings.yaml").write_text(SETTINGS.format(journal=path))
    with path.open("w") as file:
        for moment in moments(count, end=end, check_ins=False, tagged=tagged):
            file.write(_text(moment, tagged=tagged))
    return path.stat().st_size


def _text(moment: Moment, *, tagged: bool) -> str:
    tags = "".join(f" @{tag}" for tag in moment.tags) if tagged else ""
    title = f"{moment.title}.\n" if moment.title else ""
    return f"[{moment.at:%Y-%m-%d %H:%M}] {title}{moment.body}{tags}\n\n"


if __name__ == "__main__":
    folder, count, end, tagged = sys.argv[1:]
    size = main(Path(folder), int(count), datetime.fromisoformat(end), tagged=bool(int(tagged)))
    print(json.dumps(size))
