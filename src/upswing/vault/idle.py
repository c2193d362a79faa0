"""When has nobody used the vault for long enough. Pure: the clocks come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

SLEEP_SECONDS = 2.0


class Clocks(NamedTuple):
    """One look at three clocks, in seconds. `boot` goes on while the machine sleeps."""

    awake: float
    boot: float
    wall: float


@dataclass
class Idle:
    """Counts from the last use. The clock that says most time has passed is believed.

    So a wall clock that is set back does not extend the time, and one that is set forward, or a
    machine that slept, ends it early rather than late.
    """

    limit: float
    last: Clocks

    def touch(self, now: Clocks) -> None:
        self.last = now

    def left(self, now: Clocks) -> float:
        """Seconds until the vault locks itself; 0 or less when it should."""
        if self._slept(now):
            return 0.0
        return self.limit - max(new - old for new, old in zip(now, self.last, strict=True))

    def over(self, now: Clocks) -> bool:
        return self.left(now) <= 0

    def _slept(self, now: Clocks) -> bool:
        asleep = (now.boot - now.awake) - (self.last.boot - self.last.awake)
        return asleep > SLEEP_SECONDS
