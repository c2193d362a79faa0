"""Fixtures that every room's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings

import throwaway
from upswing.accounts.actions import make_owner
from upswing.accounts.models import User

# A busy machine must not turn a sound test red, and nothing is kept between runs. The examples are
# the same at every run; `--hypothesis-profile=wander` looks for others.
settings.register_profile(
    "wander", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("upswing", settings.get_profile("wander"), derandomize=True)
settings.load_profile("upswing")


@pytest.fixture(autouse=True)
def _held_key() -> Iterator[None]:
    """Hold the key again after a test that let it go."""
    yield
    throwaway.hold_key()


@pytest.fixture
def now() -> datetime:
    """Sunday 22 November 2026, 18:00 UTC; 19:00 in Berlin, where `owner` lives."""
    return datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
def owner(db: None, now: datetime) -> User:
    """The one person of the vault."""
    return make_owner(zone="Europe/Berlin", now=now)


@pytest.fixture
def stranger(db: None, now: datetime) -> User:
    """Somebody else, to whom everything of `owner` must look as if it were not there."""
    return make_owner(zone="America/New_York", now=now, username="stranger")
