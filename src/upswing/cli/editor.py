"""Writing in the person's own editor: on a file in memory, for them alone, wiped afterwards."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from upswing.cli import heard
from upswing.errors import RuleError
from upswing.vault import files

MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory; the folder in it is private
WARNING = (
    "An editor may keep swap, backup or undo files of its own, where Upswing cannot wipe them. "
    "See: upswing edit --help"
)


def edited(text: str) -> str:
    """`text` after the person has changed it. Raises RuleError where no editor runs."""
    click.echo(WARNING, err=True)
    with _private_file() as path:
        path.write_text(text, encoding="utf-8")
        _run(path)
        return heard.keep(_read(path).rstrip())


@contextmanager
def _private_file() -> Iterator[Path]:
    """A file 0600 in a new folder 0700; afterwards both are gone, and what an editor left there."""
    folder = Path(tempfile.mkdtemp(prefix="upswing-", dir=_place()))
    path = folder / "text.md"
    path.touch(0o600)
    try:
        yield path
    finally:
        for left in folder.iterdir():
            _wipe(left)
        shutil.rmtree(folder)


def _place() -> Path:
    """Memory, or where there is none the folder that ends with the session."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        return MEMORY
    from upswing import solo

    runtime = solo.paths().runtime
    files.make_folder(runtime)
    return runtime


def _wipe(path: Path) -> None:
    """Overwrite a file with noise before it goes; on a disk in memory that is enough."""
    if path.is_file() and not path.is_symlink():
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())


def _run(path: Path) -> None:
    words = shlex.split(_name())
    try:
        done = subprocess.run([*words, str(path)], check=False)  # noqa: S603 - the person's own editor
    except OSError:
        raise RuleError("body", f"The editor “{words[0]}” does not start. Set EDITOR.") from None
    if done.returncode:
        raise RuleError("body", "The editor ended with an error, so nothing was changed.")


def _name() -> str:
    for variable in ("VISUAL", "EDITOR"):
        if chosen := os.environ.get(variable, "").strip():
            return chosen
    found = next(filter(shutil.which, ("sensible-editor", "nano", "vim", "vi")), None)
    if found is None:
        raise RuleError("body", "No editor was found. Set EDITOR to the one that you like.")
    return found


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RuleError("body", "This text is not valid UTF-8, so it cannot be kept.") from None
