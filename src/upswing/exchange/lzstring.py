"""lz-string in Base64, as some programs keep their backups: taken apart, and never beyond a bound.

The libraries for it write out whatever a file claims; a few kilobytes can claim gigabytes. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
EIGHT_BITS, SIXTEEN_BITS, END = 0, 1, 2  # the codes that are no entry of the dictionary
FIRST = 3


class Damaged(ValueError):
    """It is not what lz-string writes, or more than the bound."""


def unpacked(text: str, *, most: int) -> str:
    """The text that was packed, of up to `most` characters. Raises Damaged."""
    units = "".join(_pieces(_Bits(text), most))
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _pieces(bits: _Bits, most: int) -> Iterator[str]:
    """The pieces one after the other, in UTF-16 units, while the dictionary grows with them."""
    known, width, before, length = _Dictionary(), 2, "", 0
    while (code := bits.take(width)) != END:
        if code in (EIGHT_BITS, SIXTEEN_BITS):
            code = known.add(chr(bits.take(16 if code else 8)))
        piece = known.entry(code, before)
        if (length := length + len(piece)) > most:
            raise Damaged
        yield piece
        if before:
            known.add(before + piece[0])
        width, before = known.width(), piece


class _Dictionary:
    """What a code stands for. Entries are numbered from FIRST on."""

    def __init__(self) -> None:
        self.entries: list[str] = []

    def add(self, piece: str) -> int:
        self.entries.append(piece)
        return FIRST + len(self.entries) - 1

    def entry(self, code: int, before: str) -> str:
        """The entry of a code; the one that is about to be made is told by what went before."""
        place = code - FIRST
        if 0 <= place < len(self.entries):
            return self.entries[place]
        if place == len(self.entries) and before:
            return before + before[0]
        raise Damaged

    def width(self) -> int:
        """How many bits the next code takes: enough for the entry that may be made with it."""
        return (FIRST + len(self.entries)).bit_length()


class _Bits:
    """The bits of a Base64 text, six of each character, the lowest bit of a number first."""

    def __init__(self, text: str) -> None:
        self._values = (ALPHABET.find(character) for character in text.rstrip("="))
        self._value, self._left = 0, 0

    def take(self, count: int) -> int:
        """The next `count` bits as a number. Raises Damaged at the end."""
        return sum(self._one() << place for place in range(count))

    def _one(self) -> int:
        if not self._left:
            self._value, self._left = next(self._values, -1), 6
            if self._value < 0:
                raise Damaged
        self._left -= 1
        return self._value >> self._left & 1
