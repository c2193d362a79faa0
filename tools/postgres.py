"""Run a command beside a throw-away PostgreSQL: `tools/postgres.py pytest -q`.

The command finds the server in UPSWING_DATABASE. Server and data are gone when the command ends,
however it ends.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import needs

# No locale: what leans on the collation of one server would not hold on the next.
INITDB = ("--username=upswing", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")


def main(command: list[str]) -> int:
    """Run `command` beside a server; return its exit code."""
    for stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, lambda number, _frame: sys.exit(128 + number))
    with server() as address:
        environment = {**os.environ, "UPSWING_DATABASE": address}
        return subprocess.run(command, env=environment, check=False).returncode


@contextmanager
def server() -> Iterator[str]:
    """A fresh server on a Unix socket in a temporary folder; gives its address."""
    programs = needs.server_programs()
    if programs is None:
        sys.exit("PostgreSQL's server programs are not here; `make test` installs them.")
    folder = Path(tempfile.mkdtemp(prefix="upswing-pg-"))
    try:
        shutil.chown(folder, user=unprivileged())
        run(programs / "initdb", *INITDB, f"--pgdata={folder / 'data'}", folder=folder)
        with running(programs / "pg_ctl", folder):
            yield f"postgresql://upswing@{quote(str(folder), safe='')}/upswing"
    finally:
        shutil.rmtree(folder)


@contextmanager
def running(pg_ctl: Path, folder: Path) -> Iterator[None]:
    """Start the server of `folder` and stop it in the end."""
    settings = (*SETTINGS, f"unix_socket_directories={folder}")
    options = " ".join(f"-c {setting}" for setting in settings)
    data = f"--pgdata={folder / 'data'}"
    log = f"--log={folder / 'log'}"
    run(pg_ctl, "start", "--wait", data, log, f"--options={options}", folder=folder)
    try:
        yield
    finally:
        run(pg_ctl, "stop", "--wait", "--mode=fast", data, folder=folder)


def run(*command: str | Path, folder: Path) -> None:
    """Run one of PostgreSQL's programs quietly; on failure show all it said and exit."""
    output = folder / "output"
    with output.open("w") as sink:
        done = subprocess.run(
            command, cwd=folder, user=unprivileged(), stdout=sink, stderr=sink, check=False
        )
    if done.returncode:
        log = folder / "log"
        sys.exit(output.read_text() + (log.read_text() if log.exists() else ""))


def unprivileged() -> int:
    """The user id to run the server as; PostgreSQL refuses to run as root."""
    if os.getuid():
        return os.getuid()
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return known.get("postgres", known["nobody"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
