"""The vault locks itself across a sleep and whatever the clocks say, in the real processes.

Which of the three clocks ends the idle time is told in tests/vault/test_idle.py; that keeper and
page end by real time, in tests/vault/test_keeper.py and tests/doors/web/test_serve.py. Here the
keeper is the process that it always is, but its clocks can be set.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from doors.web.serving import SOURCE, Browser, folders, serving, until
from making import entry
from upswing.accounts.models import User
from upswing.record.models import Item
from upswing.vault import inbox, keeper, lifecycle
from upswing.vault.idle import Clocks
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2
from upswing.web.door import Door

PASSPHRASE = "quiet river at dawn"
CHEAP = Argon2(memory=8 * 1024, passes=1, lanes=1)
LIMIT = 600  # seconds
ODD_KEEPER = """
import json, sys
from pathlib import Path
from upswing.vault import keeper, keeping
from upswing.vault.idle import Clocks

def read_clocks():
    ahead = json.loads(Path(sys.argv[1]).read_text())
    return Clocks(*(now + by for now, by in zip(keeper.read_clocks(), ahead)))

sys.exit(keeping.main(read_clocks))
"""
# How far the clocks go on at one moment: awake, boot, wall.
LOCKS = {
    "awake": Clocks(601, 601, 601),
    "awake, with the wall clock set back a year": Clocks(601, 601, -31_536_000),
    "asleep": Clocks(0, 601, 601),
    "asleep, with the wall clock set back": Clocks(0, 601, -86_400),
    "asleep for a minute": Clocks(0, 60, 60),
    "with the wall clock set ahead a day": Clocks(0, 0, 86_400),
}


@dataclass(frozen=True)
class Keeper:
    """A vault whose key a keeper holds, and the file that sets the keeper's clocks."""

    paths: VaultPaths
    key: VaultKey
    file: Path

    def start(self) -> None:
        self.let_pass(Clocks(0, 0, 0))
        self.paths.runtime.mkdir(mode=0o700, exist_ok=True)
        order = {
            "socket": str(self.paths.socket),
            "vault_id": self.key.vault_id,
            "key": self.key.data.hex(),
            "idle_seconds": LIMIT,
        }
        subprocess.run(
            [sys.executable, "-c", ODD_KEEPER, str(self.file)],
            input=json.dumps(order).encode() + b"\n",
            stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
            check=True,
            timeout=60,
        )
        # It reads its clocks for the first time after it has let go of its parent.
        assert keeper.fetch(self.paths) == self.key

    def let_pass(self, seconds: Clocks) -> None:
        """Set its clocks so many seconds ahead of the real ones."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps(seconds))
        fresh.replace(self.file)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Keeper]:
    """A vault that is open."""
    with folders() as paths:
        key = lifecycle.create(paths, passphrase=PASSPHRASE, cost=CHEAP)
        found = Keeper(paths, key, tmp_path / "clocks")
        found.start()
        yield found


@pytest.mark.solo
@pytest.mark.parametrize("passed", [pytest.param(by, id=name) for name, by in LOCKS.items()])
def test_the_key_is_not_handed_out_any_more(kept: Keeper, passed: Clocks) -> None:
    assert keeper.fetch(kept.paths) == kept.key
    kept.let_pass(passed)
    assert keeper.fetch(kept.paths) is None  # the very first that asks
    assert not keeper.touch(kept.paths)
    until(lambda: not kept.paths.socket.exists(), "the keeper is gone")


@pytest.mark.solo
def test_nobody_has_to_ask_for_it_to_end(kept: Keeper) -> None:
    kept.let_pass(LOCKS["asleep"])
    until(lambda: not kept.paths.socket.exists(), "the keeper is gone")


@pytest.mark.solo
def test_a_wall_clock_set_back_gives_no_minute_more(kept: Keeper) -> None:
    kept.let_pass(Clocks(400, 400, -86_400))
    found = keeper.status(kept.paths)
    assert found is not None
    assert 0 < found.seconds_left <= LIMIT - 400
    kept.let_pass(Clocks(601, 601, -86_400))
    assert keeper.fetch(kept.paths) is None


@pytest.mark.solo
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("name", ["asleep", "with the wall clock set ahead a day"])
def test_the_page_is_locked(kept: Keeper, name: str) -> None:
    with serving(kept.paths) as served:
        browser = served.launch()
        written = browser.post("/journal/new/", body="They said no.").place
        assert "They said no." in browser.get(written).text
        first = served.worker()
        kept.let_pass(LOCKS[name])
        until(lambda: served.worker() not in (0, first), "another worker runs")
        _is_locked(browser, kept, written)


def _is_locked(browser: Browser, kept: Keeper, written: str) -> None:
    for page in ("/", "/journal/", written):
        assert browser.get(page).place == "/unlock/"
    late = browser.post("/journal/new/", body="Typed before the sleep.", draft="entry-new")
    assert late.status == 423
    assert keeper.fetch(kept.paths) is None
    assert inbox.pending(kept.paths)
    assert browser.post("/unlock/", by="passphrase", secret=PASSPHRASE).place == "/"
    assert "They said no." in browser.get(written).text
    assert "Typed before the sleep." in browser.get("/journal/new/").text


class Asked:
    """Stands for the keeper: answers until it is gone, and counts how often it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gone, self.times, self.clocks = False, 0, Clocks(100.0, 500.0, 1_000_000.0)
        monkeypatch.setattr(keeper, "touch", self.touch)
        monkeypatch.setattr(keeper, "read_clocks", lambda: self.clocks)

    def touch(self, where: VaultPaths) -> bool:
        self.times += 1
        return not self.gone

    def let_pass(self, awake: float, asleep: float = 0) -> None:
        now = self.clocks
        self.clocks = Clocks(
            now.awake + awake, now.boot + awake + asleep, now.wall + awake + asleep
        )


def test_the_first_request_after_a_sleep_sees_nothing(
    web: Client, door: Door, owner: User, vault: VaultPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's process hears of the lock a moment after the machine wakes up; it asks at once."""
    asked = Asked(monkeypatch)
    entry(owner, "They said no.")
    assert b"They said no." in web.get("/journal/").content
    asked.gone = True
    asked.let_pass(0.1, asleep=3600)
    answer: Any = web.get("/journal/")
    assert (answer.status_code, answer["Location"], answer.content) == (307, "/journal/", b"")
    assert web.get("/journal/")["Location"] == "/unlock/"
    assert Item.objects.count() == 1


def test_a_form_sent_after_a_sleep_is_sent_on_with_its_words(
    web: Client, owner: User, vault: VaultPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    assert web.get("/journal/").status_code == 200
    asked.gone = True
    asked.let_pass(0.1, asleep=3600)
    answer: Any = web.post("/journal/new/", {"body": "x"})
    assert (answer.status_code, answer["Location"]) == (307, "/journal/new/")
    assert not Item.objects.exists()


def test_the_keeper_is_told_of_use_every_ten_seconds(
    web: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    for seconds, times in ((0, 1), (9, 1), (1, 2), (0.5, 2), (20, 3)):
        asked.let_pass(seconds)
        assert web.get("/journal/").status_code == 200
        assert asked.times == times
