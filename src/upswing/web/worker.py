"""The process that serves the pages and, once unlocked, holds the key. A lock ends it."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from upswing import config, solo
from upswing.vault import held, keeper, keeping, lifecycle
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.web import backup_desk
from upswing.web.door import Door, open_door, the_door

GRACE = 0.4  # seconds for the answer to the lock itself to leave
THREADS = 4
LARGEST_BODY = 80_000_000

opening = threading.RLock()  # held while the record is opened, and perhaps made


def main() -> int:
    """Serve on the socket that the supervisor passed, until the vault is locked.

    The order is one line on standard input, which stays open as long as the supervisor lives.
    """
    keeping.harden()
    os.umask(0o077)
    order = json.loads(sys.stdin.buffer.readline())
    _in_background(_end_with_the_supervisor)
    settings = config.load(os.environ)
    open_door(Door(order["host"], order["launch_secret"], settings.runtime))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upswing.settings")
    with contextlib.suppress(VaultError):
        _open_at_once()
    clear_launch_files(settings.runtime)
    _serve(socket.socket(fileno=order["fd"]))
    return 0


def _in_background(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True).start()


def _end_with_the_supervisor() -> None:
    os.read(0, 1)  # nothing comes any more but the end
    os._exit(0)


def _open_at_once() -> None:
    """Hold the key from the start where the keeper has it already."""
    where = solo.paths()
    if lifecycle.exists(where) and (key := keeper.fetch(where)):
        hold(key)


def hold(key: VaultKey) -> None:
    """Open the record under `key`, and end this process when the keeper goes away.

    Raises VaultError, with the key let go, where the record cannot be opened.
    """
    where = solo.paths()
    with opening:
        keeper.start(where, key, config.load(os.environ).idle_minutes)
        try:
            owner = solo.open_record(key)
            keeper.lease(where, _end)
        except BaseException:
            held.let_go()
            keeper.lock(where)
            raise
    _in_background(lambda: backup_desk.watch(where, key, owner.zone))


def _end() -> None:
    the_door().closing = True
    time.sleep(GRACE)
    held.let_go()
    os._exit(0)


def clear_launch_files(runtime: Path) -> None:
    """Remove launch pages whose token is too old to open anything."""
    for path in [*runtime.glob("launch-*.html"), *runtime.glob("ticket-*")]:
        with contextlib.suppress(FileNotFoundError):  # used up at this moment
            if time.time() - path.stat().st_mtime > 600:
                path.unlink()


class TellWhere(logging.Handler):
    """Tells in the terminal what not even the page of a fault could be made of."""

    def emit(self, record: logging.LogRecord) -> None:
        from upswing.web.errors import tell_where

        tell_where()


def _serve(listener: socket.socket) -> None:
    from django.core.wsgi import get_wsgi_application

    server = make_server(get_wsgi_application(), listener)

    def refuse_more() -> None:
        server.accepting = False

    the_door().refuse_more = refuse_more
    threading.current_thread().name = "upswing"
    server.run()


def make_server(application: Any, listener: socket.socket) -> Any:
    """The HTTP server. Nothing that goes in or out may spill into a temporary file in the clear."""
    import waitress

    logging.getLogger("waitress").addHandler(TellWhere(logging.ERROR))
    return waitress.create_server(
        application,
        sockets=[listener],
        threads=THREADS,
        ident="",
        max_request_body_size=LARGEST_BODY,
        inbuf_overflow=2 * LARGEST_BODY,
        outbuf_overflow=2 * LARGEST_BODY,
        clear_untrusted_proxy_headers=True,
    )


if __name__ == "__main__":
    sys.exit(main())
