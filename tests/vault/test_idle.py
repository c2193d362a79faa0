"""When the vault locks itself: three clocks, and the one that says most time has passed wins."""

from __future__ import annotations

from upswing.vault.idle import Clocks, Idle

START = Clocks(awake=100.0, boot=500.0, wall=1_000_000.0)


def later(awake: float, boot: float | None = None, wall: float | None = None) -> Clocks:
    """The clocks some seconds after START; where not told, all alike."""
    return Clocks(
        START.awake + awake,
        START.boot + (awake if boot is None else boot),
        START.wall + (awake if wall is None else wall),
    )


def idle() -> Idle:
    return Idle(limit=600.0, last=START)


def test_it_is_over_at_the_limit_and_not_before() -> None:
    assert idle().left(later(1)) == 599
    assert not idle().over(later(599.9))
    assert idle().over(later(600))


def test_use_begins_the_time_anew() -> None:
    counted = idle()
    counted.touch(later(590))
    assert not counted.over(later(1189))
    assert counted.over(later(1190))


def test_a_wall_clock_set_back_does_not_extend_it() -> None:
    assert idle().left(later(599, wall=-86_400)) == 1
    assert idle().over(later(600, wall=-86_400))


def test_a_wall_clock_set_forward_ends_it() -> None:
    assert idle().over(later(1, wall=3600))


def test_time_asleep_counts() -> None:
    assert idle().over(later(1, boot=700, wall=700))


def test_any_sleep_locks_at_once() -> None:
    assert idle().over(later(10, boot=15))


def test_clocks_that_drift_apart_a_little_are_no_sleep() -> None:
    assert not idle().over(later(10, boot=10.5, wall=9.5))


def test_awake_time_counts_where_the_others_stand_still() -> None:
    assert idle().over(later(600, boot=599, wall=0))
