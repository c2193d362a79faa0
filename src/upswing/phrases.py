"""Phrases, written so that one can read them, and found whole-word in a text. Pure.

A phrase is words with spaces between them. Beside plain words it may hold

    (a|b c)   one of these          [a|b]   one of these, or nothing
    {name}    one of a named list   <3>     up to three words of any kind
    word*     any ending            *ed     any beginning

Between two words stand spaces of one line, perhaps a comma or Markdown's stars. Case does not
count, an apostrophe may be missing or curly, and ä may be written ae. Every repetition has a small
bound, so that no text makes a search slow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Generic, TypeVar

T = TypeVar("T")
Lists = Mapping[str, Sequence[str]]

TOKEN = re.compile(
    r"\{(?P<list>[\w-]+)\}|<(?P<gap>\d)>|(?P<sign>[()\[\]|])|(?P<word>[^\s()\[\]|{}<>]+)"
)
FIRST_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+")
BETWEEN = r"[,*_]{0,3}[ \t]+[*_]{0,2}"
ANY_WORD = r"[^\W_][\w'’-]{0,40}"
END = r"(?!\w|['’-][^\W\d_])"
SPELT: dict[str, tuple[str, ...]] = {
    "'": ("'", "’", ""),
    "ä": ("ä", "ae", "a\u0308"),
    "ö": ("ö", "oe", "o\u0308"),
    "ü": ("ü", "ue", "u\u0308"),
    "ß": ("ß", "ss"),
}
KEY = 3  # letters of a word by which phrases are looked up


class PhraseError(ValueError):
    """The phrase cannot be read; the message says which."""


@dataclass(frozen=True)
class Part:
    """A piece of a phrase as a regular expression, with the beginnings of words it can begin with.

    keys: empty where it can begin with any word. times: how often it may stand there, "" where it
    has to, once. needs: sets of beginnings, of each of which some word has to be in the text.
    """

    regex: str
    keys: frozenset[str]
    times: str = ""
    needs: tuple[frozenset[str], ...] = ()


def compiled(phrase: str, lists: Lists) -> Part:
    """The phrase as one part. Raises PhraseError."""
    tokens = list(TOKEN.finditer(phrase))
    part, rest = _choice(phrase, tokens, lists)
    if rest:
        raise PhraseError(f"A bracket is closed that was not opened: {phrase}")
    return part


class AnyOf:
    """Any of the phrases, whole words only. It is made when it is first asked for."""

    def __init__(self, phrases: Sequence[str], lists: Lists) -> None:
        self._phrases, self._lists = phrases, lists

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        joined = "|".join(compiled(phrase, self._lists).regex for phrase in self._phrases)
        return re.compile(rf"(?<![\w'’-])(?:{joined})" if joined else "(?!)", re.IGNORECASE)

    def anywhere(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        return self._pattern.search(text) is not None

    def at(self, text: str, place: int) -> bool:
        """Whether one of them begins at that place."""
        return self._pattern.match(text, place) is not None


def _choice(
    phrase: str, tokens: list[re.Match[str]], lists: Lists
) -> tuple[Part, list[re.Match[str]]]:
    """One of several sequences, up to a closing bracket or the end."""
    found: list[Part] = []
    while True:
        sequence, tokens = _sequence(phrase, tokens, lists)
        found.append(sequence)
        if not tokens or tokens[0]["sign"] != "|":
            return _one_of(found), tokens
        tokens = tokens[1:]


def _one_of(parts: Sequence[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    joined = "|".join(part.regex for part in parts)
    told = all(part.keys for part in parts)
    keys = frozenset[str]().union(*(part.keys for part in parts)) if told else frozenset[str]()
    return Part(f"(?:{joined})", keys)


def _sequence(
    phrase: str, tokens: list[re.Match[str]], lists: Lists
) -> tuple[Part, list[re.Match[str]]]:
    parts: list[Part] = []
    while tokens and tokens[0]["sign"] not in ("|", ")", "]"):
        part, tokens = _part(phrase, tokens, lists)
        parts.append(part)
    if all(part.times for part in parts):
        raise PhraseError(f"Nothing in it has to be there: {phrase}")
    return _joined(parts), tokens


def _joined(parts: Sequence[Part]) -> Part:
    """Parts one after the other. What may be missing takes the space beside it along."""
    regex, keys, begun = "", frozenset[str](), False
    needs = tuple(part.keys for part in parts if part.keys and not part.times)
    for part in parts:
        keys = keys if begun else keys | part.keys
        before, after = (BETWEEN, "") if begun else ("", BETWEEN)
        if part.times:
            regex += f"(?:{before}{part.regex}{after}){part.times}"
        else:
            regex, begun = regex + before + part.regex, True
    return Part(regex, keys, needs=needs)


def _part(
    phrase: str, tokens: list[re.Match[str]], lists: Lists
) -> tuple[Part, list[re.Match[str]]]:
    token, rest = tokens[0], tokens[1:]
    if word := token["word"]:
        return _word(word), rest
    if name := token["list"]:
        return _one_of([compiled(each, lists) for each in lists[name]]), rest
    if gap := token["gap"]:
        return Part(ANY_WORD, frozenset(), f"{{0,{gap}}}?"), rest
    inside, rest = _choice(phrase, rest, lists)
    if not rest:
        raise PhraseError(f"A bracket is not closed: {phrase}")
    if token["sign"] == "[":
        return Part(inside.regex, inside.keys, "?"), rest[1:]
    return inside, rest[1:]


def _word(word: str) -> Part:
    stem = word.strip("*")
    if word.endswith("*") and len(stem) < KEY:
        raise PhraseError(f"Too little is left to look it up by: {word}")
    letters = "".join(_letter(letter) for letter in stem)
    before = r"[^\W\d_]{1,20}" if word.startswith("*") else ""
    after = r"[^\W\d_]{0,20}" if word.endswith("*") else ""
    return Part(f"{before}{letters}{after}{END}", frozenset() if before else _keys(stem))


def _letter(letter: str) -> str:
    if letter not in SPELT:
        return re.escape(letter)
    return f"(?:{'|'.join(SPELT[letter])})"


def _keys(stem: str) -> frozenset[str]:
    """The first letters of the word in each way in which it may be spelt."""
    ways = product(*(SPELT.get(letter, (letter,)) for letter in stem.lower()))
    begun = (FIRST_WORD.match("".join(letters)) for letters in ways)
    return frozenset(found[0][:KEY] for found in begun if found)


@dataclass(frozen=True)
class Found(Generic[T]):
    """Where a phrase stands, in code points, and what it belongs to."""

    start: int
    end: int
    of: T


class Phrasebook(Generic[T]):
    """Many phrases, each belonging to something, looked for in one go through a text."""

    def __init__(self, phrases: Iterable[tuple[str, T]], lists: Lists) -> None:
        """Raises PhraseError for a phrase that cannot be read or begins with any word at all."""
        by_key: dict[str, list[_Phrase[T]]] = defaultdict(list)
        for phrase, of in phrases:
            part = compiled(phrase, lists)
            if not part.keys:
                raise PhraseError(f"It has to begin with a word: {phrase}")
            one = _Phrase(part, of)
            for key in part.keys:
                by_key[key].append(one)
        self._by_key = dict(by_key)

    def find(self, text: str) -> Iterator[Found[T]]:
        """Every phrase at every word where one begins, in the order of the text."""
        words = [(word.start(), word[0][:KEY].lower()) for word in FIRST_WORD.finditer(text)]
        there = {key for _, key in words}
        able = {
            key: [one for one in self._by_key[key] if one.can_stand_among(there)]
            for key in there & self._by_key.keys()
        }
        for place, key in words:
            for one in able.get(key, ()):
                if match := one.pattern.match(text, place):
                    yield Found(match.start(), match.end(), one.of)


class _Phrase(Generic[T]):
    """A phrase and what it belongs to; its pattern is made when a text has the words for it."""

    def __init__(self, part: Part, of: T) -> None:
        self.part, self.of = part, of

    def can_stand_among(self, there: Set[str]) -> bool:
        """Whether the text has a word for each place of the phrase; `there` are beginnings."""
        return all(not there.isdisjoint(need) for need in self.part.needs)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.part.regex, re.IGNORECASE)
