"""Made-up words that occur as words do: a few in every text, most of them hardly ever (Zipf)."""

from __future__ import annotations

from bisect import bisect
from functools import cache
from itertools import accumulate
from random import Random

VOCABULARY = 20_000
SYLLABLES = tuple(first + second for first in "bdfghklmnprstvwz" for second in "aeiou")
SPREAD = 7919  # a prime: neighbours in rank do not begin alike
# By rank: a word of every other entry, of one in fifty, of one in some thousands.
FREQUENT, MIDDLING, RARE = 10, 300, 12_000


@cache
def word(rank: int) -> str:
    """The word of that rank; the more common, the shorter: "no", "kaso", "diwela"."""
    length, span, left = 1, len(SYLLABLES), rank
    while left >= span:
        left, length, span = left - span, length + 1, span * len(SYLLABLES)
    left = left * SPREAD % span
    parts = []
    for _ in range(length):
        left, at = divmod(left, len(SYLLABLES))
        parts.append(SYLLABLES[at])
    return "".join(parts)


@cache
def _shares() -> list[float]:
    return list(accumulate(1 / (rank + 2.7) ** 1.07 for rank in range(VOCABULARY)))


def draw(random: Random, count: int) -> list[str]:
    """`count` words as they come."""
    shares = _shares()
    return [word(bisect(shares, random.random() * shares[-1])) for _ in range(count)]


def prose(random: Random, count: int) -> str:
    """Sentences of `count` words in all."""
    found = draw(random, count)
    sentences = [found[at : at + 12] for at in range(0, count, 12)]
    return " ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences)
