"""Text as search sees it: words without case, accents and punctuation. Pure."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

# Chinese and Japanese are written without spaces, so each of their signs is a word of its own and
# what is looked for becomes a phrase.
SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
WORD = re.compile(rf"(?!\W)[{SIGNS}]|[^\W_{SIGNS}]+")
BEFORE, AFTER = rf"(?<![^\W_{SIGNS}])", rf"(?![^\W_{SIGNS}])"
LONGEST_WORD = 200  # more is a key or a code, and longer than PostgreSQL takes


def fold(text: str) -> list[str]:
    """The words of `text` in order, in lower case, without accents: "Née!" gives ["nee"]."""
    return [word[:LONGEST_WORD] for word in WORD.findall(_plain(text))]


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


@dataclass(frozen=True)
class Term:
    """One word or phrase that is looked for; the last word may stand for its beginning."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of a snippet; `hit` where it is what was looked for."""

    text: str
    hit: bool


def snippet(text: str, terms: Sequence[Term], *, width: int = 180) -> list[Piece]:
    """About `width` characters of `text` around the first hit, hits marked."""
    text = unicodedata.normalize("NFC", text)
    wanted = _pattern(tuple(terms))
    first = next(_hits(text, wanted), None)
    start = _word_start(text, max(0, first[0] - width // 3)) if first else 0
    pieces = list(_pieces(text[start : start + width], wanted))
    if start:
        pieces.insert(0, Piece("… ", False))
    if start + width < len(text):
        pieces.append(Piece(" …", False))
    return pieces


def _word_start(text: str, near: int) -> int:
    space = text.find(" ", near)
    return space + 1 if near and 0 <= space - near < 30 else near


def _pieces(text: str, wanted: re.Pattern[str] | None) -> Iterator[Piece]:
    done = 0
    for start, end in _hits(text, wanted):
        if start > done:
            yield Piece(text[done:start], False)
        yield Piece(text[start:end], True)
        done = end
    if done < len(text):
        yield Piece(text[done:], False)


@lru_cache(maxsize=16)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(_one(term) for term in terms)) if terms else None


def _one(term: Term) -> str:
    """What finds the term in folded text: its words, whole, with no other word between them."""
    joined = r"[\W_]*".join(_whole(word) for word in term.words)
    longer = term.prefix or len(term.words[-1]) == LONGEST_WORD
    return joined.removesuffix(AFTER) + f"[^\\W_{SIGNS}]*" if longer else joined


def _whole(word: str) -> str:
    return word if re.fullmatch(f"[{SIGNS}]", word) else BEFORE + word + AFTER


def _hits(text: str, wanted: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    if wanted is None:
        return
    plain, at = _aligned(text)
    done = 0
    for match in wanted.finditer(plain):
        start, end = at(match.start()), max(at(match.end()), at(match.end() - 1) + 1)
        if start >= done:  # one sign can hold two words, such as ¼
            yield start, end
            done = end


def _aligned(text: str) -> tuple[str, Callable[[int], int]]:
    """The folded text, and from a place in it the sign in `text` that it comes from."""
    if text.isascii():
        return text.lower(), int
    parts = [_plain(char) for char in text]
    starts = list(accumulate(map(len, parts), initial=0))
    return "".join(parts), lambda place: bisect_right(starts, place) - 1
