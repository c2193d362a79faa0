"""The factors of a review as the tree that both doors show."""

from __future__ import annotations

from collections.abc import Sequence

from upswing.charts.tree import Bough, Leaf, Tree
from upswing.strategies.reviews import rules
from upswing.strategies.reviews.models import Factor

NAME = "What contributed"
COLUMNS = ("Control, 0 to 10", "Lasting", "Known then", "Sure, 0 to 100")
ORDER: tuple[rules.Control | None, ...] = ("mine", "influence", "outside", None)


def tree(factors: Sequence[Factor]) -> Tree:
    """A bough for each kind of control, the largest share first."""
    return Tree(
        NAME,
        tuple(
            Bough(hands or "unsaid", rules.CONTROL_WORDS[hands], _leaves(factors, hands))
            for hands in ORDER
        ),
        COLUMNS,
    )


def _leaves(factors: Sequence[Factor], hands: rules.Control | None) -> tuple[Leaf, ...]:
    own = [one for one in factors if rules.control(one.control) == hands]
    own.sort(key=lambda one: (-(one.share or 0), one.place))
    return tuple(Leaf(one.item.title, one.share, _cells(one)) for one in own)


def _cells(one: Factor) -> tuple[str, ...]:
    return (_said(one.control), _word(one.lasting), _word(one.known), _said(one.confidence))


def _said(value: int | None) -> str:
    return "–" if value is None else str(value)


def _word(value: str) -> str:
    return value or "–"
