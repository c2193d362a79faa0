"""Two questions about the lines of a text: which are harsh, and what a friend would say. Pure.

A line is a sentence, or what stands alone in a line of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from upswing.errors import RuleError
from upswing.exercises.questions import Answers, Question
from upswing.record import rules

MOST_LINES = 120
ENDS = re.compile(r"(?<=[.!?…])[\"”“»’]?\s+|\n+")
BEGINS = re.compile(r"^[\s>#*+-]+")
ODD = "This is not what Upswing writes there."


def lines_of(text: str) -> list[str]:
    """The lines of a text in order, each once; the first MOST_LINES of a very long one."""
    parts = (" ".join(BEGINS.sub("", part).split()) for part in ENDS.split(text))
    return list(dict.fromkeys(part for part in parts if part))[:MOST_LINES]


@dataclass(frozen=True, kw_only=True)
class Harsh(Question):
    """Some lines of the earlier answer `of`. What does not stand there any more is left out."""

    of: str

    def lines(self, answers: Answers) -> list[str]:
        """The lines that there are to choose from."""
        return lines_of(str(answers.get(self.of) or ""))

    def clean(self, value: Any, answers: Answers) -> list[str]:
        chosen = set(_strings(self.name, value))
        return list(self._needed([line for line in self.lines(answers) if line in chosen]))

    def told(self, value: Any) -> str:
        """Nothing: `Replies` tells the lines, each with its answer."""
        return ""


@dataclass(frozen=True, kw_only=True)
class Replies(Question):
    """An answer to each of the lines `of`: [{"line": "…", "kind": "…"}, …].

    An answer stays when its line is not marked any more; it was written, after all.
    """

    of: str

    def rows(self, value: Any, answers: Answers) -> list[dict[str, str]]:
        """A row for each marked line, answered or not, and then the answers without one."""
        written = {row["line"]: row["kind"] for row in value or []}
        marked = list(answers.get(self.of) or [])
        others = [line for line in written if line not in marked]
        return [{"line": line, "kind": written.get(line, "")} for line in [*marked, *others]]

    def clean(self, value: Any, answers: Answers) -> list[dict[str, str]]:
        given = [_row(self.name, row) for row in _sequence(self.name, value)]
        rows = [row for row in self.rows(given, answers) if row["kind"]]
        return list(self._needed(rows))

    def told(self, value: Any) -> str:
        return "\n\n".join(f"> {row['line']}\n\n{row['kind']}" for row in value)


def _row(name: str, row: Any) -> dict[str, str]:
    given = row if isinstance(row, Mapping) else {}
    line = " ".join(rules.readable(name, str(given.get("line") or "")).split())
    kind = rules.long_text(name, str(given.get("kind") or "")).strip()
    if kind and not line:
        raise RuleError(name, ODD)
    return {"line": line, "kind": kind}


def _strings(name: str, value: Any) -> list[str]:
    return [str(each) for each in _sequence(name, value)]


def _sequence(name: str, value: Any) -> Sequence[Any]:
    if value in (None, ""):
        return []
    if not isinstance(value, list | tuple):
        raise RuleError(name, ODD)
    return value
