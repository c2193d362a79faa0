"""Hands mutated backups to `upswing backup verify` and `restore`, and tells what came of it.

`python hostile_backup_reader.py FOLDER TIMES` prints JSON as `hostile_reader` does. TIMES 0: no
mutated ones, but those of which each asks for as much memory and time as it can get.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from torture import mutating_backups
from torture.hostile_reader import MOST_TOLD, SECONDS, Watch, bound, nothing_yet, one, peak
from torture.mutating_backups import Opened
from upswing.record import schema
from upswing.vault import lifecycle
from upswing.vault.backup import writing
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import CEILING, MOST_PASSES, Argon2
from vault.recording import fill

CHEAP = Argon2(memory=8 * 1024, passes=1, lanes=1)
PASSPHRASE, OTHER = "quiet river at dawn", "some other words"
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
LONG = 600  # seconds; what the dearest ones take is told, and judged by the test
NAME = "upswing-2026-11-22T1800Z.upswing"
WHOLE = {"vault.db", "vault.json", "inbox"}
# The most that is let through, by memory, passes and lanes; then a little and far too much.
DEAREST: tuple[tuple[int, int, int], ...] = (
    (CEILING, MOST_PASSES, 16), (CEILING + 1, 1, 1), (CEILING, MOST_PASSES + 1, 1), (8192, 1, 17),
    (8192, 1, 1 << 24),
    (100_000_000, 10, 16), (8192, 1 << 32, 1), (1 << 63, 1 << 63, 1 << 63),
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A sound backup, the secrets of which each opens it, and the home of whoever reads it."""

    whole: Opened
    secrets: tuple[str, ...]
    home: Path


def samples(room: Path) -> list[Sample]:
    """One with a passphrase and a sheet on a new machine; one with each kind of vault at home."""
    new, own, device = (VaultPaths(room / name, room / "run") for name in ("a", "b", "c"))
    key = lifecycle.create(new, passphrase=PASSPHRASE, cost=CHEAP)
    code = lifecycle.new_recovery_code()
    lifecycle.confirm_recovery(new, key, code, {1: code.groups[0], 2: code.groups[1]})
    return [
        Sample(_backed_up(new, key), (PASSPHRASE, code.text), room / "nobody"),
        Sample(
            _backed_up(own, lifecycle.create(own, passphrase=PASSPHRASE, cost=CHEAP)),
            (PASSPHRASE,),
            own.home,
        ),
        Sample(_backed_up(device, lifecycle.create(device, passphrase=None)), ("x",), device.home),
    ]


def _backed_up(paths: VaultPaths, key: Any) -> Opened:
    fill(paths, key, rows=8, schema=schema.code_version())
    made = writing.create(paths, key, now=NOW).path
    return mutating_backups.opened(made.read_bytes(), key)


@dataclass(frozen=True)
class Try:
    """A file, what is typed, and whether it is brought back or only verified.

    within: it was made by somebody who has its key.
    """

    sample: Sample
    data: bytes
    secret: str
    back: bool = False
    within: bool = True


def mutated(found: list[Sample], times: int) -> Iterator[Try]:
    """So many changed ones, most with a secret that opened the sound one."""
    for number in range(times):
        chance = Random(f"backup {number}")
        sample = found[number % len(found)]
        data, within = mutating_backups.mutant(sample.whole, chance)
        secret = chance.choice((*sample.secrets * 3, OTHER))
        yield Try(sample, data, secret, chance.random() < 0.5, within)


def dear(found: list[Sample]) -> Iterator[Try]:
    for cost in DEAREST:
        asked = dict(zip(mutating_backups.COST_FIELDS, cost, strict=True))
        yield Try(found[0], mutating_backups.asking(found[0].whole, asked), PASSPHRASE)


def sound(found: list[Sample]) -> Iterator[Try]:
    for sample in found:
        for secret in sample.secrets:
            for back in (False, True):
                yield Try(sample, sample.whole.data, secret, back, within=False)


def read(room: Path, this: Try) -> bool:
    """Whether it is taken. Whoever has not got its key cannot have made one that is."""
    to = room / "to"
    words = (
        ["restore", str(room / NAME), "--to", str(to)]
        if this.back
        else ["verify", str(room / NAME)]
    )
    taken = _command(words, this.secret)
    assert not taken or this.within or this.data == this.sample.whole.data, "a changed one"
    if taken and this.back:
        left = {path.name for path in to.iterdir()} - {"device.key"}
        assert left == WHOLE, left
        shutil.rmtree(to)
    return taken


def _command(words: list[str], secret: str) -> bool:
    """Whether `upswing backup WORDS…` ends well; a no is one sentence and nothing more."""
    from upswing.cli.main import run

    out, err = io.StringIO(), io.StringIO()
    sys.stdin = io.StringIO(f"{secret}\n")
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["backup", *words])
    said = err.getvalue()
    sentence = said.endswith(".\n") and said.count("\n") == 1 and not out.getvalue()
    assert code == 0 or (code == 1 and sentence), (code, said, out.getvalue())
    return code == 0


def main(folder: Path, times: int) -> dict[str, Any]:
    bound()
    room = folder / "work"
    os.environ["UPSWING_RUNTIME"] = str(room / "run")  # where nobody holds a key
    found, watch, told, left = samples(room), Watch(room), nothing_yet(), list[str]()
    for this in sound(found):
        _lay(room, this)
        assert read(room, this)
    _try_the_watch(watch, folder)
    before = set(_tree(folder))
    for number, this in enumerate(mutated(found, times) if times else dear(found)):
        _lay(room, this)
        watch.on = True
        one(told, number, partial(read, room, this), SECONDS if times else LONG)
        watch.on = False
        left += [path for path, _ in before.symmetric_difference(_tree(folder))]
    return told | {"done": watch.heard[:MOST_TOLD], "left": left[:MOST_TOLD], "peak": peak()}


def _try_the_watch(watch: Watch, folder: Path) -> None:
    """It has to hear of what is done outside of the room, else it would find nothing."""
    watch.on = True
    for place in (folder / "work", folder / "elsewhere"):
        (place / "new").mkdir()
        (place / "new" / "file").write_text("x")
        shutil.rmtree(place / "new")
    watch.on = False
    assert len(watch.heard) == 5, watch.heard  # made, written, and three times removed
    watch.heard.clear()


def _lay(room: Path, this: Try) -> None:
    (room / NAME).write_bytes(this.data)
    os.environ["UPSWING_HOME"] = str(this.sample.home)


def _tree(folder: str | Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Every file and folder but the one that is read, and of files whether they are as before."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield entry.path, ()
            yield from _tree(entry.path)
        elif entry.name != NAME:
            status = entry.stat(follow_symlinks=False)
            yield entry.path, (status.st_size, status.st_mtime_ns, status.st_mode)


if __name__ == "__main__":
    import throwaway

    _home = throwaway.settle()
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
