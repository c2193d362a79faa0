"""When lessons come back by FSRS, as docs/statistics/lessons.md tells it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from upswing.strategies.reviews import rules

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
USED, FORGOT, NO_HELP = rules.USED, rules.FORGOT, rules.NO_HELP


def gaps(*said: str) -> list[int]:
    """Days until it comes back: after it was taken, and after each answer on the day it is due."""
    at, card = NOW, rules.first_card(NOW)
    found = [_due(card, at)]
    for answer in said:
        at = datetime.fromisoformat(card["due"])
        card = rules.next_card(card, answer, at)
        found.append(_due(card, at))
    return found


def _due(card: dict[str, object], at: datetime) -> int:
    return (datetime.fromisoformat(str(card["due"])) - at).days


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ((USED,) * 5, [2, 11, 46, 163, 365, 365]),
        ((USED, USED, USED, FORGOT, USED, USED), [2, 11, 46, 163, 5, 12, 28]),
        ((NO_HELP,) * 4, [2, 8, 19, 36, 57]),
        ((FORGOT,) * 3, [2, 1, 1, 1]),
    ],
    ids=["used", "forgot once", "did not help", "forgot"],
)
def test_the_days_that_the_docs_tell(said: tuple[str, ...], days: list[int]) -> None:
    assert gaps(*said) == days
    assert gaps(*said) == days  # without any chance in it
