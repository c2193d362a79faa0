"""Text from standard input, and the short questions where somebody sits at a terminal."""

from __future__ import annotations

from upswing.vault.arguments import HIGHEST, LOWEST, SCALES, UsageError, whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

LARGEST_TEXT = 1_000_000
NOT_UTF8 = "This text is not valid UTF-8, so it was not kept."
QUESTIONS = {
    "mood": "Mood, from 1 (low) to 10 (good)",
    "energy": "Energy, from 1 (empty) to 10 (full)",
    "stress": "Stress, from 1 (calm) to 10 (tense)",
}


def read_piped(stdin: TextIO) -> str:
    """All of standard input, but no more than is kept. Raises UsageError where it is no UTF-8."""
    data = stdin.buffer.read(LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise UsageError(too_large())
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(NOT_UTF8) from None


def check_text(text: str) -> str:
    """`text` as it is kept. Raises UsageError for what the record would refuse."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise UsageError(NOT_UTF8) from None
    if size > LARGEST_TEXT:
        raise UsageError(too_large())
    if "\x00" in text:
        raise UsageError("This text holds a zero byte, so it is not text and was not kept.")
    return text.rstrip().lstrip("\r\n")


def too_large() -> str:
    return (
        "This text is longer than one entry can hold (a million bytes, about 500 pages),"
        " so it was not kept."
    )


def ask_text(stdin: TextIO, stdout: TextIO) -> str:
    """Lines from the terminal up to an empty one."""
    _say(stdout, "What happened? An empty line ends it.\n")
    lines: list[str] = []
    while line := _line(stdin):
        if not line.strip():
            break
        lines.append(line)
    return "".join(lines)


def ask_scales(stdin: TextIO, stdout: TextIO) -> dict[str, int]:
    """Mood, energy and stress, one question each; Enter skips one, the end of input all."""
    found: dict[str, int] = {}
    for name in SCALES:
        _say(stdout, f"{QUESTIONS[name]}, or Enter to skip: ")
        while line := _line(stdin).strip():
            try:
                found[name] = whole_number(name, line)
                break
            except UsageError:
                _say(stdout, f"A whole number from {LOWEST} to {HIGHEST}, or Enter to skip: ")
    return found


def _line(stdin: TextIO) -> str:
    try:
        return stdin.readline()
    except UnicodeDecodeError:
        raise UsageError(NOT_UTF8) from None


def _say(stdout: TextIO, words: str) -> None:
    stdout.write(words)
    stdout.flush()
