"""Lines on the terminal: as wide as it is, calm, and safe whatever the text holds."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator

import click

WIDEST = 100
# What a text could use to command the terminal: control characters, and marks that turn the
# direction of writing. Line ends and tabs are handled where lines are made.
UNSAFE = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
) | {0x09: "    ", 0x0A: "\n", 0x0D: "\n"}


def somebody_is_there() -> bool:
    """Whether somebody sits at the terminal who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def width() -> int:
    """Columns to fill: those of the terminal up to WIDEST, 80 where there is none."""
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST)


def clean(text: str) -> str:
    """`text` without anything that a terminal would obey."""
    return text.replace("\r\n", "\n").translate(UNSAFE)


def one_line(text: str) -> str:
    """`text` in a single line, clean."""
    return " ".join(clean(text).split())


def columns(text: str) -> int:
    """How many columns `text` takes: wide letters two, combining marks and styles none."""
    text = click.unstyle(text)
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def fit(text: str, room: int) -> str:
    """`text`, a single line, in exactly `room` columns: cut with “…” or filled with blanks."""
    if columns(text) > room:
        text = _first(text, room - 1) + "…"
    return text + " " * (room - columns(text))


def _first(text: str, room: int) -> str:
    """As much of `text` as fits into `room` columns."""
    if text.isascii():
        return text[:room]
    taken = 0
    for place, sign in enumerate(text):
        taken += columns(sign)
        if taken > room:
            return text[:place]
    return text


def wrapped(text: str, *, indent: str = "", room: int | None = None) -> Iterator[str]:
    """The lines of `text`, each broken to the width; indented as they were, and by `indent`."""
    room = (room or width()) - columns(indent)
    for line in clean(text).split("\n"):
        own = line[: len(line) - len(line.lstrip())][: room // 2]
        for part in _broken(line.split(), room - len(own)):
            yield f"{indent}{own}{part}".rstrip()


def _broken(words: Iterable[str], room: int) -> Iterator[str]:
    line = ""
    for word in words:
        if line and columns(line) + 1 + columns(word) > room:
            yield line
            line = ""
        while columns(word) > room:
            yield (head := _first(word, room))
            word = word[len(head) :]
        line = f"{line} {word}" if line else word
    yield line


def styled(text: str, *, indent: str = "") -> None:
    """Print a text that is clean already and may hold styles, broken to the width."""
    for line in _broken(text.split(), width() - columns(indent)):
        click.echo(f"{indent}{line}")


def note(text: str) -> None:
    """Print a small remark, such as how to go on."""
    lines(text, dim=True)


def lines(text: str, *, indent: str = "", dim: bool = False) -> None:
    """Print a text of any length, broken to the width."""
    for line in wrapped(text, indent=indent):
        click.echo(click.style(line, dim=True) if dim and line else line)


def aside(text: str) -> None:
    """Print to standard error what does not belong to the answer itself."""
    for line in wrapped(text):
        click.echo(line, err=True)


def as_json(value: object) -> None:
    """Print `value` as JSON."""
    escaped = "utf" not in (sys.stdout.encoding or "utf-8").lower()
    click.echo(json.dumps(value, ensure_ascii=escaped, indent=2))


def heading(text: str) -> None:
    """Print a heading with an empty line before it."""
    click.echo()
    click.echo(click.style(clean(text), bold=True))


def sides(left: str, right: str, *, bold: bool = False, indent: str = "") -> None:
    """Print `left`, a clean line, cut to fit, with a small `right` at the far side."""
    text = fit(left, width() - columns(indent) - columns(right) - 2)
    click.echo(f"{indent}{click.style(text, bold=bold or None)}  {click.style(right, dim=True)}")


def amount(count: int, one: str, many: str = "") -> str:
    """“1 item”, “2 items”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def size(count: int) -> str:
    """Bytes as “12 kB” or “3.4 MB”."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{-(-count // 1000)} kB"


def fact(label: str, text: str, room: int) -> None:
    """Print `text` with its label at the left, `room` columns wide."""
    head, *rest = wrapped(text, room=width() - room)
    click.echo(click.style(fit(label, room), dim=True) + head)
    for line in rest:
        click.echo(" " * room + line)
