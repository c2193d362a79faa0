"""`upswing serve`, its worker and the keeper, as the real processes that they are."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from doors.web.serving import (
    PATIENCE,
    Answer,
    Browser,
    Served,
    environment,
    folders,
    serving,
    until,
)
from upswing.vault import keeper, lifecycle
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2

pytestmark = [
    pytest.mark.solo,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]
PASSPHRASE = "quiet river at dawn"
CHEAP = Argon2(memory=8 * 1024, passes=1, lanes=1)


@pytest.fixture
def paths() -> Iterator[VaultPaths]:
    with folders() as found:
        yield found


@pytest.fixture
def vault(paths: VaultPaths) -> VaultPaths:
    """A vault that PASSPHRASE opens."""
    lifecycle.create(paths, passphrase=PASSPHRASE, cost=CHEAP)
    return paths


@pytest.fixture
def served(vault: VaultPaths) -> Iterator[Served]:
    with serving(vault) as found:
        yield found


def unlock(browser: Browser) -> Answer:
    return browser.post("/unlock/", by="passphrase", secret=PASSPHRASE)


def gone(pid: int) -> bool:
    """Whether a process has ended."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def test_from_the_printed_code_to_an_entry_and_through_the_lock(served: Served) -> None:
    stranger = Browser(served.host)
    assert stranger.get("/").place == "/launch/"
    assert stranger.send("GET", "/", host="127.0.0.1").status == 400

    browser = served.launch()
    assert browser.get("/").place == "/unlock/"
    assert browser.post("/unlock/", by="passphrase", secret="wrong").status == 422
    assert unlock(browser).place == "/"
    assert browser.get("/").place == "/first-hour/"
    written = browser.post("/journal/new/", body="They said no.")
    assert written.status == 302
    assert "They said no." in browser.get(written.place).text

    assert served.run("log", text="Typed in the terminal.").returncode == 0
    assert "Typed in the terminal." in browser.get("/journal/").text
    everything = served.run("search", "terminal")
    assert "Typed in the terminal." in everything.stdout, everything.stderr

    first, session = served.worker(), dict(browser.cookies)
    assert "It is locked." in browser.post("/lock/").text
    browser.cookies = session
    assert browser.get("/journal/").place == "/unlock/"
    until(lambda: served.worker() not in (0, first), "another worker runs")
    assert browser.get("/journal/").place == "/unlock/"
    assert keeper.status(served.paths) is None
    assert served.run("log", text="Typed while locked.").returncode == 0

    assert unlock(browser).place == "/"
    journal = browser.get("/journal/").text
    for words in ("They said no.", "Typed in the terminal.", "Typed while locked."):
        assert words in journal

    assert served.stop() == 0
    assert not (served.paths.runtime / "address.json").exists()


def test_what_lies_on_the_disk_is_closed_to_others(served: Served) -> None:
    browser = served.launch()
    unlock(browser)
    browser.post("/journal/new/", body="They said no.")
    served.run("log", text="And more.")
    home, runtime = served.paths.home, served.paths.runtime
    found = [home, runtime, *home.rglob("*"), *runtime.rglob("*")]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in found}
    assert len(modes) > 8
    open_to_others = {path: oct(mode) for path, mode in modes.items() if mode & 0o077}
    assert not open_to_others


def test_the_worker_leaves_no_core_file(served: Served) -> None:
    served.launch()
    limits = Path(f"/proc/{served.worker()}/limits").read_text()
    assert "Max core file size        0                    0 " in limits


def test_a_form_sent_while_the_worker_ends_reaches_the_next_one(served: Served) -> None:
    """Unlocked by the one that ends, the session would be gone a moment later."""
    browser = served.launch()
    unlock(browser)
    first = served.worker()
    browser.post("/lock/")
    assert unlock(browser).place == "/"
    assert gone(first)
    assert browser.get("/journal/").status == 200


def test_the_first_vault_is_made_in_the_browser_by_two_clicks_at_once(paths: VaultPaths) -> None:
    with serving(paths) as served:
        browsers = [served.launch()]
        browsers.append(Browser(served.host, dict(browsers[0].cookies)))
        assert browsers[0].get("/").place == "/begin/"
        with ThreadPoolExecutor() as pool:
            answers = list(pool.map(lambda each: each.post("/begin/", way="device"), browsers))
        assert {answer.place for answer in answers} == {"/sheet/"}
        for browser in browsers:
            assert browser.get("/sheet/").status == 200
        assert lifecycle.slots(paths)[0].type == "device"
        first = served.worker()
        browsers[0].post("/lock/")
        until(lambda: served.worker() not in (0, first), "another worker runs")
        assert browsers[0].get("/").place == "/unlock/"
        assert browsers[0].post("/unlock/", by="device").place == "/"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly(served: Served, number: int) -> None:
    served.launch()
    worker, port = served.worker(), served.host.rpartition(":")[2]
    assert served.stop(number) == 0
    assert gone(worker)
    assert not (served.paths.runtime / "address.json").exists()
    assert served.process.stdout
    rest = served.process.stdout.read()
    assert "Closed. The vault locks itself" in rest
    assert "Traceback" not in rest
    with pytest.raises(ConnectionRefusedError):
        Browser(f"x:{port}").get("/")


