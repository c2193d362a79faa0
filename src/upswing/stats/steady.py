"""How steadily a few numbers rise or fall: Kendall's sign test of order, exact for small n. Pure.

docs/statistics/returned-factors.md says what it is for, and how often it is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from math import factorial


def lean(values: Sequence[float]) -> int:
    """Pairs of which the later is larger, less pairs of which it is smaller: Kendall's S."""
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


def chance(values: Sequence[float]) -> float:
    """How probable a lean so strong, to either side, is where every order is as likely: two-sided.

    Exact for values that all differ. Ties only take pairs away, so that with them it is rarer
    still.
    """
    n, strong = len(values), abs(lean(values))
    pairs = n * (n - 1) // 2
    if not strong:
        return 1.0
    beyond = sum(ways for down, ways in enumerate(_orders(n)) if abs(pairs - 2 * down) >= strong)
    return beyond / factorial(n)


@cache
def _orders(n: int) -> tuple[int, ...]:
    """How many orders of `n` things have 0, 1, 2 … pairs the wrong way round."""
    if n < 2:
        return (1,)
    fewer = _orders(n - 1)
    most = n * (n - 1) // 2
    return tuple(sum(fewer[max(0, down - n + 1) : down + 1]) for down in range(most + 1))
