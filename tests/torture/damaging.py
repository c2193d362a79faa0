"""Files as a bad disk, or a write that was not finished, leaves them; again from a seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

HEADER, FRAME_HEADER, PAGE = 32, 24, 4096  # bytes, in a write-ahead log
LONGEST = 10_000  # bytes of a stretch
AT_THE_START = 0.05  # of the logs are hit in their own header


def bits(data: bytes, tried: int, chance: Random) -> list[int]:
    """So many different bits of `data`, by their numbers."""
    return chance.sample(range(8 * len(data)), tried)


def turned(data: bytes, bit: int) -> bytes:
    """`data` with one bit turned."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


# --- Write-ahead logs ----------------------------------------------------------------------------


def ends_of_commits(log: bytes) -> list[int]:
    """Where each commit of a log ends, as its frames say; what is left of an older log is none.

    A frame is of this log where it has the log's salt, and ends a commit where it names a size.
    """
    ends, at, salt = [], HEADER, log[16:24]
    while at < len(log) and log[at + 8 : at + 16] == salt:
        is_last = any(log[at + 4 : at + 8])
        at += FRAME_HEADER + PAGE
        if is_last:
            ends.append(at)
    return ends


def damaged_log(log: bytes, chance: Random) -> tuple[bytes, int]:
    """A log that was cut or garbled, and the place before which it is as it was."""
    at = chance.randrange(HEADER if chance.random() < AT_THE_START else len(log))
    return chance.choice(WAYS)(log, at, chance), at


def _cut(log: bytes, at: int, chance: Random) -> bytes:
    return log[:at]


def _one_bit(log: bytes, at: int, chance: Random) -> bytes:
    return turned(log, 8 * at + chance.randrange(8))


def _garbled(log: bytes, at: int, chance: Random) -> bytes:
    return _with(log, at, chance.randbytes(chance.randint(1, LONGEST)))


def _blank(log: bytes, at: int, chance: Random) -> bytes:
    """What was never written to the disk reads as zeros: a stretch, or all that follows."""
    return _with(log, at, bytes(chance.choice((chance.randint(1, LONGEST), len(log)))))


def _from_elsewhere(log: bytes, at: int, chance: Random) -> bytes:
    """Bytes that are good ones, but of another place."""
    other = chance.randrange(len(log))
    return _with(log, at, log[other : other + chance.randint(1, LONGEST)])


def _with(log: bytes, at: int, fresh: bytes) -> bytes:
    return (log[:at] + fresh + log[at + len(fresh) :])[: len(log)]


WAYS: tuple[Callable[[bytes, int, Random], bytes], ...] = (
    _cut, _cut, _one_bit, _garbled, _blank, _from_elsewhere
)  # fmt: skip
