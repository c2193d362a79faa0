"""How a command ends: done, a rule said no, or not understood. One sentence, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from upswing.cli import heard

DONE, SAID_NO, USAGE = 0, 1, 2


def settings() -> dict[str, Any]:
    """How click is to run: it hands errors back, and keeps colour out where it is not wanted."""
    colour = False if os.environ.get("NO_COLOR") else None
    return {"prog_name": "upswing", "standalone_mode": False, "color": colour}


def code_of(work: Callable[[], object]) -> int:
    """Run `work`; say in one sentence why it did not end well; return the exit code."""
    _speak_leniently()
    try:
        ended = work()
        sys.stdout.flush()
        return ended if isinstance(ended, int) else DONE
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.UsageError as error:
        return _say(_usage(error), USAGE)
    except click.Abort:
        return _say("\nStopped.", SAID_NO)
    except BrokenPipeError:
        return _reader_left()
    except Exception as error:
        if (sentence := sentence_for(error)) is None:
            raise
        _give_back(error)
        return _say(sentence, SAID_NO)


def _speak_leniently() -> None:
    """A letter that the terminal cannot show becomes a mark; it does not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _say(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "upswing"
    return f"{error.format_message()} Try: {path} --help"


def _reader_left() -> int:
    """`upswing timeline | head`: the rest has no reader, which is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def sentence_for(error: Exception) -> str | None:
    """The sentence for the person, or None where the error is a fault of Upswing itself."""
    from upswing.config import ConfigError
    from upswing.errors import RuleError
    from upswing.exchange.rows import ImportProblem
    from upswing.record import trouble
    from upswing.vault.errors import VaultError

    if isinstance(error, RuleError | VaultError | ConfigError | ImportProblem):
        return str(error)
    if isinstance(error, OSError):
        named = f"{error.filename or 'The system'}: {(error.strerror or str(error)).lower()}."
        return named if error.filename else trouble.sentence(error) or named
    # Asked of the loaded modules: a command that never opened the record has no such error.
    engine = sys.modules.get("django.db.utils")
    if engine and isinstance(error, engine.DatabaseError):
        return trouble.sentence(error) or f"The vault could not be read or written: {error}."
    return None


def _give_back(error: Exception) -> None:
    """After a no of the disk, the database or the vault, what was typed is shown again.

    A rule that says no says it of a text which can still be seen.
    """
    from upswing.errors import RuleError

    if not isinstance(error, RuleError):
        heard.give_back()