def test_ended_at_once_it_leaves_nothing_behind(served: Served) -> None:
    """Before its worker is up."""
    assert served.stop() == 0
    assert not (served.paths.runtime / "address.json").exists()


def test_a_second_one_opens_the_first(served: Served) -> None:
    again = served.run("serve", "--no-browser")
    assert again.returncode == 0
    assert "Upswing is running already." in again.stdout
    assert f"http://{served.host}/" in again.stdout
    code = again.stdout.split()[-1]
    assert Browser(served.host).post("/launch/", ticket=code).status == 200


def test_a_second_one_for_another_vault_says_so(served: Served, tmp_path: Path) -> None:
    elsewhere = VaultPaths(home=tmp_path, runtime=served.paths.runtime)
    again = subprocess.run(
        [sys.executable, "-m", "upswing", "serve", "--no-browser"],
        env=environment(elsewhere),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert again.returncode == 1
    assert f"for the vault in {served.paths.home}" in again.stderr


def test_a_supervisor_that_was_killed_leaves_no_worker_and_stands_in_nobodys_way(
    served: Served,
) -> None:
    unlock(served.launch())
    worker = served.worker()
    served.process.kill()
    served.process.wait(PATIENCE)
    until(lambda: gone(worker), "the worker ends with its supervisor")
    assert (served.paths.runtime / "address.json").exists()
    with serving(served.paths) as again:
        # the keeper still holds the key, so the book is open for who brings the new code
        assert again.launch().get("/journal/").status == 200


def test_a_worker_that_was_killed_is_followed_by_another(served: Served) -> None:
    browser = served.launch()
    unlock(browser)
    browser.post("/journal/new/", body="They said no.")
    first = served.worker()
    time.sleep(5)  # one that ends sooner counts as one that cannot run
    os.kill(first, signal.SIGKILL)
    until(lambda: served.worker() not in (0, first), "another worker runs")
    unlock(browser)
    assert "They said no." in browser.get("/journal/").text


def test_a_worker_that_cannot_run_ends_the_supervisor(vault: VaultPaths) -> None:
    with serving(vault) as served:
        until(served.worker, "a worker runs")
        with suppress(ProcessLookupError):
            os.kill(served.worker(), signal.SIGKILL)
        assert served.process.wait(PATIENCE) == 1
        assert served.process.stdout
        assert "The page could not start." in served.process.stdout.read()
        assert not (vault.runtime / "address.json").exists()


def test_a_keeper_that_runs_out_of_patience_ends_the_session(vault: VaultPaths) -> None:
    key = lifecycle.open_with_passphrase(vault, PASSPHRASE)
    keeper.start(vault, key, idle_minutes=6 / 60)
    with serving(vault) as served:
        browser = served.launch()
        assert browser.get("/help/").status == 200  # the keeper had the key already
        first = served.worker()
        until(lambda: keeper.status(vault) is None, "the keeper is idle for long enough")
        until(lambda: served.worker() not in (0, first), "another worker runs")
        assert browser.get("/help/").place == "/unlock/"


def test_the_terminals_lock_locks_the_page(served: Served) -> None:
    browser = served.launch()
    unlock(browser)
    assert served.run("lock").returncode == 0
    assert browser.get("/journal/").place == "/unlock/"


def test_a_port_that_is_taken_is_said(served: Served, paths: VaultPaths) -> None:
    port = served.host.rpartition(":")[2]
    with folders() as others:
        again = subprocess.run(
            [sys.executable, "-m", "upswing", "serve", "--no-browser", "--port", port],
            env=environment(others),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert again.returncode == 1
    assert f"Port {port} cannot be had" in again.stderr


@pytest.mark.parametrize("words", [["--port"], ["--port", "x"], ["--port", "70000"], ["x"]])
def test_words_it_does_not_know_are_said(vault: VaultPaths, words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "upswing", "serve", *words],
        env=environment(vault),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert "is not something it knows" in done.stderr
