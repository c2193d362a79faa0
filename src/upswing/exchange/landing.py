"""An export on the disk: whole or not at all, for its owner only, and never over something else."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from upswing.errors import RuleError
from upswing.exchange.members import Exporter, Order
from upswing.exchange.zipping import zipped

FILE_MODE, FOLDER_MODE = 0o600, 0o700
THERE = "{path} is there already, and stays as it is. Choose another place with --to."
NO_FOLDER = "There is no folder {path}."
ZIP = ".zip"


def place(exporter: Exporter, order: Order, to: Path | None) -> Path:
    """Where the export goes: `to`, or under its own name in the folder `to` or this one.

    Raises RuleError where something is there already, or the folder around it is not.
    """
    own = exporter.file_name(order) + ("" if exporter.folder else ZIP)
    path = to / own if to and to.is_dir() else to or Path(own)
    if not path.absolute().parent.is_dir():
        raise RuleError("to", NO_FOLDER.format(path=path.absolute().parent))
    _refuse_to_overwrite(path)
    return path


def _refuse_to_overwrite(path: Path) -> None:
    if os.path.lexists(path):
        raise RuleError("to", THERE.format(path=path))


def land(exporter: Exporter, order: Order, path: Path) -> int:
    """Write the export to `path`, a folder unless it ends with .zip; the bytes that it takes.

    Raises RuleError as `place` does, OSError where the disk refuses.
    """
    as_zip = not exporter.folder or path.suffix.lower() == ZIP
    with closing(exporter.taken(order)) as members, _beside(path) as fresh:
        if as_zip:
            size = _write(fresh, zipped(members, made=order.here))
            _sync(fresh)
        else:
            fresh.mkdir(FOLDER_MODE)
            size = sum(_write(_inside(fresh, each.name), each.pieces) for each in members)
            os.sync()  # once, because there may be thousands of files
    return size


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A name beside `path` that takes its place in the end, or goes."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        yield fresh
        _refuse_to_overwrite(path)
        fresh.rename(path)
        _sync(path.absolute().parent)
    finally:
        if fresh.is_dir():
            shutil.rmtree(fresh)
        fresh.unlink(missing_ok=True)


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
    return path


def _write(path: Path, pieces: Iterable[bytes]) -> int:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        return sum(file.write(piece) for piece in pieces)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
