"""The page's worker, killed again and again while two tabs write.

`python -m torture.web_storm FOLDER KILLS` prints what is left as JSON. The worker is the real one
(`upswing.web.worker.main`), forked instead of started; the tabs are processes that live on, and the
socket on which they knock stays open meanwhile, as the supervisor keeps it.

A kill counts where it cut off a form on its way in: its tab got no answer.
"""

from __future__ import annotations

import json
import os
import random
import socket
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from torture.killing import (
    DONE,
    TRIES,
    Diary,
    code_of,
    die_after_commit,
    fork,
    is_killed,
    kill,
    new_word,
    note,
    noted,
    text_of,
    wait_for,
)
from torture.tab import CUT, Tab, Unanswered
from upswing import solo
from upswing.vault import keeper, lifecycle

NAME = "up-storm.localhost"
SECRET = "the launch secret of all workers"
GIVES_UP = 0.2  # of the lost answers
DRAFTED, CHANGED, CHECKED_IN = 0.5, 0.3, 0.5  # of the texts, of the entries, of the other texts
DOOMED = 5  # of so many workers one is killed right after a commit
IDLE_MINUTES = 120
LENGTH_OF_ID = 36


def main(folder: Path, kills: int) -> dict[str, object]:
    paths = solo.paths()
    key = lifecycle.create(paths, passphrase=None)
    keeper.start(paths, key, IDLE_MINUTES)
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    host = f"{NAME}:{listener.getsockname()[1]}"
    solo.open_record(key)
    setback = _prepare(host)
    diaries = [Diary(folder / "entries"), Diary(folder / "checkins")]
    first, second = [Tab(host, paths.runtime, diary) for diary in diaries]
    tabs = [
        fork(lambda: _write_entries(folder, first)),
        fork(lambda: _check_in(folder, second, setback)),
    ]
    killed = Hunt(listener, host, diaries, tabs, folder / "doom").go_on(kills)
    last = Worker(listener, host)
    wait_for(lambda: len(noted(folder / "kept")) >= kills // 2, "enough that is kept", *tabs)
    (folder / "stop").touch()
    sound = [code_of(tab) for tab in tabs] == [0, 0]
    last.kill()
    from torture import whole

    result = whole.account(paths, key) | {"killed": killed, "sound": sound}
    keeper.lock(paths)
    return result


def _prepare(host: str) -> str:
    """Tell a setback, and load once what every worker would load anew; then open nothing."""
    import waitress.server  # noqa: F401 - a forked worker then has it
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from upswing.accounts.models import User
    from upswing.record import setbacks
    from upswing.web.door import LAUNCH, SESSION, Door, open_door

    owner = User.objects.get()
    now = datetime.now(UTC)
    told = setbacks.tell(owner=owner, now=now, zone=owner.zone, title="Nobody called back")
    door = Door(host, SECRET, solo.paths().runtime)
    open_door(door)
    client = Client(headers={"host": host})
    client.cookies[LAUNCH], client.cookies[SESSION] = SECRET, door.session_secret
    for name in ("launch", "entry_new", "checkin_new", "timeline"):
        assert client.get(reverse(name)).status_code == 200
    connection.close()
    return str(told.pk)


class Worker:
    """The real worker in a forked process; its standard input, with its order, comes from here."""

    def __init__(
        self, listener: socket.socket, host: str, doom: tuple[int, Path] | None = None
    ) -> None:
        """doom: it is killed by itself after so many commits, counted from when the file is there.

        Until then it answers whoever still waits for what became of the worker before.
        """
        self.doomed = doom is not None
        read, self.pipe = os.pipe()
        order = {"fd": listener.fileno(), "host": host, "launch_secret": SECRET}
        os.write(self.pipe, json.dumps(order).encode() + b"\n")
        self.child = fork(lambda: self._serve(read, doom))
        os.close(read)

    def _serve(self, read: int, doom: tuple[int, Path] | None) -> None:
        from upswing.web import worker

        if doom:
            die_after_commit(doom[0], sign=doom[1])
        os.close(self.pipe)
        os.dup2(read, 0)
        sys.stdin = os.fdopen(0)
        worker.main()

    def kill(self, *tabs: int) -> None:
        """Kill it, or wait until it is killed by itself while `tabs` write."""
        killed = is_killed(self.child, *tabs) if self.doomed else kill(self.child)
        assert killed, "a worker ended by itself"
        os.close(self.pipe)


@dataclass
class Hunt:
    """Kills one worker after the other while it answers a form that one of `tabs` has sent."""

    listener: socket.socket
    host: str
    diaries: list[Diary]
    tabs: list[int]
    sign: Path

    def go_on(self, kills: int) -> int:
        """Go on until so many kills have cut off a form; how many did."""
        worker, killed = Worker(self.listener, self.host), 0
        for number in range(1, TRIES * kills):
            self._let_them_write(worker, done_first=number % 3)
            worker.kill(*self.tabs)
            waiting = [(diary, len(diary.words())) for diary in self.diaries if diary.busy()]
            self.sign.unlink(missing_ok=True)
            worker = self._next(number)
            killed += self._have_lost(waiting)
            self.sign.touch()
            if killed == kills:
                break
        worker.kill(*self.tabs)
        return killed

    def _next(self, number: int) -> Worker:
        commits = 1 + number // DOOMED % 3
        doom = None if number % DOOMED else (commits, self.sign)
        return Worker(self.listener, self.host, doom)

    def _let_them_write(self, worker: Worker, *, done_first: int) -> None:
        """Until so many forms were answered, and the next one is on its way."""

        def ready() -> bool:
            done = sum(diary.words().count(DONE) for diary in self.diaries)
            return done >= done_first and any(diary.busy() for diary in self.diaries)

        if not worker.doomed:
            wait_for(ready, "a form on its way", *self.tabs)
            random.choice(self.diaries).let_it_work()

    def _have_lost(self, waiting: list[tuple[Diary, int]]) -> bool:
        """Whether a tab lost its answer; those that wait for one hear of it from the next worker.

        What only knocked when its worker was killed is answered by the next one, and lost nothing.
        """
        for diary, words in waiting:
            wait_for(partial(_has_more, diary, words), "an answer", *self.tabs)
        lost = any(CUT in diary.words() for diary in self.diaries)
        for diary in self.diaries:
            diary.turn_over()
        return lost


def _has_more(diary: Diary, words: int) -> bool:
    return len(diary.words()) > words


@dataclass
class Writer:
    """Who writes in one tab; `kept` has what was acknowledged last, by the address of its form."""

    folder: Path
    tab: Tab
    kept: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, draft: str, *, files: bool = False, **more: str) -> None:
        """Fill the form at `path` in with a new text, and send it."""
        word = new_word()
        token, page = self.tab.form(path)
        if path in self.kept and self.kept[path] in _typed(page):
            note(self.folder / "offered", self.kept[path])
        fields = _fields(token, draft, text_of(word)) | more
        note(self.folder / "tried", word)
        self._keep_draft(fields)
        if self.tab.send(path, fields, again=random.random() > GIVES_UP, files=files):
            note(self.folder / "kept", word)
            self.kept[path] = word

    def change_newest(self) -> None:
        """Change the entry that stands at the top of the journal, where there is one yet."""
        _, journal = self.tab.form("/journal/")
        ids = [part.split("/", 1)[0] for part in journal.split('href="/journal/')[1:]]
        written = [one for one in ids if len(one) == LENGTH_OF_ID]
        if written:
            self._change(written[0])

    def _change(self, id_: str) -> None:
        """Write what stands in the form, one version further."""
        path = f"/journal/{id_}/edit/"
        token, page = self.tab.form(path)
        word, version = _typed(page).split()[:2]
        number = int(version.removeprefix("version")) + 1
        fields = _fields(token, f"entry-{id_}", text_of(word, number))
        note(self.folder / "changing", word, number)
        self._keep_draft(fields)
        if self.tab.send(path, fields, again=True, files=True):
            note(self.folder / "changed", word, number)

    def _keep_draft(self, fields: dict[str, str]) -> None:
        """What the page's script does while one types; nobody sees it come to nothing."""
        if random.random() < DRAFTED:
            try:
                self.tab.ask("/draft/", fields)
            except Unanswered:
                self.tab.let_in()


def _fields(token: str, draft: str, text: str) -> dict[str, str]:
    return {"csrfmiddlewaretoken": token, "draft": draft, "body": text}


def _typed(page: str) -> str:
    """What stands in the page's form."""
    return page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]


def _write_entries(folder: Path, tab: Tab) -> None:
    """Write entries, and change some of them."""
    writer = Writer(folder, tab)
    while not (folder / "stop").exists():
        writer.write("/journal/new/", "entry-new", files=True)
        if random.random() < CHANGED:
            writer.change_newest()


def _check_in(folder: Path, tab: Tab, setback: str) -> None:
    """Check in, and leave notes on a stone."""
    writer = Writer(folder, tab)
    while not (folder / "stop").exists():
        if random.random() < CHECKED_IN:
            writer.write("/checkins/new/", "checkin", mood=str(random.randrange(1, 11)))
        else:
            stone = f"/setbacks/{setback}/stones/mindset/"
            writer.write(stone, f"stone-mindset-{setback}")


if __name__ == "__main__":
    solo.wake()
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
