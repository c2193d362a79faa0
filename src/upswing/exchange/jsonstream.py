"""The members of one long list in a JSON file, one at a time: never the whole file in memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from upswing.exchange.rows import ImportProblem

PIECE = 1 << 18
LONGEST = 1 << 24  # characters of one member; a long entry has ten thousand
BLANK = re.compile(r"[ \t\n\r]*")
BROKEN = "This JSON file is broken or cut off, {where}; it cannot be read."
NOT_UTF8 = "This JSON file is not valid UTF-8, so it cannot be read."


def members(stream: BinaryIO, key: str) -> Iterator[Any]:
    """The members of the list under `key` of the outermost object, or of the outermost list.

    Raises ImportProblem where the file is no such JSON. Without `key` in it, there are none.
    """
    return _Reader(stream).members(key)


class _Reader:
    """A window on the text that moves on with what has been read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder(strict=False)
        self._text, self._at, self._ended, self._found = "", 0, False, 0

    def members(self, key: str) -> Iterator[Any]:
        if self._next() == "[":
            yield from self._list()
        elif self._next() == "{":
            yield from self._object(key)
        else:
            raise self._broken()
        if self._next():
            raise self._broken()

    def _object(self, key: str) -> Iterator[Any]:
        """Go through the outermost object; what stands under other keys is passed over."""
        self._take("{")
        while self._next() != "}":
            name = self._value()
            self._take(":")
            if name == key and self._next() == "[":
                yield from self._list()
            else:
                self._value()
            self._onwards("}")
        self._take("}")

    def _list(self) -> Iterator[Any]:
        self._take("[")
        while self._next() != "]":
            value = self._value()
            self._found += 1
            yield value
            self._onwards("]")
        self._take("]")

    def _onwards(self, end: str) -> None:
        """Pass the comma, after which something has to follow."""
        if self._next() != end:
            self._take(",")
            if self._next() == end:
                raise self._broken()

    def _next(self) -> str:
        """The next sign that is not blank, which stays; "" at the end."""
        while True:
            self._at = _blank_end(self._text, self._at)
            if self._at < len(self._text) or not self._more(PIECE):
                return self._text[self._at : self._at + 1]

    def _take(self, sign: str) -> None:
        if self._next() != sign:
            raise self._broken()
        self._at += 1

    def _value(self) -> Any:
        """The next value, with as much more text as it takes."""
        self._next()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if isinstance(error, json.JSONDecodeError) and self._grow():
                    continue
                raise self._broken() from None
            if end < len(self._text) or not self._grow():
                self._at = end
                return value

    def _grow(self) -> bool:
        """Read as much again as there is, where there is more and it is not yet too much."""
        waiting = len(self._text) - self._at
        return waiting < LONGEST and self._more(max(PIECE, waiting))

    def _more(self, length: int) -> bool:
        """Read on, and let go of what is behind. False at the end."""
        if self._ended:
            return False
        data = self._stream.read(length)
        self._ended = not data
        try:
            text = self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError:
            raise ImportProblem(NOT_UTF8) from None
        self._text, self._at = self._text[self._at :] + text, 0
        return True

    def _broken(self) -> ImportProblem:
        where = f"after entry {self._found}" if self._found else "at its beginning"
        return ImportProblem(BROKEN.format(where=where))


def _blank_end(text: str, at: int) -> int:
    found = BLANK.match(text, at)
    return found.end() if found else at
