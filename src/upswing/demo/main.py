"""`upswing demo`: a throw-away vault with a made-up year, opened in the browser, then removed."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

from upswing.demo.days import HOME, LENGTH
from upswing.vault.errors import VaultError

if TYPE_CHECKING:
    from upswing.demo.year import Counts

DONE, SAID_NO = 0, 1
# None of the person's own settings may reach the demo, or it could write into their record.
OWN_SETTINGS = ("UPSWING_HOME", "UPSWING_RUNTIME", "UPSWING_DATABASE", "UPSWING_BACKUPS")


def main(argv: Sequence[str]) -> int:
    """Make the vault, fill it, serve it, remove it. Returns the exit code."""
    asked = _parser().parse_args(argv)
    kept = asked.keep.expanduser().absolute() if asked.keep else None
    if kept is not None and kept.exists() and (not kept.is_dir() or any(kept.iterdir())):
        print(f"{kept} is not empty. Name a new folder for the demo.", file=sys.stderr)
        return SAID_NO
    with _stopped_politely(), _folder(kept) as folder:
        return _show(folder, asked, kept=kept is not None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="upswing demo",
        description="Look at a made-up year in a throw-away vault. Your own vault stays untouched.",
    )
    parser.add_argument("--seed", type=int, default=1, help="another number, another year (1)")
    parser.add_argument("--days", type=int, default=LENGTH, help="only the newest days of the year")
    parser.add_argument("--no-browser", action="store_true", help="print the address instead")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="make it in DIR and leave it there"
    )
    parser.add_argument("--fill-only", action="store_true", help="make and fill it, do not serve")
    return parser


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """A folder of mode 0700, removed at the end unless it is `kept`."""
    if kept is not None:
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.chmod(0o700)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="upswing-demo-") as name:
        yield Path(name)
        print("The throw-away vault is removed.")


@contextmanager
def _stopped_politely() -> Iterator[None]:
    """Let a closed terminal or a plain kill end as Ctrl-C does, so that the folder is removed."""
    asked = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _interrupt) for number in asked}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _show(folder: Path, asked: argparse.Namespace, *, kept: bool) -> int:
    settings = _settle(folder)
    print(f"This is a throw-away demo: a made-up year in {folder}, encrypted, with no passphrase.")
    print("It stays there." if kept else "Everything in it is removed when you stop it.")
    try:
        _make(asked)
        if kept:
            print(f"To open it again: UPSWING_HOME={settings['UPSWING_HOME']} upswing serve")
        return DONE if asked.fill_only else _serve(asked)
    except KeyboardInterrupt:
        print()
        return DONE
    except VaultError as error:
        print(error, file=sys.stderr)
        return SAID_NO
    finally:
        _lock()


def _settle(folder: Path) -> dict[str, str]:
    """Point this process, and what it starts, at `folder` alone."""
    for name in OWN_SETTINGS:
        os.environ.pop(name, None)
    settings = {"UPSWING_HOME": str(folder / "home"), "UPSWING_RUNTIME": str(folder / "run")}
    os.environ.update(settings)
    return settings


def _make(asked: argparse.Namespace) -> None:
    """Create the vault and live the year in it."""
    from upswing import solo
    from upswing.vault import held, lifecycle

    begin = perf_counter()
    owner = solo.open_record(lifecycle.create(solo.paths(), passphrase=None))

    from django.db import connection  # from here on Django knows its settings

    from upswing.accounts.actions import change_settings
    from upswing.demo.year import fill

    change_settings(owner=owner, zone=HOME, country="", theme="")

    today = datetime.now(ZoneInfo(HOME)).date()  # noqa: TID251 - this command is a door
    counts = fill(owner=owner, today=today, seed=asked.seed, days=asked.days, progress=_progress)
    connection.close()
    held.let_go()
    print(_summary(counts, perf_counter() - begin))


def _progress(done: int, total: int) -> None:
    """One line that counts up; silent where the output is not a terminal."""
    if sys.stdout.isatty() and (done % 10 == 0 or done == total):
        end = "\r\033[K" if done == total else ""
        print(f"\rWriting the year: {100 * done // total} %{end}", end="", flush=True)


def _summary(counts: Counts, seconds: float) -> str:
    return (
        f"{counts.setbacks} setbacks, {counts.entries} entries, {counts.check_ins} check-ins, "
        f"{counts.notes} notes, {counts.exercises} exercises, {counts.lessons} lessons, "
        f"{counts.people} people, in {seconds:.0f} s."
    )


def _serve(asked: argparse.Namespace) -> int:
    """Run `upswing serve` on the throw-away vault until it ends."""
    command = [sys.executable, "-m", "upswing", "serve"]
    command += ["--no-browser"] if asked.no_browser else []
    server = subprocess.Popen(command)  # noqa: S603 - our own program
    try:
        return server.wait()
    except KeyboardInterrupt:
        _end(server)
        raise


def _end(server: subprocess.Popen[bytes]) -> None:
    """Ctrl-C reaches the server too; a plain kill reaches only us."""
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _lock() -> None:
    """End the worker that holds the demo's key, before its folder goes."""
    from upswing import solo
    from upswing.vault import keeper

    keeper.lock(solo.paths())
