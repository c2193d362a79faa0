"""#words in Markdown, as Obsidian, Logseq and memos count them. Pure."""

from __future__ import annotations

import re

FENCE = re.compile(r"^[ \t]*(```|~~~)", re.MULTILINE)
CODE = re.compile(r"(?<!`)(`+)(?!`)[^`\n]{1,500}(?<!`)\1(?!`)")
# A tag begins with no digit, and stands neither in an address nor in the middle of a word.
TAG = re.compile(r"(?<![\w#&/(\[])#(?:\[\[([^\[\]\n]{1,80})\]\]|([^\W\d][\w/-]*))")


def found(text: str) -> tuple[str, ...]:
    """The tags in `text`, lower case with their sign, each once; what stands in code is none."""
    plain = CODE.sub(" ", _unfenced(text))
    words = ((match[1] or match[2]).strip("/").strip().lower() for match in TAG.finditer(plain))
    return tuple(dict.fromkeys(f"#{word}" for word in words if word))


def _unfenced(text: str) -> str:
    """`text` without its fenced blocks; an open fence reaches to the end."""
    if not FENCE.search(text):
        return text
    kept, within = [], ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if mark and within in ("", mark[1]):
            within = "" if within else mark[1]
        elif not within:
            kept.append(line)
    return "\n".join(kept)


def headed(text: str) -> tuple[str, str]:
    """The heading with which `text` begins, "" where there is none, and what follows it."""
    first, _, rest = text.lstrip("\n").partition("\n")
    if re.match(r"# +\S", first):
        return first[2:].strip().rstrip("#").strip(), rest.strip("\n")
    return "", text
