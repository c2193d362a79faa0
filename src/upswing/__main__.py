"""The command `upswing`. The first word decides what is imported: capturing must be instant."""

from __future__ import annotations

import sys


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
    import os

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
    sys.exit(main())
