"""Two tabs and two terminals write at the same time: into one entry, and about one setback.

`python -m torture.side_storm FOLDER WRITES` prints what came of it as JSON; WRITES each. Each tab
has a worker of its own, and each command is a process of its own, so four write to the vault.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from torture.killing import Diary, code_of, fork, new_word, note, noted
from torture.tab import Tab
from torture.web_storm import Worker
from upswing import solo
from upswing.__main__ import command
from upswing.vault import keeper, lifecycle
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

IDLE_MINUTES = 120
TABS = TERMINALS = 2
FIRST = "Nothing was changed here yet"


@dataclass(frozen=True)
class Place:
    """Where all of them write, and the folder in which they note what was kept."""

    folder: Path
    entry: str
    setback: str

    def done(self, what: str, text: str, began: float) -> None:
        """Note that `text` is acknowledged, and how long that took."""
        note(self.folder / what, text)
        note(self.folder / "seconds", time.monotonic() - began)

    def seconds(self) -> list[float]:
        return [float(line) for line in noted(self.folder / "seconds")]


def main(folder: Path, writes: int) -> dict[str, object]:
    paths = solo.paths()
    key = lifecycle.create(paths, passphrase=None)
    keeper.start(paths, key, IDLE_MINUTES)
    solo.open_record(key)
    place = _prepare(folder)
    listeners = [socket.create_server(("127.0.0.1", 0), backlog=64) for _ in range(TABS)]
    hosts = [f"up-{port}.localhost:{port}" for port in (one.getsockname()[1] for one in listeners)]
    workers = [Worker(*pair) for pair in zip(listeners, hosts, strict=True)]
    tabs = [Tab(host, paths.runtime, Diary(folder / host)) for host in hosts]
    writers = [fork(partial(_in_the_browser, place, tab, writes)) for tab in tabs]
    writers += [fork(partial(_in_the_terminal, place, writes)) for _ in range(TERMINALS)]
    codes = [code_of(writer) for writer in writers]
    for worker in workers:
        worker.kill()  # fails where one ended before
    result = _account(place, paths, key)
    keeper.lock(paths)
    return result | {"sound": codes == [0] * len(writers)}


def _prepare(folder: Path) -> Place:
    """Write what all will change; load once what everybody would load anew, and open nothing."""
    from django.db import connection

    from upswing.accounts.models import User
    from upswing.cli import edit, setback  # noqa: F401
    from upswing.record import setbacks
    from upswing.strategies.coping.actions import write_entry
    from upswing.web import urls, worker  # noqa: F401

    owner = User.objects.get()
    now = datetime.now(UTC)
    entry = write_entry(owner=owner, now=now, zone=owner.zone, body=FIRST)
    told = setbacks.tell(owner=owner, now=now, zone=owner.zone, title="Nobody called back")
    connection.close()
    return Place(folder, str(entry.pk), str(told.pk))


def _text() -> str:
    return f"{new_word()} written side by side #kept"


def _in_the_browser(place: Place, tab: Tab, writes: int) -> None:
    change, write = f"/journal/{place.entry}/edit/", "/journal/new/"
    for number in range(writes):
        what, path = ("written", write) if number % 2 else ("changed", change)
        token, _ = tab.form(path)
        text, began = _text(), time.monotonic()
        fields = {"csrfmiddlewaretoken": token, "setback": place.setback, "body": text}
        assert tab.send(path, fields, again=False, files=True)
        place.done(what, text, began)


def _in_the_terminal(place: Place, writes: int) -> None:
    change = ["edit", place.entry, "--stdin"]
    write = ["setback", "note", "mindset"]  # on the one setback that there is
    for number in range(writes):
        what, words = ("written", write) if number % 2 else ("changed", change)
        text, began = _text(), time.monotonic()
        assert code_of(fork(partial(_be, words, text))) == 0
        place.done(what, text, began)


def _be(words: list[str], typed: str) -> None:
    """Be the command `upswing WORDS…`, into which `typed` is piped; it ends this process."""
    with tempfile.TemporaryFile() as into:
        into.write(typed.encode())
        into.seek(0)
        os.dup2(into.fileno(), 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115
    sys.argv = ["upswing", *words]
    command()


def _account(place: Place, paths: VaultPaths, key: VaultKey) -> dict[str, object]:
    """What was acknowledged against what is there."""
    from torture import whole
    from upswing.record.models import Item

    solo.open_record(key)
    entry = Item.objects.get(pk=place.entry)
    history = list(entry.revisions.values_list("body", flat=True))
    others = Item.objects.filter(setback=UUID(place.setback)).exclude(pk=entry.pk)
    changed, written = noted(place.folder / "changed"), noted(place.folder / "written")
    return {
        "changed": len(changed),
        "revisions": len(history),
        "gone": _differing([FIRST, *changed], [entry.body, *history]),
        "written": len(written),
        "differing": _differing(written, others.values_list("body", flat=True)),
        "torn": whole.torn(paths, key),
        "longest": max(place.seconds()),
    }


def _differing(kept: Iterable[str], there: Iterable[str]) -> list[str]:
    """The texts that are not there as often as they were kept."""
    one, other = Counter(kept), Counter(there)
    return sorted((one - other) | (other - one))


if __name__ == "__main__":
    solo.wake()
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
