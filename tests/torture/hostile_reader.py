"""Reads mutated files with one importer, and tells what came of it; run by the tests.

`python hostile_reader.py SOURCE TIMES FOLDER` reads the samples in FOLDER/samples and prints JSON:
how many files gave rows or a sentence, everything that was neither, whatever was written anywhere,
the longest time and the most memory that it took.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

SECONDS, ADDRESSES = 10, 4 << 30
ON_THE_DISK = 5  # every fifth file is read from the disk, as the terminal does it
MOST_TOLD = 20
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
DOING = ("os.", "shutil.", "tempfile.", "subprocess.", "socket.", "ctypes.", "webbrowser.")
HARMLESS = ("os.listdir", "os.scandir", "os.walk", "os.fwalk", "socket.__new__")


class TooSlow(BaseException):
    """One file took more than ten seconds of the processor."""


class Watch:
    """Hears of every file that is opened for writing, and of all else done to the world.

    room: a folder in which whoever is watched may do as he likes.
    """

    def __init__(self, room: Path | None = None) -> None:
        self.on, self.heard, self.room = False, list[str](), room
        sys.addaudithook(self._hear)

    def _hear(self, event: str, about: tuple[Any, ...]) -> None:
        if not self.on or not (_opens_to_write(event, about) or _does(event, about)):
            return
        if self.room is None or not _all_within(self.room, _places(event, about)):
            self.heard.append(f"{event} {about}"[:300])


def _opens_to_write(event: str, about: tuple[Any, ...]) -> bool:
    """A number is of a file that was opened before, and heard of then."""
    return event == "open" and not isinstance(about[0], int) and bool(about[2] & WRITING)


def _does(event: str, about: tuple[Any, ...]) -> bool:
    if event == "sqlite3.connect":
        return about[0] != ":memory:" and "mode=ro" not in str(about[0])
    return event.startswith(DOING) and event not in HARMLESS


def _places(event: str, about: tuple[Any, ...]) -> list[str]:
    """The paths that an event is about; a relative one may be told with the folder it is in."""
    told = about[:1] if event == "open" else about
    names = [os.fsdecode(one) for one in told if isinstance(one, str | bytes | os.PathLike)]
    folder = about[-1] if event != "open" and isinstance(about[-1], int) else -1
    base = os.readlink(f"/proc/self/fd/{folder}") if folder >= 0 else os.getcwd()  # noqa: PTH109, PTH115
    return [os.path.normpath(os.path.join(base, name)) for name in names]  # noqa: PTH118


def _all_within(room: Path, places: list[str]) -> bool:
    return bool(places) and all(Path(place).is_relative_to(room) for place in places)


def too_slow(*_: object) -> None:
    raise TooSlow


def bound() -> None:
    """Let this process have no more than 4 GiB of addresses, and `one` an end."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    signal.signal(signal.SIGVTALRM, too_slow)


def nothing_yet() -> dict[str, Any]:
    """What is told before anything was read."""
    return {"read": 0, "refused": 0, "wrong": [], "slowest": 0.0}


def main(name: str, times: int, folder: Path) -> dict[str, object]:
    bound()
    from torture import hostile_samples

    samples, watch, told = hostile_samples.found(folder / "samples"), Watch(), nothing_yet()
    for number in range(times):
        sample, options = hostile_samples.mutant(samples, name, number)
        origin: bytes | Path = sample.data
        if number % ON_THE_DISK == 0:
            origin = folder / "work" / sample.name
            origin.write_bytes(sample.data)
        watch.on = True
        one(told, number, lambda: read(name, origin, sample.name, options))  # noqa: B023
        watch.on = False
    return told | {"done": watch.heard[:MOST_TOLD], "peak": peak()}


def one(told: dict[str, Any], number: int, work: Any, seconds: int = SECONDS) -> None:
    """Read one file, and count what came of it."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        told["read" if work() else "refused"] += 1
    except (Exception, TooSlow):
        told["wrong"].append((number, traceback.format_exc()[-1500:]))
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    told["slowest"] = max(told["slowest"], time.process_time() - began)


def read(name: str, origin: bytes | Path, file_name: str, options: Any) -> bool:
    from exchange.trying import read_or_refused

    return read_or_refused(name, origin, file_name, options)


def peak() -> int:
    """The most memory that this process ever had, in bytes; what it was forked from aside."""
    told = Path("/proc/self/status").read_text().partition("VmHWM:")[2]
    return int(told.split()[0]) * 1024


if __name__ == "__main__":
    import django

    import throwaway

    _home = throwaway.settle()
    django.setup()
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))))
