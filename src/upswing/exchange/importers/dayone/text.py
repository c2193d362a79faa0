"""Day One's text as Markdown of our own: escapes taken off, files named where they stood. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from upswing.exchange.importers.dayone.media import Medium
from upswing.exchange.importers.dayone.values import an_object, objects, word

MOMENT = re.compile(
    r"!?\[[^\[\]\n]{0,200}\]\(dayone-moment:/{1,2}(?:[A-Za-z]{1,20}/)?([\w-]{1,64})/?\)", re.ASCII
)
UNKNOWN = "[a file that is not in the export]"
FENCE = re.compile(r"[ \t]*(?:```|~~~)")
# What Day One escapes and Markdown would read as a letter anyway; code is left as it is.
ESCAPED = re.compile(r"`[^`\n]*`|\\([.!()\-+\[\]#{}:,;'\"/=$%@?^|&~])")
OPENS = re.compile(r"\s*(?:\d{1,9}\Z|\Z)")  # where - + # = or a number's dot begin something
HEADER = re.compile(r"#{1,6}[ \t]+(.*?)[ \t#]*$")
BLOCK = re.compile(r"[-*+>|\[!`~=]|\d{1,9}[.)][ \t]|\\")
LONGEST_FIRST_LINE = 120
MARKS = {"inlineCode": "`", "strikethrough": "~~", "italic": "*", "bold": "**"}


def unescaped(text: str) -> str:
    """`text` without the backslashes that only stop Markdown where it would not begin anyway."""
    if "\\" not in text:
        return text
    lines, fenced = text.split("\n"), False
    for at, line in enumerate(lines):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and "\\" in line:
            lines[at] = ESCAPED.sub(_plain, line)
    return "\n".join(lines)


def _plain(found: re.Match[str]) -> str:
    sign, line = found[1], found.string
    if sign is None:
        return found[0]
    follows = line[found.end() : found.end() + 2].lstrip("\\")[:1]
    needed = (
        (sign == "]" and follows in ("(", ":", "["))
        or (sign == "!" and follows == "[")
        or (sign in "-+#=.)|" and OPENS.match(line[: found.start()]))
        or sign in "~&"
    )
    return found[0] if needed else sign


def mentioned(text: str, media: Sequence[Medium]) -> tuple[str, bool]:
    """`text` with the name of each file in its place, and whether one is not known."""
    if "dayone-moment:" not in text:
        return text, False
    names = {medium.identifier: medium.mention for medium in media}
    missing = any(found.lower() not in names for found in MOMENT.findall(text))
    return MOMENT.sub(lambda found: names.get(found[1].lower(), UNKNOWN), text), missing


def titled(text: str) -> tuple[str, str]:
    """Title and body: the first line is the title where it is a heading or reads like one."""
    text = text.strip()
    line, _, rest = text.partition("\n")
    if heading := HEADER.match(line):
        return heading[1], rest.strip()
    if not rest.strip() or len(line) > LONGEST_FIRST_LINE or BLOCK.match(line.lstrip()):
        return "", text
    return line.strip(), rest.strip()


def rich(told: Any) -> str | None:
    """The rich text as Markdown; None where it cannot be read."""
    try:
        parsed = json.loads(told) if isinstance(told, str) else told
    except (ValueError, RecursionError):
        return None
    contents = an_object(parsed).get("contents")
    return "".join(_pieces(contents)) if isinstance(contents, list) else None


def _pieces(contents: Any) -> Iterator[str]:
    begins = True
    for block in objects(contents):
        for embedded in objects(block.get("embeddedObjects")):
            yield f"{'' if begins else chr(10)}{_embedded(embedded)}\n"
            begins = True
        attributes = an_object(block.get("attributes"))
        for line in _lines(block.get("text")):
            yield (_start(an_object(attributes.get("line"))) if begins else "")
            yield _marked(line, attributes)
            begins = line.endswith("\n")


def _lines(text: Any) -> list[str]:
    return text.splitlines(keepends=True) if isinstance(text, str) else []


def _embedded(told: dict[str, Any]) -> str:
    if told.get("type") == "horizontalRuleLine":
        return "\n---\n"
    return f"![](dayone-moment://{word(told.get('identifier'))})"


def _start(line: dict[str, Any]) -> str:
    """What begins a line in Markdown."""
    if isinstance(header := line.get("header"), int) and 1 <= header <= 6:
        return "#" * header + " "
    if line.get("codeBlock") is True:
        return "    "
    if line.get("quote") is True:
        return "> "
    return _bullet(line)


def _bullet(line: dict[str, Any]) -> str:
    level, index = line.get("indentLevel"), line.get("listIndex")
    indent = "  " * (level - 1) if isinstance(level, int) and 1 <= level <= 9 else ""
    style = line.get("listStyle")
    if style == "checkbox":
        return f"{indent}- [{'x' if line.get('checked') is True else ' '}] "
    if style == "numbered":
        return f"{indent}{index if isinstance(index, int) else 1}. "
    return f"{indent}- " if style == "bulleted" else ""


def _marked(text: str, attributes: dict[str, Any]) -> str:
    """`text` in bold and the like, the marks close to the words."""
    core = text.strip()
    if not core:
        return text
    before, _, after = text.partition(core)
    for key, mark in MARKS.items():
        if attributes.get(key) is True:
            core = f"{mark}{core}{mark}"
    return f"{before}{core}{after}"
