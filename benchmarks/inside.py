"""One process with one vault open, as the worker of the page is: asked over a pipe what it costs.

`python -m benchmarks.inside` answers each line of JSON on standard input with one on standard
output. The orders are the functions of ORDERS below.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

from benchmarks.ground import Vault

HOST = "bench.localhost:8000"
MANY = 30  # rows of a page of Upswing
BARE = (
    "SELECT rowid, snippet(bare, 0, '[', ']', '…', 24), snippet(bare, 1, '[', ']', '…', 24)"
    " FROM bare WHERE bare MATCH ?"
)


class Inside:
    """Such a process, seen from the one that measures."""

    def __init__(self, vault: Vault) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.inside"],
            env=vault.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, order: str, /, **about: object) -> Any:
        """Have it carry out an order."""
        print(json.dumps({"order": order, "about": about}), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline() if self.process.stdout else "")

    def close(self) -> None:
        """End it."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


def main() -> None:
    """Open the record, and do as asked until nobody asks any more."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "upswing.settings"
    from upswing import solo
    from upswing.web.door import Door, open_door

    owner = solo.open_record(solo.find_key(solo.paths()))
    door = Door(HOST, "launch", solo.paths().runtime)
    open_door(door)
    desk = Desk(owner, door)
    for line in sys.stdin:
        told = json.loads(line)
        print(json.dumps(desk.orders[told["order"]](**told["about"])), flush=True)


class Desk:
    """What the process does when asked; CPU in seconds of this process."""

    def __init__(self, owner: Any, door: Any) -> None:
        from django.conf import settings

        settings.ROOT_URLCONF = "benchmarks.empty"
        from django.core.wsgi import get_wsgi_application

        self.owner, self.door = owner, door
        self.application: Any = get_wsgi_application()
        self.orders: dict[str, Callable[..., Any]] = {
            "setback": self.setback,
            "newest": self.newest,
            "page": self.page,
            "queries": self.queries,
            "search": self.search,
            "index": self.index,
            "bare": self.bare,
            "profile": self.profile,
        }

    def setback(self) -> str:
        """The id of the setback to which a quarter of all belongs."""
        from upswing.record.models import Setback

        return str(Setback.objects.order_by("-item__position")[0].pk)

    def newest(self, kind: str) -> str:
        """The id of the newest of a kind; of an exercise, of those that were gone through."""
        from upswing.record.models import Item

        found = Item.objects.kept().filter(kind=kind, work_facet=None)
        done = Item.objects.kept().filter(kind=kind, work_facet__finished_at__isnull=False)
        return str((found | done).newest_first()[0].pk)

    def page(self, path: str, times: int) -> float:
        """CPU of a request, through every middleware, body included."""
        begin = process_time()
        for _ in range(times):
            self._get(path)
        return (process_time() - begin) / times

    def queries(self, path: str) -> int:
        """How often a page asks the database."""
        from django.db import connection

        asked: list[str] = []

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            self._get(path)
        return len(asked)

    def _get(self, path: str) -> int:
        route, _, query = path.partition("?")
        launch, session = self.door.launch_secret, self.door.session_secret
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": route,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_COOKIE": f"upswing_launch={launch}; upswing_session={session}",
            "wsgi.url_scheme": "http",
            "wsgi.input": sys.stdin.buffer,
            "wsgi.errors": sys.stderr,
        }
        told: list[str] = []
        answer = self.application(environ, lambda status, *_: told.append(status))
        size = sum(map(len, answer))
        answer.close()
        if told != ["200 OK"]:
            raise RuntimeError(f"{path} answered {told}")
        return size

    def search(self, text: str, best: bool, times: int) -> float:
        """CPU of one search as the doors call it: a page of hits with their words around them."""
        from upswing.record.search import search

        begin = process_time()
        for _ in range(times):
            search(owner=self.owner, text=text, best=best)
        return (process_time() - begin) / times

    def index(self) -> int:
        """Make the bare index, with the engine's own settings, on the same items."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bare")
            cursor.execute(
                "CREATE VIRTUAL TABLE bare USING fts5("
                "title, body, content='upswing_item', content_rowid='position')"
            )
            cursor.execute("INSERT INTO bare(bare) VALUES ('rebuild')")
            cursor.execute("SELECT count(*) FROM bare")
            return int(cursor.fetchone()[0])

    def bare(self, text: str, best: bool, times: int) -> float:
        """CPU of the same search asked of the engine alone, snippets made by it."""
        from django.db import connection

        connection.ensure_connection()
        order = "bm25(bare, 4.0, 1.0), rowid DESC" if best else "rowid DESC"
        sql = f"{BARE} ORDER BY {order} LIMIT {MANY}"
        begin = process_time()
        for _ in range(times):
            connection.connection.execute(sql, (text,)).fetchall()
        return (process_time() - begin) / times

    def profile(self, order: str, **about: Any) -> list[tuple[str, float]]:
        """Where the time of an order goes, by part."""
        from benchmarks.shares import shares

        return shares(lambda: self.orders[order](**about))


if __name__ == "__main__":
    main()
