"""The terminal words `log` and `checkin`: read, seal, done. Locked or not; the vault stays shut.

This is the path that must stay light (it is measured), so arguments are read by hand and nothing
is imported that a plain line does not need.
"""

from __future__ import annotations

import json
import os
import time

from upswing import places
from upswing.care import hints
from upswing.vault import asking, names
from upswing.vault.arguments import HELP, Given, UsageError, read_arguments
from upswing.vault.errors import NoVault, VaultError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130
LEEWAY_SECONDS = 60
NO_VAULT = "There is no vault yet. Make one with `upswing serve` or `upswing vault create`."

GIVEN_BACK = "This could not be kept. Here it is again, so that it is not lost:\n\n{}\n\n"

NOTHING = {
    "log": "There is no text to keep.",
    "checkin": "A check-in needs a number from 1 to 10, a feeling word or a line of text.",
}


class InboxPlaces:
    """Where a line is sealed to."""

    def __init__(self, home: str) -> None:
        self.header = f"{home}/{names.HEADER}"
        self.inbox = f"{home}/{names.INBOX}"


def main(
    argv: list[str],
    environ: Mapping[str, str],
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
) -> int:
    """Run `argv` (the word first). Gives 0 for done, 1 for refused, 2 for not understood."""
    try:
        given = read_arguments(argv[0], argv[1:])
        if given is None:
            stdout.write(HELP[argv[0]])
            return DONE
        return _keep(given, environ, stdin, stdout, stderr)
    except UsageError as error:
        stderr.write(f"{error}\n")
        return USAGE
    except VaultError as error:
        stderr.write(f"{error}\n")
        return REFUSED
    except OSError as error:
        stderr.write(f"The line could not be kept: {error.strerror}.\n")
        return REFUSED
    except KeyboardInterrupt:
        stderr.write("\nNothing was kept.\n")
        return INTERRUPTED


def _keep(
    given: Given, environ: Mapping[str, str], stdin: TextIO, stdout: TextIO, stderr: TextIO
) -> int:
    to = InboxPlaces(places.home(environ))
    if not os.path.exists(to.header):  # noqa: PTH110 - pathlib is dear here
        raise NoVault(NO_VAULT)  # before anybody types a long text in vain
    zone = places.zone_name(environ)
    moment = _moment(given.words.get("at"), zone)
    from_stdin = not given.text  # words of the command line can still be seen there
    _complete(given, stdin, stdout)
    if not given.says_something():
        stdout.write("Nothing was written, so nothing was kept.\n")
        return DONE
    payload = _payload(given, moment, zone)
    from upswing.vault.seal import seal_line  # the dear part; refusals above need not pay for it

    try:
        seal_line(to, payload)
    except (VaultError, OSError):
        _give_back(given.text if from_stdin else "", stderr)
        raise
    stdout.write("Kept, sealed. It is there when you next open Upswing.\n")
    _beside(given.text, environ, stdout)
    return DONE


def _beside(text: str, environ: Mapping[str, str], stdout: TextIO) -> None:
    """Help, where the words may mean more than they say. Nothing of it is noted."""
    if hints.may_mean_more(text):
        from upswing.care import help_now, passing  # dear, and few lines need it

        help_now.put(stdout, "".join(passing.lines(text, environ)))


def _give_back(text: str, stderr: TextIO) -> None:
    """Show the text again, without anything that a terminal would obey."""
    if text:
        shown = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
        stderr.write(GIVEN_BACK.format(shown))


def _complete(given: Given, stdin: TextIO, stdout: TextIO) -> None:
    """Take what the command line leaves open from standard input."""
    asks = stdin.isatty()
    if given.word == "log" and not given.text:
        given.text = asking.ask_text(stdin, stdout) if asks else asking.read_piped(stdin)
    if given.word == "checkin" and asks and not given.scales:
        given.scales = asking.ask_scales(stdin, stdout)
    given.text = asking.check_text(given.text)
    if not asks:
        _refuse_empty(given)


def _refuse_empty(given: Given) -> None:
    if not given.says_something():
        raise UsageError(NOTHING[given.word])


def _moment(at: str | None, zone: str) -> str:
    """The moment in UTC, as ISO text: now, or what `at` says in `zone`. Raises UsageError."""
    nanoseconds = time.time_ns()
    if at is not None:
        return _told_moment(at, zone, nanoseconds / 1e9)
    seconds, rest = divmod(nanoseconds, 10**9)
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{whole}.{rest // 1000:06d}+00:00"


def _told_moment(at: str, zone: str, now: float) -> str:
    from datetime import UTC, datetime, timedelta  # only who back-dates pays for dates in words

    from upswing import moments
    from upswing.errors import RuleError

    here = datetime.fromtimestamp(now, UTC)
    try:
        moment = moments.parse(at, now=here, zone=zone)
    except (ValueError, RuleError) as error:
        raise UsageError(str(error)) from None
    if moment > here + timedelta(seconds=LEEWAY_SECONDS):
        raise UsageError("That moment is still to come.")
    return moment.isoformat(timespec="microseconds")


def _payload(given: Given, moment: str, zone: str) -> bytes:
    fields = {
        "v": 1,
        "word": given.word,
        "at": moment,
        "zone": zone,
        "text": given.text,
        "mood": given.scales.get("mood"),
        "energy": given.scales.get("energy"),
        "stress": given.scales.get("stress"),
        "feelings": given.lists["feel"],
        "tags": given.lists["tag"],
        "setback": given.words.get("setback"),
    }
    return json.dumps(fields, ensure_ascii=False).encode()
