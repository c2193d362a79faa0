"""CPU time (user and system) of processes that have ended, and pairs of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Pair:
    """Medians in CPU seconds, and the median of the ratios round by round."""

    ours: float
    reference: float
    ratio: float


def of(command: Sequence[str], environ: Mapping[str, str]) -> float:
    """CPU seconds of one run of `command`. Raises RuntimeError where it does not end well."""
    process = subprocess.Popen(
        command,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    complaint = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {complaint}")
    return usage.ru_utime + usage.ru_stime


def paired(
    rounds: int, ours: Callable[[], float], reference: Callable[[], float], *, warm: bool = True
) -> Pair:
    """Both in turn, who begins changing each round; `warm`: with one round before that is lost."""
    rows = [_both(ours, reference, turned=bool(at % 2)) for at in range(-warm, rounds)]
    told = rows[int(warm) :]
    return Pair(
        ours=median(mine for mine, _ in told),
        reference=median(other for _, other in told),
        ratio=median(mine / other for mine, other in told),
    )


def _both(
    ours: Callable[[], float], reference: Callable[[], float], *, turned: bool
) -> tuple[float, float]:
    if turned:
        other = reference()
        return ours(), other
    return ours(), reference()
