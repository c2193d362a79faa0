"""Whether shares rise or fall: exact, and rarely wrong where nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations, product
from random import Random

import pytest

from upswing.stats import steady
from upswing.strategies.reviews import rules

SEED, RUNS = 20_261_125, 3000
NUMBERS = range(rules.FEWEST_FOR_A_TREND - 1, rules.MOST_FOR_A_TREND + 1)
SHARES: dict[str, Callable[[Random], int]] = {
    "all as likely": lambda random: random.randint(0, 100),
    "in tens": lambda random: 10 * random.randint(0, 10),
    "mostly small": lambda random: random.choice((5, 10, 10, 10, 20, 20, 30, 60)),
    "one of a few": lambda random: _one_of(random.randint(2, 6), random),
}


def _one_of(many: int, random: Random) -> int:
    weights = [random.random() for _ in range(many)]
    return round(100 * weights[0] / sum(weights))


def speaks(shares: list[int]) -> bool:
    said = rules.trend(shares)
    return "rose" in said or "fell" in said


def counted(n: int, strong: int) -> float:
    """By going through every order."""
    orders = [abs(steady.lean(order)) for order in permutations(range(n))]
    return sum(lean >= strong for lean in orders) / len(orders)


@pytest.mark.parametrize("n", range(1, 8))
def test_the_chance_is_that_of_all_orders(n: int) -> None:
    for order in permutations(range(min(n, 5))):
        assert steady.chance(order) == pytest.approx(counted(len(order), abs(steady.lean(order))))
    assert steady.chance(range(n)) == pytest.approx(counted(n, n * (n - 1) // 2))


@pytest.mark.parametrize(
    ("n", "smallest"),
    [(5, 10), (6, 13), (7, 15), (8, 18), (9, 20), (10, 23), (11, 27), (12, 30)],
)
def test_from_where_on_it_is_told_as_in_the_docs(n: int, smallest: int) -> None:
    leans = {abs(steady.lean(order)): order for order in _leaning(n)}
    told = [lean for lean, order in leans.items() if steady.chance(order) <= rules.BY_CHANCE]
    assert min(told) == smallest


def _leaning(n: int) -> Iterator[list[int]]:
    """Orders of every lean from the strongest on: one neighbour after the other is swapped."""
    order = list(range(n))
    yield list(order)
    for last in range(n - 1, 0, -1):
        for at in range(last):
            order[at], order[at + 1] = order[at + 1], order[at]
            yield list(order)


def test_ties_lean_to_neither_side() -> None:
    assert steady.lean([3, 3, 3]) == 0
    assert steady.chance([3, 3, 3]) == 1
    assert steady.lean([1, 2, 2]) == 2
    assert steady.chance([]) == 1


@pytest.mark.parametrize("values", list(product((0, 1, 2), repeat=5))[::7])
def test_with_ties_it_is_rarer_still(values: tuple[int, ...]) -> None:
    """The true chance among the orders of these very values is no more than what is told."""
    if steady.chance(values) > rules.BY_CHANCE:
        return
    strong = abs(steady.lean(values))
    leans = [abs(steady.lean(order)) for order in permutations(values)]
    assert sum(lean >= strong for lean in leans) / len(leans) <= rules.BY_CHANCE


@pytest.mark.parametrize("kind", SHARES)
@pytest.mark.parametrize("n", NUMBERS)
def test_where_nothing_changes_it_rarely_speaks(n: int, kind: str) -> None:
    """At most 5 in 100, and two standard errors of this simulation."""
    random = Random(f"{SEED} {n} {kind}")
    wrong = sum(speaks([SHARES[kind](random) for _ in range(n)]) for _ in range(RUNS)) / RUNS
    print(f"{kind}, n = {n}: {wrong:.3f}")
    assert wrong <= rules.BY_CHANCE + 2 * (0.05 * 0.95 / RUNS) ** 0.5
    assert n >= rules.FEWEST_FOR_A_TREND or wrong == 0


def test_a_clear_rise_is_seen_more_often_the_more_reviews_there_are() -> None:
    random = Random(SEED)
    seen = []
    for n in (5, 8, 12):
        rises = (
            [30 + 60 * at / (n - 1) + random.gauss(0, 15) for at in range(n)] for _ in range(500)
        )
        seen.append(sum(speaks([round(share) for share in rise]) for rise in rises) / 500)
    assert seen == sorted(seen)
    assert seen[0] < 0.4
    assert seen[-1] > 0.85
