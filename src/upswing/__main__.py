"""The command `upswing`. The first word decides what is imported: capturing must be instant."""

from __future__ import annotations

import gc
import os
import sys


def command() -> None:
    """`main` as a process of its own, which ends with it."""
    if sys.argv[1:2] and sys.argv[1] in DOORS:
        sys.exit(main())
    gc.disable()  # what is imported now stays; `cli.main` turns it on again before a word begins
    _leave(main())


def _leave(code: int) -> None:
    """End without taking everything apart first, which is a quarter of a short command."""
    if "django.db" in sys.modules:
        from django.db import connections

        connections.close_all()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    os._exit(code)


def main() -> int:
    """Do what `sys.argv` says and return the exit code: 0 done, 1 a rule said no, 2 usage."""
    word, *rest = sys.argv[1:] or [""]
    door = DOORS.get(word)
    return door(rest) if door else _terminal(sys.argv[1:])


def _log(argv: list[str]) -> int:
    return _capture(["log", *argv])


def _check_in(argv: list[str]) -> int:
    return _capture(["checkin", *argv])


def _capture(argv: list[str]) -> int:
    from upswing.vault import capture

    return capture.main(argv, os.environ, sys.stdin, sys.stdout, sys.stderr)


def _help_now(argv: list[str]) -> int:
    from upswing.care import help_now

    return help_now.main(argv, sys.stdout)


def _serve(argv: list[str]) -> int:
    from upswing.web import supervisor

    return supervisor.main(argv)


def _demo(argv: list[str]) -> int:
    from upswing.demo.main import main as demo

    return demo(argv)


def _terminal(argv: list[str]) -> int:
    from upswing.cli.main import run

    return run(argv)


DOORS = {
    "log": _log,
    "checkin": _check_in,
    "help-now": _help_now,
    "serve": _serve,
    "demo": _demo,
}

if __name__ == "__main__":
    command()
